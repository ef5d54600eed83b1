package normalize

import (
	"time"

	"jiku/schemas/ident"
)

// openEnd is the day that stands for an open end (长期).
const openEnd = 99991231

// moment is a date, and a time of day where there is one.
type moment struct {
	// day is yyyymmdd, with 00 for a day or month that is not said.
	day uint32
	// clock is hhmmss.
	clock uint32
	// serial names the count that the moment was computed from: excel, excel1904, epoch or
	// epoch_ms.
	serial string
	// shifted says that a time zone moved the day.
	shifted bool
	// century says that the year had two digits.
	century bool
}

// momentDefect says why a text is no moment.
type momentDefect uint8

const (
	momentOK momentDefect = iota
	momentForm
	momentCalendar
)

// momentForms is what a feed declares about its dates.
type momentForms struct {
	// city is the time zone in which moments are told.
	city *time.Location
	// zone is the time zone of times that name none; nil if it is the city's.
	zone *time.Location
	// serial says what a bare number counts; empty if only what can be nothing else is read.
	serial string
	// pivot is the first year of two digits that is of the 20th century; -1 if years of two
	// digits are no years.
	pivot int
}

// plainForms reads dates as they are, for a city.
func plainForms(city *time.Location) momentForms { return momentForms{city: city, pivot: -1} }

// read reads the forms of dates seen in feeds: 20170707, 2017-7-7, 2017/07/07, 2017.7.7,
// 2017年7月7日, 二〇一七年七月七日, 201707, 2017-07, 2017, spreadsheet days 42923, epoch
// seconds and milliseconds, each with a time of day and a zone or without (GB/T 7408). A
// moment with a zone is told in the city's.
func (f *momentForms) read(b []byte) (moment, momentDefect) {
	if day, clock, ok := f.plain(b); ok {
		return moment{day: day, clock: clock}, momentOK
	}
	r := momentReader{forms: f}
	if r.end = foldMoment(&r.text, b); r.end < 0 {
		return moment{}, momentForm
	}
	return r.read()
}

// plain reads the three forms that nearly all cells have: 20170707, 2017-07-07 and
// 2017-07-07 08:30:00. What it gives are plain numbers: to hand a moment on takes longer than
// to read it.
func (f *momentForms) plain(b []byte) (day, clock uint32, ok bool) {
	switch len(b) {
	case 8:
		if f.serial == "" {
			day, ok = eightDigits(b)
		}
	case 10:
		day, ok = dashedDay(b)
	case 19:
		if b[10] != ' ' || f.zone != nil {
			return 0, 0, false
		}
		var fine bool
		day, ok = dashedDay(b)
		clock, fine = colonClock(b[11:])
		ok = ok && fine && validClock(clock) && day%100 != 0
	}
	if !ok {
		return 0, 0, false
	}
	day, defect := checkDay(day)
	if day == openEnd {
		clock = 0
	}
	return day, clock, defect == momentOK
}

// check tests the day against the calendar. Fillers for an open end become openEnd.
func (m *moment) check() momentDefect {
	day, defect := checkDay(m.day)
	if m.day = day; day == openEnd {
		m.clock = 0
	}
	return defect
}

// checkDay tests a day against the calendar; openEnd stands for a filler.
func checkDay(date uint32) (uint32, momentDefect) {
	y, month, day := date/10000, date/100%100, date%100
	switch {
	case y == 9999, date == 20991231:
		return openEnd, momentOK
	case y < 1000, month == 0 && (day != 0 || y < 1800 || y >= 2200), month > 12: // Zeros behind any four digits make no year.
		return date, momentCalendar
	case month == 0, day == 0:
		return date, momentOK
	case !ident.ValidDate(date):
		return date, momentCalendar
	}
	return date, momentOK
}
