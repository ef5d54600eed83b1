package normalize

import (
	"time"
	"unicode/utf8"

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
	// serial names the count that the moment was computed from: excel or epoch.
	serial string
}

// momentDefect says why a text is no moment.
type momentDefect uint8

const (
	momentOK momentDefect = iota
	momentForm
	momentCalendar
)

// readMoment reads the forms of dates seen in feeds: 20170707, 2017-7-7,
// 2017/07/07, 2017.7.7, 2017年7月7日, 201707, 2017-07, 2017, spreadsheet days 42923, epoch
// milliseconds, each with a time of day and a zone or without (GB/T 7408). A moment with a
// zone is told in the city's.
func readMoment(b []byte, city *time.Location) (moment, momentDefect) {
	var m moment
	switch {
	case len(b) == 8 && allDigits(b):
		m.day = digitsAt(b, 0, 8)
		defect := m.check()
		return m, defect
	case len(b) == 10 && b[4] == '-' && b[7] == '-' && allDigits(b[:4]) && allDigits(b[5:7]) && allDigits(b[8:]):
		m.day = digitsAt(b, 0, 4)*10000 + digitsAt(b, 5, 2)*100 + digitsAt(b, 8, 2)
		defect := m.check()
		return m, defect
	}
	r := momentReader{city: city}
	if r.end = foldMoment(r.text[:], b); r.end < 0 {
		return m, momentForm
	}
	return r.read()
}

// check tests the day against the calendar. Fillers for an open end become openEnd.
func (m *moment) check() momentDefect {
	y, month, day := m.day/10000, m.day/100%100, m.day%100
	switch {
	case y == 9999, m.day == 20991231:
		m.day, m.clock = openEnd, 0
		return momentOK
	case y < 1000, month == 0 && day != 0, month > 12:
		return momentCalendar
	case month == 0, day == 0:
		return momentOK
	case !ident.ValidDate(m.day):
		return momentCalendar
	}
	return momentOK
}

// digitsAt reads width digits.
func digitsAt(b []byte, at, width int) uint32 {
	var n uint32
	for _, c := range b[at : at+width] {
		n = n*10 + uint32(c-'0')
	}
	return n
}

// foldMoment writes b into dst in ASCII: full width to half width, 年 as Y, 月 as M, 日 as a
// blank, 时 and 分 as colons. It gives -1 for a character that no date has.
func foldMoment(dst, b []byte) int {
	n := 0
	for i := 0; i < len(b); {
		c, size := narrow(b[i:])
		if c == 0 {
			r, _ := utf8.DecodeRune(b[i:])
			c = momentRune(r)
		}
		i += size
		if c == 0 || n == len(dst) {
			return -1
		}
		dst[n] = c
		n++
	}
	return n
}

func momentRune(r rune) byte {
	switch r {
	case '年':
		return 'Y'
	case '月':
		return 'M'
	case '日', '号', '秒', 0xA0, 0x3000:
		return ' '
	case '时', '点', '分':
		return ':'
	}
	if r >= 0x2010 && r <= 0x2015 {
		return '-'
	}
	return 0
}
