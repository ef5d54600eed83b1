package city

import (
	"bytes"
	"sort"
	"strings"
)

// drawn are the kinds that are drawn cell by cell; the order is part of what a seed means.
var drawn = append(append(append(identifierKinds(), dateKinds()...), textKinds()...), rowKinds()...)

// kinds are all kinds, in the order of the catalogue of problems; those that are not in it come last.
func kinds() []*kind {
	all := append(append(append([]*kind{}, drawn...), apart()...), not()...)
	sort.SliceStable(all, func(i, j int) bool { return order(all[i]) < order(all[j]) })
	return all
}

func order(k *kind) int {
	if k.Number == 0 {
		return 100
	}
	return k.Number
}

// replaces makes an injection of a function of the cell.
func replaces(with func(c *chance, cell string) string) func(*sheet, *chance, int) bool {
	return func(s *sheet, c *chance, i int) bool {
		cell := string(s.row.cell(i))
		text := with(c, cell)
		if text == cell || text == "" {
			return false
		}
		s.row.set(i, []byte(text))
		return true
	}
}

// Contents that several kinds happen to.
var (
	persons = []content{personKey}
	orgs    = []content{orgKey}
	people  = []content{personName}
	days    = []content{birthDay, anyDay}
)

// identifierKinds are mistakes in numbers, and where a number contradicts its row.
func identifierKinds() []*kind {
	return []*kind{
		{Kind: Kind{1, "id_15", "十五位旧号码", 1500, Fixed, []string{"resident_id.upgraded"}, ""}, to: persons, inject: injectShort},
		{Kind: Kind{2, "id_x", "末位 X 写作小写、全角或形似字符", 20000, Fixed, []string{"resident_id.folded"}, ""}, to: persons, inject: injectX},
		{Kind: Kind{3, "number_blanks", "号码前后有空格、制表符、单引号或零宽字符", 2000, Fixed, nil, ""}, to: []content{personKey, orgKey}, inject: replaces(around)},
		{Kind: Kind{4, "id_scientific", "表格软件写成科学计数法", 150, Rejected, []string{"resident_id.scientific"}, ""}, to: persons, inject: replaces(func(_ *chance, s string) string { return s[:1] + "." + s[1:6] + "E+17" })},
		{Kind: Kind{4, "id_tail_zero", "超过十五位的数字末三位变为零", 150, Rejected, []string{"resident_id.rounded", "resident_id.checksum"}, ""}, to: persons, inject: replaces(func(_ *chance, s string) string { return s[:15] + "000" })},
		{Kind: Kind{4, "id_digit", "号码录错一位", 400, Rejected, []string{"resident_id.checksum", "resident_id.date"}, ""}, to: persons, inject: injectDigit},
		{Kind: Kind{8, "sex_mismatch", "性别与号码不符", 600, Found, []string{"resident_id.sex"}, ""}, to: []content{sexCode}, inject: injectSex},
		{Kind: Kind{8, "birth_mismatch", "出生日期与号码不符", 800, Found, []string{"resident_id.birth_date"}, ""}, to: []content{birthDay}, inject: injectBirth},
		{Kind: Kind{9, "shared_number", "一号两人", 400, Disputed, []string{"resident_id.birth_date", "resident_id.sex"}, "the row has the number of the next person of the block"}, to: persons, inject: injectShared},
		{Kind: Kind{11, "id_filler", "编造的占位号码", 100, Rejected, []string{"resident_id.filler", "resident_id.checksum", "resident_id.date"}, ""}, to: persons, inject: replaces(func(c *chance, _ string) string {
			return pick(c, []string{"111111111111111111", "123456789012345678", "000000000000000000"})
		})},
		{Kind: Kind{20, "uscc_lookalike", "信用代码字母数字混淆", 3000, Found, []string{"uscc.repaired", "uscc.character"}, ""}, to: orgs, inject: replaces(func(_ *chance, s string) string { return strings.ReplaceAll(s, "0", "O") })},
		{Kind: Kind{20, "uscc_lower", "信用代码小写", 6000, Fixed, []string{"uscc.folded"}, ""}, to: orgs, inject: replaces(func(_ *chance, s string) string { return strings.ToLower(s) })},
		{Kind: Kind{20, "uscc_digit", "信用代码录错一位", 2000, Found, []string{"uscc.checksum_other", "uscc.checksum", "uscc.character"}, ""}, to: orgs, inject: injectLast},
		{Kind: Kind{21, "org_code_for_uscc", "以组织机构代码代替信用代码", 4000, Linked, []string{"uscc.organization_code"}, ""}, to: orgs, inject: injectOrgCode},
		{Kind: Kind{22, "number_truncated", "号码缺末位", 300, Rejected, []string{"resident_id.truncated", "resident_id.length", "uscc.truncated", "uscc.length"}, ""}, to: []content{personKey, orgKey}, inject: replaces(func(_ *chance, s string) string { return s[:len(s)-1] })},
		{Kind: Kind{23, "number_masked", "号码已脱敏", 400, Rejected, []string{"resident_id.masked", "uscc.masked"}, ""}, to: []content{personKey, orgKey}, inject: replaces(func(_ *chance, s string) string { return s[:6] + "********" + s[14:] })},
		{Kind: Kind{42, "person_for_org", "以自然人号码报送单位", 2000, Rejected, []string{"uscc.resident_number", "uscc.checksum_other", "uscc.character", "tax_no.resident_number"}, ""}, to: orgs, inject: injectPerson},
	}
}

func injectShort(s *sheet, _ *chance, i int) bool {
	p := s.row.person
	cell := s.row.cell(i)
	if p == nil || len(cell) != 18 || p.class > migrant || p.birth.year() > 1999 {
		return false
	}
	s.row.set(i, append(append([]byte{}, cell[:6]...), cell[8:17]...))
	return true
}

func injectX(s *sheet, c *chance, i int) bool {
	cell := s.row.cell(i)
	if len(cell) != 18 || cell[17] != 'X' {
		return false
	}
	s.row.set(i, append(append([]byte{}, cell[:17]...), pick(c, []string{"x", "Ｘ", "Х"})...))
	return true
}

// around puts something before or behind a number that nobody sees.
func around(c *chance, s string) string {
	return pick(c, []string{" " + s, s + " ", s + "\t", "'" + s, "\u3000" + s, s + "\u200b", "\u00a0" + s})
}

// injectDigit mistypes a digit of the birth or sequence.
func injectDigit(s *sheet, c *chance, i int) bool {
	cell := append([]byte{}, s.row.cell(i)...)
	if len(cell) != 18 {
		return false
	}
	at := c.between(12, 16)
	cell[at] = '0' + (cell[at]-'0'+byte(c.between(1, 9)))%10
	s.row.set(i, cell)
	return true
}

// injectLast mistypes the check character.
func injectLast(s *sheet, _ *chance, i int) bool {
	cell := append([]byte{}, s.row.cell(i)...)
	const next = "1234567890BCDEFGHJKLMNPQRTUWXYA"
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	last := len(cell) - 1
	at := strings.IndexByte(alphabet, cell[last])
	if at < 0 {
		return false
	}
	cell[last] = next[at]
	s.row.set(i, cell)
	return true
}

// others are the ways to write the two sexes, each beside that of the other.
var others = strings.NewReplacer("男", "女", "女", "男", "M", "F", "F", "M", "1", "2", "2", "1")

func injectSex(s *sheet, _ *chance, i int) bool {
	s.row.set(i, []byte(others.Replace(string(s.row.cell(i)))))
	return true
}

// injectBirth moves the birth by a year and more; the style of the department is kept by moving the year alone.
func injectBirth(s *sheet, _ *chance, i int) bool {
	cell := append([]byte{}, s.row.cell(i)...)
	if len(cell) < 8 || cell[3] < '0' || cell[3] > '8' || bytes.HasSuffix(cell, []byte("0229")) || bytes.HasSuffix(cell, []byte("02-29")) {
		return false
	}
	if s.row.cells[i].day.year() > 2019 {
		return false // It could be born in the future.
	}
	cell[3]++
	s.row.set(i, cell)
	return true
}

// injectShared gives the row the number of the next person of the block.
func injectShared(s *sheet, _ *chance, i int) bool {
	p := s.row.person
	if p == nil || p.class != resident {
		return false
	}
	at := p.index%blockPersons + 1
	if at >= len(s.block.people) || s.block.people[at].class != resident {
		return false
	}
	s.row.set(i, s.block.people[at].number[:])
	return true
}

func injectOrgCode(s *sheet, _ *chance, i int) bool {
	cell := s.row.cell(i)
	if len(cell) != 18 || s.row.org == nil {
		return false
	}
	s.row.set(i, append(append(append([]byte{}, cell[8:16]...), '-'), cell[16]))
	return true
}

func injectPerson(s *sheet, _ *chance, i int) bool {
	o := s.row.org
	if o == nil || int(o.first.rep) >= len(s.block.people) {
		return false
	}
	s.row.set(i, s.block.people[o.first.rep].number[:])
	return true
}

func dateKinds() []*kind {
	return []*kind{
		{Kind: Kind{6, "date_impossible", "不存在的日期", 800, Found, []string{"date.calendar", "date.form"}, ""}, to: days, inject: injectImpossible},
		{Kind: Kind{6, "date_filler", "占位日期", 200, Found, []string{"date.filler"}, ""}, to: []content{anyDay, birthDay}, inject: replaces(func(c *chance, _ string) string { return pick(c, []string{"1900-01-01", "1899-12-30"}) })},
		{Kind: Kind{7, "date_format", "日期写法与约定不同", 2500, Fixed, nil, ""}, to: days, inject: injectStyle},
		{Kind: Kind{14, "birth_long_ago", "年龄超过一百二十岁", 300, Found, []string{"person.age", "resident_id.birth_date"}, ""}, to: []content{birthDay}, inject: injectOld},
		{Kind: Kind{36, "validity_reversed", "有效期止早于起", 60000, Found, []string{"date.order"}, ""}, to: []content{untilDay}, inject: injectReversed},
		{Kind: Kind{45, "date_zone", "以零时区书写的时间使日期早一天", 1500, Fixed, []string{"date.zone"}, ""}, to: []content{anyDay}, inject: injectZone},
	}
}

// injectImpossible writes a day that no calendar has, as the department writes days.
func injectImpossible(s *sheet, c *chance, i int) bool {
	d := &s.row.cells[i]
	if d.day == 0 || d.day == open {
		return false
	}
	s.row.set(i, appendCivil(nil, d.day.civil()/10000*10000+pick(c, []uint32{230, 431, 1301, 631}), d.style))
	return true
}

func injectStyle(s *sheet, c *chance, i int) bool {
	d := s.row.cells[i].day
	if d == 0 || d == open {
		return false
	}
	text := appendDay(nil, d, pick(c, []style{compact, dashed, slashed, chinese, dotted}))
	if bytes.Equal(text, s.row.cell(i)) {
		return false
	}
	s.row.set(i, text)
	return true
}

func injectOld(s *sheet, _ *chance, i int) bool {
	cell := append([]byte{}, s.row.cell(i)...)
	if len(cell) < 8 || !bytes.HasPrefix(cell, []byte("19")) {
		return false
	}
	copy(cell, "18")
	s.row.set(i, cell)
	return true
}

func injectReversed(s *sheet, _ *chance, i int) bool {
	d := s.row.cells[i].day
	if d == 0 || d == open {
		return false
	}
	s.row.set(i, appendDay(nil, d-365*20, dashed))
	return true
}

// injectZone writes midnight in the city as UTC has it, on the day before.
func injectZone(s *sheet, _ *chance, i int) bool {
	d := s.row.cells[i].day
	if d < 2 || d == open {
		return false
	}
	s.row.set(i, append(appendDay(nil, d-1, dashed), "T16:00:00Z"...))
	return true
}
