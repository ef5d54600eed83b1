package reconcile

import (
	"math"

	"jiku/schemas"
)

// never is the day number of what does not come.
const never = math.MaxInt32

// dayNumber is a yyyymmdd as days since 1970-01-01. An unknown month or day counts as the
// first one, so that a value ages from the earliest day it may be of.
func dayNumber(yyyymmdd uint32) int32 {
	y, m, d := int32(yyyymmdd/10_000), int32(yyyymmdd/100%100), int32(yyyymmdd%100)
	m, d = min(max(m, 1), 12), min(max(d, 1), 31)
	// Days from civil: years that begin in March put the leap day at the end.
	if m <= 2 {
		y--
	}
	era := y / 400
	yearOfEra := y - era*400
	dayOfYear := (153*((m+9)%12)+2)/5 + d - 1
	return era*146_097 + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - 719_468
}

// dayOf is the yyyymmdd of a day number, the inverse of dayNumber for days since 0000-03-01.
func dayOf(number int32) uint32 {
	z := number + 719_468
	era := z / 146_097
	dayOfEra := z - era*146_097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36_524 - dayOfEra/146_096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*dayOfYear + 2) / 153
	d := dayOfYear - (153*m+2)/5 + 1
	y := yearOfEra + era*400
	if m += 3; m > 12 {
		m, y = m-12, y+1
	}
	return uint32(y*10_000 + m*100 + d)
}

// within reports whether a day lies in a span with both ends included; 0 is open.
func within(day uint32, from, until schemas.Day) bool {
	return day >= uint32(from) && (until == 0 || day <= uint32(until))
}

// nextBoundary is the next day number after day on which a span begins or has ended.
func nextBoundary(day uint32, from, until schemas.Day) int32 {
	if uint32(from) > day {
		return dayNumber(uint32(from))
	}
	if until != 0 && uint32(until) >= day {
		return dayNumber(uint32(until)) + 1
	}
	return never
}
