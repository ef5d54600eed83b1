package normalize

import (
	"cmp"

	"jiku/schemas"
)

var (
	reasonCapitalForm = &schemas.ReasonInfo{
		Code: "capital.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "注册资金中没有可用的金额", Advice: "请填写金额和币种，如“5000(万元人民币)”。",
	}
	reasonCapitalUnit = &schemas.ReasonInfo{
		Code: "capital.unit", Severity: schemas.ItemError, Dimension: "0302",
		Title: "注册资金的单位或币种无法识别", Advice: "请按 GB/T 12406 填写币种，单位用万元。",
	}
	reasonCapitalRange = &schemas.ReasonInfo{
		Code: "capital.range", Severity: schemas.ItemError, Dimension: "0302",
		Title: "注册资金过大", Advice: "请核对金额和单位，常见原因是把元当作万元。",
	}
	reasonCapitalAbout = &schemas.ReasonInfo{
		Code: "capital.about", Severity: schemas.Warning, Dimension: "0301",
		Title: "注册资金为约数", Advice: "请报送登记的金额。",
	}
)

func init() {
	Register(Spec{
		Name:  "capital",
		Title: "注册资金",
		Doc: "Reads the amount of registered capital with its unit and currency and gives it in 万元 of that currency, in " +
			"four decimals. An amount without a unit is in 万元, as GB/T 36104 has it. N/A, - and the like " +
			"mean unknown. The currency is for capital_currency.",
		Gives: schemas.TypeDecimal,
		Args:  []Arg{argBareUnit, argComma},
		Examples: []Example{
			{In: "5000(万元人民币)", Out: "5000"},
			{In: "50万人民币", Out: "50"},
			{In: "50（万元）", Out: "50"},
			{In: "50()", Out: "50"},
			{In: "897.9000(万人民币元)", Out: "897.9"},
			{In: "1,234.5(万美元)", Out: "1234.5"},
			{In: "3,320,000(人民币元)", Out: "332"},
			{In: "3,2310000(万元人民币)", Out: "3.231", Reason: "decimal.comma"},
			{In: "33000元", Out: "3.3"},
			{In: "人民币50万元", Out: "50"},
			{In: "1.2亿元", Out: "12000"},
			{In: "12((万美元))", Out: "12"},
			{In: "500000", Out: "50", Args: schemas.Settings{"unit": "yuan"}},
			{In: "约500万", Out: "500", Reason: "capital.about"},
			{In: "5,000000(万元)", Out: "!", Reason: "capital.form"},
			{In: "5,000000(万元)", Out: "5", Reason: "decimal.comma", Args: schemas.Settings{"comma": "decimal"}},
			{In: "500千元", Out: "50"},
			{In: "3百万元", Out: "300"},
			{In: "2千万人民币", Out: "2000"},
			{In: "10(人民币万元)", Out: "10"},
			{In: "￥500000元整", Out: "50"},
			{In: "N/A", Out: "?"},
			{In: "-", Out: "?"},
			{In: "万人民币", Out: "!", Reason: "capital.form"},
			{In: "50(吨)", Out: "!", Reason: "capital.unit"},
			{In: "9000000000000(亿元)", Out: "!", Reason: "capital.range"},
		},
		Reasons: []*schemas.ReasonInfo{reasonCapitalForm, reasonCapitalUnit, reasonCapitalRange, reasonCapitalAbout,
			reasonDecimalRounded, reasonDecimalComma},
		Compile: compileCapital,
	})
}

func compileCapital(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		Unit  string `yaml:"unit"`
		Comma string `yaml:"comma"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	p, err := newCapitalReader(cmp.Or(set.Unit, "wan"), set.Comma, env)
	if err != nil {
		return nil, err
	}
	return func(c *Cell) {
		a, ok := p.cell(c)
		if !ok {
			return
		}
		if a.number.digits < 0 {
			c.Fail(reasonCapitalForm, "negative")
			return
		}
		v, exact, ok := a.number.scaled(a.places + decimals - wanPlaces)
		if !ok {
			c.Fail(reasonCapitalRange, "")
			return
		}
		if a.about {
			c.Note(reasonCapitalAbout, "")
		}
		c.amount(a.number, v, exact)
	}, nil
}

// argBareUnit and argComma are arguments that readers of amounts share.
var (
	argBareUnit = Arg{"unit", "the unit of an amount that names none: fen (分), yuan, qian (千元), wan (万元) or yi (亿元); wan if left out"}
	argComma    = Arg{"comma", "decimal says that a comma is the decimal point: 5,000000 is 5; left out, a comma that may be either is refused"}
)

// newCapitalReader compiles the arguments that readers of amounts share.
func newCapitalReader(unit, comma string, env Env) (*capitalReader, error) {
	p := &capitalReader{}
	var err error
	if p.bare, err = unitPlaces("unit", unit); err != nil {
		return nil, err
	}
	if p.commaPoint, err = commaPoint(comma); err != nil {
		return nil, err
	}
	if env.Table != nil {
		if p.currencies, err = env.Table("currency"); err != nil {
			return nil, err
		}
	}
	p.learn()
	return p, nil
}

// unitPlaces is a declared unit as a power of ten yuan.
func unitPlaces(arg, unit string) (int, error) {
	switch unit {
	case "fen":
		return -2, nil
	case "yuan":
		return 0, nil
	case "qian":
		return 3, nil
	case "wan":
		return wanPlaces, nil
	case "yi":
		return yiPlaces, nil
	}
	return 0, badArg(arg, "write fen, yuan, qian, wan or yi", "read %s %q: there is none of this name", arg, unit)
}

func commaPoint(comma string) (bool, error) {
	if comma != "" && comma != "decimal" {
		return false, badArg("comma", "write decimal or leave it out", "read comma %q: want decimal", comma)
	}
	return comma == "decimal", nil
}

// cell reads c.Text, or fails it or says that it is unknown.
func (p *capitalReader) cell(c *Cell) (capital, bool) {
	switch string(c.Text) {
	case "N/A", "n/a", "NULL", "null", `\N`, "-", "--", "—", "——", "/":
		c.State = schemas.Unknown
		return capital{}, false
	}
	a, defect := p.read(c.Text)
	switch defect {
	case capitalForm:
		c.Fail(reasonCapitalForm, "")
	case capitalUnit:
		c.Fail(reasonCapitalUnit, "")
	case capitalRange:
		c.Fail(reasonCapitalRange, "")
	}
	return a, defect == capitalOK
}
