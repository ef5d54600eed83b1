package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"syscall"

	"jiku/connectors"
	"jiku/connectors/warehouse"
	"jiku/schemas"
)

// usageError says that the command line cannot be carried out as it stands.
type usageError struct{ text, hint string }

// Error is the text without the hint.
func (e *usageError) Error() string { return e.text }

// Hint is what to type instead.
func (e *usageError) Hint() string { return e.hint }

// usagef makes a usageError; the hint may be empty.
func usagef(hint, format string, args ...any) error {
	return &usageError{text: fmt.Sprintf(format, args...), hint: hint}
}

// gateError says that a gate held something of a run.
type gateError struct{ run, what string }

// Error names the run and what was held.
func (e *gateError) Error() string { return fmt.Sprintf("run %s: a gate held %s", e.run, e.what) }

// Hint says where the reason stands.
func (e *gateError) Hint() string {
	return "the notes say why; correct the delivery or the declaration and run again"
}

// rejectsError says that a run with --strict is done and rejected rows.
type rejectsError struct {
	run     string
	rejects int64
}

// Error counts the rejects.
func (e *rejectsError) Error() string {
	return fmt.Sprintf("run %s: %d rows rejected", e.run, e.rejects)
}

// Hint shows how to see the reasons.
func (e *rejectsError) Hint() string {
	return "jiku docs reasons explains the codes; jiku delivery list shows which deliveries have rejects"
}

// lowerError says that figures are lower than those of a file.
type lowerError struct {
	figures int
	file    string
}

// Error counts the figures.
func (e *lowerError) Error() string {
	return fmt.Sprintf("judge city: %s lower than in %s", plural(e.figures, "figure"), e.file)
}

// Hint says what can be done.
func (e *lowerError) Hint() string {
	return "mend what made them lower; or, if it is meant so, write them anew with --write"
}

// hintError is a fault of jiku's surroundings that this package found, with its remedy.
type hintError struct {
	err  error
	hint string
}

// Error is the cause.
func (e *hintError) Error() string { return e.err.Error() }

// Unwrap is the cause.
func (e *hintError) Unwrap() error { return e.err }

// Hint is the remedy.
func (e *hintError) Hint() string { return e.hint }

// signalError is the cause with which a signal cancels a verb.
type signalError struct{ signal syscall.Signal }

// Error names the signal.
func (e *signalError) Error() string { return "stopped by signal: " + e.signal.String() }

// hintOf is what the operator can do about an error, or empty.
func hintOf(err error) string {
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) {
		return hinted.Hint()
	}
	var source *connectors.Error
	if errors.As(err, &source) {
		return connectors.HintOf(source)
	}
	return ""
}

// printError writes `jiku: <error>` and, where there is one, the hint on a line of its own.
func printError(w io.Writer, err error, p palette) {
	text, hint := err.Error(), hintOf(err)
	var engine *warehouse.Error
	if errors.As(err, &engine) {
		text = strings.TrimSuffix(text, "; "+hint) // Its text carries the hint for other readers.
	}
	fmt.Fprintf(w, "%s %s\n", p.bad("jiku:"), text)
	if hint != "" {
		fmt.Fprintf(w, "  → %s\n", hint)
	}
}

// printProblems lists defects of declarations, one a line, as editors and compilers do.
func printProblems(w io.Writer, catalogue string, list schemas.Problems) {
	for _, p := range list {
		if catalogue != "" {
			p.File = filepath.Join(catalogue, filepath.FromSlash(p.File))
		}
		fmt.Fprintln(w, p.String())
	}
}
