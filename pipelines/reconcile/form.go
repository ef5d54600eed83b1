package reconcile

import (
	"strconv"

	"jiku/schemas"
)

// class is the units that rank feeds alike under the same limit. Registers give most items
// to a few departments, so what follows from rank and age is found once a class, not once
// a unit.
type class struct {
	rank  []uint8
	limit int32
	stale []bool
}

// form is how the candidates of the key at work stand in a class.
type form struct {
	serial uint64 // of the key that the form is of
	// fresh and turns tell, by candidate, who is not stale and when that will change.
	fresh              []bool
	turns              []int32
	anyFresh, allFresh bool
	// everyone is the pool if all compete, due and preferred what follows then.
	everyone  []int32
	due       int32
	preferred int32
}

// classify finds the classes of the standings.
func (w *Worker) classify() {
	index := map[string]int{}
	for n := range w.standings {
		s := &w.standings[n]
		name := string(s.rank) + strconv.Itoa(int(s.limit))
		at, ok := index[name]
		if !ok {
			at = len(w.classes)
			index[name] = at
			w.classes = append(w.classes, class{rank: s.rank, limit: s.limit, stale: s.stale})
		}
		s.class = at
	}
	w.forms = make([]form, len(w.classes))
}

// formOf is the form of the key at work in a standing's class.
func (w *Worker) formOf(s *standing) *form {
	f := &w.forms[s.class]
	if f.serial == w.key.serial {
		return f
	}
	f.serial = w.key.serial
	f.fresh, f.turns, f.everyone = f.fresh[:0], f.turns[:0], f.everyone[:0]
	f.anyFresh, f.allFresh, f.due, f.preferred = false, true, never, 0
	cl, all := &w.classes[s.class], w.key.candidates[:w.key.n]
	for i := range all {
		fresh, turns := w.age(cl, all[i])
		f.fresh, f.turns, f.everyone = append(f.fresh, fresh), append(f.turns, turns), append(f.everyone, int32(i))
		f.anyFresh, f.allFresh, f.due = f.anyFresh || fresh, f.allFresh && fresh, min(f.due, turns)
		if cl.rank[all[i].feed] < cl.rank[all[f.preferred].feed] {
			f.preferred = int32(i)
		}
	}
	return f
}

// age tells whether a candidate is fresh, and the day on which it turns stale by itself. A
// snapshot feed is as fresh as its last slot, a claim of a delta feed as its event day.
func (w *Worker) age(cl *class, d *candidate) (fresh bool, turns int32) {
	switch {
	case cl.limit == 0:
		return true, never
	case w.p.feeds[d.feed].Kind == schemas.Snapshot:
		return !cl.stale[d.feed], never
	}
	turns = d.day + cl.limit + 1
	if w.day < turns {
		return true, turns
	}
	return false, never
}
