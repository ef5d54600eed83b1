package normalize

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

var (
	reasonsOrgCode = identReasons("org_code", "组织机构代码", ident.Reasons()...)

	reasonOrgCodeRestored = &schemas.ReasonInfo{
		Code: "org_code.restored", Severity: schemas.Warning, Dimension: "0302",
		Title: "组织机构代码丢失的前导零已补上，校验相符", Advice: "请按文本格式报送代码，不要作数字导出。",
	}
)

func init() {
	Register(Spec{
		Name:  "org_code",
		Title: "组织机构代码",
		Doc: "Reads an organization code of GB 11714, with or without the hyphen before its check digit, and gives nine " +
			"characters. Width, case and blanks are folded; codes of the zones PDY (user-defined) and W39 (made up) are refused. " +
			"With restore: true, a leading zero that a spreadsheet took is put back, if the check digit holds then.",
		Args: []Arg{
			{"restore", "true puts back a leading zero that a spreadsheet took, if the check digit holds then"},
		},
		Examples: []Example{
			{In: "MA39X0A12", Out: "MA39X0A12"},
			{In: "12345678-8", Out: "123456788"},
			{In: "ma39x0a12", Out: "MA39X0A12"},
			{In: "W39000000", Out: "!", Reason: "org_code.reserved"},
			{In: "123456789", Out: "!", Reason: "org_code.filler"},
			{In: "MA39X0A13", Out: "!", Reason: "org_code.checksum"},
			{In: "MA39X0A1", Out: "!", Reason: "org_code.truncated"},
			{In: "13338000", Out: "!", Reason: "org_code.leading_zero"},
			{In: "13338000", Out: "013338000", Reason: "org_code.restored", Args: schemas.Settings{"restore": true}},
			{In: "MA39X0", Out: "!", Reason: "org_code.length"},
			{In: "91390100MA39X0A12F", Out: "!", Reason: "org_code.credit_code"},
		},
		Reasons: list(reasonsOrgCode, reasonOrgCodeRestored),
		Compile: compileOrgCode,
	})
}

func compileOrgCode(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		Restore bool `yaml:"restore"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	forms, err := env.forms()
	if err != nil {
		return nil, err
	}
	return func(c *Cell) {
		code, r := forms.OrgCode(c.Text)
		if r == ident.LeadingZero && set.Restore {
			code, r = ident.RestoreOrgCode(c.Text)
		}
		if r != ident.OK {
			c.Fail(reasonsOrgCode[r], "")
			return
		}
		if code.Restored {
			c.Note(reasonOrgCodeRestored, "")
		}
		c.Put(code.AppendTo(c.Buffer()))
	}, nil
}
