package normalize

import (
	"cmp"

	"jiku/schemas"
)

var (
	reasonDecimalForm = &schemas.ReasonInfo{
		Code: "decimal.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "不是数值", Advice: "请只填数值，不带单位和文字，不用科学计数法。",
	}
	reasonDecimalRange = &schemas.ReasonInfo{
		Code: "decimal.range", Severity: schemas.ItemError, Dimension: "0302",
		Title: "数值过大", Advice: "请核对数值和单位。",
	}
	reasonDecimalRounded = &schemas.ReasonInfo{
		Code: "decimal.rounded", Severity: schemas.Fix, Dimension: "0302",
		Title: "小数超过四位，已四舍五入", Advice: "请按约定的小数位数报送。",
	}
	reasonDecimalComma = &schemas.ReasonInfo{
		Code: "decimal.comma", Severity: schemas.Fix, Dimension: "0302",
		Title: "小数点写成了逗号，已按小数点识读", Advice: "请用“.”作小数点。",
	}
)

func init() {
	Register(Spec{
		Name:  "decimal",
		Title: "数值",
		Doc: "Reads a decimal number and keeps four decimals: a sign, full-width digits and commas between groups of " +
			"three digits are accepted. An amount of money that may name its unit is for the step amount.",
		Gives: schemas.TypeDecimal,
		Args: []Arg{{"unit", "for amounts of money, the unit that is delivered: fen (分), yuan, qian (千元), wan (万元) or yi (亿元)"},
			{"item", "the unit that the item is in, of the same list; wan if left out"}, argComma},
		Examples: []Example{
			{In: "50.5", Out: "50.5"},
			{In: "-0.25", Out: "-0.25"},
			{In: "1,234.50", Out: "1234.5"},
			{In: "9,7460000", Out: "9.746", Reason: "decimal.comma"},
			{In: "5,000000", Out: "!", Reason: "decimal.form"},
			{In: "5,000000", Out: "5", Reason: "decimal.comma", Args: schemas.Settings{"comma": "decimal"}},
			{In: "505000", Out: "50.5", Args: schemas.Settings{"unit": "yuan"}},
			{In: "50.5", Out: "50.5", Args: schemas.Settings{"unit": "wan"}},
			{In: "0000321547", Out: "3215.47", Args: schemas.Settings{"unit": "fen", "item": "yuan"}},
			{In: "321547", Out: "0.3215", Reason: "decimal.rounded", Args: schemas.Settings{"unit": "fen"}},
			{In: "1.23456", Out: "1.2346", Reason: "decimal.rounded"},
			{In: "12,5", Out: "!", Reason: "decimal.form"},
			{In: "5E+06", Out: "!", Reason: "decimal.form"},
			{In: "约50", Out: "!", Reason: "decimal.form"},
			{In: "9999999999999999", Out: "!", Reason: "decimal.range"},
		},
		Reasons: []*schemas.ReasonInfo{reasonDecimalForm, reasonDecimalRange, reasonDecimalRounded, reasonDecimalComma},
		Compile: compileDecimal,
	})
}

// decimals is how many of them DecimalScale keeps.
const decimals = 4

func compileDecimal(args schemas.Settings, _ *schemas.Item, _ Env) (Func, error) {
	var set struct {
		Unit  string `yaml:"unit"`
		Item  string `yaml:"item"`
		Comma string `yaml:"comma"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	unit := cmp.Or(set.Unit, set.Item, "wan") // Without a unit, a number stays as it is.
	places, err := unitPlaces("unit", unit)
	if err != nil {
		return nil, err
	}
	item, err := unitPlaces("item", cmp.Or(set.Item, "wan"))
	if err != nil {
		return nil, err
	}
	point, err := commaPoint(set.Comma)
	if err != nil {
		return nil, err
	}
	exponent := decimals + places - item
	return func(c *Cell) {
		n, rest, defect := readNumberOf(c.Text, groups{declared: point})
		if defect == numberOK && len(rest) > 0 {
			defect = "unit"
		}
		if defect != numberOK && defect != numberRange {
			c.Fail(reasonDecimalForm, string(defect))
			return
		}
		v, exact, ok := n.scaled(exponent)
		if !ok || defect == numberRange {
			c.Fail(reasonDecimalRange, "")
			return
		}
		c.amount(n, v, exact)
	}, nil
}

// amount sets the value that was read from a number.
func (c *Cell) amount(n number, v int64, exact bool) {
	if n.comma {
		c.Note(reasonDecimalComma, "")
	}
	if !exact {
		c.Note(reasonDecimalRounded, "")
	}
	c.Int = v
}
