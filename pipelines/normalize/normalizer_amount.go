package normalize

import (
	"cmp"

	"jiku/schemas"
)

var (
	reasonAmountForm = &schemas.ReasonInfo{
		Code: "amount.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "金额无法识别", Advice: "请只填一个金额，如“1234.50”或“50万元”。",
	}
	reasonAmountUnit = &schemas.ReasonInfo{
		Code: "amount.unit", Severity: schemas.ItemError, Dimension: "0302",
		Title: "金额的单位或币种无法识别", Advice: "请按约定的单位填写金额。",
	}
	reasonAmountRange = &schemas.ReasonInfo{
		Code: "amount.range", Severity: schemas.ItemError, Dimension: "0302",
		Title: "金额过大", Advice: "请核对金额和单位，常见原因是把元当作万元。",
	}
	reasonAmountCurrency = &schemas.ReasonInfo{
		Code: "amount.currency", Severity: schemas.ItemError, Dimension: "0302",
		Title: "金额的币种不是约定的币种", Advice: "请按约定的币种填写金额，不要自行折算。",
	}
	reasonAmountNegative = &schemas.ReasonInfo{
		Code: "amount.negative", Severity: schemas.Warning, Dimension: "0301",
		Title: "金额为负数", Advice: "请核对正负号；冲销的，请与数据主管部门约定。",
	}
	reasonAmountAbout = &schemas.ReasonInfo{
		Code: "amount.about", Severity: schemas.Warning, Dimension: "0301",
		Title: "金额为约数", Advice: "请报送确切的金额。",
	}
)

func init() {
	Register(Spec{
		Name:  "amount",
		Title: "金额",
		Doc: "Reads an amount of money, with the unit and the currency where the cell names them, and gives it in 万元, in four " +
			"decimals. unit says what a bare number is in, since half of the feeds write 元 and half 万元. An amount in another " +
			"currency is refused, never converted.",
		Gives: schemas.TypeDecimal,
		Args: []Arg{argBareUnit, argComma,
			{"currency", `the currency's code of GB/T 12406 that amounts are in: "840"; 156 (人民币) if left out`},
			{"negative", "true says that amounts below zero are usual, such as profits"}},
		Examples: []Example{
			{In: "1,234.50", Out: "1234.5"},
			{In: "505000", Out: "50.5", Args: schemas.Settings{"unit": "yuan"}},
			{In: "100元", Out: "0.01"},
			{In: "50万元", Out: "50", Args: schemas.Settings{"unit": "yuan"}},
			{In: "12千元", Out: "1.2"},
			{In: "1.5亿元", Out: "15000"},
			{In: "￥300.00", Out: "0.03", Args: schemas.Settings{"unit": "yuan"}},
			{In: "RMB 20万", Out: "20"},
			{In: "2万美元", Out: "2", Args: schemas.Settings{"currency": "840"}},
			{In: "2万美元", Out: "!", Reason: "amount.currency"},
			{In: "-3.5", Out: "-3.5", Reason: "amount.negative"},
			{In: "-3.5", Out: "-3.5", Args: schemas.Settings{"negative": true}},
			{In: "约500万", Out: "500", Reason: "amount.about"},
			{In: "3元", Out: "0.0003"},
			{In: "0.001元", Out: "0", Reason: "decimal.rounded"},
			{In: "5,000000", Out: "!", Reason: "amount.form"},
			{In: "5,000000", Out: "5", Reason: "decimal.comma", Args: schemas.Settings{"comma": "decimal"}},
			{In: "1亿2000万元", Out: "!", Reason: "amount.unit"},
			{In: "50吨", Out: "!", Reason: "amount.unit"},
			{In: "9000000000000亿元", Out: "!", Reason: "amount.range"},
			{In: "见决定书", Out: "!", Reason: "amount.form"},
		},
		Reasons: []*schemas.ReasonInfo{reasonAmountForm, reasonAmountUnit, reasonAmountRange, reasonAmountCurrency, reasonAmountNegative,
			reasonAmountAbout, reasonDecimalRounded, reasonDecimalComma},
		Compile: compileAmount,
	})
}

func compileAmount(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		Unit     string `yaml:"unit"`
		Comma    string `yaml:"comma"`
		Currency string `yaml:"currency"`
		Negative bool   `yaml:"negative"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	p, err := newCapitalReader(cmp.Or(set.Unit, "wan"), set.Comma, env)
	if err != nil {
		return nil, err
	}
	currency := cmp.Or(set.Currency, renminbi)
	if p.currencies != nil {
		if _, ok := p.currencies.Label(currency); !ok {
			return nil, badArg("currency", `write the numeric code in quotes: "840"`, "read currency %q: it is no code of table currency", currency)
		}
	}
	return func(c *Cell) {
		a, defect := p.read(c.Text)
		if reason := amountReasons[defect]; reason != nil {
			c.Fail(reason, "")
			return
		}
		if a.currency != "" && a.currency != currency {
			c.Fail(reasonAmountCurrency, "")
			return
		}
		v, exact, ok := a.number.scaled(a.places + decimals - wanPlaces)
		if !ok {
			c.Fail(reasonAmountRange, "")
			return
		}
		if a.about {
			c.Note(reasonAmountAbout, "")
		}
		if v < 0 && !set.Negative {
			c.Note(reasonAmountNegative, "")
		}
		c.amount(a.number, v, exact)
	}, nil
}

var amountReasons = map[capitalDefect]*schemas.ReasonInfo{
	capitalForm: reasonAmountForm, capitalUnit: reasonAmountUnit, capitalRange: reasonAmountRange,
}
