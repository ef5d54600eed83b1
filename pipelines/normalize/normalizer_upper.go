package normalize

func init() {
	Register(Spec{
		Name:  "upper",
		Title: "字母转大写",
		Doc:   "Writes the letters a to z as capitals. Full-width letters stay: put halfwidth before it.",
		Examples: []Example{
			{In: "ab1c", Out: "AB1C"},
			{In: "AB", Out: "AB"},
			{In: "甲x", Out: "甲X"},
		},
		Compile: plain(upper),
	})
}

func upper(c *Cell) {
	lower := false
	for _, b := range c.Text {
		lower = lower || 'a' <= b && b <= 'z'
	}
	if !lower {
		return
	}
	out := append(c.Buffer(), c.Text...)
	for i, b := range out {
		if 'a' <= b && b <= 'z' {
			out[i] = b - 'a' + 'A'
		}
	}
	c.Put(out)
}
