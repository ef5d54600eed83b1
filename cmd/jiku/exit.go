package main

import (
	"errors"
	"fmt"
	"strings"
	"syscall"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/warehouse"
	"jiku/schemas"
)

// The exit codes. They are API: scripts and schedulers act upon them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitEnvironment = 3
	exitGate        = 4
	exitRejects     = 5
	exitInterrupted = 128 + int(syscall.SIGINT)
	exitTerminated  = 128 + int(syscall.SIGTERM)
)

// meaning says what an exit code stands for, as help prints it.
func meaning(code int) string {
	switch code {
	case exitDone:
		return "done"
	case exitFailed:
		return "failed: the work itself, a query, or jiku"
	case exitUsage:
		return "usage or declaration: the command line or a YAML file must be corrected"
	case exitEnvironment:
		return "environment: warehouse, broker, rights, or a file that is missing"
	case exitGate:
		return "a gate held a delivery or a theme, and what was published before stays; or a figure is lower than it was (jiku judge)"
	case exitRejects:
		return "done, but rows were rejected (with --strict alone)"
	case exitInterrupted:
		return "interrupted (SIGINT)"
	case exitTerminated:
		return "terminated (SIGTERM)"
	default:
		return ""
	}
}

// exitHelp lists exit codes for the help of a verb.
func exitHelp(codes []int) string {
	var b strings.Builder
	b.WriteString("Exit codes:\n")
	for _, c := range codes {
		fmt.Fprintf(&b, "  %3d  %s\n", c, meaning(c))
	}
	return strings.TrimRight(b.String(), "\n")
}

// exitCode classifies an error. It is the only place that does.
func exitCode(err error) int {
	var (
		stopped  *signalError
		usage    *usageError
		gate     *gateError
		lower    *lowerError
		rejects  *rejectsError
		problems schemas.Problems
		engine   *warehouse.Error
		source   *connectors.Error
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &stopped):
		return 128 + int(stopped.signal)
	case errors.As(err, &usage), errors.As(err, &problems):
		return exitUsage
	case errors.As(err, &gate), errors.As(err, &lower):
		return exitGate
	case errors.As(err, &rejects):
		return exitRejects
	case errors.As(err, &engine), clickhouse.Unfit(err), errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return exitEnvironment
	case errors.As(err, &source) && (source.Op == "open" || source.Op == "migrate") && source.Code == connectors.Permanent:
		return exitUsage // What a feed's source is does not fit its connector, or what a base has does not fit its claims.
	}
	switch connectors.CodeOf(err) {
	case connectors.Temporary, connectors.Denied, connectors.Missing:
		return exitEnvironment
	}
	return exitFailed
}
