package reconcile

import (
	"bytes"
	"cmp"
	"slices"

	"jiku/schemas"
)

// Linker knows the links of the base.
type Linker interface {
	// States emits the other numbers that a claim of an establishing feed gives.
	States(c schemas.ClaimCells, emit func(alias []byte, from, until uint32))
	// Alone is why claims of a key that nobody establishes are orphans, if they are.
	Alone(key []byte) schemas.LinkWhy
	// Resolve finds the canonical key of each number of a family.
	Resolve(keys [][]byte, pairs []schemas.LinkPair) []schemas.LinkEnd
}

// Link gives the program the links of its base and the hash of keys, before it makes workers.
func (p *Program) Link(l Linker, hash func(key []byte) uint64) { p.linker, p.hash = l, hash }

// linking is what a worker needs of links. It is reused.
type linking struct {
	aside   Families
	family  *family // of the row at work, if it has one
	key     []byte  // of the row at work
	stating *candidate
	add     func(alias []byte, from, until uint32)
	entries []entry
	latest  map[[2]int32]int32
	best    []int32
}

// KeyBytes is the key as delivered.
func (c *candidate) KeyBytes() []byte { return c.layout.text(c.claim, 0) }

// Text is the value of a textual item.
func (c *candidate) Text(item int) []byte { return c.text(item) }

// Int is the value of another item.
func (c *candidate) Int(item int) int64 { return c.int(item) }

// onlyKey is a claim that says nothing but its key.
type onlyKey []byte

func (k onlyKey) KeyBytes() []byte { return k }
func (onlyKey) Text(int) []byte    { return nil }
func (onlyKey) Int(int) int64      { return 0 }

// putLinks writes what the base's links add to the row at work: the other numbers that its
// claims state, and its claims themselves where they are orphans.
func (w *Worker) putLinks(key []byte, why schemas.LinkWhy) {
	if w.p.linker == nil {
		return
	}
	out, k := w.out, &w.key
	first := len(out.Aliases)
	w.links.key = key
	for _, c := range k.candidates[:k.n] {
		if k.exists && w.p.feeds[c.feed].Establishes && !c.gone() {
			w.links.stating = c
			if w.links.add == nil {
				w.links.add = w.addAlias
			}
			w.p.linker.States(c, w.links.add)
		}
	}
	out.Aliases = out.Aliases[:first+len(distinct(out.Aliases[first:]))]
	out.AliasEnds = append(out.AliasEnds, uint32(len(out.Aliases)))
	out.Linked.Append(nil)
	if why == 0 && !k.exists {
		why = w.p.linker.Alone(key)
	}
	waiting := len(out.Waiting)
	if !k.exists && why != 0 {
		for _, c := range k.candidates[:k.n] {
			if !c.gone() {
				out.Waiting = append(out.Waiting, schemas.Winner{Feed: w.p.feeds[c.feed].Name, Ref: c.ref()})
			}
		}
		slices.SortFunc(out.Waiting[waiting:], func(a, b schemas.Winner) int { return cmp.Compare(a.Feed, b.Feed) })
	}
	if len(out.Waiting) == waiting {
		why = 0
	}
	out.WaitingEnds, out.WaitingWhy = append(out.WaitingEnds, uint32(len(out.Waiting))), append(out.WaitingWhy, why)
}

// addAlias notes a number of the row at work. A claim that names the number it is in the row
// of has the other one as its own key.
func (w *Worker) addAlias(alias []byte, from, until uint32) {
	c := w.links.stating
	if bytes.Equal(alias, w.links.key) {
		alias = c.KeyBytes()
	}
	if bytes.Equal(alias, w.links.key) {
		return
	}
	if from == 0 {
		from = c.event.Day()
	}
	w.out.Aliases = append(w.out.Aliases, schemas.Alias{Text: w.copyText(alias), From: from, Until: until,
		Feed: w.p.feeds[c.feed].Name, Ref: c.ref(), Disputed: w.links.family.elsewhere(alias, w.links.key)})
}

// copyText copies bytes into the arena of the block at work.
func (w *Worker) copyText(b []byte) []byte {
	const arena = 1 << 16
	if cap(w.values)-len(w.values) < len(b) {
		w.values = make([]byte, 0, max(arena, len(b)))
	}
	start := len(w.values)
	w.values = append(w.values, b...)
	return w.values[start:len(w.values):len(w.values)]
}

// distinct sorts aliases and keeps of each the statement that counts: the earliest valid, then
// by feed and ref.
func distinct(list []schemas.Alias) []schemas.Alias {
	if len(list) < 2 {
		return list
	}
	slices.SortFunc(list, func(a, b schemas.Alias) int {
		return cmp.Or(bytes.Compare(a.Text, b.Text), cmp.Compare(a.From, b.From), cmp.Compare(a.Feed, b.Feed),
			cmp.Compare(a.Delivery, b.Delivery), cmp.Compare(a.Position, b.Position))
	})
	return slices.CompactFunc(list, func(a, b schemas.Alias) bool { return bytes.Equal(a.Text, b.Text) })
}

// putLinked writes the row of a key whose claims are in the row of another.
func (w *Worker) putLinked(to []byte) {
	out := w.out
	out.AliasEnds = append(out.AliasEnds, uint32(len(out.Aliases)))
	out.Linked.Append(to)
	out.WaitingEnds, out.WaitingWhy = append(out.WaitingEnds, uint32(len(out.Waiting))), append(out.WaitingWhy, 0)
}
