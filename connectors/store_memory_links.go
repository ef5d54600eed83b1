package connectors

import (
	"context"
	"iter"
	"slices"

	"jiku/schemas"
)

// Stated implements LinkReader, claim by claim.
func (m *Memory) Stated(_ context.Context, q LinkSpec) iter.Seq2[*schemas.StatedBlock, error] {
	return func(yield func(*schemas.StatedBlock, error) bool) {
		m.mu.Lock()
		out := m.stated(q)
		m.mu.Unlock()
		if len(out.KeyHash) > 0 {
			yield(out, nil)
		}
	}
}

func (m *Memory) stated(q LinkSpec) *schemas.StatedBlock {
	claims, out, used := m.claimsOf(q.Base), &schemas.StatedBlock{}, map[string]bool{}
	add := func(i int, alias string) {
		out.KeyHash = append(out.KeyHash, claims.KeyHash[i])
		out.Alias.AppendString(alias)
	}
	for _, a := range q.Asked {
		used[string(a)] = true
		for _, part := range partsOf(q.Base, a) {
			used[part] = true
		}
	}
	for i := range claims.Len() {
		key := claims.Key.At(i)
		if kind, _ := q.Base.KindOf(key); kind == string(q.Base.Key.Kind) || !slices.Contains(q.Keyed, claims.Delivery[i]) {
			continue
		}
		used[string(key)] = true
		for _, part := range partsOf(q.Base, key) {
			used[part] = true
			add(i, part)
		}
	}
	for i := range claims.Len() {
		if !slices.Contains(q.Stating, claims.Delivery[i]) {
			continue
		}
		for _, part := range partsOf(q.Base, claims.Key.At(i)) {
			if used[part] {
				add(i, part)
			}
		}
		for _, l := range q.Base.LinkItems() {
			value := claims.Items[q.Base.ItemIndex(l.Item)].Text.At(i)
			alias := string(q.Base.AppendAlias(nil, l.Kind, value))
			if len(value) > 0 && (used[alias] || l.Kind == string(q.Base.Key.Kind)) {
				add(i, alias)
			}
		}
	}
	return out
}

// partsOf are the numbers of other kinds that are part of a key.
func partsOf(b *schemas.Base, key []byte) []string {
	var out []string
	kind, value := b.KindOf(key)
	for _, p := range b.Parts() {
		if p.Of == kind && p.Size == len(value) {
			out = append(out, string(b.AppendAlias(nil, p.Kind, value[p.Start:p.Start+p.Len])))
		}
	}
	return out
}

// Among implements LinkReader.
func (m *Memory) Among(_ context.Context, q ScanSpec, hashes []uint64) ([]uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	touched := m.touchedHashes(q)
	var out []uint64
	for _, h := range hashes {
		if q.Range.Holds(h) && (q.Touched.All || touched[h]) {
			out = append(out, h)
		}
	}
	return out, nil
}

// Waiting implements LinkTeller.
func (m *Memory) Waiting(_ context.Context, base *schemas.Base) iter.Seq2[*schemas.GoldenBlock, error] {
	return func(yield func(*schemas.GoldenBlock, error) bool) {
		m.mu.Lock()
		out := schemas.NewGoldenBlock(base)
		for _, row := range m.golden[base.Name] {
			if len(row.Waiting) > 0 {
				out.AppendRow(row, 0)
			}
		}
		m.mu.Unlock()
		if out.Len() > 0 {
			yield(out, nil)
		}
	}
}

// Linked implements LinkTeller.
func (m *Memory) Linked(_ context.Context, base *schemas.Base) (LinkCounts, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var c LinkCounts
	for _, row := range m.golden[base.Name] {
		c.Orphans += int64(len(row.Waiting))
		if len(row.Linked.Bytes) > 0 {
			c.Links++
		}
	}
	return c, nil
}
