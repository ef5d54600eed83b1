package connectors_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sirupsen/logrus/hooks/test"

	"jiku/connectors"
	"jiku/schemas"
)

// scripted is a source whose calls end as the script says: a number of rows, then an error.
type scripted struct {
	script []step
	starts []uint64
}

type step struct {
	rows int
	err  error
}

func (s *scripted) next() step {
	st := s.script[0]
	s.script = s.script[1:]
	return st
}

func (s *scripted) Deliveries(context.Context) ([]schemas.Delivery, error) { return nil, s.next().err }

func (s *scripted) Splits(context.Context, schemas.Delivery) ([]connectors.Split, error) {
	return nil, s.next().err
}

// Rows has rows at the positions 10, 20, … 60; line n at position 10n.
func (s *scripted) Rows(_ context.Context, sp connectors.Split, _ []string) iter.Seq2[*schemas.Row, error] {
	return func(yield func(*schemas.Row, error) bool) {
		s.starts = append(s.starts, sp.Start)
		st := s.next()
		for at := max(sp.Start, 10); at <= 60 && st.rows > 0; at += 10 {
			st.rows--
			if !yield(&schemas.Row{Position: at, Line: at / 10}, nil) {
				return
			}
		}
		if st.err != nil {
			yield(nil, st.err)
		}
	}
}

func TestRetry(t *testing.T) {
	busy := &connectors.Error{Op: "read", Feed: "f", Code: connectors.Temporary, Err: errors.New("busy")}
	gone := &connectors.Error{Op: "read", Feed: "f", Code: connectors.Missing, Err: errors.New("gone")}
	all := []uint64{10, 20, 30, 40, 50, 60}
	for _, c := range []struct {
		name   string
		script []step
		want   []uint64
		err    error
		starts []uint64
	}{
		{"undisturbed", []step{{9, nil}}, all, nil, []uint64{0}},
		{"before the first row", []step{{0, busy}, {9, nil}}, all, nil, []uint64{0, 0}},
		{"between rows", []step{{2, busy}, {1, busy}, {3, busy}, {9, nil}}, all, nil, []uint64{0, 20, 20, 40}},
		{"no progress", []step{{2, busy}, {1, busy}, {1, busy}, {1, busy}}, all[:2], busy, []uint64{0, 20, 20}},
		{"progress gives new tries", []step{{1, busy}, {2, busy}, {2, busy}, {2, busy}, {2, busy}, {9, nil}}, all, nil,
			[]uint64{0, 10, 20, 30, 40, 50}},
		{"another error", []step{{2, gone}}, all[:2], gone, []uint64{0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := &scripted{script: c.script}
			log, _ := test.NewNullLogger()
			again := connectors.Retry(src, connectors.RetryPolicy{Tries: 3, First: 1, Longest: 1}, log)
			var got []uint64
			var failed error
			for row, err := range again.Rows(t.Context(), connectors.Split{}, nil) {
				if failed = err; err == nil {
					got = append(got, row.Position)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" || failed != c.err {
				t.Errorf("error %v, want %v; positions (-want +got):\n%s", failed, c.err, diff)
			}
			if diff := cmp.Diff(c.starts, src.starts); diff != "" {
				t.Errorf("starts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRetryWaits(t *testing.T) {
	busy := &connectors.Error{Op: "list", Feed: "f", Code: connectors.Temporary, Err: errors.New("busy")}
	log, hook := test.NewNullLogger()
	src := &scripted{script: []step{{0, busy}, {0, busy}, {0, nil}}}
	again := connectors.Retry(src, connectors.RetryPolicy{Tries: 3, First: time.Microsecond, Longest: time.Second}, log)
	if _, err := again.Deliveries(t.Context()); err != nil || len(hook.Entries) != 2 {
		t.Errorf("error %v, %d log lines", err, len(hook.Entries))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	slow := connectors.Retry(&scripted{script: []step{{0, busy}}}, connectors.RetryPolicy{Tries: 9, First: time.Hour, Longest: time.Hour}, log)
	if _, err := slow.Splits(ctx, schemas.Delivery{}); !errors.Is(err, busy) {
		t.Errorf("when the context ends while waiting: %v", err)
	}
}

// dialTimeout is what package net says of a connection that was not made in time.
func dialTimeout(t *testing.T) error {
	t.Helper()
	d := net.Dialer{Timeout: time.Nanosecond}
	_, err := d.DialContext(t.Context(), "tcp", "127.0.0.1:1")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a timeout that is told from that of a context by itself: %v", err)
	}
	return err
}

func TestCodeOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want connectors.Code
	}{
		{nil, ""},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.ENOENT}, connectors.Missing},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, connectors.Denied},
		{fmt.Errorf("read: %w", syscall.ESTALE), connectors.Temporary},
		{context.DeadlineExceeded, connectors.Permanent},
		{fmt.Errorf("read: %w", context.Canceled), connectors.Permanent},
		{errors.Join(errors.New("x"), fmt.Errorf("read: %w", context.DeadlineExceeded)), connectors.Permanent},
		{dialTimeout(t), connectors.Temporary},
		{errors.New("x"), connectors.Permanent},
		{fmt.Errorf("run: %w", &connectors.Error{Code: connectors.Malformed, Err: syscall.EIO}), connectors.Malformed},
		{&connectors.Error{Err: syscall.EIO}, connectors.Temporary},
	} {
		if got := connectors.CodeOf(c.err); got != c.want {
			t.Errorf("code of %v: %q, want %q", c.err, got, c.want)
		}
	}
	e := &connectors.Error{Op: "read", Feed: "civil_marriage", Split: "a.csv", Err: syscall.EIO, Hint: "run again"}
	if got := fmt.Errorf("x: %w", e); got.Error() != "x: read civil_marriage: a.csv: input/output error" || connectors.HintOf(got) != "run again" {
		t.Errorf("error %q, hint %q", got, connectors.HintOf(got))
	}
}
