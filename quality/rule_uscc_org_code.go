package quality

import (
	"slices"

	"jiku/schemas"
	"jiku/schemas/ident"
)

func init() {
	Register(Rule{
		Name: "uscc.org_code", Title: "统一社会信用代码内嵌组织机构代码校验", Depth: Row, Dimension: "0302", Weight: 0.5,
		Doc: "统一社会信用代码第 9 至 17 位是组织机构代码（GB 11714-1997），其校验码应成立。登记机关曾发出过内嵌校验码不成立的代码" +
			"（约万分之零点六），所以只提示，不拒收。主键和经 uscc 规范化的数据项已带这项检查，不重复记；本规则用于按文字存放的代码。",
		Key:   schemas.KeyUSCC,
		Items: []Param{{Name: "number", Title: "统一社会信用代码", Types: []schemas.Type{schemas.TypeText}, Optional: true}},
		Reasons: []schemas.ReasonInfo{{
			Code: "uscc.org_code", Severity: schemas.Warning, Dimension: "0302",
			Title: "统一社会信用代码内嵌的组织机构代码校验码不符", Advice: "请与营业执照或登记证书核对；确为登记机关所发的无需更改。",
		}},
		Examples: []Example{
			{Name: "checks", Key: "91390100MA39X0A12F", Values: Values{}},
			{Name: "inner check digit wrong", Key: "91390100MA39X0A13J", Values: Values{}, Want: []string{"uscc.org_code::"}},
			{Name: "in an item", Values: Values{"number": "91390100MA39X0A13J"}, Want: []string{"uscc.org_code:number:"}},
			{Name: "no code at all", Key: "无证", Values: Values{}},
		},
		CompileRow: compileUSCCOrgCode,
	})
}

func compileUSCCOrgCode(u *Use) (RowCheck, error) {
	number, item, info := numberSource(u), numberItem(u), u.Reason("uscc.org_code")
	return func(rec *schemas.Record, _ uint32) {
		code, defect := ident.ParseUSCC(number(rec))
		if defect == ident.OK && !code.OrgCodeValid() && !alreadyFound(rec, info.Code, item) {
			rec.Fail(item, info, "")
		}
	}, u.NoArgs()
}

// alreadyFound reports whether a normalizer gave the record the same finding.
func alreadyFound(rec *schemas.Record, code string, item int) bool {
	name := ""
	if item >= 0 {
		name = rec.Base.Items[item].Name
	}
	return slices.ContainsFunc(rec.Findings, func(f schemas.Finding) bool { return f.Code == code && f.Item == name })
}
