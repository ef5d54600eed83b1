package quality

import (
	"fmt"

	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "credit.subject_unknown", Title: "信用记录的主体在法人库中", Depth: Cross, Dimension: "0402", Weight: 1,
		Doc: "行政相对人为法人或非法人组织（代码为统一社会信用代码）的信用记录，其代码应在法人库中；查不到的多为代码录错，" +
			"上报时会被退回（未查询到主体）。自然人的记录不检查。",
		Items: []Param{{Name: "subject_code", Title: "行政相对人代码", Types: []schemas.Type{schemas.TypeText}}},
		Args:  []Param{{Name: "base", Title: "法人库，缺省 legal_entity"}},
		Reasons: []schemas.ReasonInfo{{
			Code: "credit.subject_unknown", Severity: schemas.Warning, Dimension: "0402",
			Title: "信用记录的主体不在法人库中", Advice: "请与营业执照或登记证书核对统一社会信用代码；外地主体请附登记信息。",
		}},
		Examples: []Example{
			{Name: "known", Tables: subjectTables("91390100MA39X0A12F")},
			{Name: "unknown", Tables: subjectTables("91390100MA39X0A13J"), Want: []string{"credit.subject_unknown:subject_code:"}},
			{Name: "a person", Tables: subjectTables("390101196504300012")},
			{Name: "a foreigner with permanent residence", Tables: subjectTables("939840198505200014")},
			{Name: "no code", Tables: subjectTables("")},
			{Name: "another number", Tables: subjectTables("390100000013901")},
		},
		CompileCross: compileSubjectUnknown,
	})
}

func subjectTables(code string) Tables {
	return Tables{
		"credit":       {{"": "处罚|试罚〔2026〕1号|局", "subject_code": code}},
		"legal_entity": {{"": "91390100MA39X0A12F"}},
	}
}

// A code of GB 32100 and a number of GB 11643 can both be 18 digits. Characters 7 to 14 that
// read as a day of 1800 to 2099 make it a person's: among organizations that leaves out a
// handful of old all-digit codes, and no person is ever reported as an unknown organization.
const (
	usccPattern     = `^[1-9A-HJ-NP-RTUWXY][0-9A-HJ-NP-RTUWXY][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}$`
	residentPattern = `^[1-9][0-9]{5}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$`
)

func compileSubjectUnknown(u *CrossUse) (string, error) {
	args := struct{ Base string }{Base: "legal_entity"}
	if err := u.Args(&args); err != nil {
		return "", err
	}
	other, err := u.Other(args.Base)
	if err != nil || other == nil {
		return "", err
	}
	return fmt.Sprintf(`SELECT %[1]s AS base, r.%[2]s AS key, %[3]s AS item, '' AS detail
FROM %[4]s AS r
LEFT ANTI JOIN %[5]s AS o ON o.%[6]s = r.%[7]s
WHERE match(r.%[7]s, %[8]s) AND NOT match(r.%[7]s, %[9]s)`,
		schemas.Quote(u.Base.Name), u.Base.Key.Column, schemas.Quote(u.Column(0)), u.Base.FullName(), other.FullName(),
		other.Key.Column, u.Column(0), schemas.Quote(usccPattern), schemas.Quote(residentPattern)), nil
}
