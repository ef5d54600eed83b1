package reconcile

import "jiku/schemas"

// settle chooses the winner of a unit, writes its items to the row and notes conflicts.
func (w *Worker) settle(s *standing) {
	w.enter(s)
	c := &w.contest
	winner, agreed := -1, false
	if len(w.key.decisions) > 0 {
		winner = w.decided()
	}
	if winner < 0 && len(c.pool) > 0 {
		agreed = w.poolAgrees()
		c.why = preset(c, agreed)
		if agreed && c.allFresh && w.trace == nil {
			winner = w.preferred(s)
		} else {
			winner = w.cascade()
		}
	}
	w.key.due = min(w.key.due, c.due)
	if winner < 0 {
		w.putNothing(s)
	} else {
		w.putWinner(s, winner)
		if !agreed {
			w.putConflicts(s, winner)
		}
	}
	if w.trace != nil {
		w.trace.record(w, winner)
	}
}

// poolAgrees reports whether the whole pool is one value.
func (w *Worker) poolAgrees() bool {
	if len(w.contest.pool) == w.key.n {
		return w.same(w.key.unlike)
	}
	return w.same(w.contest.pool)
}

// preset is the reason that is known before the cascade: nobody is fresh, there is one
// candidate, or all say the same. Otherwise 0.
func preset(c *contest, agreed bool) schemas.Why {
	switch {
	case !c.anyFresh:
		return schemas.WhyStale
	case len(c.pool) == 1:
		return schemas.WhyOnly
	case agreed:
		return schemas.WhyAgreed
	default:
		return 0
	}
}

// preferred is the cascade where all are fresh and say the same: every rule but rank,
// event, received and order keeps them all, and base order is the order of these three.
func (w *Worker) preferred(s *standing) int {
	c, k := &w.contest, &w.key
	if len(c.pool) == k.n {
		return int(w.forms[s.class].preferred)
	}
	best := c.pool[0]
	for _, i := range c.pool[1:] {
		if s.rank[k.candidates[i].feed] < s.rank[k.candidates[best].feed] {
			best = i
		}
	}
	return int(best)
}

// cascade applies the rules in order until one candidate is left. The rule that leaves one
// value is the reason; later rules only find the origin.
func (w *Worker) cascade() int {
	c := &w.contest
	c.live = append(c.live[:0], c.pool...)
	switch {
	case c.s.policy != nil:
		w.byFreshness(c.s.policy.Why)
		c.s.policy.narrow(w)
	case c.s.entry != nil:
		w.byRegister()
	}
	w.byEvent(schemas.WhyEvent)
	w.byVotes(schemas.WhyQuorum)
	w.byReceived()
	w.byOrder()
	return int(c.live[0])
}

// keep narrows the live candidates to those that a rule keeps, at least one.
func (w *Worker) keep(why schemas.Why, kept func(i int32) bool) {
	c := &w.contest
	n := 0
	for _, i := range c.live {
		if kept(i) {
			c.live[n] = i
			n++
		} else if w.trace != nil {
			w.trace.lose(i, why)
		}
	}
	if w.trace != nil {
		w.trace.round++
	}
	reduced := n < len(c.live)
	c.live = c.live[:n]
	if reduced && c.why == 0 && w.same(c.live) {
		c.why = why
	}
}

// byRegister is authority, handover and stale. Departments that the register does not
// name come after all that it names, with one rank, and only where none of these has
// anything to say.
func (w *Worker) byRegister() {
	c, s := &w.contest, w.contest.s
	best, bestFresh := s.unlisted, s.unlisted
	for _, i := range c.live {
		rank := s.rank[w.key.candidates[i].feed]
		best = min(best, rank)
		if c.fresh[i] {
			bestFresh = min(bestFresh, rank)
		}
	}
	switch {
	case bestFresh < s.unlisted:
		why := schemas.WhyHandover
		if bestFresh == 0 {
			why = schemas.WhyAuthority
		}
		w.keep(why, func(i int32) bool { return c.fresh[i] && s.rank[w.key.candidates[i].feed] == bestFresh })
	case best < s.unlisted:
		if c.why == 0 {
			c.why = schemas.WhyStale
		}
		w.keep(schemas.WhyStale, func(i int32) bool { return s.rank[w.key.candidates[i].feed] == best })
	default:
		w.byFreshness(schemas.WhyHandover)
	}
}

func (w *Worker) byFreshness(why schemas.Why) {
	if c := &w.contest; c.anyFresh && !c.allFresh {
		w.keep(why, func(i int32) bool { return c.fresh[i] })
	}
}

func (w *Worker) byEvent(why schemas.Why) {
	c := &w.contest
	if len(c.live) == 1 {
		return
	}
	newest := w.key.candidates[c.live[0]].event // base order is by event
	w.keep(why, func(i int32) bool { return w.key.candidates[i].event == newest })
}

func (w *Worker) byReceived() {
	c := &w.contest
	if len(c.live) == 1 {
		return
	}
	newest := w.key.candidates[c.live[0]].delivery.received // and then by received
	w.keep(schemas.WhyReceived, func(i int32) bool { return w.key.candidates[i].delivery.received == newest })
}

func (w *Worker) byOrder() {
	c := &w.contest
	if len(c.live) == 1 {
		return
	}
	first := c.live[0] // and then by feed name; a feed has one candidate
	w.keep(schemas.WhyOrder, func(i int32) bool { return i == first })
}
