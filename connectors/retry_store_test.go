package connectors_test

import (
	"context"
	"errors"
	"reflect"
	"syscall"
	"testing"
	"time"

	"github.com/sirupsen/logrus/hooks/test"

	"jiku/connectors"
	"jiku/schemas"
)

// flaky is a store whose operations fail a number of times before they work. Methods that it
// does not have are those of no store: a call of them panics.
type flaky struct {
	connectors.Store
	left  int
	err   error
	woken int
	wake  error
}

func (f *flaky) next() error {
	if f.left--; f.left >= 0 {
		return f.err
	}
	return nil
}

// Wake implements connectors.Waker.
func (f *flaky) Wake(context.Context) error { f.woken++; return f.wake }

func (f *flaky) Compare(context.Context, connectors.AppendSpec, connectors.Comparison) (schemas.Counts, error) {
	return schemas.Counts{}, f.next()
}
func (f *flaky) Publish(context.Context, string, *schemas.Base, int64) error { return f.next() }
func (f *flaky) Totals(context.Context, *schemas.Base) (int64, int64, error) { return 1, 2, f.next() }
func (f *flaky) Among(context.Context, connectors.ScanSpec, []uint64) ([]uint64, error) {
	return nil, f.next()
}
func (f *flaky) Linked(context.Context, *schemas.Base) (connectors.LinkCounts, error) {
	return connectors.LinkCounts{}, f.next()
}
func (f *flaky) Deliveries(context.Context, string) ([]schemas.DeliveryState, error) {
	return nil, f.next()
}
func (f *flaky) Register(context.Context, string, ...schemas.Delivery) error { return f.next() }
func (f *flaky) Record(context.Context, ...schemas.DeliveryEvent) error      { return f.next() }
func (f *flaky) Ordinal(context.Context, string, string) (uint16, error)     { return 7, f.next() }
func (f *flaky) RecordRun(context.Context, connectors.RunEvent) error        { return f.next() }
func (f *flaky) Runs(context.Context, int) ([]connectors.RunEvent, error)    { return nil, f.next() }
func (f *flaky) Stored(context.Context, *schemas.Base, bool, ...schemas.DeliveryID) (map[schemas.DeliveryID]schemas.Counts, error) {
	return nil, f.next()
}
func (f *flaky) Discard(context.Context, connectors.AppendSpec) error          { return f.next() }
func (f *flaky) Changes(context.Context, *schemas.Catalogue) ([]string, error) { return nil, f.next() }
func (f *flaky) Migrate(context.Context, *schemas.Catalogue) error             { return f.next() }
func (f *flaky) HashKey(context.Context) (uint64, uint64, error)               { return 1, 2, f.next() }
func (f *flaky) Holds(context.Context, string, ...string) error                { return f.next() }
func (f *flaky) Doubled(context.Context, *schemas.Base, schemas.DeliveryID) (int64, error) {
	return 3, f.next()
}
func (f *flaky) Claim(context.Context, connectors.AppendSpec, connectors.Comparison) error {
	return f.next()
}
func (f *flaky) Lease(context.Context, string, ...string) (context.Context, func(), error) {
	return nil, nil, f.next()
}

var (
	quickly = connectors.RetryPolicy{Tries: 4, First: 1, Longest: 1}
	busy    = &connectors.Error{Op: "x", Code: connectors.Temporary, Err: syscall.ECONNRESET}
	wrong   = &connectors.Error{Op: "x", Code: connectors.Permanent, Err: errors.New("wrong")}
)

// TestPatient calls every method of a store but the streams: a new one must be repeated too,
// or be named here.
func TestPatient(t *testing.T) {
	streams := map[string]bool{"Append": true, "Scan": true, "Stage": true, "Golden": true, "Stated": true, "Waiting": true}
	log, _ := test.NewNullLogger()
	store := reflect.TypeFor[connectors.Store]()
	for i := range store.NumMethod() {
		name := store.Method(i).Name
		if streams[name] {
			continue
		}
		for _, c := range []struct {
			err  error
			left int
			want error
			woke int
		}{{busy, 3, nil, 3}, {busy, 4, busy, 3}, {wrong, 1, wrong, 0}} {
			f := &flaky{left: c.left, err: c.err}
			m := reflect.ValueOf(connectors.NewPatient(f, quickly, log)).MethodByName(name)
			args := []reflect.Value{reflect.ValueOf(t.Context())}
			for k := 1; k < m.Type().NumIn() && (!m.Type().IsVariadic() || k < m.Type().NumIn()-1); k++ {
				args = append(args, reflect.Zero(m.Type().In(k)))
			}
			out := m.Call(args)
			err, _ := out[len(out)-1].Interface().(error)
			if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || f.woken != c.woke {
				t.Errorf("%s that fails %d times with %v: %v, want %v; woken %d times, want %d", name, c.left, c.err, err, c.want, f.woken, c.woke)
			}
		}
	}
}

func TestAgain(t *testing.T) {
	log, _ := test.NewNullLogger()
	down := &flaky{left: 9, err: busy, wake: wrong}
	if err := connectors.NewPatient(down, quickly, log).Publish(t.Context(), "", nil, 0); !errors.Is(err, wrong) || down.woken != 1 {
		t.Errorf("an engine that cannot be started: %v after %d attempts", err, down.woken)
	}
	slow := &flaky{left: 2, err: busy, wake: busy}
	if err := connectors.NewPatient(slow, quickly, log).Publish(t.Context(), "", nil, 0); err != nil {
		t.Errorf("an engine that does not answer yet: %v", err)
	}
	inner, starts := &flaky{left: 1 << 30, err: busy}, 0
	p := connectors.NewPatient(inner, quickly, log)
	err := p.Again(t.Context(), func(ctx context.Context) error {
		starts++
		return p.Record(ctx)
	})
	if !errors.Is(err, busy) || starts != 1 || connectors.CodeOf(err) != connectors.Temporary {
		t.Errorf("work within work was started %d times and ends with %v (%s)", starts, err, connectors.CodeOf(err))
	}
	n := 0
	hanging := connectors.NewPatient(&flaky{}, connectors.RetryPolicy{Tries: 99, First: 1, Longest: 1, Total: 50 * time.Millisecond}, log)
	err = hanging.Again(t.Context(), func(context.Context) error { n++; time.Sleep(30 * time.Millisecond); return busy })
	if !errors.Is(err, busy) || n < 2 || n > 4 {
		t.Errorf("failures that take long: %d starts, %v", n, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n = 0
	if err := p.Again(ctx, func(context.Context) error { n++; return busy }); !errors.Is(err, busy) || n != 1 {
		t.Errorf("after the run was stopped: %d starts, %v", n, err)
	}
}
