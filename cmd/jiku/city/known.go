package city

// A department knows what is true only from when it hears of it. What it has not heard of yet is late, what it never
// hears of is missed; both show as an old value in its rows, and are labelled.

// belief is what a department holds to be true of an entity whose state is an S (state or orgState).
type belief[S any] struct {
	state S
	hearing
}

// hearing is what a department has and has not heard.
type hearing struct {
	news   bool // it has heard something since the slot before that its rows tell
	late   bool // something true is still on its way
	missed bool // something true will never reach it
	stale  bool // it has copied the entity once, long ago, and never again
}

// event is the n-th change of entity i.
type event struct {
	i, n int
	on   day
	kind uint8 // a what or an orgWhat
}

// hears reports whether the department knows of an event in this slot.
func (h *hearing) hears(s *sheet, e event) bool {
	if e.on > s.slot.knows {
		return false
	}
	c := s.feed.lagSalt.of(e.i<<3 | e.n)
	if h.stale || c.of(s.feed.missed) {
		h.missed = true
		return false
	}
	learned := e.on + day(c.below(2*s.feed.lag+1))
	if learned > s.slot.knows {
		h.late = true
		return false
	}
	h.news = h.news || learned > s.slot.since && s.feed.hears>>e.kind&1 == 1
	return true
}

// known is what the feed of a sheet believes of a person.
func (p *person) known(s *sheet) (b belief[state]) {
	b.state, b.stale = p.first, s.stale(p.index)
	for i := range p.changes() {
		if c := &p.list[i]; b.hears(s, event{p.index, i, c.on, uint8(c.what)}) {
			b.state.apply(p, c)
		}
	}
	b.news = b.news || p.since > s.slot.since
	return b
}

// known is what the feed of a sheet believes of an organization.
func (o *org) known(s *sheet) (b belief[orgState]) {
	b.state, b.stale = o.first, s.stale(o.index)
	for i := range o.changes() {
		if c := &o.list[i]; b.hears(s, event{o.index, i, c.on, uint8(c.what)}) {
			b.state.apply(o, c)
		}
	}
	b.news = b.news || o.founded > s.slot.since
	return b
}

// stale reports whether the department has an entity as it was at first.
func (s *sheet) stale(i int) bool {
	if s.feed.stale == 0 {
		return false
	}
	c := s.feed.lagSalt.of(i<<3 | 7)
	return c.of(s.feed.stale)
}

// tells reports whether a row is due: all rows in a snapshot and in the first slot, else what is news or visited.
func (s *sheet) tells(c *chance, news bool) bool {
	if s.feed.snapshot || s.slot.since == 0 || news {
		return true
	}
	return s.feed.visits > 0 && c.of(s.feed.visits)
}

// persons writes the rows of a feed of persons: covers says whom it has, given what it believes, and emit writes a row.
func (b *block) persons(s *sheet, covers func(*person, *state, day) bool, emit func(*row, *person, *state)) {
	for i := range b.people {
		p := &b.people[i]
		c := s.feed.salt.of(p.index)
		if !c.of(s.feed.coverage) || p.since > s.slot.knows {
			continue
		}
		known := p.known(s)
		if !covers(p, &known.state, s.slot.knows) {
			continue
		}
		if again := s.visit(p.index); !s.tells(&again, known.news) {
			continue
		}
		r := s.begin()
		r.person = p
		emit(r, p, &known.state)
		if known.late || known.missed {
			truth := p.at(s.slot.knows)
			emit(s.truly(), p, &truth)
			s.outlived(p, &known.state, &truth, covers(p, &truth, s.slot.knows))
		}
		s.end(&c, &known.hearing)
	}
}

// organizations writes the rows of a feed of organizations.
func (b *block) organizations(s *sheet, covers func(*org, *orgState, day) bool, emit func(*row, *org, *orgState)) {
	for i := range b.orgs {
		o := &b.orgs[i]
		c := s.feed.salt.of(o.index)
		if !c.of(s.feed.coverage) || o.founded > s.slot.knows {
			continue
		}
		known := o.known(s)
		if !covers(o, &known.state, s.slot.knows) {
			continue
		}
		if again := s.visit(o.index); !s.tells(&again, known.news) {
			continue
		}
		r := s.begin()
		r.org = o
		emit(r, o, &known.state)
		if s.feed.also != nil && s.told == nil {
			s.feed.also(s, o, &known.state)
		}
		if known.late || known.missed {
			truth := o.at(s.slot.knows)
			emit(s.truly(), o, &truth)
			if !covers(o, &truth, s.slot.knows) {
				s.label(-1, kindClosed, o.code[:])
			}
		}
		s.end(&c, &known.hearing)
	}
}

// visit is the chance of an entity in one slot.
func (s *sheet) visit(i int) chance { return (s.feed.lagSalt + salt(s.slot.of)).of(i) }

// single writes a row that has no state of its own: what is sent once, or whole in each snapshot.
func (s *sheet) single(i int, on day, emit func(*row)) {
	if on > s.slot.knows || (!s.feed.snapshot && on <= s.slot.since) {
		return
	}
	c := s.feed.salt.of(i)
	if !c.of(s.feed.coverage) {
		return
	}
	emit(s.begin())
	s.end(&c, &hearing{})
}

// outlived labels a row that has somebody for alive, or for here, who is not.
func (s *sheet) outlived(p *person, known, truth *state, covered bool) {
	died := truth.died != 0 && known.died == 0
	switch {
	case died && s.feed.living != nil && s.feed.living(p, known):
		s.label(-1, kindDead, p.number[:])
	case covered:
	case died:
		s.label(-1, kindListed, p.number[:])
	case truth.gone != 0 && known.gone == 0:
		s.label(-1, kindNotLeft, p.number[:])
	}
}
