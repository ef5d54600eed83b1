package quality

import "jiku/schemas"

func init() {
	Register(Rule{
		Name: "date.not_future", Title: "日期不晚于收到日", Depth: Row, Dimension: "0501", Weight: 1,
		Doc: "已发生事项的日期不得晚于报送的收到日（不是检查当天，重新读取结果不变），也不得填长期。" +
			"晚于收到日的值无效，不参与取值：录成 2062 年的日期不应挡住以后的更正。收到日不明时不检查。",
		Items: []Param{{Name: "item", Title: "已发生事项的日期", Types: []schemas.Type{schemas.TypeDate}}},
		Reasons: []schemas.ReasonInfo{{
			Code: "date.future", Severity: schemas.ItemError, Dimension: "0501",
			Title: "日期晚于数据收到日", Advice: "请核对年份是否录错；尚未发生的事项请留空。",
		}},
		Examples: []Example{
			{Name: "the day of receipt", Day: 20261101, Values: Values{"item": "2026-11-01"}},
			{Name: "this month", Day: 20261101, Values: Values{"item": "2026-11"}},
			{Name: "tomorrow", Day: 20261101, Values: Values{"item": "2026-11-02"}, Want: []string{"date.future:item:晚于收到日"}},
			{Name: "next year", Day: 20261101, Values: Values{"item": "2027"}, Want: []string{"date.future:item:晚于收到日"}},
			{Name: "open end", Day: 20261101, Values: Values{"item": "9999-12-31"}, Want: []string{"date.future:item:填了长期"}},
			{Name: "day of receipt not known", Values: Values{"item": "2062-01-01"}},
		},
		CompileRow: compileNotFuture,
	})
}

func compileNotFuture(u *Use) (RowCheck, error) {
	item, info := u.Items[0], u.Reason("date.future")
	return func(rec *schemas.Record, day uint32) {
		if day == 0 || rec.States[item] != schemas.Valued {
			return
		}
		switch date := uint32(rec.Int[item]); {
		case date == schemas.OpenDate:
			rec.Fail(item, info, "填了长期")
		case compareDates(date, day) > 0:
			rec.Fail(item, info, "晚于收到日")
		}
	}, u.NoArgs()
}

// compareDates compares two dates (yyyymmdd, 00 for an unknown month or day) at the
// precision of the coarser one.
func compareDates(a, b uint32) int {
	switch {
	case a/100%100 == 0 || b/100%100 == 0:
		a, b = a/10_000, b/10_000
	case a%100 == 0 || b%100 == 0:
		a, b = a/100, b/100
	}
	return int(int64(a) - int64(b))
}
