package connectors

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"jiku/schemas"
)

type memoryWriter struct {
	m    *Memory
	name string
	rows *schemas.GoldenBlock
}

// Stage implements GoldenStore.
func (m *Memory) Stage(_ context.Context, run string, base *schemas.Base) (GoldenWriter, error) {
	return &memoryWriter{m: m, name: run + "/" + base.Name, rows: schemas.NewGoldenBlock(base)}, nil
}

func (w *memoryWriter) Write(g *schemas.GoldenBlock) error {
	for i := range g.Len() {
		w.rows.AppendRow(g, i)
	}
	return nil
}

func (w *memoryWriter) Close() error {
	w.m.mu.Lock()
	defer w.m.mu.Unlock()
	into := w.m.staging[w.name]
	if into == nil {
		into = schemas.NewGoldenBlock(w.rows.Base)
		w.m.staging[w.name] = into
	}
	for i := range w.rows.Len() {
		into.AppendRow(w.rows, i)
	}
	return nil
}

// Publish implements GoldenStore: the row with the greatest version stands.
func (m *Memory) Publish(_ context.Context, run string, base *schemas.Base, rows int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	staged := m.staging[run+"/"+base.Name]
	if staged == nil && rows > 0 || staged != nil && int64(staged.Len()) < rows {
		return fmt.Errorf("publish %s: the stage has lost rows, want %d: run again", base.Name, rows)
	}
	if staged == nil {
		return nil
	}
	if m.golden[base.Name] == nil {
		m.golden[base.Name] = map[schemas.Key]*schemas.GoldenBlock{}
	}
	for i := range staged.Len() {
		key := schemas.Key(staged.Key.At(i))
		if old := m.golden[base.Name][key]; old != nil && old.Version[0] > staged.Version[i] {
			continue
		}
		row := schemas.NewGoldenBlock(base)
		row.AppendRow(staged, i)
		m.golden[base.Name][key] = row
	}
	delete(m.staging, run+"/"+base.Name)
	return nil
}

// Golden implements GoldenStore.
func (m *Memory) Golden(_ context.Context, base *schemas.Base, r schemas.Range) iter.Seq2[*schemas.GoldenBlock, error] {
	return func(yield func(*schemas.GoldenBlock, error) bool) {
		m.mu.Lock()
		out := schemas.NewGoldenBlock(base)
		for _, row := range m.golden[base.Name] {
			if !row.Gone[0] && r.Holds(row.KeyHash[0]) {
				out.AppendRow(row, 0)
			}
		}
		m.mu.Unlock()
		if out.Len() > 0 {
			yield(out, nil)
		}
	}
}

// Register implements Ledger.
func (m *Memory) Register(_ context.Context, _ string, list ...schemas.Delivery) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range list {
		if _, ok := m.receipts[d.ID]; !ok {
			m.receipts[d.ID] = d
		}
	}
	return nil
}

// Record implements Ledger.
func (m *Memory) Record(_ context.Context, list ...schemas.DeliveryEvent) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range list {
		if e.Event.Judges() && m.leases[e.Feed] != e.Run {
			return leaseLost(e.Run, e.Feed)
		}
	}
	m.events = append(m.events, list...)
	return nil
}

// Deliveries implements Ledger.
func (m *Memory) Deliveries(_ context.Context, feed string) ([]schemas.DeliveryState, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var receipts []schemas.Delivery
	for _, d := range m.receipts {
		if feed == "" || d.Feed == feed {
			receipts = append(receipts, d)
		}
	}
	return schemas.States(receipts, m.events), nil
}

// Ordinal implements RunLog.
func (m *Memory) Ordinal(_ context.Context, _, digest string) (uint16, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if n := len(m.digests); digest != "" && (n == 0 || m.digests[n-1] != digest) {
		m.digests = append(m.digests, digest)
	}
	return uint16(len(m.digests)), nil
}

// RecordRun implements RunLog.
func (m *Memory) RecordRun(_ context.Context, e RunEvent) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	e.At = time.Now()
	m.runs = append(m.runs, e)
	return nil
}

// Runs implements RunLog.
func (m *Memory) Runs(_ context.Context, n int) ([]RunEvent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.Clone(m.runs)
	slices.Reverse(out)
	return out[:min(n, len(out))], nil
}

// Stored implements Auditor; it always counts sets.
func (m *Memory) Stored(_ context.Context, base *schemas.Base, _ bool, ids ...schemas.DeliveryID) (map[schemas.DeliveryID]schemas.Counts, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen, rejects, out := map[schemas.Ref]bool{}, map[schemas.Ref]bool{}, map[schemas.DeliveryID]schemas.Counts{}
	claims := m.claimsOf(base)
	for i := range claims.Len() {
		seen[schemas.Ref{Delivery: claims.Delivery[i], Position: claims.Position[i]}] = true
	}
	for _, r := range m.rejects {
		rejects[r.Ref] = true
	}
	count := func(refs map[schemas.Ref]bool, add func(*schemas.Counts, uint64)) {
		for ref := range refs {
			if slices.Contains(ids, ref.Delivery) {
				c := out[ref.Delivery]
				add(&c, ref.Position)
				out[ref.Delivery] = c
			}
		}
	}
	count(seen, func(c *schemas.Counts, position uint64) {
		if schemas.IsWithdrawal(position) {
			c.Withdrawals++
		} else {
			c.Claims++
		}
	})
	count(rejects, func(c *schemas.Counts, _ uint64) { c.Rejects++ })
	return out, nil
}

// Changes implements Keeper.
func (m *Memory) Changes(context.Context, *schemas.Catalogue) ([]string, error) { return nil, nil }

// Migrate implements Keeper; memory takes every declaration.
func (m *Memory) Migrate(context.Context, *schemas.Catalogue) error { return nil }

// HashKey implements Keeper.
func (m *Memory) HashKey(context.Context) (k0, k1 uint64, err error) {
	return 0x0706050403020100, 0x0f0e0d0c0b0a0908, nil
}

// Lease implements Keeper.
func (m *Memory) Lease(ctx context.Context, run string, feeds ...string) (context.Context, func(), error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range feeds {
		if holder := m.leases[f]; holder != "" {
			return nil, nil, &Error{Op: "lease", Feed: f, Code: Denied, Err: fmt.Errorf("run %s has it", holder), Hint: "wait for that run to end"}
		}
	}
	for _, f := range feeds {
		m.leases[f] = run
	}
	return ctx, func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		for _, f := range feeds {
			delete(m.leases, f)
		}
	}, nil
}

// Holds implements Keeper.
func (m *Memory) Holds(_ context.Context, run string, feeds ...string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range feeds {
		if m.leases[f] != run {
			return leaseLost(run, f)
		}
	}
	return nil
}

func leaseLost(run, feed string) error {
	return &Error{Op: "lease", Feed: feed, Code: Denied, Err: fmt.Errorf("run %s does not have it", run), Hint: "run again"}
}

// Discard implements Keeper.
func (m *Memory) Discard(_ context.Context, to AppendSpec) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.staged, to.Delivery)
	if to.Staged {
		return nil
	}
	m.rejects = slices.DeleteFunc(m.rejects, func(r schemas.Reject) bool { return r.Delivery == to.Delivery })
	old, kept := m.claimsOf(to.Base), schemas.NewClaimBlock(to.Base)
	for i := range old.Len() {
		if old.Delivery[i] != to.Delivery {
			kept.AppendRow(old, i)
		}
	}
	m.claims[to.Base.Name] = kept
	return nil
}

// Totals implements GoldenStore.
func (m *Memory) Totals(ctx context.Context, base *schemas.Base) (golden, conflicts int64, err error) {
	for g, err := range m.Golden(ctx, base, schemas.AllBuckets()) {
		if err != nil {
			return 0, 0, err
		}
		golden += int64(g.Len())
		conflicts += int64(len(g.Conflicts))
	}
	return golden, conflicts, nil
}
