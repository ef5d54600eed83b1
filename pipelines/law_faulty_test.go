package pipelines_test

import (
	"context"
	"errors"
	"sync/atomic"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/schemas"
)

var errBroken = errors.New("the line broke")

// faulty is the ClickHouse store with places where a test can step in: a nil function does
// nothing.
type faulty struct {
	*clickhouse.Store
	// stored is called after rows were handed to the engine, claims or rejects.
	stored func(claims bool) error
	// closed is called after the rows of a split are durable.
	closed func(feed string) error
	// accepted is called after a delivery was accepted.
	accepted func()
	// staged is called after golden rows were handed to the engine.
	staged func()
	// publishing is called before rows are published, published after.
	publishing, published func()
	// ranges multiplies the claims that deliveries seem to have while a run is planned, so that
	// a plan has many ranges and a publication many parts.
	ranges  int64
	planned atomic.Bool
}

type faultyAppender struct {
	connectors.Appender
	f    *faulty
	feed string
}

// Append implements connectors.ClaimStore.
func (f *faulty) Append(ctx context.Context, to ...connectors.AppendSpec) (connectors.Appender, error) {
	a, err := f.Store.Append(ctx, to...)
	return &faultyAppender{a, f, to[0].Feed.Name}, err
}

// Claims implements connectors.Appender.
func (a *faultyAppender) Claims(b *schemas.ClaimBlock) error {
	if err := a.Appender.Claims(b); err != nil || a.f.stored == nil {
		return err
	}
	return a.f.stored(true)
}

// Rejects implements connectors.Appender.
func (a *faultyAppender) Rejects(r []schemas.Reject) error {
	if err := a.Appender.Rejects(r); err != nil || a.f.stored == nil {
		return err
	}
	return a.f.stored(false)
}

// Close implements connectors.Appender.
func (a *faultyAppender) Close(commit bool) error {
	if err := a.Appender.Close(commit); err != nil || !commit || a.f.closed == nil {
		return err
	}
	return a.f.closed(a.feed)
}

// Publish implements connectors.GoldenStore.
func (f *faulty) Publish(ctx context.Context, run string, base *schemas.Base, rows int64) error {
	if f.publishing != nil {
		f.publishing()
	}
	err := f.Store.Publish(ctx, run, base, rows)
	if err == nil && f.published != nil {
		f.published()
	}
	return err
}

// Record implements connectors.Ledger.
func (f *faulty) Record(ctx context.Context, list ...schemas.DeliveryEvent) error {
	err := f.Store.Record(ctx, list...)
	for _, e := range list {
		if err == nil && e.Event == schemas.Accepted && f.accepted != nil {
			f.accepted()
		}
	}
	return err
}

type faultyWriter struct {
	connectors.GoldenWriter
	f *faulty
}

// Stage implements connectors.GoldenStore.
func (f *faulty) Stage(ctx context.Context, run string, base *schemas.Base) (connectors.GoldenWriter, error) {
	w, err := f.Store.Stage(ctx, run, base)
	return &faultyWriter{w, f}, err
}

// Write implements connectors.GoldenWriter.
func (w *faultyWriter) Write(g *schemas.GoldenBlock) error {
	err := w.GoldenWriter.Write(g)
	if err == nil && w.f.staged != nil {
		w.f.staged()
	}
	return err
}

// Register implements connectors.Ledger.
func (f *faulty) Register(ctx context.Context, run string, list ...schemas.Delivery) error {
	f.planned.Store(true)
	return f.Store.Register(ctx, run, list...)
}

// RecordRun implements connectors.RunLog.
func (f *faulty) RecordRun(ctx context.Context, e connectors.RunEvent) error {
	if e.Event == connectors.RunStarted {
		f.planned.Store(false)
	}
	return f.Store.RecordRun(ctx, e)
}

// Deliveries implements connectors.Ledger.
func (f *faulty) Deliveries(ctx context.Context, feed string) ([]schemas.DeliveryState, error) {
	list, err := f.Store.Deliveries(ctx, feed)
	if f.planned.Load() {
		return list, err // what gates judge by stays as it is
	}
	for i := range list {
		list[i].Counts.Claims *= max(f.ranges, 1)
	}
	return list, err
}
