package ident

// ValidDate reports whether yyyymmdd is a day of the Gregorian calendar, years 1 to 9999.
func ValidDate(yyyymmdd uint32) bool {
	return validDay(yyyymmdd/10000, yyyymmdd/100%100, yyyymmdd%100)
}

func validDay(y, m, d uint32) bool {
	return y-1 < 9999 && m-1 < 12 && d != 0 && (d <= 28 || d <= monthDays(y, m))
}

func monthDays(y, m uint32) uint32 {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// number reads decimal digits; the caller has checked that they are.
func number(b []byte) uint32 {
	var n uint32
	for _, c := range b {
		n = n*10 + uint32(c-'0')
	}
	return n
}
