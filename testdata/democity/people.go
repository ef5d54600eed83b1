package main

import (
	"fmt"

	"jiku/schemas/ident"
)

// makePeople makes households until there are n persons.
func (c *city) makePeople(n int) []person {
	m := &maker{city: c, people: make([]person, 0, n+8), taken: make(map[string]int)}
	for i := 0; len(m.people) < n; i++ {
		m.household(c.stream("household", i))
	}
	return m.people[:n]
}

// maker gives every person a number of their own.
type maker struct {
	*city
	people []person
	taken  map[string]int
}

// household is one to four people at one address.
func (m *maker) household(c *chance) {
	home := drawHome(c)
	head := c.between(22, 70)
	if c.of(1400) {
		head = c.between(71, 95)
	}
	surname, other := "", ""
	first := m.member(c, home, head, c.of(7000), &surname)
	if head < 25 || !c.of(6800) {
		first.single(c, head)
		return
	}
	wed(c, first, m.member(c, home, max(25, head+c.between(-4, 4)), !first.male, &other))
	for range c.between(0, 2) {
		if age := head - c.between(23, 36); age >= 0 && age <= 30 {
			m.member(c, home, age, c.of(5150), &surname)
		}
	}
}

// member adds a person; surname is that of the family, or becomes it.
func (m *maker) member(c *chance, home place, age int, male bool, surname *string) *person {
	p := person{male: male, ethnic: "01", hukou: home, home: home, marital: "10", employer: -1}
	*surname, p.name = m.names.person(c, *surname)
	switch {
	case c.of(60):
		p.name, p.ethnic = m.names.long(c), "05"
	case c.of(500):
		p.ethnic = c.pick([]string{"03", "06", "08", "11", "15"})
	}
	p.birth = dayIn(c, secondSlot.year()-1-age)
	p.education = education(c, age)
	p.id = m.newID(c, areas[home.area].code, p.birth, male)
	if c.of(2200) {
		p.home = drawHome(c)
	}
	if c.of(150) {
		_, p.former = m.names.person(c, *surname)
	}
	if age >= 14 {
		p.phone = mobile(c)
	}
	if len(m.orgs) > 0 && age >= 18 && age < 60 && c.of(6500) {
		p.employer = c.below(len(m.orgs))
	}
	if age > 60 && c.of(60*(age-58)/4) {
		p.dead = firstSlot.plus(-c.between(20, 2000))
	}
	fate(c, &p, age)
	m.people = append(m.people, p)
	return &m.people[len(m.people)-1]
}

// newID takes the next free sequence of a county, day and sex.
func (m *maker) newID(c *chance, region string, birth day, male bool) ident.ResidentID {
	slot := fmt.Sprintf("%s%d%t", region, birth, male)
	n, ok := m.taken[slot]
	if !ok {
		n = c.below(300)
	}
	m.taken[slot] = n + 1
	seq := n * 2 % 900 // 996 to 999 are kept for centenarians.
	if male {
		seq++
	}
	id, err := ident.SynthesizeResidentID(region, uint32(birth), seq)
	if err != nil {
		panic(fmt.Sprintf("make person: %v", err)) // Regions and dates are the program's own.
	}
	return id
}

// single makes a head of household who lives alone unmarried, widowed or divorced.
func (p *person) single(c *chance, age int) {
	switch {
	case age > 65 && c.of(7000):
		p.marital, p.married = "30", dayIn(c, secondSlot.year()-c.between(1, 20))
	case age > 30 && c.of(3500):
		p.marital, p.married = "40", dayIn(c, secondSlot.year()-c.between(1, age-27))
	}
}

// wed marries two people in a year when both were old enough; the survivor is widowed.
func wed(c *chance, a, b *person) {
	young := min(a.age(secondSlot), b.age(secondSlot))
	year := min(secondSlot.year()-young+c.between(23, 30), secondSlot.year()-1)
	a.marital, a.married = "20", dayIn(c, year)
	b.marital, b.married = "20", a.married
	if a.dead != 0 {
		b.marital = "30"
	} else if b.dead != 0 {
		a.marital = "30"
	}
}

// fate draws what happens in October.
func fate(c *chance, p *person, age int) {
	switch at := c.below(10_000); {
	case p.dead != 0:
	case at < 12 && age < 3:
		p.event = arrives
	case at < 20:
		p.event = arrives
	case at < 45:
		p.event = leaves
	case at < 95:
		p.event, p.moved = moves, drawHome(c)
	case at < 105:
		p.event = renames
	case at < 135 && age >= 22 && age < 50:
		p.event = marries
	case at < 155 && age >= 25:
		p.event = divorces
	case at < 175 && age > 60:
		p.event = dies
	}
}

func education(c *chance, age int) string {
	at := c.below(100)
	switch {
	case age < 6:
		return ""
	case age < 13:
		return "81"
	case age < 16:
		return "71"
	case age < 19:
		return "61"
	case age < 45 && at < 6:
		return "14"
	case age < 45 && at < 38:
		return "21"
	case age < 60 && at < 55:
		return "31"
	case at < 65:
		return "61"
	case at < 88:
		return "71"
	}
	return "81"
}
