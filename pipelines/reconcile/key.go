package reconcile

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"jiku/schemas"
)

// candidate is a claim of the key at work. Those that may win are the latest in force of
// their feeds, and those that decisions cite.
type candidate struct {
	claim    []byte // as laid out
	position uint64
	event    schemas.EventTime // the slot's date if the claim gives none
	delivery *delivery
	feed     int32
	winner   uint8 // 1-based index among the row's winners, 0 while it has won nothing

	// The rest is there once the claim may win.
	day    int32  // day number of event, where it matters
	states []byte // by item
	layout *layout
}

func (c *candidate) ref() schemas.Ref {
	return schemas.Ref{Delivery: c.delivery.id, Position: c.position}
}

func (c *candidate) gone() bool { return c.claim[atGone] != 0 }

func (c *candidate) state(item int) schemas.State { return schemas.State(c.states[item]) }

func (c *candidate) text(item int) []byte { return c.layout.text(c.claim, c.layout.place[item]) }

func (c *candidate) int(item int) int64 { return c.layout.int(c.claim, c.layout.place[item]) }

// keyState is the key at work. It is reused from key to key.
type keyState struct {
	claims []candidate // without repeats
	// candidates are the latest claims in force, one a feed, in base order: newest event,
	// newest received, feed name. Cited claims that are not the latest follow after n.
	candidates []*candidate
	n          int
	unlike     []int32  // candidates but for twins of the first
	latest     []int32  // by feed: 1-based index in claims of the latest
	seen       []uint64 // by feed: the last serial that counted its freshness
	serial     uint64   // of the key, from 1
	facts      uint32
	exists     bool
	decisions  []int32
	due        int32
}

// gather finds the candidates of a key.
func (w *Worker) gather(entries []entry) {
	k := &w.key
	w.readHeads(entries)
	k.candidates, k.facts, k.exists, k.due = k.candidates[:0], 0, false, w.boundary
	k.serial++
	for i := range k.claims {
		d := k.claims[i].delivery
		k.facts += d.facts
		if d.feed < 0 {
			continue
		}
		if k.seen[d.feed] != k.serial { // in force or not, so that facts never fall
			k.seen[d.feed] = k.serial
			k.facts += w.freshFacts[d.feed]
		}
		if !d.inForce {
			continue
		}
		if at := k.latest[d.feed]; at == 0 || w.supersedes(&k.claims[i], &k.claims[at-1]) {
			k.latest[d.feed] = int32(i + 1)
		}
	}
	for i := range k.claims {
		c := &k.claims[i]
		if c.feed >= 0 && k.latest[c.feed] == int32(i+1) {
			k.latest[c.feed] = 0
			w.prepare(c)
			k.insert(c)
			k.exists = k.exists || w.p.feeds[c.feed].Establishes && !c.gone()
		}
	}
	k.n = len(k.candidates)
	w.findTwins()
}

// findTwins lists the first candidate and those that are not byte for byte the same in all
// items: whatever is asked of all candidates need not be asked of twins of the first.
func (w *Worker) findTwins() {
	k, l := &w.key, &w.p.layout
	k.unlike = k.unlike[:0]
	for i := range k.candidates {
		a, b := k.candidates[0], k.candidates[i]
		if i > 0 && !a.gone() && !b.gone() && bytes.Equal(l.content(a.claim), l.content(b.claim)) {
			continue
		}
		k.unlike = append(k.unlike, int32(i))
	}
}

// readHeads reads the claims of a key and drops repeats of a ref.
func (w *Worker) readHeads(entries []entry) {
	k := &w.key
	k.claims = k.claims[:0]
	const few = 16
next:
	for _, e := range entries {
		n := len(k.claims)
		k.claims = slices.Grow(k.claims, 1)[:n+1]
		c := &k.claims[n]
		c.claim = w.claim(e)
		c.position = binary.LittleEndian.Uint64(c.claim[atPosition:])
		c.event = schemas.EventTime(binary.LittleEndian.Uint64(c.claim[atEvent:]))
		c.delivery = &w.deliveries.all[binary.LittleEndian.Uint32(c.claim[atDelivery:])]
		c.feed, c.winner = int32(c.delivery.feed), 0
		if c.event == 0 {
			c.event = c.delivery.event
		}
		if len(entries) > few {
			continue
		}
		for i := range k.claims[:n] {
			if repeats(c, &k.claims[i]) {
				k.claims = k.claims[:n]
				continue next
			}
		}
	}
	if len(entries) > few { // a stream may have thousands of claims of a key
		slices.SortFunc(k.claims, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(a.delivery.id, b.delivery.id), cmp.Compare(a.position, b.position))
		})
		k.claims = slices.CompactFunc(k.claims, func(a, b candidate) bool { return repeats(&a, &b) })
	}
}

func repeats(a, b *candidate) bool { return a.position == b.position && a.delivery == b.delivery }

// prepare fills in what a claim needs that may win.
func (w *Worker) prepare(c *candidate) {
	c.layout = &w.p.layout
	if w.aging && w.p.feeds[c.feed].Kind != schemas.Snapshot {
		c.day = dayNumber(c.event.Day())
	}
	c.states = c.claim[c.layout.states:c.layout.ints:c.layout.ints]
	if c.gone() {
		c.states = w.p.feeds[c.feed].goneStates
	}
}

// supersedes reports whether a claim is later than another of its feed: by slot, revision
// and position, after the event time where the feed is ordered by it.
func (w *Worker) supersedes(a, than *candidate) bool {
	if w.p.feeds[a.feed].byEvent && a.event != than.event {
		return a.event > than.event
	}
	if a.delivery.order != than.delivery.order {
		return a.delivery.order > than.delivery.order
	}
	return a.position > than.position
}

// insert adds a candidate in its place in base order. They are few.
func (k *keyState) insert(c *candidate) {
	k.candidates = append(k.candidates, c)
	i := len(k.candidates) - 1
	for ; i > 0 && before(c, k.candidates[i-1]); i-- {
		k.candidates[i] = k.candidates[i-1]
	}
	k.candidates[i] = c
}

func before(a, b *candidate) bool {
	if a.event != b.event {
		return a.event > b.event
	}
	if a.delivery.received != b.delivery.received {
		return a.delivery.received > b.delivery.received
	}
	return a.feed < b.feed
}
