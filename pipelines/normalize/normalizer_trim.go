package normalize

func init() {
	Register(Spec{
		Name:  "trim",
		Title: "去除首尾空白",
		Doc: "Drops blanks and invisible characters at the edges. Every cell is trimmed before its first step; " +
			"name trim to say that nothing else is done to a text.",
		Examples: []Example{
			{In: "示例路1号", Out: "示例路1号"},
			{In: " \u3000示例路 1号\u00a0", Out: "示例路 1号"},
			{In: "\ufeff甲\u200b", Out: "甲"},
			{In: " \t", Out: "?"},
		},
		Compile: plain(func(c *Cell) { c.Text = trimBlanks(c.Text) }),
	})
}
