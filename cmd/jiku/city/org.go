package city

import "jiku/schemas/ident"

// org is an organization that does not exist, of any kind that GB 32100 knows.
type org struct {
	index    int // in the city
	kind     uint8
	code     number
	county   uint8
	founded  day
	first    orgState
	newBrand [2]uint16
	history[orgWhat]
	parent   int32 // index in the block of the enterprise whose branch it is, -1 for none
	trade    uint8
	place    place // where it does business
	regNo    uint32
	taxed    bool
	insured  bool
	permit   day // food permit
	style    uint8
	founders [2]int16 // indexes in the block, -1 for none
}

// orgState is what changes.
type orgState struct {
	brand   [2]uint16 // characters of given names
	address place
	rep     int16  // index of the legal representative in the block
	capital uint32 // 万元
	status  uint8  // 1 in business, 3 revoked, 4 deregistered
	ended   day
	staff   uint16
	entered day // the newest entry in the register, 0 for none since the foundation
}

// orgWhat says what changed.
type orgWhat uint8

const (
	reNamed orgWhat = iota
	reHoused
	reLed
	reFunded
	revoked
	deregistered
)

// orgChange is a change in the life of an organization: n is the representative or the capital.
type orgChange = changed[orgWhat]

// apply is what a change makes of a state.
func (s *orgState) apply(o *org, c *orgChange) {
	s.entered = c.on
	switch c.what {
	case reNamed:
		s.brand = o.newBrand
	case reHoused:
		s.address = c.place
	case reLed:
		s.rep = int16(c.n)
	case reFunded:
		s.capital = uint32(c.n)
	case revoked:
		s.status, s.ended = 3, c.on
	case deregistered:
		s.status, s.ended = 4, c.on
	}
}

// at is the true state on the evening of a day.
func (o *org) at(on day) orgState {
	s := o.first
	for i := range o.changes() {
		if c := &o.list[i]; c.on <= on {
			s.apply(o, c)
		}
	}
	return s
}

// found makes the organizations of a block.
func (b *block) found(n int) {
	b.orgs = b.orgs[:0]
	for i := range n {
		b.orgs = append(b.orgs, b.org(i))
	}
}

func (b *block) org(i int) org {
	w := b.world
	index := b.index*blockOrgs + i
	c := w.salts.org.of(index)
	o := org{index: index, county: b.county, parent: -1, kind: uint8(byKind.draw(&c)), trade: uint8(c.below(len(trades))), regNo: uint32(index), style: uint8(c.below(3))}
	if i < employers && orgKinds[o.kind].category == "92" && i%2 == 0 {
		o.kind = 1 // Who employs many is rarely a sole trader.
	}
	if o.kind == branchKind && i == 0 {
		o.kind = 1
	}
	k := &orgKinds[o.kind]
	number := uint32(index)
	if i >= employers && c.of(sharedCodes) && orgKinds[b.orgs[i-1].kind].category != k.category {
		number-- // One organization code was given out twice, as happened before 2015; the whole codes differ.
	}
	ident.AppendUSCC(o.code[:0], k.category, home[b.county-1].digits(), number)
	o.founders = [2]int16{b.adult(&c, int16(c.below(max(1, len(b.people))))), -1}
	if c.of(3000) {
		o.founders[1] = b.adult(&c, int16(c.below(max(1, len(b.people)))))
	}
	o.founded = w.first - day(c.between(40, 365*30))
	switch {
	case i < employers: // Older than anybody's employment.
		o.founded = w.first - day(c.between(4000, 365*30))
	case w.days > 0 && c.below(365*12) < w.days*10:
		o.founded = w.first + day(c.below(w.days))
	}
	o.place = drawPlace(&c, b.county)
	o.first = orgState{brand: b.brand(&c), address: o.place, rep: int16(c.below(max(1, len(b.people)))), status: 1, staff: uint16(c.below(8))}
	o.first.rep = b.adult(&c, o.first.rep)
	o.first.capital = pick(&c, []uint32{10, 30, 50, 100, 200, 500, 1000, 5000})
	if i < employers && k.category != "92" { // Sole traders have a handful.
		o.first.staff = uint16(c.between(8, 120))
	}
	if k.category == "93" {
		o.trade = farming
	}
	if c.of(1500) {
		o.place = drawPlace(&c, b.county)
	}
	if o.kind == branchKind {
		o.parent = int32(c.below(min(i, employers))) // One that lasts.
		for orgKinds[b.orgs[o.parent].kind].category != "91" || b.orgs[o.parent].kind == branchKind {
			if o.parent--; o.parent < 0 {
				o.kind, o.parent = 1, -1
				break
			}
		}
	}
	if o.parent >= 0 {
		parent := &b.orgs[o.parent]
		o.first.brand, o.trade, o.style = parent.first.brand, parent.trade, parent.style
		o.founded = max(o.founded, parent.founded+60)
	}
	o.taxed = c.of(9400) && (k.registry == byMarket || c.of(7000))
	o.insured = c.of(5500) || i < employers
	if k.registry == byMarket && int(o.trade) < foods && c.of(8500) {
		o.permit = max(w.first-day(c.between(30, 365*5+60)), o.founded+20)
	}
	b.orgLife(&c, &o, i)
	o.rest(revoked, deregistered)
	return o
}

// orgLife is what happens to an organization: before the first day, and while it is watched.
func (b *block) orgLife(c *chance, o *org, i int) {
	w := b.world
	lives := int(w.first - o.founded)
	if lives > 400 {
		if c.of(1200) {
			o.becomes(orgChange{on: w.first - day(c.between(30, lives-100)), what: reHoused, place: drawPlace(c, b.county)})
		}
		if c.of(1000) {
			o.becomes(orgChange{on: w.first - day(c.between(30, lives-100)), what: reLed, n: int32(b.adult(c, int16(c.below(max(1, len(b.people))))))})
		}
		if c.of(800) {
			o.becomes(orgChange{on: w.first - day(c.between(30, lives-100)), what: reFunded, n: int32(o.first.capital * 2)})
		}
		if i >= employers {
			if c.of(500) {
				o.newBrand = b.brand(c)
				o.becomes(orgChange{on: w.first - day(c.between(30, lives-100)), what: reNamed})
			} else if c.of(900) {
				ends := deregistered
				if c.of(3000) {
					ends = revoked
				}
				o.becomes(orgChange{on: w.first - day(c.between(10, min(lives-100, 1500))), what: ends})
			}
		}
	}
	if w.days == 0 || lives < 0 || c.below(365*100) >= w.days*45 {
		return
	}
	on := w.first + day(c.below(w.days))
	switch n := c.below(100); {
	case n < 30:
		o.becomes(orgChange{on: on, what: reHoused, place: drawPlace(c, b.county)})
	case n < 50:
		o.becomes(orgChange{on: on, what: reLed, n: int32(b.adult(c, int16(c.below(max(1, len(b.people))))))})
	case n < 65:
		o.becomes(orgChange{on: on, what: reFunded, n: int32(o.first.capital * 4)})
	case i < employers:
	case n < 90 && o.at(w.first).status == 1:
		o.becomes(orgChange{on: on, what: deregistered})
	case o.at(w.first).status == 1:
		o.becomes(orgChange{on: on, what: revoked})
	}
}

// brand draws the word that an organization is known by.
func (b *block) brand(c *chance) [2]uint16 {
	n := b.world.names
	return [2]uint16{uint16(n.byGiven.draw(c)), uint16(n.byGiven.draw(c))}
}

// adult finds somebody who can stand for an organization, from a place in the block onwards.
func (b *block) adult(c *chance, from int16) int16 {
	for range 50 {
		if int(from) < len(b.people) {
			p := &b.people[from]
			if s := p.at(b.world.first + day(b.world.days)); p.aged(b.world.first, 20, 75) && p.class == resident && s.died == 0 && s.gone == 0 && p.since < b.world.first {
				return from
			}
		}
		from = int16(c.below(max(1, len(b.people))))
	}
	return from
}

// appendName writes the name as registered.
func (o *org) appendName(to []byte, s *orgState, w *world) []byte {
	k, given := &orgKinds[o.kind], w.names.given
	c := &home[o.county-1]
	switch {
	case k.category == "92" || k.category == "93":
		to = append(append(to, c.name...), given[s.brand[0]]...)
		to = append(append(to, given[s.brand[1]]...), trades[o.trade].word...)
	case o.kind == branchKind:
		to = append(append(append(to, "示例市"...), given[s.brand[0]]...), given[s.brand[1]]...)
		return append(append(append(append(to, trades[o.trade].word...), "有限公司"...), c.name...), "分公司"...)
	case o.style == 0 && k.category == "91":
		to = append(append(to, given[s.brand[0]]...), given[s.brand[1]]...)
		to = append(append(to, trades[o.trade].word...), "（示例市）"...)
	case k.registry == byMarket:
		to = append(append(append(to, "示例市"...), given[s.brand[0]]...), given[s.brand[1]]...)
		to = append(to, trades[o.trade].word...)
	default:
		to = append(append(append(append(to, "示例市"...), c.name...), given[s.brand[0]]...), given[s.brand[1]]...)
	}
	return append(to, k.suffix[int(o.style)%len(k.suffix)]...)
}
