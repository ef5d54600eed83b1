package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"jiku/schemas"
)

// compileRegister gives each unit its register entries, by first day.
func (p *Program) compileRegister() error {
	for _, e := range p.catalogue.Entries(p.base.Name) {
		name := cmp.Or(e.Group, e.Item)
		n, ok := p.unitOf[name]
		if !ok {
			return fmt.Errorf("register: unknown item or group %q", name)
		}
		u := &p.units[n]
		if u.grouped && e.Group == "" && name != p.base.Items[u.lead].Name {
			return fmt.Errorf("register: item %s wins with group %s, name the group instead", name, u.name)
		}
		u.entries = append(u.entries, e)
	}
	for n := range p.units {
		u := &p.units[n]
		slices.SortFunc(u.entries, func(a, b schemas.AuthorityEntry) int { return cmp.Compare(a.From, b.From) })
		for i := 1; i < len(u.entries); i++ {
			if last := u.entries[i-1].Until; last == 0 || last >= u.entries[i].From {
				return fmt.Errorf("register: two entries of %s in force on the same day, end the first before %d", u.name, u.entries[i].From)
			}
		}
	}
	return nil
}

// StaleLimits are the distinct numbers of days after which values of a snapshot feed turn
// stale, ascending, over all register entries of items that the feed carries. The feed is
// stale under a limit when that many days have passed since the date of its last accepted
// slot; on the day after that, and when it is fresh again, the run reconciles the feed's
// keys. Delta feeds have none: their claims age one by one, which is in each row's due.
func (p *Program) StaleLimits(name string) []int {
	i, ok := p.feedIndex[name]
	if !ok || p.feeds[i].Kind != schemas.Snapshot {
		return nil
	}
	var out []int
	for n := range p.units {
		if !p.feeds[i].carries[p.units[n].lead] {
			continue
		}
		for _, e := range p.units[n].entries {
			if e.StaleAfter > 0 {
				out = append(out, e.StaleAfter)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// standing is a unit on the day of a run: the entry in force and what follows from it.
type standing struct {
	*unit
	entry *schemas.AuthorityEntry // nil if none is in force
	// rank of each feed for the unit: 0 the source and co-source, then the fallbacks, then,
	// from unlisted on, the rest. With a policy that has an order, the place in the order.
	rank     []uint8
	unlisted uint8
	// source marks feeds of the item's source or co-source department.
	source []bool
	class  int // in Worker.classes
	// limit is the number of days after which a value is stale, 0 for never.
	limit int32
	// stale marks snapshot feeds that are stale under the limit.
	stale []bool
}

// standings resolves the register for a day. boundary is the next day (as a day number)
// on which an entry begins or has ended, or never.
func (p *Program) standings(f *Facts) (out []standing, boundary int32) {
	boundary = never
	out = make([]standing, len(p.units))
	for n := range p.units {
		u := &p.units[n]
		s := standing{unit: u, rank: make([]uint8, len(p.feeds)), source: make([]bool, len(p.feeds)),
			stale: make([]bool, len(p.feeds))}
		for i := range u.entries {
			e := &u.entries[i]
			if within(f.Day, e.From, e.Until) {
				s.entry = e
			}
			boundary = min(boundary, nextBoundary(f.Day, e.From, e.Until))
		}
		p.rankFeeds(&s)
		if s.entry != nil {
			s.limit = int32(s.entry.StaleAfter)
		}
		out[n] = s
	}
	return out, boundary
}

// rankFeeds ranks the feeds by the policy's order, or else by the entry in force.
func (p *Program) rankFeeds(s *standing) {
	ladder, place := []string(nil), func(f *feed) string { return f.Department }
	switch {
	case s.policy != nil:
		ladder, place = s.order, func(f *feed) string { return f.Name }
	case s.entry != nil:
		ladder = append([]string{s.entry.Source}, s.entry.Fallbacks...)
	}
	s.unlisted = uint8(min(len(ladder), 255))
	for i := range p.feeds {
		at := slices.Index(ladder, place(&p.feeds[i]))
		if at < 0 {
			at = len(ladder)
		}
		d := p.feeds[i].Department
		s.source[i] = s.entry != nil && (d == s.entry.Source || d == s.entry.CoSource && d != "")
		if s.policy == nil && s.source[i] {
			at = 0
		}
		s.rank[i] = uint8(min(at, 255))
	}
}
