package normalize

import (
	"fmt"

	"jiku/schemas"
)

var (
	reasonDateForm = &schemas.ReasonInfo{
		Code: "date.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "日期无法识别", Advice: "请按“2026-03-01”的格式报送日期。",
	}
	reasonDateCalendar = &schemas.ReasonInfo{
		Code: "date.calendar", Severity: schemas.ItemError, Dimension: "0302",
		Title: "日期在日历上不存在", Advice: "请核对年、月、日。",
	}
	reasonDateOpen = &schemas.ReasonInfo{
		Code: "date.open", Severity: schemas.ItemError, Dimension: "0302",
		Title: "该日期不能填“长期”或 9999-12-31", Advice: "请填写实际日期；没有的，请留空。",
	}
	reasonDateSerial = &schemas.ReasonInfo{
		Code: "date.serial", Severity: schemas.Fix, Dimension: "0302",
		Title: "日期以序号或毫秒数报送，已换算", Advice: "请将日期列设为文本格式后重新导出。",
	}
)

// openWords say in words that there is no end.
var openWords = map[string]bool{"长期": true, "长期有效": true, "永久": true, "永久有效": true, "无限期": true}

func init() {
	Register(Spec{
		Name:  "date",
		Title: "日期",
		Doc: "Reads a date as written in feeds (GB/T 7408 and what departments make of it), a spreadsheet's day number " +
			"or epoch milliseconds, and keeps its precision: a month is yyyymm00, a year yyyy0000. A time of day is " +
			"dropped, after a zone is brought to the city's. 9999-12-31, 9999-9-9, 2099-12-31 and 长期 mean open, " +
			"99991231; with open: false they make the item void. filler lists dates that mean unknown.",
		Gives: schemas.TypeDate,
		Examples: []Example{
			{In: "1965-04-30", Out: "1965-04-30"},
			{In: "19650430", Out: "1965-04-30"},
			{In: "2017-7-7", Out: "2017-07-07"},
			{In: "2017/07/07", Out: "2017-07-07"},
			{In: "2017.7.7", Out: "2017-07-07"},
			{In: "2017年7月7日", Out: "2017-07-07"},
			{In: "２０１７年０７月０７日", Out: "2017-07-07"},
			{In: "201707", Out: "2017-07"},
			{In: "2017-07", Out: "2017-07"},
			{In: "2017年7月", Out: "2017-07"},
			{In: "20170700", Out: "2017-07"},
			{In: "1990", Out: "1990"},
			{In: "1990年", Out: "1990"},
			{In: "42923", Out: "2017-07-07", Reason: "date.serial"},
			{In: "42923.75", Out: "2017-07-07", Reason: "date.serial"},
			{In: "1499356800000", Out: "2017-07-07", Reason: "date.serial"},
			{In: "2017-07-07 0:00:00", Out: "2017-07-07"},
			{In: "2017-07-07T08:30:00.000", Out: "2017-07-07"},
			{In: "20170707083000", Out: "2017-07-07"},
			{In: "20170707.0", Out: "2017-07-07"},
			{In: "2017-07-06T16:00:00Z", Out: "2017-07-07"},
			{In: "2017-07-07T00:00:00+08:00", Out: "2017-07-07"},
			{In: "9999-12-31", Out: "9999-12-31"},
			{In: "9999-9-9", Out: "9999-12-31"},
			{In: "2099-12-31", Out: "9999-12-31"},
			{In: "长期", Out: "9999-12-31"},
			{In: "长期", Out: "!", Reason: "date.open", Args: schemas.Settings{"open": false}},
			{In: "1900-1-1", Out: "?", Args: schemas.Settings{"filler": []string{"1900-01-01"}}},
			{In: "20210931", Out: "!", Reason: "date.calendar"},
			{In: "19000229", Out: "!", Reason: "date.calendar"},
			{In: "00000000", Out: "!", Reason: "date.calendar"},
			{In: "2017-13-01", Out: "!", Reason: "date.calendar"},
			{In: "0", Out: "!", Reason: "date.form"},
			{In: "7/7/2017", Out: "!", Reason: "date.form"},
			{In: "2017-07-07 25:00", Out: "!", Reason: "date.form"},
			{In: "见备注", Out: "!", Reason: "date.form"},
		},
		Reasons: []*schemas.ReasonInfo{reasonDateForm, reasonDateCalendar, reasonDateOpen, reasonDateSerial},
		Compile: compileDate,
	})
}

func compileDate(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	set := struct {
		Open   bool     `yaml:"open"`
		Filler []string `yaml:"filler"`
	}{Open: true}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	city := env.location()
	fillers := map[uint32]bool{}
	for i, s := range set.Filler {
		m, defect := readMoment([]byte(s), city)
		if defect != momentOK {
			return nil, badArg(fmt.Sprintf("filler[%d]", i), "write it as 1900-01-01", "read filler %q: want a date", s)
		}
		fillers[m.day] = true
	}
	return func(c *Cell) {
		m, ok := readCell(c, city)
		switch {
		case !ok:
		case m.day == openEnd && !set.Open:
			c.Fail(reasonDateOpen, "")
		case len(fillers) > 0 && fillers[m.day]:
			c.State = schemas.Unknown
		default:
			c.Int = int64(m.day)
		}
	}, nil
}
