package city

// grow gives a person what they have and what has happened to them, up to the last day.
func (f *family) grow(c *chance, p *person, age int) {
	w := f.world
	born := p.birth
	if c.of(1500) && age > 1 { // The family lived elsewhere before, or only this member moved.
		p.first.hukou, p.first.home = drawHome(c, f.county), drawHome(c, f.county)
		p.becomes(change{on: w.first - day(c.between(40, min(365*age, 5000))), what: moved, place: f.hukou})
	} else if c.of(2000) && f.class == resident && age > 1 { // Lives elsewhere in the city than registered.
		p.becomes(change{on: w.first - day(c.between(40, min(365*age, 3000))), what: relocated, place: drawHome(c, f.anyCounty(c))})
	}
	if c.of(150) && age > 6 {
		p.newName = w.names.draw(c, w.names.surname(c))
		p.becomes(change{on: w.first - day(c.between(60, 365*(age-5))), what: renamed})
	}
	if c.of(8) && f.class == resident && age > 20 {
		p.former, _ = f.number(f.origin, born, p.male)
	} else if c.of(2) && f.class == resident {
		p.second, _ = f.number(f.origin, born, p.male)
	}
	if age >= 18 && age < 60 && c.of(6500) {
		p.becomes(change{on: w.first - day(c.between(20, min(365*(age-17), 3650))), what: employed, n: f.employer(c)})
		if c.of(2500) {
			p.becomes(change{on: w.first - day(c.between(200, min(365*(age-17), 3650)+200)), what: employed, n: f.employer(c)})
		}
	}
	if age >= 14 && c.of(3000) {
		p.becomes(change{on: w.first - day(c.between(30, 2000)), what: phoned, n: int32(c.below(mobiles))})
	}
	if age > 66 && c.of(30*(age-60)) {
		p.becomes(change{on: w.first - day(c.between(20, 2000)), what: died})
	}
	f.traits(c, p, age)
}

// live is what happens to the members of a household together, once all of them are there.
func (f *family) live(from int) {
	members := f.people[from:]
	for i := range members {
		if p := &members[i]; f.world.days > 0 {
			f.watched(f.c, p, f.world.first.age(p.birth))
		}
	}
	for i := range members {
		p := &members[i]
		if d := p.ends(); d != 0 && p.spouse >= 0 {
			if other := &f.people[p.spouse]; other.ends() == 0 || other.ends() > d {
				other.becomes(change{on: d, what: widowed})
			}
		}
	}
	for i := range members {
		members[i].rest(died, left)
	}
}

// ends is the day of the first death, 0 if there is none.
func (p *person) ends() day {
	for _, c := range p.changes() {
		if c.what == died {
			return c.on
		}
	}
	return 0
}

// watched is what happens while the city delivers every day.
func (f *family) watched(c *chance, p *person, age int) {
	w := f.world
	if c.below(365*100) >= w.days*perYear {
		return
	}
	on := max(w.first+day(c.below(w.days)), p.birth+1)
	switch n := c.below(100); {
	case n < 35:
		p.becomes(change{on: on, what: moved, place: drawHome(c, f.county)})
	case n < 50 && age > 1:
		p.becomes(change{on: on, what: relocated, place: drawHome(c, f.anyCounty(c))})
	case n < 60 && age >= 23 && age < 60:
		p.becomes(change{on: on, what: employed, n: f.employer(c)})
	case n < 68 && age >= 18 && age < 60:
		p.becomes(change{on: on, what: dismissed})
	case n < 76 && age >= 14:
		p.becomes(change{on: on, what: phoned, n: int32(c.below(mobiles))})
	case n < 80 && age >= 24:
		switch s := p.at(w.first); {
		case s.marital == maritalMarried && p.spouse >= 0:
			p.becomes(change{on: on, what: divorced})
			f.people[p.spouse].becomes(change{on: on, what: divorced})
		case s.marital == maritalSingle || s.marital == maritalDivorced: // Somebody from elsewhere.
			p.becomes(change{on: on, what: married})
		}
	case n < 84 && age > 6 && p.newName.empty():
		p.newName = w.names.draw(c, w.names.surname(c))
		p.becomes(change{on: on, what: renamed})
	case n < 90 && age > 50 && p.ends() == 0:
		p.becomes(change{on: on, what: died})
	case n < 96:
		p.becomes(change{on: on, what: left})
	default: // Comes to the city.
		if p.class == resident {
			p.since = on
		}
	}
}

// perYear is to how many of 100 persons something happens in a year.
const perYear = 60

// employer is an organization of the block, or one of those that employ people everywhere.
func (f *family) employer(c *chance) int32 {
	if c.of(3000) {
		return -2 - int32(c.below(largeEmployers))
	}
	return int32(c.below(max(1, min(employers, f.world.orgsOf(f.index)))))
}

// anyCounty draws a county of the city by its share.
func (b *block) anyCounty(c *chance) uint8 { return uint8(1 + b.world.byWeight.draw(c)) }

// traits are the benefits, certificates and memberships of a person.
func (f *family) traits(c *chance, p *person, age int) {
	t, w := &p.traits, f.world
	ago := func(most int) day { return w.first - day(c.between(30, max(31, most))) }
	t.insured = c.of(9500)
	if g := p.gradeAt(w); g >= 0 && g < len(grades) {
		t.school = uint8(1 + c.below(3))
		if g > 5 {
			t.school = uint8(4 + c.below(4))
		}
	}
	if c.of(150) {
		t.relief, t.reliefKind = max(ago(365*4), p.birth+30), day(1+2*c.below(2))
		if age < 16 || age >= 60 { // 特困供养 is for those who can neither work nor be kept by their family.
			t.reliefKind = day(1 + c.below(len(reliefs)))
		}
	}
	if c.of(250) {
		t.disability, t.level, t.disabled = uint8(1+c.below(7)), uint8(1+c.below(4)), max(ago(365*9), p.birth+200)
	}
	if age >= 22 && p.male && c.of(400) {
		t.veteran, t.discharged = veteranKind(c, p.birth), p.birth+day(365*c.between(19, min(age-1, 30))+c.below(300))
	}
	retires := 55
	if p.male {
		retires = 60
	}
	switch {
	case age >= retires && c.of(8500):
		t.pension, t.drawing = p.birth+day(366*retires), true
	case age >= 20 && age < retires && c.of(6000):
		t.pension = ago(365 * (age - 18))
	}
	if age >= 20 && age < 60 && c.of(4500) {
		t.fund = ago(365 * (age - 19))
	}
	if age >= 25 && p.education == 21 && c.of(400) {
		t.doctor = ago(365 * (age - 24))
	}
	if age >= 22 && age < 65 && c.of(500) {
		t.title = ago(365 * (age - 21))
	}
	if age >= 26 && c.of(2500) {
		t.estate = ago(365 * min(age-25, 20))
	}
	if age >= 19 && c.of(1500) {
		t.vehicle = ago(365 * min(age-18, 12))
	}
	if p.class != resident {
		t.relief, t.veteran = 0, 0
	}
}

// veteranKind fits a kind of veteran to a birth: 在乡复员军人 enlisted before November 1954.
func veteranKind(c *chance, birth day) uint8 {
	switch n := c.below(100); {
	case birth.year() < 1937:
		return 4
	case n < 80:
		return 1
	case n < 92:
		return 2
	}
	return 3
}
