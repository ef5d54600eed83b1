package conntest

import (
	"context"
	"iter"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sirupsen/logrus"
	"github.com/sirupsen/logrus/hooks/test"

	"jiku/connectors"
	"jiku/schemas"
)

// Faulty wraps a source so that it fails now and then with an error of a code, as networks
// do: every call to a method fails once before it works, and a sequence of rows breaks off
// after Every rows.
type Faulty struct {
	connectors.Source
	Code  connectors.Code
	Every int
	// Faults counts the errors so far.
	Faults atomic.Int64
	calls  atomic.Int64
}

func (f *Faulty) fault(op string) error {
	f.Faults.Add(1)
	return &connectors.Error{Op: op, Feed: "faulty", Code: f.Code, Hint: "wait"}
}

// Deliveries fails every other time.
func (f *Faulty) Deliveries(ctx context.Context) ([]schemas.Delivery, error) {
	if f.calls.Add(1)%2 == 1 {
		return nil, f.fault("list")
	}
	return f.Source.Deliveries(ctx)
}

// Splits fails every other time.
func (f *Faulty) Splits(ctx context.Context, d schemas.Delivery) ([]connectors.Split, error) {
	if f.calls.Add(1)%2 == 1 {
		return nil, f.fault("split")
	}
	return f.Source.Splits(ctx, d)
}

// Rows breaks off after Every rows.
func (f *Faulty) Rows(ctx context.Context, s connectors.Split, columns []string) iter.Seq2[*schemas.Row, error] {
	return func(yield func(*schemas.Row, error) bool) {
		n := 0
		for row, err := range f.Source.Rows(ctx, s, columns) {
			if n == f.Every {
				yield(nil, f.fault("read"))
				return
			}
			n++
			if !yield(row, err) {
				return
			}
		}
	}
}

func testFaults(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 150)
	h.Deliver(t, in)
	src := h.Open(t, 3000)
	d := deliveries(t, src)[0]
	want := ReadDelivery(t, src, d, in.Columns)
	log, _ := test.NewNullLogger()
	log.SetLevel(logrus.ErrorLevel)
	policy := connectors.RetryPolicy{Tries: 3, First: time.Microsecond, Longest: time.Microsecond}
	faulty := &Faulty{Source: src, Code: connectors.Temporary, Every: 7}
	again := connectors.Retry(faulty, policy, log)
	if diff := differ([]schemas.Delivery{d}, deliveries(t, again)); diff != "" {
		t.Errorf("deliveries (-want +got):\n%s", diff)
	}
	if diff := differ(want, ReadDelivery(t, again, d, in.Columns)); diff != "" {
		t.Errorf("rows (-undisturbed +with faults):\n%s", diff)
	}
	if faulty.Faults.Load() < 20 {
		t.Errorf("only %d faults", faulty.Faults.Load())
	}
}
