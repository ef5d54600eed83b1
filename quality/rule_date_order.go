package quality

import "jiku/schemas"

func init() {
	Register(Rule{
		Name: "date.order", Title: "日期先后", Depth: Row, Dimension: "0503", Weight: 1,
		Doc: "后一日期不得早于前一日期，如有效期止不早于有效期起、死亡日期不早于出生日期。只报到年或月的，按年或月比较；" +
			"长期视为无限期。次序颠倒时后一日期无效，前一日期保留。",
		Items: []Param{
			{Name: "from", Title: "前一日期", Types: []schemas.Type{schemas.TypeDate}},
			{Name: "until", Title: "后一日期", Types: []schemas.Type{schemas.TypeDate}},
		},
		Reasons: []schemas.ReasonInfo{{
			Code: "date.order", Severity: schemas.ItemError, Dimension: "0503",
			Title: "后一日期早于前一日期", Advice: "请核对两个日期是否录错或填反。",
		}},
		Examples: []Example{
			{Name: "in order", Values: Values{"from": "2020-01-01", "until": "2025-12-31"}},
			{Name: "the same day", Values: Values{"from": "2020-01-01", "until": "2020-01-01"}},
			{Name: "open end", Values: Values{"from": "2020-01-01", "until": "9999-12-31"}},
			{Name: "the same month at month precision", Values: Values{"from": "2020-01-20", "until": "2020-01"}},
			{Name: "reversed", Values: Values{"from": "2025-12-31", "until": "2020-01-01"}, Want: []string{"date.order:until:"}},
			{Name: "no end", Values: Values{"from": "2020-01-01", "until": "?"}},
		},
		CompileRow: compileDateOrder,
	})
}

func compileDateOrder(u *Use) (RowCheck, error) {
	from, until, info := u.Items[0], u.Items[1], u.Reason("date.order")
	return func(rec *schemas.Record, _ uint32) {
		if rec.States[from] != schemas.Valued || rec.States[until] != schemas.Valued {
			return
		}
		if compareDates(uint32(rec.Int[until]), uint32(rec.Int[from])) < 0 {
			rec.Fail(until, info, "")
		}
	}, u.NoArgs()
}
