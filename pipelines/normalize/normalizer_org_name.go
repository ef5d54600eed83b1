package normalize

import "jiku/schemas"

var reasonOrgNameInvisible = &schemas.ReasonInfo{
	Code: "org_name.invisible", Severity: schemas.Fix, Dimension: "0302",
	Title: "名称中夹有不可见字符，已去除", Advice: "请从源头清理控制符和零宽字符。",
}

// orgFolding writes letters and digits in half width and one kind of brackets.
var orgFolding = newFolding("-&.,'", orgChar, func(prev, next rune) bool {
	return wide(prev) || wide(next)
})

// latinFolding is for names without a Chinese character: their brackets are half width.
var latinFolding = newFolding("-&.,'()", latinChar, func(_, _ rune) bool { return false })

func init() {
	Register(Spec{
		Name:  "org_name",
		Title: "机构名称",
		Doc: "Writes the name of an organization as its certificate does: brackets of full width （） in a Chinese name " +
			"and of half width in another, letters and digits of half width, no blanks beside Chinese characters, no " +
			"invisible characters. Which width a department used is no finding: names that differ in it are equal.",
		Examples: []Example{
			{In: "示例(集团)有限公司", Out: "示例（集团）有限公司"},
			{In: "示例（集团）有限公司", Out: "示例（集团）有限公司"},
			{In: "示例Ａ１ 有限公司", Out: "示例A1有限公司"},
			{In: "Example  (China) Co., Ltd.", Out: "Example (China) Co., Ltd."},
			{In: "示例\u200b有限公司", Out: "示例有限公司", Reason: "org_name.invisible"},
		},
		Reasons: []*schemas.ReasonInfo{reasonOrgNameInvisible},
		Compile: plain(func(c *Cell) {
			f := latinFolding
			if hasHan(c.Text) {
				f = orgFolding
			}
			if f.apply(c).invisible {
				c.Note(reasonOrgNameInvisible, "")
			}
		}),
	})
}

func orgChar(r, _, _ rune) rune {
	switch r {
	case '(':
		return '（'
	case ')':
		return '）'
	}
	return halfLetter(r)
}

func latinChar(r, _, _ rune) rune {
	switch r {
	case '（':
		return '('
	case '）':
		return ')'
	}
	return halfLetter(r)
}
