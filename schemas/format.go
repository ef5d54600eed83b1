package schemas

import "strconv"

// OpenDate is the date of items with validity that mean 长期.
const OpenDate = 99991231

// FormatInt is a value of a date, integer or decimal item as text, as views and
// departments read it: 1990-05-06, 1990-05 or 1990 where day or month are not known, 长期
// for an open end, decimals without trailing zeros. A date of 0 is empty.
func FormatInt(t Type, v int64) string { return string(AppendInt(nil, t, v)) }

// AppendInt appends the text of FormatInt.
func AppendInt(dst []byte, t Type, v int64) []byte {
	switch t {
	case TypeDate:
		return appendDate(dst, v)
	case TypeDecimal:
		return appendDecimal(dst, v)
	default:
		return strconv.AppendInt(dst, v, 10)
	}
}

func appendDate(dst []byte, v int64) []byte {
	switch {
	case v == 0:
		return dst
	case v == OpenDate:
		return append(dst, "长期"...)
	case v < 0 || v > 99_999_999:
		return strconv.AppendInt(dst, v, 10) // no date; better seen than hidden
	}
	year, month, day := v/10_000, v/100%100, v%100
	dst = append(dst, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10))
	if month == 0 && day == 0 {
		return dst
	}
	dst = append(dst, '-', byte('0'+month/10), byte('0'+month%10))
	if day == 0 {
		return dst
	}
	return append(dst, '-', byte('0'+day/10), byte('0'+day%10))
}

func appendDecimal(dst []byte, v int64) []byte {
	u := uint64(v)
	if v < 0 {
		dst, u = append(dst, '-'), -u
	}
	dst = strconv.AppendUint(dst, u/DecimalScale, 10)
	frac := u % DecimalScale
	if frac == 0 {
		return dst
	}
	dst = append(dst, '.')
	for scale := uint64(DecimalScale / 10); frac > 0; scale /= 10 {
		dst = append(dst, byte('0'+frac/scale))
		frac %= scale
	}
	return dst
}
