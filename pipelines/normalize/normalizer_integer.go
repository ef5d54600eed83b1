package normalize

import "jiku/schemas"

var (
	reasonIntegerForm = &schemas.ReasonInfo{
		Code: "integer.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "不是整数", Advice: "请只填整数，不带单位和文字。",
	}
	reasonIntegerRange = &schemas.ReasonInfo{
		Code: "integer.range", Severity: schemas.ItemError, Dimension: "0302",
		Title: "整数过大", Advice: "请核对数值是否多录了位数。",
	}
)

func init() {
	Register(Spec{
		Name:  "integer",
		Title: "整数",
		Doc: "Reads a whole number: a sign, full-width digits, commas between groups of three digits and decimals " +
			"that are zero are accepted.",
		Gives: schemas.TypeInteger,
		Examples: []Example{
			{In: "12", Out: "12"},
			{In: "-3", Out: "-3"},
			{In: "1,234", Out: "1234"},
			{In: "１２", Out: "12"},
			{In: "12.00", Out: "12"},
			{In: "12.5", Out: "!", Reason: "integer.form"},
			{In: "12人", Out: "!", Reason: "integer.form"},
			{In: "12,5", Out: "!", Reason: "integer.form"},
			{In: "1.2E+3", Out: "!", Reason: "integer.form"},
			{In: "99999999999999999999", Out: "!", Reason: "integer.range"},
		},
		Reasons: []*schemas.ReasonInfo{reasonIntegerForm, reasonIntegerRange},
		Compile: plain(func(c *Cell) {
			n, rest, defect := readNumber(c.Text)
			v, exact, ok := n.scaled(0)
			switch {
			case defect == numberRange, defect == numberOK && !ok:
				c.Fail(reasonIntegerRange, "")
			case defect != numberOK:
				c.Fail(reasonIntegerForm, string(defect))
			case len(rest) > 0:
				c.Fail(reasonIntegerForm, "unit")
			case n.comma:
				c.Fail(reasonIntegerForm, string(numberGroups))
			case !exact:
				c.Fail(reasonIntegerForm, "decimals")
			default:
				c.Int = v
			}
		}),
	})
}
