package connectors

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/sirupsen/logrus"

	"jiku/schemas"
)

// RetryPolicy says how often and how fast temporary errors are tried again.
type RetryPolicy struct {
	// Tries is how often an operation is started in all while it makes no progress.
	Tries int
	// First is the first pause; each is about twice the one before, up to Longest, and
	// varies by half so that workers do not come back together.
	First, Longest time.Duration
	// Total bounds the time from the first failure to the last start, where a failure takes
	// long to show; 0 is no bound.
	Total time.Duration
}

// DefaultRetry gives up after about half a minute.
var DefaultRetry = RetryPolicy{Tries: 7, First: 500 * time.Millisecond, Longest: 15 * time.Second}

// Retry wraps a source so that temporary errors are tried again, and nothing else. Rows
// goes on after the last row that it handed out: it opens the split from that row's
// position, which every source accepts as Start, and skips what was seen. A row counts as
// progress, so a long split over a bad line ends as long as rows come.
func Retry(src Source, policy RetryPolicy, log logrus.FieldLogger) Source {
	r := &retrying{source: src, policy: policy, log: log}
	if h, ok := src.(Header); ok {
		return &retryingHeader{r, h}
	}
	return r
}

type retrying struct {
	source Source
	policy RetryPolicy
	log    logrus.FieldLogger
}

type retryingHeader struct {
	*retrying
	header Header
}

// Deliveries is the source's.
func (r *retrying) Deliveries(ctx context.Context) ([]schemas.Delivery, error) {
	return again(ctx, r, func() ([]schemas.Delivery, error) { return r.source.Deliveries(ctx) })
}

// Splits is the source's.
func (r *retrying) Splits(ctx context.Context, d schemas.Delivery) ([]Split, error) {
	return again(ctx, r, func() ([]Split, error) { return r.source.Splits(ctx, d) })
}

// Header is the source's.
func (r *retryingHeader) Header(ctx context.Context, d schemas.Delivery) ([]string, error) {
	return again(ctx, r.retrying, func() ([]string, error) { return r.header.Header(ctx, d) })
}

// Rows is the source's, without a gap or a repeat where it was interrupted.
func (r *retrying) Rows(ctx context.Context, s Split, columns []string) iter.Seq2[*schemas.Row, error] {
	return func(yield func(*schemas.Row, error) bool) {
		p := &pass{yield: yield}
		tries := r.tries()
		for {
			p.moved = false
			err := p.run(r.source.Rows(ctx, s, columns))
			if p.stopped || err == nil {
				return
			}
			if p.moved {
				tries = r.tries()
			}
			if err = tries.pause(ctx, err); err != nil {
				yield(nil, err)
				return
			}
			if p.any {
				s.Start, s.Line = p.last, p.line
			}
		}
	}
}

// pass hands rows on and remembers the last one.
type pass struct {
	yield   func(*schemas.Row, error) bool
	any     bool
	last    uint64
	line    uint64
	moved   bool
	stopped bool
}

func (p *pass) run(rows iter.Seq2[*schemas.Row, error]) error {
	for row, err := range rows {
		if err != nil {
			return err
		}
		if p.any && row.Position <= p.last {
			continue
		}
		p.any, p.moved, p.last, p.line = true, true, row.Position, row.Line
		if !p.yield(row, nil) {
			p.stopped = true
			return nil
		}
	}
	return nil
}

// tries counts the starts of one operation.
type tries struct {
	left  int
	total time.Duration
	since time.Time // The first failure.
	waits *backoff.ExponentialBackOff
	log   logrus.FieldLogger
}

func newTries(p RetryPolicy, log logrus.FieldLogger) *tries {
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval, waits.MaxInterval, waits.Multiplier = p.First, p.Longest, 2
	return &tries{left: p.Tries - 1, total: p.Total, waits: waits, log: log}
}

func (r *retrying) tries() *tries { return newTries(r.policy, r.log) }

// pause waits before the next start. It gives the error back when there is none: the error
// is not temporary, the tries are used up, or the context ended.
func (t *tries) pause(ctx context.Context, err error) error {
	if _, final := errors.AsType[*finalError](err); final || CodeOf(err) != Temporary || t.left <= 0 || ctx.Err() != nil {
		return err
	}
	if t.since.IsZero() {
		t.since = time.Now()
	}
	if t.total > 0 && time.Since(t.since) > t.total {
		return err
	}
	t.left--
	wait := t.waits.NextBackOff()
	t.log.WithError(err).WithField("ms", wait.Milliseconds()).Warn("temporary error, trying again")
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return err
	}
}

// finalError is an error that nobody tries again, whatever its code.
type finalError struct{ error }

// Unwrap is the error itself.
func (e *finalError) Unwrap() error { return e.error }

// Final marks an error so that Retry and Patient leave it alone: it was tried often enough
// further down, or trying the whole again cannot mend it.
func Final(err error) error {
	if err == nil {
		return nil
	}
	return &finalError{err}
}

func again[T any](ctx context.Context, r *retrying, do func() (T, error)) (T, error) {
	t := r.tries()
	for {
		out, err := do()
		if err == nil {
			return out, nil
		}
		if err = t.pause(ctx, err); err != nil {
			return out, err
		}
	}
}
