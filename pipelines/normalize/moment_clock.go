package normalize

import "time"

// clock reads what follows the day: nothing, or a time of day, and then perhaps a zone. It
// reports whether all of it was understood.
func (r *momentReader) clock() bool {
	r.blanks()
	if r.left() == 0 {
		return true
	}
	if r.m.day%100 == 0 { // A time of day needs a day.
		return false
	}
	if r.take("T") != 0 {
		r.blanks()
	}
	n, width := r.number()
	switch width {
	case 6:
		r.m.clock = uint32(n)
	case 4:
		r.m.clock = uint32(n) * 100
	case 1, 2:
		clock, ok := r.colons(uint32(n))
		if !ok {
			return false
		}
		r.m.clock = clock
	default:
		return false
	}
	if !validClock(r.m.clock) {
		return false
	}
	if r.take(".,") != 0 { // parts of a second
		if _, width := r.number(); width == 0 {
			return false
		}
	}
	r.blanks()
	return r.zone()
}

// colons reads minutes and seconds after the hour.
func (r *momentReader) colons(hour uint32) (uint32, bool) {
	if r.take(":") == 0 {
		return 0, false
	}
	clock := hour * 10000
	for _, unit := range []uint32{100, 1} {
		n, width := r.number()
		if width == 0 {
			return clock, true // 12时, 12时30分
		}
		if width > 2 {
			return 0, false
		}
		clock += uint32(n) * unit
		if r.take(":") == 0 {
			return clock, true
		}
	}
	return clock, false
}

// zone reads Z or an offset and tells the moment in the city's time. A time that names no
// zone is told in the declared one.
func (r *momentReader) zone() bool {
	from := r.forms.zone
	if r.left() > 0 {
		east, ok := r.offset()
		r.blanks()
		if !ok || r.left() > 0 {
			return false
		}
		if from = time.UTC; east != 0 {
			r.toCity(time.UTC, east)
			return true
		}
	}
	if from != nil {
		r.toCity(from, 0)
	}
	return true
}

// toCity tells the moment, which is in a zone and so many seconds ahead of it, in the city's
// time.
func (r *momentReader) toCity(zone *time.Location, east int) {
	if r.m.day == openEnd {
		return
	}
	d, c := r.m.day, r.m.clock
	at := time.Date(int(d/10000), time.Month(d/100%100), int(d%100), int(c/10000), int(c/100%100), int(c%100)-east, 0, zone)
	r.set(at.In(r.forms.city))
	r.m.shifted = r.m.day != d
}

// offset reads Z, +08:00, +0800 or +08, in seconds east of Greenwich.
func (r *momentReader) offset() (int, bool) {
	sign := r.take("Zz+-")
	if sign == 'Z' || sign == 'z' {
		return 0, true
	}
	if sign == 0 {
		return 0, false
	}
	n, width := r.number()
	minutes := uint64(0)
	switch width {
	case 4:
		n, minutes = n/100, n%100
	case 2:
		if r.take(":") != 0 {
			minutes, width = r.number()
			if width != 2 {
				return 0, false
			}
		}
	default:
		return 0, false
	}
	if n > 14 || minutes > 59 {
		return 0, false
	}
	east := int(n*60+minutes) * 60
	if sign == '-' {
		east = -east
	}
	return east, true
}
