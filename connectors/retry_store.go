package connectors

import (
	"context"
	"time"

	"github.com/sirupsen/logrus"

	"jiku/schemas"
)

// DefaultPatience is for stores: about a minute and a half, in which an engine restarts, a
// failover ends, or the queries of others give back the memory that one of ours lacked. An
// engine that hangs, which shows after ten minutes, is asked three times.
var DefaultPatience = RetryPolicy{Tries: 12, First: 250 * time.Millisecond, Longest: 15 * time.Second, Total: 15 * time.Minute}

// Waker is a store that can do something about an engine that is gone.
type Waker interface {
	// Wake starts the engine if it is down and may be started, and finds where it listens
	// now. It does nothing where the engine answers or is somebody else's.
	Wake(ctx context.Context) error
}

// Patient is a store whose operations are tried again after temporary errors. Each of them
// may be: reading changes nothing, and of what writes,
//
//   - Register: the ledger shows the first receipt of a delivery;
//   - Record: an event that is there twice has one number twice, and counts once;
//   - RecordRun: that a run started or ended is as true twice as once;
//   - Ordinal: a second call finds the number that the first has given;
//   - Compare: it begins with removing what it wrote before, and the stage is as it was;
//   - Discard, Migrate, HashKey: they bring about a state, and are done when it is there;
//   - Lease: a lease that names this run and process is taken, whoever was told;
//   - Publish: parts that are attached twice are rows of equal key and version.
//
// Append, Scan and Stage are streams that a store cannot repeat. They stay as they are: who
// uses them does so within Again, and begins anew with the split or the range.
type Patient struct {
	Store
	policy RetryPolicy
	log    logrus.FieldLogger
}

// NewPatient wraps a store; a policy without tries is DefaultPatience.
func NewPatient(s Store, policy RetryPolicy, log logrus.FieldLogger) *Patient {
	if policy.Tries == 0 {
		policy = DefaultPatience
	}
	return &Patient{Store: s, policy: policy, log: log}
}

// Again does something until it is done, its error is not temporary, or the tries are used
// up. Between tries it wakes the store. The error is Final, so that work within work is not
// tried the square of times.
func (p *Patient) Again(ctx context.Context, do func(context.Context) error) error {
	t := newTries(p.policy, p.log)
	for {
		err := do(ctx)
		if err == nil {
			return nil
		}
		if err := t.pause(ctx, err); err != nil {
			return Final(err)
		}
		if w, ok := p.Store.(Waker); ok {
			if down := w.Wake(ctx); down != nil && CodeOf(down) != Temporary {
				return Final(down)
			}
		}
	}
}

// patiently is Again for what has a result.
func patiently[T any](ctx context.Context, p *Patient, do func(context.Context) (T, error)) (T, error) {
	var out T
	err := p.Again(ctx, func(ctx context.Context) (err error) {
		out, err = do(ctx)
		return err
	})
	return out, err
}

// Compare is the store's.
func (p *Patient) Compare(ctx context.Context, to AppendSpec, c Comparison) (schemas.Counts, error) {
	return patiently(ctx, p, func(ctx context.Context) (schemas.Counts, error) { return p.Store.Compare(ctx, to, c) })
}

// Claim is the store's.
func (p *Patient) Claim(ctx context.Context, to AppendSpec, c Comparison) error {
	return p.Again(ctx, func(ctx context.Context) error { return p.Store.Claim(ctx, to, c) })
}

// Publish is the store's.
func (p *Patient) Publish(ctx context.Context, run string, base *schemas.Base, rows int64) error {
	return p.Again(ctx, func(ctx context.Context) error { return p.Store.Publish(ctx, run, base, rows) })
}

// Totals is the store's.
func (p *Patient) Totals(ctx context.Context, base *schemas.Base) (golden, conflicts int64, err error) {
	err = p.Again(ctx, func(ctx context.Context) (err error) {
		golden, conflicts, err = p.Store.Totals(ctx, base)
		return err
	})
	return golden, conflicts, err
}

// Among is the store's.
func (p *Patient) Among(ctx context.Context, q ScanSpec, hashes []uint64) ([]uint64, error) {
	return patiently(ctx, p, func(ctx context.Context) ([]uint64, error) { return p.Store.Among(ctx, q, hashes) })
}

// Linked is the store's.
func (p *Patient) Linked(ctx context.Context, base *schemas.Base) (LinkCounts, error) {
	return patiently(ctx, p, func(ctx context.Context) (LinkCounts, error) { return p.Store.Linked(ctx, base) })
}

// Deliveries is the store's.
func (p *Patient) Deliveries(ctx context.Context, feed string) ([]schemas.DeliveryState, error) {
	return patiently(ctx, p, func(ctx context.Context) ([]schemas.DeliveryState, error) { return p.Store.Deliveries(ctx, feed) })
}

// Register is the store's.
func (p *Patient) Register(ctx context.Context, run string, d ...schemas.Delivery) error {
	return p.Again(ctx, func(ctx context.Context) error { return p.Store.Register(ctx, run, d...) })
}

// Record is the store's.
func (p *Patient) Record(ctx context.Context, e ...schemas.DeliveryEvent) error {
	return p.Again(ctx, func(ctx context.Context) error { return p.Store.Record(ctx, e...) })
}

// Ordinal is the store's.
func (p *Patient) Ordinal(ctx context.Context, run, digest string) (uint16, error) {
	return patiently(ctx, p, func(ctx context.Context) (uint16, error) { return p.Store.Ordinal(ctx, run, digest) })
}

// RecordRun is the store's.
func (p *Patient) RecordRun(ctx context.Context, e RunEvent) error {
	return p.Again(ctx, func(ctx context.Context) error { return p.Store.RecordRun(ctx, e) })
}

// Runs is the store's.
func (p *Patient) Runs(ctx context.Context, n int) ([]RunEvent, error) {
	return patiently(ctx, p, func(ctx context.Context) ([]RunEvent, error) { return p.Store.Runs(ctx, n) })
}

// Holds is the store's.
func (p *Patient) Holds(ctx context.Context, run string, feeds ...string) error {
	return p.Again(ctx, func(ctx context.Context) error { return p.Store.Holds(ctx, run, feeds...) })
}

// Doubled is the store's.
func (p *Patient) Doubled(ctx context.Context, base *schemas.Base, d schemas.DeliveryID) (int64, error) {
	return patiently(ctx, p, func(ctx context.Context) (int64, error) { return p.Store.Doubled(ctx, base, d) })
}

// Stored is the store's.
func (p *Patient) Stored(ctx context.Context, base *schemas.Base, exact bool, ids ...schemas.DeliveryID) (map[schemas.DeliveryID]schemas.Counts, error) {
	return patiently(ctx, p, func(ctx context.Context) (map[schemas.DeliveryID]schemas.Counts, error) {
		return p.Store.Stored(ctx, base, exact, ids...)
	})
}

// Discard is the store's.
func (p *Patient) Discard(ctx context.Context, to AppendSpec) error {
	return p.Again(ctx, func(ctx context.Context) error { return p.Store.Discard(ctx, to) })
}

// Changes is the store's.
func (p *Patient) Changes(ctx context.Context, c *schemas.Catalogue) ([]string, error) {
	return patiently(ctx, p, func(ctx context.Context) ([]string, error) { return p.Store.Changes(ctx, c) })
}

// Migrate is the store's.
func (p *Patient) Migrate(ctx context.Context, c *schemas.Catalogue) error {
	return p.Again(ctx, func(ctx context.Context) error { return p.Store.Migrate(ctx, c) })
}

// HashKey is the store's.
func (p *Patient) HashKey(ctx context.Context) (k0, k1 uint64, err error) {
	err = p.Again(ctx, func(ctx context.Context) (err error) {
		k0, k1, err = p.Store.HashKey(ctx)
		return err
	})
	return k0, k1, err
}

// Lease is the store's.
func (p *Patient) Lease(ctx context.Context, run string, feeds ...string) (held context.Context, release func(), err error) {
	err = p.Again(ctx, func(ctx context.Context) (err error) {
		held, release, err = p.Store.Lease(ctx, run, feeds...)
		return err
	})
	return held, release, err
}
