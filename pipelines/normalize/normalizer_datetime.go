package normalize

import "jiku/schemas"

func init() {
	Register(Spec{
		Name:  "datetime",
		Title: "时间",
		Doc: "Reads a moment in any form that date accepts and gives yyyymmddhhmmss in the city's time zone; a date " +
			"alone is its midnight. It is what the event column uses when its via names no other.",
		Gives: typeDatetime,
		Args:  momentArgs,
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
			{In: "2017-07-07 00:30:15", Out: "20170707083015", Args: schemas.Settings{"zone": "+00:00"}},
			{In: "42923.5", Out: "20170707120000", Reason: "date.serial"},
			{In: "17/7/7 8:30", Out: "20170707083000", Reason: "date.century", Args: schemas.Settings{"pivot": "30"}},
			{In: "2017-02-30 08:30:15", Out: "!", Reason: "date.calendar"},
			{In: "2017-07-07 08:75", Out: "!", Reason: "date.form"},
			{In: "2017-07 08:30", Out: "!", Reason: "date.form"},
		},
		Reasons: []*schemas.ReasonInfo{reasonDateForm, reasonDateCalendar, reasonDateSerial, reasonDateCentury},
		Compile: compileDatetime,
	})
}

func compileDatetime(args schemas.Settings, _ *schemas.Item, env Env) (Func, error) {
	var set struct {
		Zone   string `yaml:"zone"`
		Serial string `yaml:"serial"`
		Pivot  string `yaml:"pivot"`
	}
	if err := decode(args, &set); err != nil {
		return nil, err
	}
	forms, err := compileForms(env.location(), set.Zone, set.Serial, set.Pivot)
	if err != nil {
		return nil, err
	}
	return func(c *Cell) {
		if day, clock, ok := forms.plain(c.Text); ok {
			c.Int = int64(day)*1_000_000 + int64(clock)
		} else if m, ok := readCell(c, &forms); ok {
			c.Int = int64(m.day)*1_000_000 + int64(m.clock)
		}
	}, nil
}

// readCell reads the cell as a moment, or fails it.
func readCell(c *Cell, forms *momentForms) (moment, bool) {
	if !isDigit(c.Text[0]) && openWords[string(c.Text)] {
		return moment{day: openEnd}, true
	}
	m, defect := forms.read(c.Text)
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
	if m.century {
		c.Note(reasonDateCentury, "")
	}
	return m, true
}
