package normalize

import "jiku/schemas"

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
			"become one. Characters themselves are never replaced.",
		Examples: []Example{
			{In: "张三", Out: "张三"},
			{In: "张　三", Out: "张三", Reason: "person_name.blank"},
			{In: "阿依古丽•买买提", Out: "阿依古丽·买买提", Reason: "person_name.dot"},
			{In: "阿依古丽・买买提", Out: "阿依古丽·买买提", Reason: "person_name.dot"},
			{In: "阿依古丽.买买提", Out: "阿依古丽·买买提", Reason: "person_name.dot"},
			{In: "阿依古丽·买买提", Out: "阿依古丽·买买提"},
			{In: "张\u200b三", Out: "张三", Reason: "person_name.invisible"},
			{In: "Anna  M. Lee", Out: "Anna M. Lee"},
			{In: "𫖯〇䶮", Out: "𫖯〇䶮"},
		},
		Reasons: []*schemas.ReasonInfo{reasonNameDot, reasonNameBlank, reasonNameInvisible},
		Compile: plain(func(c *Cell) {
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
		}),
	})
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
