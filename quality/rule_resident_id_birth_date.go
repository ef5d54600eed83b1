package quality

import (
	"jiku/schemas"
)

func init() {
	Register(Rule{
		Name: "resident_id.birth_date", Title: "出生日期与公民身份号码一致", Depth: Row, Dimension: "0402", Weight: 1,
		Doc: "出生日期应与公民身份号码第 7 至 14 位（GB 11643-1999）一致；只报到年或月的，按年或月比较。" +
			"号码校验通过时以号码为准，所报值保留并记问题。主键不是公民身份号码的库，最后一项写号码所在的数据项。",
		Key: schemas.KeyResidentID,
		Items: []Param{
			{Name: "birth_date", Title: "出生日期", Types: []schemas.Type{schemas.TypeDate}},
			{Name: "number", Title: "公民身份号码", Types: []schemas.Type{schemas.TypeText}, Optional: true},
		},
		Reasons: []schemas.ReasonInfo{{
			Code: "resident_id.birth_date", Severity: schemas.Warning, Dimension: "0402",
			Title: "出生日期与公民身份号码中的出生日期不一致", Advice: "请核对身份证件，更正出生日期；号码录错的请更正号码。",
		}},
		Examples: []Example{
			{Name: "same day", Key: "390101196504300012", Values: Values{"birth_date": "1965-04-30"}},
			{Name: "month only", Key: "390101196504300012", Values: Values{"birth_date": "1965-04"}},
			{Name: "another day", Key: "390101196504300012", Values: Values{"birth_date": "1965-04-03"}, Want: []string{"resident_id.birth_date:birth_date:日不同"}},
			{Name: "another year", Key: "390101196504300012", Values: Values{"birth_date": "1956-04-30"}, Want: []string{"resident_id.birth_date:birth_date:年份不同"}},
			{Name: "no number", Key: "P-1", Values: Values{"birth_date": "1965-04-30"}},
			{Name: "number in an item", Values: Values{"birth_date": "1965-05-30", "number": "390101196504300012"}, Want: []string{"resident_id.birth_date:birth_date:月份不同"}},
		},
		CompileRow: compileResidentBirth,
	})
}

func compileResidentBirth(u *Use) (RowCheck, error) {
	item, number, info := u.Items[0], residentNumber(u), u.Reason("resident_id.birth_date")
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[item] != schemas.Valued {
			return
		}
		id, ok := number(rec)
		if !ok {
			return
		}
		if detail := dateDifference(uint32(rec.Int[item]), id.Birth()); detail != "" {
			rec.Fail(item, info, detail)
		}
	}, u.NoArgs()
}

// dateDifference says in Chinese which part of two dates differs, at the precision of the
// coarser one; empty if none does.
func dateDifference(a, b uint32) string {
	if a == b { // Nearly always.
		return ""
	}
	switch {
	case a/10_000 != b/10_000:
		return "年份不同"
	case a/100%100 == 0 || b/100%100 == 0:
		return ""
	case a/100 != b/100:
		return "月份不同"
	case a%100 == 0 || b%100 == 0:
		return ""
	default:
		return "日不同"
	}
}
