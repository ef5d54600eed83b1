package normalize

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

var (
	reasonsResidentID = identReasons("resident_id", "公民身份号码", ident.Reasons()...)

	reasonResidentIDUpgraded = &schemas.ReasonInfo{
		Code: "resident_id.upgraded", Severity: schemas.Fix, Dimension: "0302",
		Title: "15 位身份号码已升为 18 位", Advice: "15 位身份号码已停用，请报送 18 位号码。",
	}
	reasonResidentIDFolded = &schemas.ReasonInfo{
		Code: "resident_id.folded", Severity: schemas.Fix, Dimension: "0302",
		Title: "身份号码书写不规范（全角、小写 x、空格等），已规范", Advice: "请用半角数字和大写 X，不夹空格。",
	}
)

func init() {
	Register(Spec{
		Name:  "resident_id",
		Title: "公民身份号码",
		Doc: "Reads a resident ID number of GB 11643 that is not the key, such as a spouse's or a representative's: 15 " +
			"digits are upgraded to 18, width, case and blanks folded. Residence permits (81, 82, 83) and permanent " +
			"residence cards (9) are read alike. A failing check digit is never repaired.",
		Examples: []Example{
			{In: "390101196504300012", Out: "390101196504300012"},
			{In: "390101650430001", Out: "390101196504300012", Reason: "resident_id.upgraded"},
			{In: "39010119880808002x", Out: "39010119880808002X", Reason: "resident_id.folded"},
			{In: "939840198505200014", Out: "939840198505200014"},
			{In: "390101196504300013", Out: "!", Reason: "resident_id.checksum"},
			{In: "3901011965043", Out: "!", Reason: "resident_id.length"},
			{In: "39010119650430001", Out: "!", Reason: "resident_id.truncated"},
			{In: "111111111111111111", Out: "!", Reason: "resident_id.filler"},
			{In: "3901**********0012", Out: "!", Reason: "resident_id.masked"},
			{In: "3.90101E+17", Out: "!", Reason: "resident_id.scientific"},
		},
		Reasons: list(reasonsResidentID, reasonResidentIDUpgraded, reasonResidentIDFolded),
		Compile: compileResidentID,
	})
}

func compileResidentID(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	if err := decode(args, &struct{}{}); err != nil {
		return nil, err
	}
	forms, err := env.forms()
	if err != nil {
		return nil, err
	}
	return func(c *Cell) {
		id, r := forms.ResidentID(c.Text)
		switch {
		case r != ident.OK:
			c.Fail(reasonsResidentID[r], "")
		case id.Upgraded:
			c.Note(reasonResidentIDUpgraded, "")
			c.Put(id.AppendTo(c.Buffer()))
		case id.Fixed:
			c.fix(id.AppendTo(c.Buffer()), reasonResidentIDFolded)
		}
	}, nil
}
