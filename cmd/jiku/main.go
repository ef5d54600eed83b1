package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"jiku/pipelines"
)

// memoryLimit keeps jiku lean beside the engine: the collector works harder above it. A run
// over 5 million claims peaks at 419 MiB with it, at 483 MiB without. GOMEMLIMIT replaces it.
const memoryLimit = 400 << 20

func main() {
	pipelines.Init()
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	collectLate()
	ctx, stop := onSignal(context.Background())
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// streams are what a verb reads and writes.
type streams struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// onSignal cancels the context at the first SIGINT or SIGTERM, with the signal as cause. A
// second one ends the process at once: every verb can be killed and run again.
func onSignal(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			cancel(&signalError{signal: s.(syscall.Signal)})
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// run carries out a command line and gives the exit code.
func run(ctx context.Context, args []string, s streams) int {
	a := newApp(s)
	err := a.execute(ctx, args)
	var stopped *signalError
	if err != nil && errors.As(context.Cause(ctx), &stopped) {
		err = stopped
	}
	if err != nil {
		printError(s.err, err, paletteFor(s.err))
	}
	return exitCode(err)
}

// execute finds the verb and runs it. A panic becomes an error without its stack, which
// could hold what a stack must not show; --log-level debug prints the stack.
func (a *app) execute(ctx context.Context, args []string) (err error) {
	root := a.root()
	defer func() {
		if r := recover(); r != nil {
			a.log.Debugf("panic: %s", debug.Stack())
			err = fmt.Errorf("run %s: internal fault of type %T", root.Name(), r)
		}
	}()
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	cmd, err := root.ExecuteContextC(ctx)
	var usage *usageError
	if err != nil && !errors.As(err, &usage) && strings.HasPrefix(err.Error(), "unknown command ") {
		return lostVerb(cmd, err)
	}
	return err
}
