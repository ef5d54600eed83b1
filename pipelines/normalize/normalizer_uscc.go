package normalize

import (
	"jiku/schemas"
	"jiku/schemas/ident"
)

var (
	reasonsUSCC = identReasons("uscc", "统一社会信用代码", ident.Reasons()...)

	reasonUSCCFolded = &schemas.ReasonInfo{
		Code: "uscc.folded", Severity: schemas.Fix, Dimension: "0302",
		Title: "统一社会信用代码书写不规范（全角、小写、空格等），已规范", Advice: "请用半角数字和大写字母，不夹空格和连字符。",
	}
	reasonUSCCRepaired = &schemas.ReasonInfo{
		Code: "uscc.repaired", Severity: schemas.Warning, Dimension: "0302",
		Title: "统一社会信用代码中的形近字母已按数字识读", Advice: "代码不含字母 I、O、S、V、Z，请核对后报送。",
	}
	reasonUSCCOrgCode = &schemas.ReasonInfo{
		Code: "uscc.org_code", Severity: schemas.Warning, Dimension: "0302",
		Title: "统一社会信用代码中的组织机构代码校验不符", Advice: "请与登记机关核对该代码。",
	}
)

func init() {
	Register(Spec{
		Name:  "uscc",
		Title: "统一社会信用代码",
		Doc: "Reads a unified social credit code of GB 32100: width, case, blanks and hyphens are folded. With repair: " +
			"true, letters that the alphabet leaves out are read as the digits that they look like, if both check " +
			"characters hold then. With others: true, what is no code stays as it is, for keys that may be other numbers, " +
			"which the kinds of the key decide. An organization code inside that fails its own check digit is a warning: such codes " +
			"have been issued.",
		Args: []Arg{
			{"others", "true leaves what is no code as it is, for keys that may be other numbers"},
			{"repair", "true reads I, O, S and Z as the digits that they look like, if both check characters hold then"},
		},
		Examples: []Example{
			{In: "91390100MA39X0A12F", Out: "91390100MA39X0A12F"},
			{In: "91390100ma39x0a12f", Out: "91390100MA39X0A12F", Reason: "uscc.folded"},
			{In: "9139O1OOMA39XOA12F", Out: "91390100MA39X0A12F", Reason: "uscc.repaired", Args: schemas.Settings{"repair": true}},
			{In: "9139O1OOMA39XOA12F", Out: "!", Reason: "uscc.character"},
			{In: "91390100MA39X0A12E", Out: "!", Reason: "uscc.checksum"},
			{In: "91390100MA39X0A13J", Out: "91390100MA39X0A13J", Reason: "uscc.org_code"},
			{In: "91390100MA39X0A12", Out: "!", Reason: "uscc.truncated"},
			{In: "390100110000011", Out: "!", Reason: "uscc.registration_number"},
			{In: "390100110000011", Out: "390100110000011", Args: schemas.Settings{"others": true}},
		},
		Reasons: list(reasonsUSCC, reasonUSCCFolded, reasonUSCCRepaired, reasonUSCCOrgCode),
		Compile: compileUSCC,
	})
}

func compileUSCC(args schemas.Settings, _ *schemas.Item, _ Env) (Func, error) {
	var set struct {
		Repair bool `yaml:"repair"`
		Others bool `yaml:"others"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	parse := ident.ParseUSCC
	if set.Repair {
		parse = ident.RepairUSCC
	}
	return func(c *Cell) {
		code, r := parse(c.Text)
		if r != ident.OK {
			if !set.Others {
				c.Fail(reasonsUSCC[r], "")
			}
			return
		}
		if !code.OrgCodeValid() {
			c.Note(reasonUSCCOrgCode, "")
		}
		switch {
		case code.Repaired:
			c.Note(reasonUSCCRepaired, "")
			c.Put(code.AppendTo(c.Buffer()))
		case code.Fixed:
			c.fix(code.AppendTo(c.Buffer()), reasonUSCCFolded)
		}
	}, nil
}
