package normalize

import (
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
			"four decimals. An amount without a unit is in 万元; unit: yuan says that it is in 元. N/A, - and the like " +
			"mean unknown. The currency is for capital_currency.",
		Gives: schemas.TypeDecimal,
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
		Unit string `yaml:"unit"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	p := &capitalReader{bare: wanPlaces}
	switch set.Unit {
	case "", "wan":
	case "yuan":
		p.bare = 0
	default:
		return nil, badArg("unit", "write yuan or wan", "read unit %q: want yuan or wan", set.Unit)
	}
	if err := p.load(env); err != nil {
		return nil, err
	}
	return func(c *Cell) {
		a, ok := p.cell(c)
		if !ok {
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

// load finds the currencies, when tables can be found at all.
func (p *capitalReader) load(env Env) error {
	if env.Table == nil {
		return nil
	}
	var err error
	p.currencies, err = env.Table("currency")
	return err
}

// cell reads c.Text, or fails it or says that it is unknown.
func (p *capitalReader) cell(c *Cell) (capital, bool) {
	switch string(c.Text) {
	case "N/A", "n/a", "NULL", "null", "-", "--", "—", "——", "/":
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
