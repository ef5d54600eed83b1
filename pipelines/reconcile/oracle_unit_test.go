package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"jiku/schemas"
)

// entry is the register entry of a unit in force.
func (k *keyO) entry(u unitO) *schemas.AuthorityEntry {
	for _, e := range k.w.cat.Entries("b") {
		if (e.Item == u.name || e.Group == u.name) && k.inSpan(e.From, e.Until) {
			return &e
		}
	}
	return nil
}

func (k *keyO) inSpan(from, until schemas.Day) bool {
	day := schemas.Day(k.w.facts.Day)
	return from <= day && (until == 0 || day <= until)
}

// rank is 0 for the source, then the fallbacks, 99 for the rest.
func rankO(e *schemas.AuthorityEntry, department string) int {
	if department == e.Source || department == e.CoSource {
		return 0
	}
	if i := slices.Index(e.Fallbacks, department); i >= 0 {
		return i + 1
	}
	return 99
}

func (k *keyO) fresh(c claim, e *schemas.AuthorityEntry, lead int) bool {
	if e == nil || e.StaleAfter == 0 {
		return true
	}
	f, today := k.feed(c), days(int(k.w.facts.Day))
	if f.Kind == schemas.Snapshot {
		slot, ok := k.w.facts.LastSlot[f.Name]
		if !ok {
			for _, d := range k.w.facts.Deliveries {
				if d.Feed.Name == f.Name && d.InForce && slot.Before(d.Slot) {
					slot = d.Slot
				}
			}
		}
		return today-days(int(slot.Date)) <= e.StaleAfter
	}
	day := days(int(k.event(c).Day()))
	if k.state(c, lead).Competes() {
		k.due[day+e.StaleAfter+1] = true
	}
	return today-day <= e.StaleAfter
}

func (k *keyO) pool(u unitO, e *schemas.AuthorityEntry) []claim {
	var pool []claim
	for _, c := range k.latest {
		fresh := k.fresh(c, e, u.lead)
		switch k.state(c, u.lead) {
		case schemas.Valued, schemas.None:
			pool = append(pool, c)
		case schemas.Withdrawn:
			if e == nil || rankO(e, k.feed(c).Department) != 0 {
				continue
			}
			held := slices.ContainsFunc(k.latest, func(d claim) bool {
				s := k.state(d, u.lead)
				return rankO(e, k.feed(d).Department) == 0 && (s == schemas.Valued || s == schemas.None) &&
					(k.fresh(d, e, u.lead) || !fresh)
			})
			if !held {
				pool = append(pool, c)
			}
		}
	}
	return pool
}

func (k *keyO) oneValue(u unitO, live []claim) bool {
	for _, item := range u.items {
		for _, c := range live[1:] {
			a, b := k.state(live[0], item), k.state(c, item)
			if a.Competes() != b.Competes() || a.Competes() && k.relation(live[0], c, item) != schemas.Equal {
				return false
			}
		}
	}
	return true
}

func (k *keyO) unit(u unitO) {
	e := k.entry(u)
	pool := k.pool(u, e)
	winner, why := k.decided(u)
	if winner == nil && len(pool) > 0 {
		winner, why = k.cascade(u, e, pool)
	}
	for _, item := range u.items {
		k.items[item] = k.itemLine(item, winner, why)
		if winner == nil || !k.state(*winner, item).Competes() {
			continue
		}
		for _, c := range pool {
			if c.ref != winner.ref && k.fresh(c, e, u.lead) && k.state(c, item).Competes() && k.relation(*winner, c, item) == schemas.Different {
				k.conflicts[item] = append(k.conflicts[item], fmt.Sprintf("  conflict %s %s/%d %s\n", k.w.base.Items[item].Name,
					k.w.names[c.ref.Delivery], c.ref.Position, stateText(k.state(c, item), k.value(c, item))))
			}
		}
	}
}

func (k *keyO) itemLine(item int, winner *claim, why schemas.Why) string {
	name := k.w.base.Items[item].Name
	if winner != nil {
		return fmt.Sprintf("  %s %s %s %s/%d\n", name, stateText(k.state(*winner, item), k.value(*winner, item)), why,
			k.w.names[winner.ref.Delivery], winner.ref.Position)
	}
	for _, s := range []schemas.State{schemas.Withdrawn, schemas.Unknown, schemas.Void} {
		if slices.ContainsFunc(k.latest, func(c claim) bool { return k.state(c, item) == s }) {
			return fmt.Sprintf("  %s %s none\n", name, stateText(s, ""))
		}
	}
	return fmt.Sprintf("  %s - none\n", name)
}

// decided finds the ruling or pin in force.
func (k *keyO) decided(u unitO) (*claim, schemas.Why) {
	all := slices.Clone(k.w.facts.Decisions)
	slices.SortFunc(all, func(a, b Decision) int {
		if a.Kind != b.Kind {
			return strings.Compare(string(b.Kind), string(a.Kind))
		}
		if c := b.Recorded.Compare(a.Recorded); c != 0 {
			return c
		}
		return strings.Compare(b.ID, a.ID)
	})
	var winner *claim
	var why schemas.Why
	for _, d := range all {
		about := d.Subject == u.name || slices.ContainsFunc(u.items, func(i int) bool { return k.w.base.Items[i].Name == d.Subject })
		if string(d.Key) != k.key || !about || d.Undone {
			continue
		}
		for _, b := range boundaries(int(d.From), int(d.Until)) {
			k.due[b] = true
		}
		i := slices.IndexFunc(k.claims, func(c claim) bool { return c.ref == d.Cites })
		if winner != nil || i < 0 || !k.inSpan(d.From, d.Until) {
			continue
		}
		c := k.claims[i]
		if !k.delivery(c).InForce || !k.state(c, u.lead).Competes() || d.Kind == Pin && k.lapsed(u, c) {
			continue
		}
		winner, why = &c, map[DecisionKind]schemas.Why{Ruling: schemas.WhyRuling, Pin: schemas.WhyPin}[d.Kind]
	}
	return winner, why
}

func (k *keyO) lapsed(u unitO, pinned claim) bool {
	for _, c := range k.claims {
		if !k.delivery(c).InForce || k.feed(c).Name != k.feed(pinned).Name || !k.later(c, pinned) {
			continue
		}
		for _, item := range u.items {
			if k.state(c, item).Competes() && k.state(pinned, item).Competes() && k.relation(c, pinned, item) == schemas.Different {
				return true
			}
		}
	}
	return false
}

// cascade narrows step by step: each step is a score, the best stay.
func (k *keyO) cascade(u unitO, e *schemas.AuthorityEntry, pool []claim) (*claim, schemas.Why) {
	fresh := func(c claim) bool { return k.fresh(c, e, u.lead) }
	var why schemas.Why
	switch {
	case !slices.ContainsFunc(pool, fresh):
		why = schemas.WhyStale
	case len(pool) == 1:
		why = schemas.WhyOnly
	case k.oneValue(u, pool):
		why = schemas.WhyAgreed
	}
	live := slices.Clone(pool)
	best := func(rule schemas.Why, score func(claim) int64) {
		top := score(live[0])
		for _, c := range live {
			top = max(top, score(c))
		}
		live = slices.DeleteFunc(live, func(c claim) bool { return score(c) != top })
		if why == 0 && k.oneValue(u, live) {
			why = rule
		}
	}
	freshFirst := func(c claim) int64 {
		if fresh(c) {
			return 1
		}
		return 0
	}
	event := func(c claim) int64 { return int64(k.event(c)) }
	votes := func(c claim) int64 { return k.votes(u, pool, c, fresh) }
	if policy := k.w.base.Items[u.lead].Policy; policy != nil {
		rule := map[string]schemas.Why{"vote": schemas.WhyVote, "latest": schemas.WhyLatest, "priority": schemas.WhyPriority}[policy.Name]
		best(rule, freshFirst)
		switch policy.Name {
		case "vote":
			best(rule, votes)
		case "latest":
			best(rule, event)
		case "priority":
			best(rule, func(c claim) int64 {
				if i := slices.Index(policy.Order, k.feed(c).Name); i >= 0 {
					return int64(-i)
				}
				return -99
			})
		}
	} else if e != nil {
		k.register(e, &live, &why, best, fresh, freshFirst)
	}
	best(schemas.WhyEvent, event)
	best(schemas.WhyQuorum, votes)
	best(schemas.WhyReceived, func(c claim) int64 { return k.delivery(c).Received.UnixNano() })
	best(schemas.WhyOrder, func(c claim) int64 { return -int64(slices.Index(k.feeds, k.w.cat.Feed(k.feed(c).Name))) })
	return &live[0], why
}

func (k *keyO) register(e *schemas.AuthorityEntry, live *[]claim, why *schemas.Why, best func(schemas.Why, func(claim) int64),
	fresh func(claim) bool, freshFirst func(claim) int64) {
	rank := func(c claim) int { return rankO(e, k.feed(c).Department) }
	listed := func(c claim) bool { return rank(c) < 99 }
	switch {
	case slices.ContainsFunc(*live, func(c claim) bool { return fresh(c) && rank(c) == 0 }):
		best(schemas.WhyAuthority, func(c claim) int64 {
			if fresh(c) && rank(c) == 0 {
				return 1
			}
			return 0
		})
	case slices.ContainsFunc(*live, func(c claim) bool { return fresh(c) && listed(c) }):
		best(schemas.WhyHandover, func(c claim) int64 {
			if !fresh(c) {
				return -1000
			}
			return -int64(rank(c))
		})
	case slices.ContainsFunc(*live, listed):
		if *why == 0 {
			*why = schemas.WhyStale
		}
		best(schemas.WhyStale, func(c claim) int64 { return -int64(rank(c)) })
	default:
		best(schemas.WhyHandover, freshFirst)
	}
}

func (k *keyO) votes(u unitO, pool []claim, c claim, fresh func(claim) bool) int64 {
	voice := map[string]claim{}
	for _, v := range pool {
		if len(k.feed(v).CopiesFrom) > 0 || slices.ContainsFunc(pool, fresh) && !fresh(v) {
			continue
		}
		d := k.feed(v).Department
		other, ok := voice[d]
		if !ok || k.newer(v, other) {
			voice[d] = v
		}
	}
	n := int64(0)
	for _, v := range voice {
		if k.relation(v, c, u.lead) != schemas.Different {
			n++
		}
	}
	return n
}

// newer orders claims of different feeds: event, received, feed name.
func (k *keyO) newer(a, b claim) bool {
	x, y := k.delivery(a), k.delivery(b)
	switch {
	case k.event(a) != k.event(b):
		return k.event(a) > k.event(b)
	case !x.Received.Equal(y.Received):
		return x.Received.After(y.Received)
	default:
		return x.Feed.Name < y.Feed.Name
	}
}
