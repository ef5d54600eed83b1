package reconcile

import (
	"strconv"
	"testing"
	"time"

	"github.com/cespare/xxhash/v2"

	"jiku/schemas"
)

// world is what a scenario or a random test reconciles: declarations, facts and claims.
type world struct {
	cat    *schemas.Catalogue
	base   *schemas.Base
	facts  *Facts
	claims []claim
	// order keeps the deliveries in a stable order, with the names by which tests call them.
	names map[schemas.DeliveryID]string
}

// claim is a claim as tests write it: States and values by item.
type claim struct {
	key    string
	ref    schemas.Ref
	event  schemas.EventTime
	gone   bool
	states []schemas.State
	texts  []string // also of integer items, as stored
}

func newWorld() *world {
	base := &schemas.Base{Name: "b", Entity: "e", Title: "库"}
	return &world{base: base, cat: &schemas.Catalogue{Bases: []*schemas.Base{base}, City: &schemas.City{}},
		facts: &Facts{Day: 20261101, Ordinal: 1, Deliveries: map[schemas.DeliveryID]Delivery{}, LastSlot: map[string]schemas.Slot{}},
		names: map[schemas.DeliveryID]string{}}
}

func testHash(key string) uint64 { return xxhash.Sum64String(key) }

// deliver makes a delivery known, in force and received on the morning of its slot.
func (w *world) deliver(feed string, slot schemas.Slot, revision uint32) schemas.DeliveryID {
	id := schemas.IDOf(feed, slot, revision)
	if _, ok := w.facts.Deliveries[id]; !ok {
		name := feed + "@" + slot.String()
		if revision > 0 {
			name += "r" + strconv.Itoa(int(revision))
		}
		w.names[id] = name
		w.facts.Deliveries[id] = Delivery{Feed: w.cat.Feed(feed), Slot: slot, Revision: revision, InForce: true,
			Received: time.Date(int(slot.Date/10000), time.Month(slot.Date/100%100), int(slot.Date%100), 8, 0, 0, 0, time.UTC)}
	}
	return id
}

// block makes a block of claims.
func (w *world) block(claims []claim) *schemas.ClaimBlock {
	b := schemas.NewClaimBlock(w.base)
	for _, c := range claims {
		b.Key.AppendString(c.key)
		b.KeyHash = append(b.KeyHash, testHash(c.key))
		b.Delivery = append(b.Delivery, c.ref.Delivery)
		b.Position = append(b.Position, c.ref.Position)
		b.Event = append(b.Event, c.event)
		b.RowHash = append(b.RowHash, 0)
		b.Gone = append(b.Gone, c.gone)
		b.Failed.Append()
		for i, s := range c.states {
			b.States = append(b.States, byte(s))
			if w.base.Items[i].Type.Textual() {
				b.Items[i].Text.AppendString(c.texts[i])
			} else {
				v, _ := strconv.ParseInt(c.texts[i], 10, 64)
				b.Items[i].Int = append(b.Items[i].Int, v)
			}
		}
	}
	return b
}

// run reconciles the claims with a fresh program and gives one block of all rows.
func (w *world) run(t testing.TB, claims []claim, checks ...Check) *schemas.GoldenBlock {
	t.Helper()
	p, err := Compile(w.cat, w.base, checks...)
	if err != nil {
		t.Fatal(err)
	}
	worker := p.Worker(w.facts)
	for len(claims) > 0 { // several blocks
		n := min(len(claims), 3)
		worker.Add(w.block(claims[:n]))
		claims = claims[n:]
	}
	var out *schemas.GoldenBlock
	if err := worker.Drain(func(g *schemas.GoldenBlock) error {
		if out != nil {
			t.Fatal("a small drain gives one block")
		}
		out = cloneGolden(g)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if out == nil {
		out = schemas.NewGoldenBlock(w.base)
	}
	return out
}

// cloneGolden copies a block, since Drain reuses its own.
func cloneGolden(g *schemas.GoldenBlock) *schemas.GoldenBlock {
	out := *g
	out.Items = make([]schemas.Column, len(g.Items))
	texts := func(t schemas.Texts) schemas.Texts {
		return schemas.Texts{Bytes: append([]byte(nil), t.Bytes...), Ends: append([]uint32(nil), t.Ends...)}
	}
	out.Key = texts(g.Key)
	for i := range g.Items {
		out.Items[i] = schemas.Column{Text: texts(g.Items[i].Text), Int: append([]int64(nil), g.Items[i].Int...)}
	}
	out.KeyHash, out.Version = append([]uint64(nil), g.KeyHash...), append([]schemas.Version(nil), g.Version...)
	out.Gone, out.Due = append([]bool(nil), g.Gone...), append([]uint32(nil), g.Due...)
	out.States, out.Reasons = append([]byte(nil), g.States...), append([]byte(nil), g.Reasons...)
	out.Origins = append([]byte(nil), g.Origins...)
	out.Winners, out.WinnerEnds = append([]schemas.Winner(nil), g.Winners...), append([]uint32(nil), g.WinnerEnds...)
	out.Conflicts, out.ConflictEnds = append([]schemas.Conflict(nil), g.Conflicts...), append([]uint32(nil), g.ConflictEnds...)
	out.Findings = schemas.Lists{Items: append([]string(nil), g.Findings.Items...), Ends: append([]uint32(nil), g.Findings.Ends...)}
	return &out
}
