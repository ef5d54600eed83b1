package main

import "strings"

var marriageHeader = []string{"身份证件号码", "姓名", "性别", "婚姻状况", "登记日期", "常住户口所在地", "登记机关"}

var maritalWords = map[string]string{"10": "未婚", "20": "已婚", "30": "丧偶", "40": "离婚"}

// writeMarriages writes the registrations of marriages and divorces: the archive in the
// first slot, October in the second. The police still have the state before.
func (c *city) writeMarriages(l *landing) error {
	for _, slot := range []day{firstSlot, secondSlot} {
		s, err := l.sheet("civil_marriage", "civil/marriage_"+slot.compact()+".csv.gz", slot, form{gzip: true}, marriageHeader...)
		if err != nil {
			return err
		}
		for i := range c.people {
			p, r := &c.people[i], c.stream("civil", i)
			switch {
			case slot == firstSlot && p.married != 0 && p.marital != "30" && p.here(slot) && r.of(8000):
				c.marriage(s, r, p, p.married)
			case slot == secondSlot && (p.did(marries) || p.did(divorces)):
				q := *p
				q.marital = map[event]string{marries: "20", divorces: "40"}[p.event]
				s.note("marital", "disagree", "police register is older")
				c.marriage(s, r, &q, firstSlot.plus(r.below(30)))
			}
		}
		if err := s.close(l); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) marriage(s *sheet, r *chance, p *person, on day) {
	sex := map[bool]string{true: "男", false: "女"}[p.male]
	row := []string{p.number(), p.name, sex, maritalWords[p.marital], on.slashed(), p.hukou.text, "示例市民政局婚姻登记处"}
	if short := p.short(); short != "" && on < 19991001 && r.of(3000) {
		row[0] = short
		s.note("", "fix", "15-digit number")
	}
	if strings.Contains(row[1], nameDot) && r.of(5000) {
		row[1] = strings.ReplaceAll(row[1], nameDot, "•")
		s.note("name", "variant", "another dot in the name")
	}
	switch at := r.below(10_000); {
	case at < 20:
		row[0] = row[0][:6] + "********" + row[0][len(row[0])-4:]
		s.note("", "reject", "resident_id.masked")
	case at < 120:
		row[0] = fullWidth(row[0])
		s.note("", "fix", "full-width digits")
	case at < 150:
		row[4] = "2021/9/31"
		s.note("marriage_date", "void", "date.calendar")
	case at < 170:
		row[3] = "同居"
		s.note("marital", "void", "code.unknown")
	case at < 370:
		row[5] = drawHome(r).text
		s.note("hukou_addr", "disagree", "address before the last move")
	case at < 400:
		_, row[1] = c.names.person(r, string([]rune(p.name)[:1]))
		s.note("name", "disagree", "another given name")
	}
	s.add(row...)
}
