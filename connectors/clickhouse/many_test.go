package clickhouse

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/schemas"
)

// TestManyDeliveries asks about two deliveries with rows among 65,536, which is a feed
// that has sent something every ten minutes for 15 months. Answers are those of the store in
// memory.
func TestManyDeliveries(t *testing.T) {
	s, c := openTest(t)
	base, memory := c.Bases[0], connectors.NewMemory()
	ids := make([]schemas.DeliveryID, 1<<16)
	for i := range ids {
		ids[i] = 1<<63 + schemas.DeliveryID(i) // Of as many digits as there can be.
	}
	first, last := ids[0], ids[len(ids)-1]
	r := rand.New(rand.NewPCG(1, 1))
	for _, id := range []schemas.DeliveryID{first, last} {
		rows := snapshot(r, base, id)
		to := connectors.AppendSpec{Base: base, Feed: c.Feeds[0], Delivery: id}
		appendRows(t, memory, to, rows, 1)
		appendRows(t, s, to, rows, 1)
	}
	to := connectors.AppendSpec{Base: base, Feed: c.Feeds[0], Delivery: 1, Staged: true}
	rows := snapshot(r, base, to.Delivery)
	appendRows(t, memory, to, rows, 1)
	appendRows(t, s, to, rows, 1)
	defer func() {
		if err := s.Discard(t.Context(), to); err != nil {
			t.Error(err)
		}
	}()
	linked := *base
	linked.Links = []schemas.Link{{Kind: "regno", Item: "name"}}
	scan := connectors.ScanSpec{Base: base, Range: schemas.Range{Last: 255}, Touched: schemas.Touched{Deliveries: ids, Hashes: []uint64{1 << 60}}}
	for what, ask := range map[string]func(connectors.Store) (any, error){
		"Stored": func(s connectors.Store) (any, error) {
			all, err := s.Stored(t.Context(), base, true, ids...)
			return []schemas.Counts{all[first], all[last]}, err
		},
		"Compare": func(s connectors.Store) (any, error) {
			return s.Compare(t.Context(), to, connectors.Comparison{Predecessors: ids})
		},
		"Scan": func(s connectors.Store) (any, error) {
			out := map[schemas.Ref]bool{}
			for b, err := range s.Scan(t.Context(), scan) {
				if err != nil {
					return nil, err
				}
				for i := range b.Len() {
					if b.Delivery[i] >= first { // Others are those of other tests.
						out[schemas.Ref{Delivery: b.Delivery[i], Position: b.Position[i]}] = true
					}
				}
			}
			return out, nil
		},
		"Among": func(s connectors.Store) (any, error) {
			found, err := s.Among(t.Context(), scan, []uint64{0, 1, 2, 3, 4, 5, 1 << 60})
			slices.Sort(found)
			return slices.Compact(found), err
		},
		"Stated": func(s connectors.Store) (any, error) {
			out := map[string]bool{}
			asked := linked.AppendAlias(nil, "regno", []byte("甲"))
			for b, err := range s.Stated(t.Context(), connectors.LinkSpec{Base: &linked, Keyed: ids, Stating: ids, Asked: [][]byte{asked}}) {
				if err != nil {
					return nil, err
				}
				for i, h := range b.KeyHash {
					out[fmt.Sprint(h, string(b.Alias.At(i)))] = true
				}
			}
			if len(out) == 0 {
				return nil, errors.New("nothing is stated")
			}
			return out, nil
		},
	} {
		want, err1 := ask(memory)
		got, err2 := ask(s)
		if d := gocmp.Diff(want, got); d != "" || errors.Join(err1, err2) != nil {
			t.Errorf("%s (-memory +engine): %s%v", what, d, errors.Join(err1, err2))
		}
	}
	var n []struct {
		Places uint64 `ch:"n"`
	}
	list := idList(ids)
	err := s.Select(t.Context(), &n, fmt.Sprintf("SELECT max(indexOf([%[1]s], delivery)) AS n FROM claim.blocks WHERE delivery IN (%[1]s) AND delivery NOT IN (%[2]d, 0) AND has([%[1]s], delivery)", list, first))
	if err != nil || n[0].Places != uint64(len(ids)) {
		t.Errorf("a query that names deliveries three times, as those of scores do: %v: %v", n, err)
	}
}
