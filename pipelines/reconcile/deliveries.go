package reconcile

import (
	"cmp"
	"slices"

	"jiku/schemas"
)

// delivery is a delivery as claims see it.
type delivery struct {
	Delivery
	id schemas.DeliveryID
	// feed is the feed's index in the program, -1 if it is not a feed of the base: its
	// claims are facts, and nothing else.
	feed    int
	inForce bool
	// order is the delivery's place among those of its feed, by slot and revision.
	order    int32
	facts    uint32
	received int64
	event    schemas.EventTime // of claims without one: midnight of the slot's date
}

// deliveries finds deliveries by id: an open hash table, since ids are hashes already and
// the look-up is done once a claim.
type deliveries struct {
	all   []delivery
	slots []int32 // index in all plus 1, 0 is free
}

func (p *Program) deliveries(f *Facts) *deliveries {
	t := &deliveries{all: make([]delivery, 0, len(f.Deliveries)), slots: make([]int32, 64)}
	for id, d := range f.Deliveries {
		out := delivery{Delivery: d, id: id, feed: -1, facts: 1 + d.Events, received: d.Received.UnixNano(),
			event: schemas.EventTimeOfDay(d.Slot.Date)}
		if d.Feed != nil && d.Feed.Base == p.base.Name {
			if i, ok := p.feedIndex[d.Feed.Name]; ok {
				out.feed, out.inForce = i, d.InForce
			}
		}
		if d.Waiting {
			out.facts = 0
		}
		t.all = append(t.all, out)
	}
	slices.SortFunc(t.all, func(a, b delivery) int {
		return cmp.Or(cmp.Compare(a.feed, b.feed), cmp.Compare(a.Slot.Date, b.Slot.Date), cmp.Compare(a.Slot.Seq, b.Slot.Seq),
			cmp.Compare(a.Revision, b.Revision), cmp.Compare(a.id, b.id))
	})
	for i := range t.all {
		t.all[i].order = int32(i)
		t.place(i)
	}
	return t
}

// find is the index of a delivery. One that is not known was registered after the ledger
// was read: it gets an entry that is not in force, and like one that waits it is no fact.
func (t *deliveries) find(id schemas.DeliveryID) int32 {
	mask := uint64(len(t.slots) - 1)
	for at := uint64(id) & mask; ; at = (at + 1) & mask {
		i := t.slots[at]
		if i == 0 {
			break
		}
		if t.all[i-1].id == id {
			return i - 1
		}
	}
	t.all = append(t.all, delivery{id: id, feed: -1})
	t.place(len(t.all) - 1)
	return int32(len(t.all) - 1)
}

func (t *deliveries) place(i int) {
	if len(t.all)*2 > len(t.slots) {
		t.slots = make([]int32, len(t.slots)*2)
		for j := range i {
			t.put(j)
		}
	}
	t.put(i)
}

func (t *deliveries) put(i int) {
	mask := uint64(len(t.slots) - 1)
	at := uint64(t.all[i].id) & mask
	for t.slots[at] != 0 {
		at = (at + 1) & mask
	}
	t.slots[at] = int32(i + 1)
}
