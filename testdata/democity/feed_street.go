package main

import "strings"

var residentHeader = []string{"姓名", "身份证号", "民族", "现住址", "社区代码", "婚姻", "学历", "电话", "走访日期", "网格员"}

var ethnicWords = map[string]string{"01": "汉族", "03": "回族", "05": "维吾尔族", "06": "苗族", "08": "壮族", "11": "满族", "15": "土家族"}

// writeResidents writes the visits of the street offices: what people say at the door,
// typed by hand, in every spelling.
func (c *city) writeResidents(l *landing) error {
	s, err := l.sheet("street_resident", "street/resident_"+secondSlot.compact()+".csv", secondSlot, form{bom: true}, residentHeader...)
	if err != nil {
		return err
	}
	for i := range c.people {
		r := c.stream("street", i)
		if p := &c.people[i]; p.dead == 0 && p.here(secondSlot) && r.of(4500) {
			c.visit(s, r, p)
		}
	}
	return s.close(l)
}

func (c *city) visit(s *sheet, r *chance, p *person) {
	home, on := p.home, secondSlot.plus(-r.between(1, 700))
	marital := maritalWords[p.marital]
	if p.marital == "40" {
		marital = "离异"
	}
	written := []func(day) string{day.chinese, day.slashed, day.dashed, day.compact}[r.below(4)]
	row := []string{p.name, p.number(), ethnicWords[p.ethnic], home.text, home.villageCode(), marital,
		strings.Replace(degreeWords[p.education], "硕士", "研究生", 1), p.phone, written(on), "网格" + home.streetCode()[6:]}
	c.misspell(s, r, row)
	c.mistake(s, r, p, row)
	s.add(row...)
}

// misspell writes the same fact in another way: no pipeline may see a conflict here.
func (c *city) misspell(s *sheet, r *chance, row []string) {
	switch at := r.below(10_000); {
	case at < 150:
		row[1] = fullWidth(row[1])
		s.note("", "fix", "full-width digits")
	case at < 300 && strings.HasSuffix(row[1], "X"):
		row[1] = strings.ToLower(row[1])
		s.note("", "fix", "lower-case x")
	case at < 400:
		row[1] = "'" + row[1]
		s.note("", "fix", "spreadsheet apostrophe")
	case at < 600:
		row[0] = strings.Join(strings.Split(row[0], ""), " ")
		s.note("name", "variant", "spaces in the name")
	case at < 900:
		row[3] = fullWidth(row[3])
		s.note("residence_addr", "variant", "full-width digits")
	case at < 1100:
		row[2] = strings.TrimSuffix(row[2], "族")
		s.note("ethnic", "variant", "short name of the ethnic group")
	}
}

// mistake writes something that is not so, or nothing.
func (c *city) mistake(s *sheet, r *chance, p *person, row []string) {
	switch at := r.below(10_000); {
	case at < 50:
		row[1] = p.number()[:6] + "********" + p.number()[14:]
		s.note("", "reject", "resident_id.masked")
	case at < 150:
		row[1] = ""
		s.note("", "reject", "key.missing")
	case at < 200:
		row[0] = ""
		s.note("name", "finding", "completeness.blank")
	case at < 250:
		chars := []rune(p.name)
		row[0] = string(chars[:1]) + strings.Repeat("*", len(chars)-1)
		s.note("name", "finding", "text.masked")
	case at < 300:
		_, row[0] = c.names.person(r, string([]rune(p.name)[:1]))
		s.note("name", "disagree", "another given name")
	case at < 900:
		row[3], row[4] = movedAway(r)
		s.note("residence_addr", "disagree", "address before the last move")
	case at < 1200 && row[5] != "":
		row[5] = other(r, row[5], "已婚", "未婚", "离异", "丧偶")
		s.note("marital", "disagree", "as told at the door")
	case at < 1500:
		row[7] = "不详"
		s.note("phone", "unknown", "null word")
	case at < 1520:
		row[4] = "999999001001"
		s.note("residence_region", "finding", "code.unknown")
	}
}

func movedAway(r *chance) (text, code string) {
	p := drawHome(r)
	return p.text, p.villageCode()
}
