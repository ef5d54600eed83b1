package main

import "jiku/schemas/ident"

var householdHeader = []string{"GMSFHM", "XM", "CYM", "XB", "MZ", "CSRQ", "HJQH", "HJXZ", "JZQH", "JZXZ", "HYZK", "WHCD", "RYZT", "SWRQ", "YZJHM", "GXSJ", "HH", "YHZGX"}

// writeHouseholds writes the police register: two whole slots, so that most rows of the
// second equal the first, some changed, some came and some are gone.
func (c *city) writeHouseholds(l *landing) error {
	for _, slot := range []day{firstSlot, secondSlot} {
		s, err := l.sheet("police_household", "police/household_"+slot.compact()+".csv", slot, form{gb18030: true}, householdHeader...)
		if err != nil {
			return err
		}
		for i := range c.people {
			p := &c.people[i]
			if !p.here(slot) {
				continue
			}
			if what := p.news(); slot == secondSlot && what != "" {
				s.note("", "changed", what)
			}
			c.household(s, i, c.registered(p, i, slot))
		}
		if err := s.close(l); err != nil {
			return err
		}
	}
	return nil
}

// registered is a person as the police know them in a slot: they hear of a marriage only
// when the household book is changed, which takes longer than a month.
func (c *city) registered(p *person, i int, slot day) person {
	q := *p
	if q.event == marries || q.event == divorces || slot == firstSlot {
		return q
	}
	switch q.event {
	case moves:
		q.hukou, q.home = q.moved, q.moved
	case renames:
		q.former = q.name
		_, q.name = c.names.person(c.stream("rename", i), "")
	case dies:
		q.dead = firstSlot.plus(c.stream("death", i).below(30))
	}
	return q
}

// household writes one person; what is wrong with a row is wrong in both slots.
func (c *city) household(s *sheet, i int, p person) {
	r := c.stream("police", i)
	row := householdRow(&p)
	if row[14] = c.formerNumber(i); row[14] != "" {
		s.note("former_no", "linked", "number replaced")
	}
	switch at := r.below(10_000); {
	case at < 5:
		row[0] = breakDigit(row[0], 17)
		s.note("", "reject", "resident_id.checksum")
	case at < 10:
		row[0] = row[0][:6] + "********" + row[0][14:]
		s.note("", "reject", "resident_id.masked")
	case at < 22:
		row[3] = map[string]string{"1": "2", "2": "1"}[row[3]]
		s.note("sex", "finding", "resident_id.sex")
	case at < 34:
		row[5] = row[5][:4] + "0230"
		s.note("birth_date", "void", "date.calendar")
	case at < 46:
		row[5] = p.birth.plus(400).compact()
		s.note("birth_date", "finding", "resident_id.birth_date")
	case at < 54:
		row[1] = ""
		s.note("name", "finding", "completeness.blank")
	case at < 60:
		row[4] = "77"
		s.note("ethnic", "void", "code.unknown")
	case at < 66:
		row[1] += "�"
		s.note("name", "finding", "name.lost")
	}
	s.add(row...)
	switch at := r.below(10_000); {
	case at < 8:
		s.note("", "duplicate", "row repeated")
		s.add(row...)
	case at < 11:
		other := c.stream("shared number", i)
		_, row[1] = c.names.person(other, "")
		row[7] = drawHome(other).text
		s.note("name", "shared_number", "one number, two people")
		s.add(row...)
	}
}

func householdRow(p *person) []string {
	status, former := "0", p.former
	if p.dead != 0 {
		status = "9"
	}
	if former == "" {
		former = "无"
	}
	homeRegion, home := "", ""
	if p.home != p.hukou {
		homeRegion, home = p.home.region(), p.home.text
	}
	return []string{p.number(), p.name, former, p.sexCode(), p.ethnic, p.birth.compact(), p.hukou.region(), p.hukou.text,
		homeRegion, home, p.marital, p.education, status, orBlank(p.dead, day.compact), "", "2026-09-30", "", ""}
}

// formerNumber is the number that a person had before the police replaced it, of the city as a
// whole, in which nobody else has a number; most have none.
func (c *city) formerNumber(i int) string {
	p := &c.people[i]
	if !c.stream("former number", i).of(8) {
		return ""
	}
	seq := 0
	for _, d := range p.number()[14:17] {
		seq = seq*10 + int(d-'0')
	}
	id, err := ident.SynthesizeResidentID("390100", uint32(p.birth), seq)
	if err != nil {
		return ""
	}
	return string(id.AppendTo(nil))
}

// breakDigit makes the check digit wrong by another digit at i.
func breakDigit(s string, i int) string {
	b := []byte(s)
	if b[i] >= '0' && b[i] < '9' {
		b[i]++
	} else {
		b[i] = '0'
	}
	return string(b)
}
