package connectors

import (
	"context"
	"iter"
	"slices"
	"sync"

	"jiku/schemas"
)

// Memory is the store in memory: the oracle that ClickHouse is compared with. It is plain
// code over maps and keeps everything, so it is for tests and small examples.
type Memory struct {
	mu       sync.Mutex
	claims   map[string]*schemas.ClaimBlock // by base
	staged   map[schemas.DeliveryID]*schemas.ClaimBlock
	rejects  []schemas.Reject
	staging  map[string]*schemas.GoldenBlock // by run and base
	golden   map[string]map[schemas.Key]*schemas.GoldenBlock
	receipts map[schemas.DeliveryID]schemas.Delivery
	events   []schemas.DeliveryEvent
	digests  []string
	runs     []RunEvent
	leases   map[string]string
}

// NewMemory is an empty store.
func NewMemory() *Memory {
	return &Memory{claims: map[string]*schemas.ClaimBlock{}, staged: map[schemas.DeliveryID]*schemas.ClaimBlock{},
		staging: map[string]*schemas.GoldenBlock{}, golden: map[string]map[schemas.Key]*schemas.GoldenBlock{},
		receipts: map[schemas.DeliveryID]schemas.Delivery{}, leases: map[string]string{}}
}

type memoryAppender struct {
	m       *Memory
	base    *schemas.Base
	staged  bool
	claims  *schemas.ClaimBlock
	rejects []schemas.Reject
}

// Append implements ClaimStore.
func (m *Memory) Append(_ context.Context, to ...AppendSpec) (Appender, error) {
	return &memoryAppender{m: m, base: to[0].Base, staged: to[0].Staged, claims: schemas.NewClaimBlock(to[0].Base)}, nil
}

func (a *memoryAppender) Claims(b *schemas.ClaimBlock) error {
	for i := range b.Len() {
		a.claims.AppendRow(b, i)
	}
	return nil
}

func (a *memoryAppender) Rejects(list []schemas.Reject) error {
	for _, r := range list {
		r.Raw, r.Reasons = slices.Clone(r.Raw), slices.Clone(r.Reasons)
		a.rejects = append(a.rejects, r)
	}
	return nil
}

func (a *memoryAppender) Close(commit bool) error {
	if !commit {
		return nil
	}
	a.m.mu.Lock()
	defer a.m.mu.Unlock()
	for i := range a.claims.Len() {
		into := a.m.claimsOf(a.base)
		if a.staged {
			into = a.m.stagedOf(a.base, a.claims.Delivery[i])
		}
		into.AppendRow(a.claims, i)
	}
	a.m.rejects = append(a.m.rejects, a.rejects...)
	return nil
}

func (m *Memory) claimsOf(base *schemas.Base) *schemas.ClaimBlock {
	if m.claims[base.Name] == nil {
		m.claims[base.Name] = schemas.NewClaimBlock(base)
	}
	return m.claims[base.Name]
}

func (m *Memory) stagedOf(base *schemas.Base, d schemas.DeliveryID) *schemas.ClaimBlock {
	if m.staged[d] == nil {
		m.staged[d] = schemas.NewClaimBlock(base)
	}
	return m.staged[d]
}

// Compare implements Comparer.
func (m *Memory) Compare(_ context.Context, to AppendSpec, c Comparison) (schemas.Counts, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	counts, _ := m.compare(to, c)
	return counts, nil
}

// Claim implements Comparer.
func (m *Memory) Claim(_ context.Context, to AppendSpec, c Comparison) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, out := m.compare(to, c)
	claims := m.claimsOf(to.Base)
	for i := range out.Len() {
		claims.AppendRow(out, i)
	}
	return nil
}

// compare counts and gathers what becomes a claim, row by row.
func (m *Memory) compare(to AppendSpec, c Comparison) (schemas.Counts, *schemas.ClaimBlock) {
	claims, staged := m.claimsOf(to.Base), m.stagedOf(to.Base, to.Delivery)
	before := liveRows(claims, c.Predecessors)
	forms := map[string]map[uint64]bool{}
	for i := range staged.Len() {
		k := string(staged.Key.At(i))
		if forms[k] == nil {
			forms[k] = map[uint64]bool{}
		}
		forms[k][staged.RowHash[i]] = true
	}
	var (
		counts schemas.Counts
		seen   = map[uint64]bool{}
		out    = schemas.NewClaimBlock(to.Base)
	)
	for i := range staged.Len() {
		k := string(staged.Key.At(i))
		old, known := before[k]
		same := known && len(forms[k]) == 1 && claims.RowHash[old] == staged.RowHash[i]
		if !seen[staged.Position[i]] {
			seen[staged.Position[i]] = true
			counts.Rows++
			if same {
				counts.Unchanged++
			} else {
				counts.Claims++
			}
		}
		if !same {
			out.AppendRow(staged, i)
		}
	}
	counts.Before, counts.Doubled = int64(len(before)), counts.Rows-int64(len(forms))
	for k, i := range before {
		if forms[k] == nil {
			counts.Withdrawals++
			appendWithdrawal(out, claims, i, to.Delivery, c.Event)
		}
	}
	return counts, out
}

// liveRows gives, for each key that the deliveries leave alive, its newest row.
func liveRows(b *schemas.ClaimBlock, deliveries []schemas.DeliveryID) map[string]int {
	rank := map[schemas.DeliveryID]int{}
	for i, d := range deliveries {
		rank[d] = i + 1
	}
	top := map[string]int{}
	for i := range b.Len() {
		r := rank[b.Delivery[i]]
		if r == 0 {
			continue
		}
		k := string(b.Key.At(i))
		j, ok := top[k]
		if !ok || r > rank[b.Delivery[j]] || r == rank[b.Delivery[j]] && b.Position[i] > b.Position[j] {
			top[k] = i
		}
	}
	for k, i := range top {
		if b.Gone[i] {
			delete(top, k)
		}
	}
	return top
}

func appendWithdrawal(out, claims *schemas.ClaimBlock, i int, d schemas.DeliveryID, at schemas.EventTime) {
	n := len(out.Base.Items)
	out.Key.Append(claims.Key.At(i))
	out.KeyHash = append(out.KeyHash, claims.KeyHash[i])
	out.Delivery = append(out.Delivery, d)
	out.Position = append(out.Position, schemas.WithdrawalPosition(claims.KeyHash[i]))
	out.Event = append(out.Event, at)
	out.RowHash, out.Gone = append(out.RowHash, 0), append(out.Gone, true)
	for k := range n {
		out.States = append(out.States, byte(schemas.Withdrawn))
		if out.Base.Items[k].Type.Textual() {
			out.Items[k].Text.Append(nil)
		} else {
			out.Items[k].Int = append(out.Items[k].Int, 0)
		}
	}
	out.Failed.Append()
}

// Scan implements ClaimStore.
func (m *Memory) Scan(_ context.Context, q ScanSpec) iter.Seq2[*schemas.ClaimBlock, error] {
	return func(yield func(*schemas.ClaimBlock, error) bool) {
		m.mu.Lock()
		all, out := m.claimsOf(q.Base), schemas.NewClaimBlock(q.Base)
		touched := m.touchedHashes(q)
		for i := range all.Len() {
			h := all.KeyHash[i]
			if b := schemas.Bucket(h); b >= q.Range.First && b <= q.Range.Last && (q.Touched.All || touched[h]) {
				out.AppendRow(all, i)
			}
		}
		m.mu.Unlock()
		if out.Len() > 0 {
			yield(out, nil)
		}
	}
}

func (m *Memory) touchedHashes(q ScanSpec) map[uint64]bool {
	set := map[uint64]bool{}
	for _, h := range q.Touched.Hashes {
		set[h] = true
	}
	claims := m.claimsOf(q.Base)
	for i := range claims.Len() {
		if slices.Contains(q.Touched.Deliveries, claims.Delivery[i]) {
			set[claims.KeyHash[i]] = true
		}
	}
	for _, g := range m.golden[q.Base.Name] {
		if q.Touched.Due > 0 && g.Due[0] > 0 && g.Due[0] <= q.Touched.Due {
			set[g.KeyHash[0]] = true
		}
	}
	return set
}

// AllRejects lists the rejects, each ref once, in the order of refs.
func (m *Memory) AllRejects() []schemas.Reject {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.Clone(m.rejects)
	slices.SortStableFunc(out, func(a, b schemas.Reject) int { return compareRefs(a.Ref, b.Ref) })
	return slices.CompactFunc(out, func(a, b schemas.Reject) bool { return a.Ref == b.Ref })
}

func compareRefs(a, b schemas.Ref) int {
	if a.Delivery != b.Delivery {
		if a.Delivery < b.Delivery {
			return -1
		}
		return 1
	}
	switch {
	case a.Position < b.Position:
		return -1
	case a.Position > b.Position:
		return 1
	default:
		return 0
	}
}
