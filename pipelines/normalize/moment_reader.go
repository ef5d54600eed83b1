package normalize

import "time"

// momentReader reads a folded moment from left to right.
type momentReader struct {
	text  momentText
	at    int
	end   int
	forms *momentForms
	m     moment
}

// left is how many characters there are still.
func (r *momentReader) left() int { return r.end - r.at }

func (r *momentReader) read() (moment, momentDefect) {
	if d := r.date(); d != momentOK {
		return r.m, d
	}
	if d := r.m.check(); d != momentOK {
		return r.m, d
	}
	if !r.clock() {
		return r.m, momentForm
	}
	return r.m, r.m.check() // The zone may have moved the day.
}

// number reads up to 17 digits and tells how many there were.
func (r *momentReader) number() (n uint64, width int) {
	for r.at < r.end && width < 17 && isDigit(r.text[r.at]) {
		n = n*10 + uint64(r.text[r.at]-'0')
		r.at++
		width++
	}
	return n, width
}

// take skips one of these characters and tells which, 0 if none of them comes next.
func (r *momentReader) take(any string) byte {
	if r.at < r.end {
		for i := range len(any) {
			if r.text[r.at] == any[i] {
				r.at++
				return any[i]
			}
		}
	}
	return 0
}

func (r *momentReader) blanks() {
	for r.take(" \t") != 0 {
	}
}

// date reads the day: one run of digits, or year, month and day with separators.
func (r *momentReader) date() momentDefect {
	if done, defect := r.declaredSerial(); done {
		return defect
	}
	n, width := r.number()
	if width == 2 && r.forms.pivot >= 0 {
		n = r.century(n)
	} else if width != 4 {
		return r.compact(n, width)
	}
	r.m.day = uint32(n) * 10000
	sep := r.take("-/.Y")
	if sep == 0 || sep == 'Y' && r.left() == 0 {
		if n < 1800 || n >= 2200 || r.m.century { // A bare number of four digits is not always a year.
			return momentForm
		}
		return momentOK
	}
	month, width := r.number()
	if width == 0 || width > 2 {
		return momentForm
	}
	r.m.day += uint32(month) * 100
	want := "-/."
	if sep == 'Y' {
		want = "M"
	}
	switch c := r.take(want); {
	case c == 0 && sep == 'Y', c != 0 && c != 'M' && c != sep:
		return momentForm
	case c == 0, c == 'M' && r.left() == 0:
		return momentOK
	}
	day, width := r.number()
	if width == 0 || width > 2 {
		return momentForm
	}
	r.m.day += uint32(day)
	return momentOK
}

// century completes a year of two digits by the declared pivot.
func (r *momentReader) century(year uint64) uint64 {
	r.m.century = true
	if year >= uint64(r.forms.pivot) {
		return 1900 + year
	}
	return 2000 + year
}

// compact reads a date that is one run of digits.
func (r *momentReader) compact(n uint64, width int) momentDefect {
	switch width {
	case 5, 7: // days since 1899-12-30, as spreadsheets count; 2958465 is the end of 9999
		const lastSerial, endOf9999 = 73050, 2958465 // 2099-12-31 and 9999-12-31
		if n > lastSerial && n != endOf9999 || n < 10000 {
			return momentForm
		}
		return r.excel(n, "excel")
	case 6:
		if r.forms.pivot >= 0 {
			r.m.day = uint32(r.century(n/10000)*10000 + n%10000)
			break
		}
		if n < 180000 || n >= 220000 {
			return momentForm
		}
		r.m.day = uint32(n) * 100
		if r.m.day/100%100 == 0 {
			return momentCalendar
		}
	case 8:
		r.m.day = uint32(n)
		if r.left() == 2 && string(r.text[r.at:r.end]) == ".0" {
			r.at = r.end
		}
	case 12:
		r.m.day, r.m.clock = uint32(n/10000), uint32(n%10000)*100
	case 14:
		r.m.day, r.m.clock = uint32(n/1000000), uint32(n%1000000)
	case 17:
		r.m.day, r.m.clock = uint32(n/1000000000), uint32(n/1000%1000000)
	case 10, 13:
		return r.epoch(n, width)
	default:
		return momentForm
	}
	if !validClock(r.m.clock) {
		return momentForm
	}
	return momentOK
}

func (r *momentReader) set(t time.Time) {
	y, month, d := t.Date()
	h, minute, s := t.Clock()
	r.m.day = uint32(y*10000 + int(month)*100 + d)
	r.m.clock = uint32(h*10000 + minute*100 + s)
}

func validClock(c uint32) bool { return c/10000 < 24 && c/100%100 < 60 && c%100 < 60 }
