package main

import "fmt"

var employmentHeader = []string{"idCard", "personName", "sex", "birthday", "degree", "unitName", "unitCode", "mobile", "updateTime"}

var degreeWords = map[string]string{"14": "硕士", "21": "本科", "31": "大专", "61": "高中", "71": "初中", "81": "小学"}

// writeEmployments writes the employment registrations of three years: the older a row,
// the staler what it says.
func (c *city) writeEmployments(l *landing) error {
	s, err := l.sheet("hr_employment", "hr/employment_"+secondSlot.compact()+".jsonl.gz", secondSlot,
		form{lines: true, gzip: true}, employmentHeader...)
	if err != nil {
		return err
	}
	for i := range c.people {
		r := c.stream("employment", i)
		if p := &c.people[i]; p.employer >= 0 && p.dead == 0 && p.here(secondSlot) && r.of(9000) {
			c.employment(s, r, i)
		}
	}
	return s.close(l)
}

func (c *city) employment(s *sheet, r *chance, i int) {
	p := &c.people[i]
	unit := &c.orgs[p.employer]
	age := r.between(1, 420)
	if r.of(1200) {
		age = r.between(421, 1000)
	}
	row := []string{p.number(), p.name, map[bool]string{true: "男性", false: "女性"}[p.male], p.birth.compact(), degreeWords[p.education],
		unit.name, unit.code, p.phone, stampAt(r, secondSlot.plus(-age))}
	if former := c.formerNumber(i); former != "" {
		row[0] = former
		s.note("", "linked", "keyed by the number before")
	}
	if r.of(200) {
		before := append([]string(nil), row...)
		old := &c.orgs[r.below(len(c.orgs))]
		before[5], before[6], before[8] = old.name, old.code, stampAt(r, secondSlot.plus(-age-r.between(60, 400)))
		s.note("employer", "superseded", "employer before the last one")
		s.add(before...)
	}
	switch at := r.below(10_000); {
	case at < 8:
		row[0] = fmt.Sprintf("%s.%sE+17", row[0][:1], row[0][1:6])
		s.note("", "reject", "resident_id.scientific")
	case at < 16:
		row[0] = row[0][:15] + "000"
		s.note("", "reject", "resident_id.rounded")
	case at < 516:
		row[4] = other(r, row[4], "本科", "大专", "高中", "硕士")
		s.note("education", "disagree", "degree earned since")
	case at < 556:
		row[4] = "函授"
		s.note("education", "void", "code.unknown")
	case at < 616:
		row[7] = mobile(r)
		s.note("phone", "disagree", "another phone")
	case at < 656:
		row[1] = " " + row[1] + "\t"
		s.note("name", "fix", "blanks at the edges")
	case at < 686:
		row[3] = ""
		s.note("birth_date", "unknown", "blank")
	}
	s.add(row...)
}

// stampAt is a time of a day as the human resources system writes it.
func stampAt(r *chance, on day) string {
	return fmt.Sprintf("%s %02d:%02d:%02d", on.dashed(), r.between(8, 17), r.below(60), r.below(60))
}
