package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/warehouse"
	"jiku/schemas"
)

func TestExitCode(t *testing.T) {
	_, noEngine := warehouse.Open(t.Context(), warehouse.Options{DSN: "not a DSN"})
	source := func(op string, code connectors.Code) error {
		return &connectors.Error{Op: op, Feed: "f", Code: code, Err: errors.New("cause")}
	}
	cases := []struct {
		name string
		err  error
		want int
	}{
		{"done", nil, 0},
		{"plain error", errors.New("read x: short"), 1},
		{"source malformed", source("read", connectors.Malformed), 1},
		{"source permanent", source("read", connectors.Permanent), 1},
		{"cancelled without a signal", context.Canceled, 1},
		{"usage", usagef("hint", "text"), 2},
		{"declarations", schemas.Problems{{File: "feeds/a.yaml", Line: 1, Column: 1, Message: "m"}}, 2},
		{"settings of a source", source("open", connectors.Permanent), 2},
		{"warehouse", noEngine, 3},
		{"file missing", fmt.Errorf("open x: %w", fs.ErrNotExist), 3},
		{"no rights", fmt.Errorf("open x: %w", fs.ErrPermission), 3},
		{"connection refused", fmt.Errorf("ask: %w", syscall.ECONNREFUSED), 3},
		{"source temporary", source("read", connectors.Temporary), 3},
		{"source denied", source("lease", connectors.Denied), 3},
		{"source missing", source("read", connectors.Missing), 3},
		{"warehouse that is gone", answer(t, 0, ""), 3},
		{"warehouse without memory", answer(t, 500, "Code: 241. DB::Exception: x (MEMORY_LIMIT_EXCEEDED)"), 3},
		{"full disk of the warehouse", answer(t, 500, "Code: 243. DB::Exception: x (NOT_ENOUGH_SPACE)"), 3},
		{"full disk, said by the system", answer(t, 500, "Code: 75. DB::ErrnoException: errno: 28, strerror: No space left on device (CANNOT_WRITE_TO_FILE_DESCRIPTOR)"), 3},
		{"a fault of the work itself", answer(t, 500, "Code: 27. DB::Exception: x (CANNOT_PARSE_INPUT_ASSERTION_FAILED)"), 1},
		{"full disk of jiku", fmt.Errorf("write report: %w", syscall.ENOSPC), 3},
		{"nothing loaded yet", nothingYet("report", errors.New("none")), 3},
		{"gate", &gateError{run: "r", what: "delivery 20261101 of f"}, 4},
		{"rejects", &rejectsError{run: "r", rejects: 3}, 5},
		{"interrupted", &signalError{signal: syscall.SIGINT}, 130},
		{"terminated", &signalError{signal: syscall.SIGTERM}, 143},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := exitCode(c.err); got != c.want {
				t.Errorf("exitCode(%v) = %d, want %d", c.err, got, c.want)
			}
			if c.err == nil {
				return
			}
			if got := exitCode(fmt.Errorf("run r: %w", c.err)); got != c.want {
				t.Errorf("wrapped: %d, want %d", got, c.want)
			}
		})
	}
}

// answer is the error of a warehouse that answers everything so; status 0 hangs up.
func answer(t *testing.T, status int, text string) error {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if status == 0 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text))
	}))
	defer srv.Close()
	_, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: srv.URL, User: "jiku", Password: "secret"})
	if err == nil || strings.Contains(err.Error(), "http://") || (connectors.HintOf(err) == "" && exitCode(err) == exitEnvironment) {
		t.Errorf("the error of a warehouse that answers %d: %v", status, err)
	}
	return err
}

func TestEveryCodeHasAMeaning(t *testing.T) {
	for _, code := range []int{exitDone, exitFailed, exitUsage, exitEnvironment, exitGate, exitRejects, exitInterrupted, exitTerminated} {
		if meaning(code) == "" {
			t.Errorf("exit code %d has no meaning", code)
		}
	}
}

// TestSignal cancels as onSignal does; whatever a verb says then, the signal decides.
func TestSignal(t *testing.T) {
	t.Setenv("JIKU_HOME", t.TempDir())
	t.Setenv("JIKU_WAREHOUSE", "")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(&signalError{signal: syscall.SIGTERM})
	var out bytes.Buffer
	if got := run(ctx, []string{"sql", "SELECT 1"}, streams{strings.NewReader(""), &out, &out}); got != 143 {
		t.Errorf("exit code %d, want 143; %s", got, &out)
	}
}

func TestPrintError(t *testing.T) {
	_, noEngine := warehouse.Open(t.Context(), warehouse.Options{DSN: "not a DSN"})
	cases := []struct {
		name  string
		err   error
		lines []string
	}{
		{"without a hint", errors.New("read x: short"), []string{"jiku: read x: short"}},
		{"usage", usagef("did you mean run?", "unknown command %q", "rnu"), []string{`jiku: unknown command "rnu"`, "  → did you mean run?"}},
		{"source", fmt.Errorf("run r: %w", &connectors.Error{Op: "list", Feed: "f", Code: connectors.Missing, Err: fs.ErrNotExist, Hint: "mount it"}),
			[]string{"jiku: run r: list f: file does not exist", "  → mount it"}},
		{"warehouse, whose text ends in its hint", fmt.Errorf("run r: %w", noEngine),
			[]string{"jiku: run r: open warehouse: read JIKU_WAREHOUSE: it does not start with clickhouse://", "  → write it as"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			printError(&b, c.err, palette{})
			got := strings.Split(strings.TrimRight(b.String(), "\n"), "\n")
			if len(got) != len(c.lines) {
				t.Fatalf("%d lines, want %d: %q", len(got), len(c.lines), b.String())
			}
			for i, want := range c.lines {
				if got[i] != want && !(i == 1 && strings.HasPrefix(got[i], want)) {
					t.Errorf("line %d is %q, want %q", i+1, got[i], want)
				}
			}
		})
	}
}

// panicking is a standard input that no verb expects.
type panicking struct{}

// Read panics with a text that must not be shown.
func (panicking) Read([]byte) (int, error) { panic("390101196504300012") }

func TestPanicShowsNothing(t *testing.T) {
	var out bytes.Buffer
	code := run(t.Context(), []string{"sql", "-"}, streams{panicking{}, &out, &out})
	if code != exitFailed || strings.Contains(out.String(), "390101") || strings.Contains(out.String(), "goroutine") || out.Len() == 0 {
		t.Errorf("exit code %d, want %d: %s", code, exitFailed, &out)
	}
}
