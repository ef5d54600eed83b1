package reconcile

import (
	"cmp"
	"slices"

	"jiku/schemas"
)

// decisions are the recorded decisions by key.
type decisions struct {
	all   []decision // rulings before pins, newest first
	byKey map[uint64][]int32
}

type decision struct {
	*Decision
	unit int // -1 if the declarations have no such item any more
}

func (p *Program) decisions(f *Facts) *decisions {
	out := &decisions{byKey: map[uint64][]int32{}}
	for i := range f.Decisions {
		d := decision{&f.Decisions[i], -1}
		if n, ok := p.unitOf[d.Subject]; ok {
			d.unit = n
		}
		out.all = append(out.all, d)
	}
	slices.SortFunc(out.all, func(a, b decision) int {
		return cmp.Or(-cmp.Compare(a.Kind, b.Kind), b.Recorded.Compare(a.Recorded), cmp.Compare(b.ID, a.ID))
	})
	for i, d := range out.all {
		out.byKey[d.KeyHash] = append(out.byKey[d.KeyHash], int32(i))
	}
	return out
}

// findDecisions notes the decisions about a key of the entity at work and counts them as facts.
func (w *Worker) findDecisions(hash uint64, key []byte) {
	k := &w.key
	if len(w.decisions.all) == 0 {
		return
	}
	for _, i := range w.decisions.byKey[hash] {
		d := &w.decisions.all[i]
		if string(d.Key) != string(key) {
			continue // another key with the same hash
		}
		k.facts++
		if d.Undone {
			k.facts++
			continue
		}
		k.decisions = append(k.decisions, i)
	}
}

// decided is the candidate that a ruling or pin in force chooses, or -1. A decision whose
// claim is not in force (its delivery was revoked or revised) or says nothing of the unit
// is passed over.
func (w *Worker) decided() int {
	c, k := &w.contest, &w.key
	for _, i := range k.decisions {
		d := &w.decisions.all[i]
		if d.unit < 0 || &w.p.units[d.unit] != c.s.unit {
			continue
		}
		today := dayOf(w.day)
		c.due = min(c.due, nextBoundary(today, d.From, d.Until))
		if !within(today, d.From, d.Until) || c.why != 0 {
			continue
		}
		at := w.cited(d.Cites)
		if at < 0 || !k.candidates[at].state(c.s.lead).Competes() || d.Kind == Pin && w.lapsed(at) {
			continue
		}
		// The others are looked at for due only.
		c.why = schemas.WhyRuling
		if d.Kind == Pin {
			c.why = schemas.WhyPin
		}
		c.live = append(c.live[:0], int32(at))
	}
	if c.why == 0 {
		return -1
	}
	if w.trace != nil {
		w.trace.overrule(w)
	}
	return int(c.live[0])
}

// cited is the index of the candidate for a ref of the key, made one if it is not the
// latest of its feed; -1 if there is no such claim in force.
func (w *Worker) cited(ref schemas.Ref) int {
	k := &w.key
	for i := range k.candidates {
		if k.candidates[i].ref() == ref {
			return i
		}
	}
	for i := range k.claims {
		if c := &k.claims[i]; c.delivery.inForce && c.ref() == ref {
			w.prepare(c)
			k.candidates = append(k.candidates, c)
			return len(k.candidates) - 1
		}
	}
	return -1
}

// lapsed reports whether a later claim of a pinned candidate's feed differs from it in an
// item of the unit. Once is enough: a value that came back was changed in between.
func (w *Worker) lapsed(at int) bool {
	k := &w.key
	pinned := k.candidates[at]
	for i := range k.claims {
		later := &k.claims[i]
		if !later.delivery.inForce || later.feed != pinned.feed || !w.supersedes(later, pinned) {
			continue
		}
		w.prepare(later)
		for _, item := range w.contest.s.items {
			if later.state(item).Competes() && pinned.state(item).Competes() &&
				w.relation(pinned, later, item) == schemas.Different {
				return true
			}
		}
	}
	return false
}
