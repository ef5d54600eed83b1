package normalize

// textFolding keeps every character that can be seen and one blank where there were some.
var textFolding = newFolding("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
	func(r, _, _ rune) rune { return r },
	func(_, _ rune) bool { return false })

func init() {
	Register(Spec{
		Name:  "text",
		Title: "整理文本",
		Doc: "Makes one line of a text: line breaks, tabs and runs of blanks become one blank, control and " +
			"invisible characters go. Everything that can be seen stays.",
		Examples: []Example{
			{In: "批发业；零售业（限分支机构）", Out: "批发业；零售业（限分支机构）"},
			{In: "批发业；\r\n零售业", Out: "批发业； 零售业"},
			{In: "甲\u200b乙  丙", Out: "甲乙 丙"},
		},
		Compile: plain(func(c *Cell) { textFolding.apply(c) }),
	})
}
