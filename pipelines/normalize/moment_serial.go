package normalize

import "time"

// The counts of days and of seconds that dates are delivered in.
const (
	serialExcel     = "excel"     // days, 1 is 1900-01-01; spreadsheets count a 1900-02-29 too
	serialExcel1904 = "excel1904" // days, 0 is 1904-01-01
	serialEpoch     = "epoch"     // seconds since 1970-01-01 UTC
	serialEpochMS   = "epoch_ms"  // milliseconds since then
)

// lastDay is the serial of 9999-12-31 as spreadsheets count from 1900.
const lastDay = 2958465

// declaredSerial reads the whole text as the count that the feed declares. done is false when
// the feed declares none or the text is no such number; then it is read like any other.
func (r *momentReader) declaredSerial() (done bool, defect momentDefect) {
	kind := r.forms.serial
	if kind == "" {
		return false, momentOK
	}
	start := r.at
	negative := r.take("-") != 0
	n, width := r.number()
	days := kind == serialExcel || kind == serialExcel1904
	switch {
	case width == 0, r.left() > 0 && r.text[r.at] != '.', days && (negative || n > lastDay):
		r.at = start
		return false, momentOK
	case days:
		return true, r.excel(n, kind)
	}
	if r.left() > 0 {
		if r.at++; !r.onlyZeros() {
			return true, momentForm
		}
	}
	v := int64(n)
	if negative {
		v = -v
	}
	at := time.UnixMilli(v)
	if kind == serialEpoch {
		at = time.Unix(v, 0)
	}
	if at = at.In(r.forms.city); at.Year() < 1000 || at.Year() > 9999 {
		return true, momentForm
	}
	r.m.serial = kind
	r.set(at)
	return true, momentOK
}

// onlyZeros skips the zeros after the point of a whole number.
func (r *momentReader) onlyZeros() bool {
	for r.take("0") != 0 {
	}
	return r.left() == 0
}

// epoch reads seconds or milliseconds that no feed declares. Ten digits may also be a day and
// an hour; where they can be that, they are refused.
func (r *momentReader) epoch(n uint64, width int) momentDefect {
	if r.left() > 0 {
		return momentForm
	}
	if width == 13 {
		r.m.serial = serialEpochMS
		r.set(time.UnixMilli(int64(n)).In(r.forms.city))
		return momentOK
	}
	hour := moment{day: uint32(n / 100)}
	if n%100 < 24 && hour.check() == momentOK && hour.day%100 != 0 || n < 1_000_000_000 || n >= 1<<32 {
		return momentForm
	}
	r.m.serial = serialEpoch
	r.set(time.Unix(int64(n), 0).In(r.forms.city))
	return momentOK
}

// excel reads a spreadsheet's day number, with a fraction for the time of day.
func (r *momentReader) excel(n uint64, kind string) momentDefect {
	seconds := uint64(0)
	if r.take(".") != 0 {
		fraction, width := r.number()
		if width == 0 {
			return momentForm
		}
		scale := uint64(1)
		for range min(width, 14) {
			scale *= 10
		}
		for ; width > 14; width-- {
			fraction /= 10
		}
		seconds = (fraction*86400 + scale/2) / scale
	}
	if r.left() > 0 {
		return momentForm
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case kind == serialExcel1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n == 0, n == 60: // a time without a day, and the 1900-02-29 that never was
		return momentCalendar
	case n < 60:
		first = first.AddDate(0, 0, 1)
	}
	r.m.serial = kind
	r.set(first.Add(time.Duration(n)*24*time.Hour + time.Duration(seconds)*time.Second))
	return momentOK
}
