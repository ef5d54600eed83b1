package city

import "jiku/schemas/ident"

// settle makes the households of a block until it has its persons.
func (b *block) settle(n int) {
	b.people = b.people[:0]
	for house := 0; len(b.people) < n; house++ {
		c := b.world.salts.household.of(b.index<<16 + house)
		switch {
		case c.of(outsiders * 26 / 10): // They live alone, and others in households of 2.6.
			b.outsider(&c, house)
		case c.of(migrants * 10 / 8): // Migrants live in smaller households.
			b.family(&c, house, migrant)
		default:
			b.family(&c, house, resident)
		}
	}
	b.people = b.people[:n]
	for i := range b.people { // The last household may have been cut.
		if int(b.people[i].spouse) >= n {
			b.people[i].spouse = -1
		}
	}
}

// family is a household of one to six persons at one address.
func (b *block) family(c *chance, house int, of class) {
	size := households.draw(c) + 1
	if of == migrant {
		size = (size-1)%3 + 1
	}
	f := &family{block: b, c: c, house: house, class: of, county: b.county, surname: b.world.names.surname(c)}
	if of == migrant {
		f.county = b.origin
	}
	f.home = drawHome(c, b.county)
	f.hukou = f.home
	if of == migrant {
		f.hukou = drawHome(c, b.origin)
	}
	defer f.live(len(b.people))
	male := c.of(maleHeads)
	switch size {
	case 1:
		f.alone(c, male)
	case 2:
		if c.of(7200) {
			f.couple(headAge(c, 60), male)
			return
		}
		age := c.between(30, 62)
		head := f.member(age, male, 2)
		head.parted(c, age)
		f.child(age)
	case 3:
		age := c.between(26, 54)
		f.couple(age, male)
		f.child(age)
	default:
		age := c.between(28, 50)
		f.couple(age, male)
		f.child(age)
		children := size - 3
		if size == 4 && c.of(4000) || size > 4 {
			children--
			f.parent(age)
		}
		if size == 6 {
			children--
			f.parent(age)
		}
		for range children {
			f.child(age)
		}
	}
}

// headAge is young or old, the latter in so many percent.
func headAge(c *chance, old int) int {
	if c.below(100) < old {
		return c.between(56, 84)
	}
	return c.between(23, 55)
}

// family is a household while it is made.
type family struct {
	*block
	c           *chance
	house       int
	class       class
	county      uint8 // whose numbers the members have
	surname     string
	home, hukou place
}

func (f *family) alone(c *chance, male bool) {
	age := headAge(c, 46)
	p := f.member(age, male, 2)
	if age >= 30 && c.of(3000+80*(age-30)) {
		p.parted(c, age)
	}
}

// couple is a head and a spouse.
func (f *family) couple(age int, male bool) {
	at := len(f.people)
	f.member(age, male, 2)
	other := f.member(max(23, age+f.c.between(-4, 4)), !male, 10)
	head := &f.people[at]
	head.spouse, other.spouse = int16(at+1), int16(at)
	on := max(head.birth, other.birth) + day(366*f.c.between(22, 27)+f.c.below(365))
	if latest := f.world.first - 30; on > latest {
		on = latest - day(f.c.below(300))
	}
	head.becomes(change{on: on, what: married})
	other.becomes(change{on: on, what: married})
}

// later is the later of two days.
func (f *family) child(age int) {
	of := age - f.c.between(23, 36)
	if of < 0 || of > 32 {
		of = f.c.between(0, min(20, age-20))
	}
	male := f.c.of(maleChildren)
	relation := uint8(30)
	if male {
		relation = 20
	}
	f.member(of, male, relation)
}

func (f *family) parent(age int) {
	surname := f.surname
	male := f.c.of(4300)
	relation := uint8(52)
	if male {
		relation = 51
	} else {
		f.surname = f.world.names.surname(f.c)
	}
	p := f.member(min(96, age+f.c.between(22, 34)), male, relation)
	f.surname = surname
	p.becomes(change{on: p.birth + day(366*f.c.between(22, 27)), what: married})
	p.becomes(change{on: p.birth + day(365*f.c.between(50, 56)), what: widowed})
}

// parted is a divorce or the death of a spouse, after a marriage.
func (p *person) parted(c *chance, age int) {
	on := p.birth + day(366*23+c.below(365))
	p.becomes(change{on: on, what: married})
	w := divorced
	if age > 64 && c.of(8000) || c.of(2000) {
		w = widowed
	}
	p.becomes(change{on: on + day(365+c.below(365*max(1, age-26))), what: w})
}

// member adds a person of an age.
func (f *family) member(age int, male bool, relation uint8) *person {
	c, w := f.c, f.world
	p := person{
		index: f.index*blockPersons + len(f.people), class: f.class, male: male, house: f.index<<16 + f.house, relation: relation,
		ethnic: 1, spouse: -1,
	}
	surname := f.surname
	if relation == 10 {
		surname = w.names.surname(c)
	}
	p.first = state{hukou: f.hukou, home: f.home, marital: maritalSingle, employer: -1, phone: uint32(c.below(mobiles))}
	switch {
	case c.of(uygurs):
		p.first.name, p.ethnic = longName(c), 5
	default:
		if c.of(minorities) {
			p.ethnic = pick(c, minor)
		}
		p.first.name = w.names.draw(c, surname)
	}
	p.birth = w.first - day(365.2425*float64(age)) - 1 - day(c.below(365))
	region := f.county
	if f.class == resident && c.of(2500) { // Registered first in another city, so the number is from there.
		region = f.origin
	}
	if age == 0 && f.class == resident && w.days > 0 && c.below(365) < w.days {
		p.birth = w.first + day(c.below(w.days)) // Born while the city is watched.
	}
	p.number, p.birth = f.number(region, p.birth, male)
	p.education = education(c, age)
	p.since = p.birth
	if f.class == migrant {
		p.since = max(p.birth, w.first-day(c.below(365*6)))
		if w.days > 0 && c.below(365*3) < w.days { // Moves in while the city is watched.
			p.since = max(p.birth, w.first+day(c.below(w.days)))
		}
	}
	f.people = append(f.people, p)
	added := &f.people[len(f.people)-1]
	f.grow(c, added, age)
	return added
}

// number takes the next free sequence of the block for a county, day and sex; where there is none left the birth is a
// day later.
func (b *block) number(region uint8, birth day, male bool) (number, day) {
	for {
		used := uint32(birth)<<2 | uint32(region/100)<<1
		if male {
			used |= 1
		}
		n := b.used[used]
		if int(n) < poolSize {
			b.used[used] = n + 1
			slot := b.homeSlot
			if region > 100 {
				slot = b.originSlot
			}
			return residentNumber(place{county: region}.of(), birth, sequence(slot*poolSize+int(n), male)), birth
		}
		birth++
	}
}

// outsider is one person from outside the mainland.
func (b *block) outsider(c *chance, house int) {
	if b.outsiders == maxOutsiders {
		return
	}
	w, home := b.world, drawHome(c, b.county)
	g := b.index*maxOutsiders + b.outsiders
	b.outsiders++
	p := person{index: b.index*blockPersons + len(b.people), class: permitted, male: c.of(maleHeads), house: b.index<<16 + house, relation: 2, spouse: -1}
	// Days and sequences are counted through, so that no two blocks make the same number.
	p.birth = dayOf(1950, 1, 1) + day(g*7919%20011)
	seq := g/20011*2 + 2
	if p.male {
		seq--
	}
	p.first = state{home: home, marital: maritalSingle, employer: -1, phone: uint32(c.below(mobiles))}
	if c.of(4000) {
		p.class, p.nation = foreign, uint8(c.below(len(nations)))
		p.first.name, p.latin = latinName(c), latinName(c)
		p.latin = p.first.name
		ident.AppendForeignID(p.number[:0], nations[p.nation].numeric, p.birth.civil(), uint32(seq))
	} else {
		p.first.name = w.names.draw(c, w.names.surname(c))
		p.latin = latinName(c)
		ident.AppendPermit(p.number[:0], uint32(81+c.below(3)), p.birth.civil(), uint32(seq))
	}
	p.since = max(p.birth, w.first-day(30+c.below(365*4)))
	p.traits.permitUntil = w.first + day(c.between(-60, 365*5))
	b.people = append(b.people, p)
}

// education is a code of GB/T 4658 that fits an age.
func education(c *chance, age int) uint8 {
	switch n := c.below(100); {
	case age < 6:
		return 0
	case age < 12:
		return 90
	case age < 15:
		return 81
	case age < 18:
		return 71
	case n < 5 && age > 24:
		return 14
	case n < 24 && age > 21 && age < 60:
		return 21
	case n < 44 && age > 20:
		return 31
	case n < 60:
		return 61
	case n < 85:
		return 71
	}
	return 81
}
