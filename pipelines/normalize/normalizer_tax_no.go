package normalize

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

var taxNoStep = newIdentStep("tax_no", "纳税人识别号", ident.Reasons()...)

func init() {
	Register(Spec{
		Name:  "tax_no",
		Title: "纳税人识别号",
		Doc: "Reads the identification number of a taxpayer in all its forms: the credit code (since 2015), 15 characters of " +
			"region and organization code (before), 20 of a person, and temporary numbers with L. The check digits " +
			"inside must hold, and the province of a number of 15 must be in the table region.",
		Examples: []Example{
			{In: "91390100MA39X0A12F", Out: "91390100MA39X0A12F"},
			{In: "390100123456788", Out: "390100123456788"},
			{In: "39010012345678-8", Out: "390100123456788", Reason: "tax_no.folded"},
			{In: "39010119650430001201", Out: "39010119650430001201"},
			{In: "39010165043000100000", Out: "39010165043000100000"},
			{In: "L91390100MA39X0A12F", Out: "L91390100MA39X0A12F"},
			{In: "91390100MA39X0A12E", Out: "!", Reason: "tax_no.checksum"},
			{In: "390101196504300012", Out: "!", Reason: "tax_no.resident_number"},
			{In: "390100110000011", Out: "!", Reason: "tax_no.registration_number"},
		},
		Reasons: taxNoStep.all(),
		Compile: func(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
			if err := decode(args, &struct{}{}); err != nil {
				return nil, err
			}
			numbers, err := readNumbers(env, ident.KindNone, nil)
			if err != nil {
				return nil, err
			}
			return func(c *Cell) {
				value, r := numbers.read(c.Buffer(), ident.KindTaxNo, c.Text)
				taxNoStep.put(c, value, r)
			}, nil
		},
	})
}
