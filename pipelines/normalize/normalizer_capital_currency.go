package normalize

import (
	"cmp"

	"jiku/schemas"
)

func init() {
	Register(Spec{
		Name:  "capital_currency",
		Title: "注册资金币种",
		Doc: "Reads the same cell as capital and gives the currency's numeric code of GB/T 12406 (ISO 4217); an amount " +
			"without a currency is in 人民币, 156.",
		Gives:    schemas.TypeCode,
		Extracts: true,
		Args:     []Arg{argComma},
		Examples: []Example{
			{In: "5000(万元人民币)", Out: "156"},
			{In: "50()", Out: "156"},
			{In: "50万美元", Out: "840"},
			{In: "100(万元(港币))", Out: "344"},
			{In: "30(万香港元)", Out: "344"},
			{In: "20(万欧元)", Out: "978"},
			{In: "5(万元德国马克)", Out: "276"},
			{In: "N/A", Out: "?"},
			{In: "50(吨)", Out: "!", Reason: "capital.unit"},
		},
		Reasons: []*schemas.ReasonInfo{reasonCapitalForm, reasonCapitalUnit, reasonCapitalRange},
		Compile: func(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
			var set struct {
				Comma string `yaml:"comma"`
			}
			if err := decode(args, &set); err != nil {
				return nil, err
			}
			p, err := newCapitalReader("wan", set.Comma, env)
			if err != nil {
				return nil, err
			}
			return func(c *Cell) {
				if a, ok := p.cell(c); ok {
					c.PutString(cmp.Or(a.currency, renminbi))
				}
			}, nil
		},
	})
}
