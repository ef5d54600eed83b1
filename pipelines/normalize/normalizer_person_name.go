package normalize

import (
	"unicode"
	"unicode/utf8"

	"jiku/schemas"
)

var (
	reasonNameDot = &schemas.ReasonInfo{
		Code: "person_name.dot", Severity: schemas.Fix, Dimension: "0302",
		Title: "姓名间隔号不规范，已统一为“·”", Advice: "请使用间隔号“·”（U+00B7，GB 18030 编码 A1A4）。",
	}
	reasonNameBlank = &schemas.ReasonInfo{
		Code: "person_name.blank", Severity: schemas.Fix, Dimension: "0302",
		Title: "姓名中夹有空格，已去除", Advice: "请勿在姓名中用空格对齐。",
	}
	reasonNameInvisible = &schemas.ReasonInfo{
		Code: "person_name.invisible", Severity: schemas.Fix, Dimension: "0302",
		Title: "姓名中夹有不可见字符，已去除", Advice: "请从源头清理控制符和零宽字符。",
	}
)

var (
	reasonNameFormer = &schemas.ReasonInfo{
		Code: "person_name.former", Severity: schemas.Fix, Dimension: "0302",
		Title: "姓名后括注了曾用名，已分出", Advice: "请将曾用名填入曾用名一栏。",
	}
	reasonNameTitle = &schemas.ReasonInfo{
		Code: "person_name.title", Severity: schemas.Fix, Dimension: "0302",
		Title: "姓名后带有称谓，已去除", Advice: "姓名栏只填姓名。",
	}
	reasonNameOthers = &schemas.ReasonInfo{
		Code: "person_name.others", Severity: schemas.Warning, Dimension: "0302",
		Title: "姓名后写有“等”，不止一人", Advice: "请每人一行报送。",
	}
	reasonNameSeveral = &schemas.ReasonInfo{
		Code: "person_name.several", Severity: schemas.Warning, Dimension: "0302",
		Title: "一格填了几个人的姓名", Advice: "请每人一行报送。",
	}
)

// nameFolding folds names of persons. Width and variants of characters stay: a name is what
// its owner writes (standards.md §7.2).
var nameFolding = newFolding("-'", nameChar, func(prev, next rune) bool {
	return nameGlyph(prev) && nameGlyph(next)
})

func init() {
	Register(Spec{
		Name:  "person_name",
		Title: "姓名",
		Doc: "Writes the name of a person as the identity authority does: every kind of dot between its parts is U+00B7 " +
			"(GB 18030 A1A4), blanks between Chinese characters and invisible characters go, blanks between Latin words " +
			"become one. A former name in brackets, a title and the 等 after a name are no part of it; several names in one " +
			"cell stay together. Characters themselves are never replaced: what is lost, private or spelled in parts is for " +
			"the rule name.characters.",
		Examples: []Example{
			{In: "张三", Out: "张三"},
			{In: "张　三", Out: "张三", Reason: "person_name.blank"},
			{In: "阿依古丽•买买提", Out: "阿依古丽·买买提", Reason: "person_name.dot"},
			{In: "阿依古丽・买买提", Out: "阿依古丽·买买提", Reason: "person_name.dot"},
			{In: "阿依古丽.买买提", Out: "阿依古丽·买买提", Reason: "person_name.dot"},
			{In: "阿依古丽·买买提", Out: "阿依古丽·买买提"},
			{In: "张\u200b三", Out: "张三", Reason: "person_name.invisible"},
			{In: "张三（曾用名：李四）", Out: "张三", Reason: "person_name.former"},
			{In: "王小明先生", Out: "王小明", Reason: "person_name.title"},
			{In: "王先生", Out: "王先生"},
			{In: "王小明等3人", Out: "王小明", Reason: "person_name.others"},
			{In: "张三，李四", Out: "张三、李四", Reason: "person_name.several"},
			{In: "阿依古丽、买买提", Out: "阿依古丽·买买提", Reason: "person_name.dot"},
			{In: "Anna  M. Lee", Out: "Anna M. Lee"},
			{In: "𫖯〇䶮", Out: "𫖯〇䶮"},
		},
		Reasons: []*schemas.ReasonInfo{reasonNameDot, reasonNameBlank, reasonNameInvisible, reasonNameFormer, reasonNameTitle,
			reasonNameOthers, reasonNameSeveral},
		Compile: plain(personName),
	})
}

func personName(c *Cell) {
	if !nameFolding.clean(c.Text) {
		if untidyName(c) {
			return
		}
		foldName(c)
	}
	rest, title, others := personTail(c.Text)
	c.Text = rest
	if title {
		c.Note(reasonNameTitle, "")
	}
	if others {
		c.Note(reasonNameOthers, "")
	}
	if (title || others) && severalPersons(c.Text) { // The title made a part too long for a name.
		joinPersons(c)
	}
}

// untidyName parts a name from what stands beside it. It reports that the cell is done.
func untidyName(c *Cell) bool {
	for found := false; ; found = true {
		brackets, _ := formerName(c.Text)
		if brackets == nil || len(brackets) == len(c.Text) {
			break
		}
		if !found {
			c.Note(reasonNameFormer, "")
		}
		c.Text = trimBlanks(c.Text[:len(c.Text)-len(brackets)])
	}
	if !severalPersons(c.Text) {
		return false
	}
	joinPersons(c)
	return true
}

// joinPersons writes the names of several persons with one sign between them.
func joinPersons(c *Cell) {
	c.Note(reasonNameSeveral, "")
	out := c.Buffer()
	for rest := c.Text; len(rest) > 0; {
		end, size := nextPart(rest)
		for at, part := len(out), rest[:end]; len(part) > 0; {
			r, n := utf8.DecodeRune(part)
			if !blank(r) && !invisible(r) && !unicode.IsSpace(r) {
				if at > 0 && at == len(out) {
					out = append(out, "、"...)
				}
				out = append(out, part[:n]...)
			}
			part = part[n:]
		}
		rest = rest[end+size:]
	}
	c.Put(out)
	if cut, _, others := personTail(out); others && severalPersons(cut) {
		c.Note(reasonNameOthers, "")
		c.Text = cut
	}
}

// foldName folds dots and blanks.
func foldName(c *Cell) {
	did := nameFolding.apply(c)
	if did.char {
		c.Note(reasonNameDot, "")
	}
	if did.blank {
		c.Note(reasonNameBlank, "")
	}
	if did.invisible {
		c.Note(reasonNameInvisible, "")
	}
}

// nameChar folds dots. Those that are also stops or commas of a sentence count between two
// Chinese characters only. A dot next to a dot goes.
func nameChar(r, prev, next rune) rune {
	switch r {
	case 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65, 0x0387:
		r = dot
	case '.', 0xFF0E, '、':
		if !han(prev) && prev != dot || !han(next) {
			return r
		}
		r = dot
	}
	if r == dot && prev == dot {
		return -1
	}
	return r
}

// nameGlyph reports characters between which a blank means nothing.
func nameGlyph(r rune) bool {
	switch r {
	case dot, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65, 0x0387:
		return true
	}
	return han(r)
}
