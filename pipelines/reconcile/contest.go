package reconcile

import (
	"bytes"

	"jiku/schemas"
)

// contest is the choice of the winner of one unit of one key. It is reused.
type contest struct {
	s *standing
	// pool are the competing candidates, in base order, by index in keyState.candidates.
	pool []int32
	// fresh tells, by candidate, who is not stale; anyFresh and allFresh are about the pool.
	fresh              []bool
	anyFresh, allFresh bool
	// live are those of the pool that are still in; why is the reason once it is known.
	live []int32
	why  schemas.Why
	// due is the next day on which staleness changes the contest.
	due int32

	some   []int32 // memory of pool where not everyone competes
	voters []int32
	votes  []int32
}

// enter fills the pool: who has a value or says that there is none, and withdrawals by the
// source. Mostly everyone has a value, and then the form says the rest.
func (w *Worker) enter(s *standing) {
	c, k := &w.contest, &w.key
	c.s, c.why = s, 0
	form := w.formOf(s)
	c.fresh = form.fresh
	for _, i := range k.unlike {
		if k.candidates[i].state(s.lead) != schemas.Valued {
			w.enterSome(form)
			return
		}
	}
	c.pool, c.due, c.anyFresh, c.allFresh = form.everyone, form.due, form.anyFresh, form.allFresh
}

// enterSome fills the pool where somebody has no value.
func (w *Worker) enterSome(form *form) {
	c, k, lead := &w.contest, &w.key, w.contest.s.lead
	c.pool, c.due = c.some[:0], never
	withdrawn := false
	for i := range k.candidates[:k.n] {
		state := k.candidates[i].state(lead)
		if state.Competes() {
			c.due = min(c.due, form.turns[i])
		}
		if state == schemas.Valued || state == schemas.None {
			c.pool = append(c.pool, int32(i))
		}
		withdrawn = withdrawn || state == schemas.Withdrawn
	}
	if withdrawn && c.s.entry != nil {
		w.admitWithdrawn(c.s)
	}
	c.some = c.pool
	c.anyFresh, c.allFresh = false, true
	for _, i := range c.pool {
		c.anyFresh = c.anyFresh || c.fresh[i]
		c.allFresh = c.allFresh && c.fresh[i]
	}
}

// admitWithdrawn lets withdrawals by the source compete, unless the source still gives the
// item in another feed that is as fresh. Withdrawals by others only take back their own.
func (w *Worker) admitWithdrawn(s *standing) {
	c, k := &w.contest, &w.key
	held, heldFresh := false, false
	for _, i := range c.pool {
		if s.source[k.candidates[i].feed] {
			held, heldFresh = true, heldFresh || c.fresh[i]
		}
	}
	c.pool = c.pool[:0]
	for i := range k.candidates[:k.n] {
		d := k.candidates[i]
		switch d.state(s.lead) {
		case schemas.Valued, schemas.None:
			c.pool = append(c.pool, int32(i))
		case schemas.Withdrawn:
			if s.source[d.feed] && !heldFresh && (!held || c.fresh[i]) {
				c.pool = append(c.pool, int32(i))
			}
		}
	}
}

// same reports whether candidates agree on every item of the unit: Equal values, or the
// same lack of one.
func (w *Worker) same(live []int32) bool {
	if len(live) < 2 {
		return true
	}
	for _, item := range w.contest.s.items {
		if !w.sameItem(live, item) {
			return false
		}
	}
	return true
}

func (w *Worker) sameItem(live []int32, item int) bool {
	all, compare := w.key.candidates, &w.p.comparators[item]
	first := all[live[0]]
	state := claimState(first.state(item))
	for _, i := range live[1:] {
		if claimState(all[i].state(item)) != state {
			return false
		}
	}
	if state != schemas.Valued {
		return true
	}
	if !w.p.layout.textual[item] {
		a := first.int(item)
		for _, i := range live[1:] {
			if b := all[i].int(item); a != b && compare.Int(a, b) != schemas.Equal {
				return false
			}
		}
		return true
	}
	a := first.text(item)
	for _, i := range live[1:] {
		if b := all[i].text(item); !bytes.Equal(a, b) && compare.Text(a, b) != schemas.Equal {
			return false
		}
	}
	return true
}

// claimState makes one of the states in which a claim says nothing of an item.
func claimState(s schemas.State) schemas.State {
	if s.Competes() {
		return s
	}
	return schemas.Silent
}

// relation compares two candidates in an item on which both compete. A value, none and
// withdrawn differ from each other.
func (w *Worker) relation(a, b *candidate, item int) schemas.Relation {
	state := a.state(item)
	switch {
	case state != b.state(item):
		return schemas.Different
	case state != schemas.Valued:
		return schemas.Equal
	case w.p.layout.textual[item]:
		return w.p.comparators[item].Text(a.text(item), b.text(item))
	default:
		return w.p.comparators[item].Int(a.int(item), b.int(item))
	}
}
