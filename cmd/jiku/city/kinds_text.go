package city

import "strings"

// textKinds are mistakes in words, codes, amounts, addresses and telephone numbers.
func textKinds() []*kind {
	return []*kind{
		{Kind: Kind{5, "zero_lost", "前导零丢失", 1500, Fixed, nil, ""}, to: []content{code}, inject: injectZero},
		{Kind: Kind{15, "name_lost", "姓名中的字成为问号或方框", 300, Found, []string{"name.lost", "name.placeholder"}, ""}, to: people, inject: replaces(func(c *chance, s string) string { return lastRune(s, pick(c, []string{"?", "□", "�"})) })},
		{Kind: Kind{15, "name_spelled", "生僻字写作拆字", 200, Found, []string{"name.spelled"}, ""}, to: people, inject: replaces(func(_ *chance, s string) string { return lastRune(s, "(王+争)") })},
		{Kind: Kind{15, "name_private", "姓名含自造字", 200, Found, []string{"name.private_use"}, ""}, to: people, inject: replaces(func(_ *chance, s string) string { return lastRune(s, "\ue123") })},
		{Kind: Kind{16, "name_dot", "间隔号写法不一", 100000, Fixed, []string{"person_name.dot"}, ""}, to: people, inject: replaces(func(c *chance, s string) string {
			return strings.ReplaceAll(s, "·", pick(c, []string{"•", "・", "．", "."}))
		})},
		{Kind: Kind{17, "name_blank", "姓名中间有空格", 700, Fixed, []string{"person_name.blank"}, ""}, to: people, inject: replaces(func(c *chance, s string) string { return afterFirst(s, pick(c, []string{" ", "　"})) })},
		{Kind: Kind{17, "name_title", "姓名带称谓", 120, Found, []string{"person_name.title"}, ""}, to: people, inject: replaces(func(c *chance, s string) string { return s + pick(c, []string{"先生", "女士", "同志"}) })},
		{Kind: Kind{18, "name_traditional", "姓名用繁体", 6000, Fixed, nil, "no conflict may come of it"}, to: people, inject: replaces(func(_ *chance, s string) string { return traditional.Replace(s) })},
		{Kind: Kind{19, "mojibake", "乱码", 120, Found, []string{"name.mojibake", "mojibake.undone", "mojibake.lost", "name.lost"}, ""}, to: people, inject: replaces(func(_ *chance, _ string) string { return "鐜嬫槑" })},
		{Kind: Kind{24, "filler_text", "占位文字", 1500, Fixed, nil, ""}, to: []content{personName, orgName}, inject: replaces(func(c *chance, _ string) string { return pick(c, []string{"暂无", "-", "不详", "NULL"}) })},
		{Kind: Kind{25, "amount_form", "金额带千分位、单位或约数", 30000, Fixed, nil, ""}, to: []content{amount}, inject: injectAmount},
		{Kind: Kind{25, "amount_unit", "元与万元混淆", 20000, Disputed, nil, "ten thousand times too much"}, to: []content{amount}, inject: replaces(func(_ *chance, s string) string {
			whole, part, dot := strings.Cut(s, ".")
			if dot {
				return whole + "0000." + part
			}
			return s + "0000"
		})},
		{Kind: Kind{26, "code_unknown", "代码不在表内", 600, Found, []string{"code.unknown"}, ""}, to: []content{code, wording, stateWord}, inject: replaces(func(_ *chance, _ string) string { return "ZZ" })},
		{Kind: Kind{27, "region_long", "区划代码位数不一", 2000, Fixed, nil, ""}, to: []content{region}, inject: injectRegion},
		{Kind: Kind{27, "region_unknown", "区划代码不存在", 600, Found, []string{"region.unknown", "region.known", "code.unknown"}, ""}, to: []content{region}, inject: replaces(func(_ *chance, _ string) string { return "399999" })},
		{Kind: Kind{37, "state_words", "状态用口语书写", 8000, Fixed, nil, ""}, to: []content{stateWord}, inject: replaces(func(_ *chance, s string) string {
			return map[string]string{"K": "存续", "X": "注销", "D": "吊销", "在营": "正常经营", "关门": "停业", "1": "在业"}[s]
		})},
		{Kind: Kind{38, "org_name_form", "单位名称括号、空格写法不一", 8000, Fixed, nil, "no conflict may come of it"}, to: []content{orgName}, inject: replaces(orgForm)},
		{Kind: Kind{33, "org_name_other", "名称与信用代码不符", 1500, Disputed, nil, ""}, to: []content{orgName}, inject: replaces(func(_ *chance, s string) string { return strings.Replace(s, "示例市", "邻山市", 1) })},
		{Kind: Kind{39, "address_short", "地址缺层级", 1500, Disputed, nil, ""}, to: []content{address}, inject: replaces(func(_ *chance, s string) string {
			if at := strings.Index(s, "号"); at > 0 {
				return s[:at+len("号")]
			}
			return s
		})},
		{Kind: Kind{39, "address_level", "地址无县区", 600, Disputed, []string{"address.region", "address.level"}, ""}, to: []content{address}, inject: replaces(func(_ *chance, s string) string {
			_, rest, _ := strings.Cut(s, "市")
			if at := strings.IndexAny(rest, "区县"); at > 0 {
				return rest[at+3:]
			}
			return s
		})},
		{Kind: Kind{39, "address_wide", "地址数字用全角", 1500, Fixed, nil, ""}, to: []content{address}, inject: replaces(func(_ *chance, s string) string { return wide.Replace(s) })},
		{Kind: Kind{40, "phone_form", "电话位数不对或为占位号", 1000, Found, []string{"phone.form", "phone.digits", "phone.filler", "phone.same_digit"}, ""}, to: []content{phone}, inject: replaces(func(c *chance, s string) string { return pick(c, []string{"00000000000", s[:len(s)-1], "1" + s}) })},
	}
}

// rowKinds are mistakes in whole rows; each is drawn once a row, with its key.
func rowKinds() []*kind {
	first := []content{personKey, orgKey}
	return []*kind{
		{Kind: Kind{29, "column_shift", "行内缺列，其后各列错位", 300, Rejected, []string{"row.columns"}, ""}, to: first, inject: injectShift},
		{Kind: Kind{29, "row_header", "文件中间重复表头", 60, Rejected, []string{"row.header"}, ""}, to: first, insert: repeatHeader},
		{Kind: Kind{29, "row_total", "合计行", 60, Rejected, []string{"row.columns", "key.missing", "resident_id.length", "uscc.length", "resident_id.character", "uscc.character"}, ""}, to: first, insert: addTotal},
		{Kind: Kind{31, "row_twice", "同一行重复", 600, Fixed, nil, ""}, to: first, twice: true},
	}
}

// lastRune replaces the last character.
func lastRune(s, by string) string {
	r := []rune(s)
	if len(r) < 2 {
		return s
	}
	return string(r[:len(r)-1]) + by
}

func afterFirst(s, put string) string {
	r := []rune(s)
	if len(r) != 2 && len(r) != 3 {
		return s
	}
	return string(r[:1]) + put + string(r[1:])
}

// traditional writes common characters of names as they were before 1956.
var traditional = strings.NewReplacer("刘", "劉", "陈", "陳", "张", "張", "杨", "楊", "黄", "黃", "赵", "趙", "吴", "吳", "孙", "孫", "马", "馬", "华", "華", "军", "軍", "兰", "蘭", "丽", "麗", "红", "紅", "国", "國")

var wide = strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")

// orgForm writes a name with brackets of the other width or with blanks.
func orgForm(c *chance, s string) string {
	if strings.Contains(s, "（") {
		return strings.NewReplacer("（", "(", "）", ")").Replace(s)
	}
	if c.of(3000) {
		return s + " "
	}
	return s
}

// injectZero takes the zero from a code that begins with one.
func injectZero(s *sheet, _ *chance, i int) bool {
	cell := s.row.cell(i)
	if len(cell) < 2 || cell[0] != '0' {
		return false
	}
	s.row.set(i, append([]byte{}, cell[1:]...))
	return true
}

// injectAmount parts thousands by a comma.
func injectAmount(s *sheet, _ *chance, i int) bool {
	cell := string(s.row.cell(i))
	whole, part, _ := strings.Cut(cell, ".")
	if len(whole) < 4 || strings.Trim(whole, "0123456789") != "" {
		return false
	}
	text := ""
	for len(whole) > 3 {
		whole, text = whole[:len(whole)-3], ","+whole[len(whole)-3:]+text
	}
	if text = whole + text; part != "" {
		text += "." + part
	}
	s.row.set(i, []byte(text))
	return true
}

// injectRegion fills the code of a county up to nine or twelve digits.
func injectRegion(s *sheet, c *chance, i int) bool {
	cell := s.row.cell(i)
	if len(cell) < 6 || string(cell[6:]) != strings.Repeat("0", len(cell)-6) {
		return false
	}
	s.row.set(i, append(append([]byte{}, cell[:6]...), pick(c, []string{"001", "001002", "000000"})...))
	return true
}

// injectShift leaves a cell out, so that those behind it stand one to the left.
func injectShift(s *sheet, c *chance, _ int) bool {
	if s.feed.form.format != formatCSV || len(s.row.cells) < 3 {
		return false
	}
	at := c.between(1, len(s.row.cells)-1)
	s.row.cells = append(s.row.cells[:at], s.row.cells[at+1:]...)
	return true
}

// repeatHeader and addTotal make rows that are about nobody.
func repeatHeader(f *feed, r *row) {
	for _, column := range f.columns {
		r.str(column.name)
	}
}

func addTotal(f *feed, r *row) {
	r.str("合计")
	for range len(f.columns) - 1 {
		r.blank()
	}
}

// insert writes a labelled row before the one that was made.
func (s *sheet) insert(k *kind) {
	if s.feed.form.format != formatCSV {
		return
	}
	s.extra.reset()
	k.insert(s.feed, &s.extra)
	s.put(&s.extra, []label{{0, -1, k, ""}})
}
