package normalize

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

func init() {
	Register(Spec{
		Name:  "holder_type",
		Title: "持证主体代码类型",
		Doc: "Reads the same cell as id_document and gives the code of GB/T 36903 for the kind of number in it: 001 for a " +
			"unified social credit code, 111 for a citizen, 551 and 552 for the residence permits of Hong Kong and Macau and of " +
			"Taiwan, 553 for a foreigner's permanent residence. Any other number says nothing of its kind: unknown.",
		Gives:    schemas.TypeCode,
		Extracts: true,
		Examples: []Example{
			{In: "390101196504300012", Out: "111"},
			{In: "390101650430001", Out: "111"},
			{In: "91390100MA39X0A12F", Out: "001"},
			{In: "810000199408230021", Out: "551"},
			{In: "830000199201300022", Out: "552"},
			{In: "939840198505200014", Out: "553"},
			{In: "390101196504300013", Out: "?"},
			{In: "H39010128", Out: "?"},
		},
		Compile: compileHolderType,
	})
}

func compileHolderType(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	if err := decode(args, &struct{}{}); err != nil {
		return nil, err
	}
	numbers, err := readNumbers(env, ident.KindNone, nil)
	if err != nil {
		return nil, err
	}
	return func(c *Cell) {
		if number, r := numbers.read(c.Buffer(), ident.KindResidentID, c.Text); r == ident.OK {
			c.PutString(ident.ResidentIDOf((*[18]byte)(number)).Holder())
			return
		}
		if _, r := numbers.read(c.Buffer(), ident.KindUSCC, c.Text); r == ident.OK {
			c.PutString(ident.KindUSCC.Holder())
			return
		}
		c.State = schemas.Unknown
	}, nil
}
