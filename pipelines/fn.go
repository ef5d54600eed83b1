package pipelines

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"jiku/schemas"
)

// The DoFns are plain data: each names its session, which the process has open. A DoFn
// handles a whole split or range at a time, so reflection costs nothing that matters and
// the binary is spared Beam's generic shims (4 MB a signature).
func init() {
	for _, fn := range []any{splitFn{}, ingestFn{}, acceptFn{}, pendingFn{}, reconcileFn{}, publishFn{}, tallyFn{}} {
		beam.RegisterType(reflect.TypeOf(fn))
	}
}

// sessions are the open sessions of this process by run: safe under concurrency, since a
// process can run several jobs and a runner calls DoFns from several goroutines.
var sessions sync.Map

func session(run string) (*Session, error) {
	if s, ok := sessions.Load(run); ok {
		return s.(*Session), nil
	}
	return nil, fmt.Errorf("find session of run %s: this process does not have it open: run the job with workers in jiku's own process", run)
}

// element is the wire form of what travels through Beam.
func element(v any) ([]byte, error) { return json.Marshal(v) }

// splitFn hands out the ingest tasks of a plan.
type splitFn struct{}

// ProcessElement emits one element a task. A base whose deliveries are all condemned by their
// headers has one without splits: they are judged all the same.
func (*splitFn) ProcessElement(plan []byte, emit func([]byte)) error {
	var p Plan
	if err := json.Unmarshal(plan, &p); err != nil {
		return err
	}
	tasks := p.IngestTasks()
	for base := range p.ByBase() {
		if !slices.ContainsFunc(tasks, func(t IngestTask) bool { return t.Base == base }) {
			tasks = append(tasks, IngestTask{Base: base})
		}
	}
	for _, t := range tasks {
		b, err := element(t)
		if err != nil {
			return err
		}
		emit(b)
	}
	return nil
}

// ingestFn stores the rows of a task.
type ingestFn struct{ Session string }

// ProcessElement emits the acks of the splits under their base; a task without splits has one
// that stands for none.
func (f *ingestFn) ProcessElement(ctx context.Context, task []byte, emit func(string, []byte)) error {
	s, err := session(f.Session)
	if err != nil {
		return err
	}
	var t IngestTask
	if err := json.Unmarshal(task, &t); err != nil {
		return err
	}
	acks := []Ack{{Index: -1}}
	if len(t.Splits) > 0 {
		if acks, err = s.ingest(ctx, t); err != nil {
			return s.fail(err)
		}
	}
	for _, ack := range acks {
		b, err := element(ack)
		if err != nil {
			return err
		}
		emit(t.Base, b)
	}
	return nil
}

// acceptFn judges the deliveries of a base.
type acceptFn struct{ Session string }

// ProcessElement emits the ranges that the accepted deliveries touch.
func (f *acceptFn) ProcessElement(ctx context.Context, base string, acks func(*[]byte) bool, emit func(string, []byte)) error {
	s, err := session(f.Session)
	if err != nil {
		return err
	}
	list, err := drain[Ack](acks)
	if err != nil {
		return err
	}
	ids, err := s.accept(ctx, s.Catalogue.Base(base), s.plan.ByBase()[base], list)
	if err != nil {
		return s.fail(err)
	}
	return emitRanges(s, base, schemas.Touched{Deliveries: ids}, emit)
}

// pendingFn hands out what is touched whatever is ingested.
type pendingFn struct{ Session string }

// ProcessElement emits the ranges of each base.
func (f *pendingFn) ProcessElement(plan []byte, emit func(string, []byte)) error {
	s, err := session(f.Session)
	if err != nil {
		return err
	}
	var p Plan
	if err := json.Unmarshal(plan, &p); err != nil {
		return err
	}
	for _, b := range p.Bases {
		if err := emitRanges(s, b.Base, b.Touched, emit); err != nil {
			return err
		}
	}
	return nil
}

func emitRanges(s *Session, base string, t schemas.Touched, emit func(string, []byte)) error {
	for _, task := range s.tasks(s.plan, base, t) {
		b, err := element(task)
		if err != nil {
			return err
		}
		emit(fmt.Sprintf("%s/%03d", base, task.Ranges[0].First), b)
	}
	return nil
}

// reconcileFn stages the golden rows of some ranges.
type reconcileFn struct{ Session string }

// ProcessElement emits the ack of a task.
func (f *reconcileFn) ProcessElement(ctx context.Context, _ string, tasks func(*[]byte) bool, emit func(string, []byte)) error {
	s, err := session(f.Session)
	if err != nil {
		return err
	}
	list, err := drain[RangeTask](tasks)
	if err != nil {
		return err
	}
	whole := list[0]
	var touched []schemas.Touched
	for _, t := range list {
		touched = append(touched, t.Touched)
	}
	whole.Touched = merge(touched...)
	ack, err := s.reconcile(ctx, whole)
	if err != nil {
		return s.fail(err)
	}
	b, err := element(ack)
	if err != nil {
		return err
	}
	emit("", b)
	return nil
}

// publishFn makes the staged rows of the run visible.
type publishFn struct{ Session string }

// ProcessElement emits the acks that were published.
func (f *publishFn) ProcessElement(ctx context.Context, _ string, acks func(*[]byte) bool, emit func([]byte)) error {
	s, err := session(f.Session)
	if err != nil {
		return err
	}
	list, err := drain[RangeAck](acks)
	if err != nil {
		return err
	}
	if err := s.publish(ctx, list); err != nil {
		return s.fail(err)
	}
	b, err := element(list)
	if err != nil {
		return err
	}
	emit(b)
	return nil
}

// tallyFn hands the acks to the session.
type tallyFn struct{ Session string }

// ProcessElement keeps the acks of what was published.
func (f *tallyFn) ProcessElement(acks []byte) error {
	s, err := session(f.Session)
	if err != nil {
		return err
	}
	var list []RangeAck
	if err := json.Unmarshal(acks, &list); err != nil {
		return err
	}
	s.tally(list)
	return nil
}

func drain[T any](next func(*[]byte) bool) ([]T, error) {
	var (
		out []T
		b   []byte
	)
	for next(&b) {
		var v T
		if err := json.Unmarshal(b, &v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
