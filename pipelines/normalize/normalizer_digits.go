package normalize

import "jiku/schemas"

var (
	reasonDigitsMasked = &schemas.ReasonInfo{
		Code: "digits.masked", Severity: schemas.ItemError, Dimension: "0302",
		Title: "号码已被脱敏（含 *）", Advice: "请按共享目录报送未脱敏的号码。",
	}
	reasonDigitsForm = &schemas.ReasonInfo{
		Code: "digits.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "号码含有数字以外的字符", Advice: "请核对后只填数字。",
	}
)

func init() {
	Register(Spec{
		Name:  "digits",
		Title: "纯数字号码",
		Doc: "Takes a number that consists of digits, such as a postal code: full width becomes half width, blanks, " +
			"hyphens and the .0 of spreadsheets go. Leading zeros stay. Any other character makes the item void.",
		Examples: []Example{
			{In: "390100", Out: "390100"},
			{In: "０３９１ - 22", Out: "039122"},
			{In: "390100.0", Out: "390100"},
			{In: "39**00", Out: "!", Reason: "digits.masked"},
			{In: "39O100", Out: "!", Reason: "digits.form"},
		},
		Reasons: []*schemas.ReasonInfo{reasonDigitsMasked, reasonDigitsForm},
		Compile: plain(func(c *Cell) {
			c.Text = cutPointZero(c.Text)
			switch {
			case allDigits(c.Text):
			case masked(c.Text):
				c.Fail(reasonDigitsMasked, "")
			case !keepDigits(c):
				c.Fail(reasonDigitsForm, "")
			}
		}),
	})
}

// keepDigits writes the digits of c.Text in half width without blanks and hyphens. It
// reports whether there were any and nothing else.
func keepDigits(c *Cell) bool {
	out := c.Buffer()
	for in := c.Text; len(in) > 0; {
		if n := blankAt(in); n > 0 {
			in = in[n:]
			continue
		}
		b, size := narrow(in)
		switch {
		case isDigit(b):
			out = append(out, b)
		case b != '-':
			return false
		}
		in = in[size:]
	}
	c.Put(out)
	return len(out) > 0
}
