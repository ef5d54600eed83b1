package normalize

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

var (
	regNoStep = newIdentStep("reg_no", "工商注册号", ident.Reasons()...)

	reasonRegNoOld = &schemas.ReasonInfo{
		Code: "reg_no.old", Severity: schemas.Warning, Dimension: "0302",
		Title: "填的是旧注册号，没有校验码，无法核对", Advice: "请报送 15 位注册号或统一社会信用代码。",
	}
)

func init() {
	Register(Spec{
		Name:  "reg_no",
		Title: "工商注册号",
		Doc: "Reads a registration number of market entities: 15 digits of GS15-2006 with their check digit. Older " +
			"numbers (13 digits, cooperatives' NA…X, 企合…字第…号) have none; they are taken with a warning. The province must be " +
			"in the table region, or the nation (10).",
		Args: []Arg{
			{"forms", "regular expressions of the whole number, in place of those of the table"},
		},
		Examples: []Example{
			{In: "390100110000011", Out: "390100110000011"},
			{In: "３９０１００１１００００011", Out: "390100110000011", Reason: "reg_no.folded"},
			{In: "3901001000013", Out: "3901001000013", Reason: "reg_no.old"},
			{In: "企合示例总字第000139号", Out: "企合示例总字第000139号", Reason: "reg_no.old"},
			{In: "390100110000012", Out: "!", Reason: "reg_no.checksum"},
			{In: "100000110000015", Out: "100000110000015"},
			{In: "380100110000012", Out: "!", Reason: "reg_no.region"},
			{In: "3801001000013", Out: "!", Reason: "reg_no.region"},
			{In: "390100123456788", Out: "!", Reason: "reg_no.tax_number"},
			{In: "91390100MA39X0A12F", Out: "!", Reason: "reg_no.credit_code"},
			{In: "39010011000001", Out: "!", Reason: "reg_no.truncated"},
		},
		Reasons: regNoStep.all(reasonRegNoOld),
		Compile: compileRegNo,
	})
}

func compileRegNo(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		Forms []string `yaml:"forms"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	numbers, err := readNumbers(env, ident.KindOldRegNo, set.Forms)
	if err != nil {
		return nil, err
	}
	return func(c *Cell) {
		value, r := numbers.read(c.Buffer(), ident.KindRegNo, c.Text)
		if r != ident.OK && r != ident.Region {
			old, other := numbers.read(c.Buffer(), ident.KindOldRegNo, c.Text)
			if other == ident.OK {
				c.Note(reasonRegNoOld, "")
			}
			if other == ident.OK || other == ident.Region {
				value, r = old, other
			}
		}
		regNoStep.put(c, value, r)
	}, nil
}
