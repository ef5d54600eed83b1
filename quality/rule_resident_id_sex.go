package quality

import (
	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "resident_id.sex", Title: "性别与公民身份号码一致", Depth: Row, Dimension: "0402", Weight: 1,
		Doc: "性别（GB/T 2261.1）为 1 男、2 女时，应与公民身份号码第 17 位的奇偶（GB 11643-1999）一致；0 未知、9 未说明不比较。" +
			"主键不是公民身份号码的库，最后一项写号码所在的数据项。",
		Key: schemas.KeyResidentID,
		Items: []Param{
			{Name: "sex", Title: "性别", Types: []schemas.Type{schemas.TypeCode}},
			{Name: "number", Title: "公民身份号码", Types: []schemas.Type{schemas.TypeText}, Optional: true},
		},
		Reasons: []schemas.ReasonInfo{{
			Code: "resident_id.sex", Severity: schemas.Warning, Dimension: "0402",
			Title: "性别与公民身份号码所示性别不一致", Advice: "请核对身份证件，更正性别；号码录错的请更正号码。",
		}},
		Examples: []Example{
			{Name: "male", Key: "390101196504300012", Values: Values{"sex": "1"}},
			{Name: "female stated for a male number", Key: "390101196504300012", Values: Values{"sex": "2"}, Want: []string{"resident_id.sex:sex:"}},
			{Name: "not stated", Key: "390101196504300012", Values: Values{"sex": "9"}},
			{Name: "number does not check", Key: "390101196504300013", Values: Values{"sex": "2"}},
		},
		CompileRow: compileResidentSex,
	})
}

func compileResidentSex(u *Use) (RowCheck, error) {
	item, number, info := u.Items[0], residentNumber(u), u.Reason("resident_id.sex")
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] != schemas.Valued {
			return
		}
		sex := rec.Text[item]
		if len(sex) != 1 || sex[0] != '1' && sex[0] != '2' {
			return
		}
		if id, ok := number(rec); ok && id.Sex() != sex[0] {
			rec.Fail(item, info, "")
		}
	}, u.NoArgs()
}
