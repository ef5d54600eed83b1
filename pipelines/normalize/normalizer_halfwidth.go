package normalize

import "unicode/utf8"

func init() {
	Register(Spec{
		Name:  "halfwidth",
		Title: "全角转半角",
		Doc:   "Writes full-width letters, digits and signs (U+FF01 to U+FF5E, U+3000) in half width. Other characters stay.",
		Examples: []Example{
			{In: "ＡＢ－１２（３）", Out: "AB-12(3)"},
			{In: "甲　乙", Out: "甲 乙"},
			{In: "plain", Out: "plain"},
		},
		Compile: plain(halfwidth),
	})
}

func halfwidth(c *Cell) {
	if !hasWide(c.Text) {
		return
	}
	out := c.Buffer()
	for in := c.Text; len(in) > 0; {
		r, size := utf8.DecodeRune(in)
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			out = append(out, byte(r-0xFEE0))
		case r == 0x3000:
			out = append(out, ' ')
		default:
			out = append(out, in[:size]...)
		}
		in = in[size:]
	}
	c.Put(out)
}

// hasWide reports bytes with which characters of full width begin: U+3000 and U+FF00 on.
func hasWide(b []byte) bool {
	for _, c := range b {
		if c == 0xEF || c == 0xE3 {
			return true
		}
	}
	return false
}
