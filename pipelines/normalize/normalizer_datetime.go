package normalize

import (
	"time"

	"jiku/schemas"
)

func init() {
	Register(Spec{
		Name:  "datetime",
		Title: "时间",
		Doc: "Reads a moment in any form that date accepts and gives yyyymmddhhmmss in the city's time zone; a date " +
			"alone is its midnight. It is what the event column uses when its via names no other.",
		Gives: typeDatetime,
		Examples: []Example{
			{In: "2017-07-07 08:30:15", Out: "20170707083015"},
			{In: "2017-07-07", Out: "20170707000000"},
			{In: "2017/7/7 8:30", Out: "20170707083000"},
			{In: "20170707083015", Out: "20170707083015"},
			{In: "2017年7月7日 8时30分15秒", Out: "20170707083015"},
			{In: "2017年7月7日8时30分", Out: "20170707083000"},
			{In: "2017-07-07T08:30:15.123+0800", Out: "20170707083015"},
			{In: "2017-07-07 00:30:15Z", Out: "20170707083015"},
			{In: "1499387415000", Out: "20170707083015", Reason: "date.serial"},
			{In: "42923.5", Out: "20170707120000", Reason: "date.serial"},
			{In: "2017-02-30 08:30:15", Out: "!", Reason: "date.calendar"},
			{In: "2017-07-07 08:75", Out: "!", Reason: "date.form"},
			{In: "2017-07 08:30", Out: "!", Reason: "date.form"},
		},
		Reasons: []*schemas.ReasonInfo{reasonDateForm, reasonDateCalendar, reasonDateSerial},
		Compile: func(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
			if err := decode(args, &struct{}{}); err != nil {
				return nil, err
			}
			city := env.location()
			return func(c *Cell) {
				if m, ok := readCell(c, city); ok {
					c.Int = int64(m.day)*1_000_000 + int64(m.clock)
				}
			}, nil
		},
	})
}

// readCell reads the cell as a moment, or fails it.
func readCell(c *Cell, city *time.Location) (moment, bool) {
	if !isDigit(c.Text[0]) && openWords[string(c.Text)] {
		return moment{day: openEnd}, true
	}
	m, defect := readMoment(c.Text, city)
	switch defect {
	case momentForm:
		c.Fail(reasonDateForm, "")
		return m, false
	case momentCalendar:
		c.Fail(reasonDateCalendar, "")
		return m, false
	}
	if m.serial != "" {
		c.Note(reasonDateSerial, m.serial)
	}
	return m, true
}
