package city

import "time"

// day counts days from 1900-01-01, which is day 1; 0 is no day.
type day int32

// The years that a city can speak of.
const (
	firstYear = 1900
	lastYear  = 2100
	// open is the end of what has none.
	open day = 1<<31 - 1
)

// calendar has yyyymmdd of each day; it is filled once and never changed.
var calendar = func() []uint32 {
	all := []uint32{0}
	for t := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC); t.Year() <= lastYear; t = t.AddDate(0, 0, 1) {
		all = append(all, uint32(t.Year()*10000+int(t.Month())*100+t.Day()))
	}
	return all
}()

// dayOf is the day of a civil date.
func dayOf(year, month, dayOfMonth int) day {
	from := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC)
	return day(time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC).Sub(from).Hours()/24) + 1
}

// civil is the day as yyyymmdd; 0 stays 0, and what is open is 99991231.
func (d day) civil() uint32 {
	if d == open {
		return 99991231
	}
	return calendar[d]
}

func (d day) year() int { return int(d.civil() / 10000) }

// time is midnight in UTC, which is eight o'clock in the city.
func (d day) time() time.Time {
	c := d.civil()
	return time.Date(int(c/10000), time.Month(c/100%100), int(c%100), 0, 0, 0, 0, time.UTC)
}

// years is the last day of a validity of so many years.
func (d day) years(n int) day {
	t := d.time()
	return dayOf(t.Year()+n, int(t.Month()), t.Day()) - 1
}

// age is how many birthdays somebody born on a day has had.
func (d day) age(birth day) int {
	a, b := d.civil(), birth.civil()
	age := int(a/10000) - int(b/10000)
	if a%10000 < b%10000 {
		age--
	}
	return age
}

// style is a way to write a day.
type style uint8

// The ways in which departments write days.
const (
	compact   style = iota // 20261001
	dashed                 // 2026-10-01
	slashed                // 2026/10/1
	chinese                // 2026年10月1日
	stamped                // 2026-10-01 08:30:00
	zoned                  // 2026-10-01T08:30:00+08:00
	compact14              // 20261001083000
	dotted                 // 2026.10.01
)

// appendDay writes a day; no day is blank.
func appendDay(to []byte, d day, s style) []byte {
	if d == 0 {
		return to
	}
	return appendCivil(to, d.civil(), s)
}

// appendCivil writes yyyymmdd in a style, also where no calendar has the day.
func appendCivil(to []byte, c uint32, s style) []byte {
	y, m, n := c/10000, c/100%100, c%100
	switch s {
	case compact:
		return appendPadded(to, c, 8)
	case slashed:
		return appendInt(append(appendInt(append(appendInt(to, int(y)), '/'), int(m)), '/'), int(n))
	case chinese:
		to = append(appendInt(to, int(y)), "年"...)
		to = append(appendInt(to, int(m)), "月"...)
		return append(appendInt(to, int(n)), "日"...)
	case compact14:
		return append(appendPadded(to, c, 8), "083000"...)
	case dotted:
		return appendPadded(append(appendPadded(append(appendInt(to, int(y)), '.'), m, 2), '.'), n, 2)
	}
	to = appendPadded(append(appendPadded(append(appendInt(to, int(y)), '-'), m, 2), '-'), n, 2)
	switch s {
	case stamped:
		to = append(to, " 08:30:00"...)
	case zoned:
		to = append(to, "T08:30:00+08:00"...)
	}
	return to
}

// appendPadded writes a number with leading zeros.
func appendPadded(to []byte, n uint32, width int) []byte {
	at := len(to)
	for range width {
		to = append(to, '0')
	}
	for i := at + width - 1; i >= at && n > 0; i-- {
		to[i] += byte(n % 10)
		n /= 10
	}
	return to
}

// appendInt writes a number that is not negative.
func appendInt(to []byte, n int) []byte {
	var b [20]byte
	i := len(b)
	for {
		i--
		b[i] = byte('0' + n%10)
		if n /= 10; n == 0 {
			return append(to, b[i:]...)
		}
	}
}
