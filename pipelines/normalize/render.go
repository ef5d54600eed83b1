package normalize

import (
	"strconv"

	"jiku/schemas"
)

// Render shows one item of a record as text, as the tests of a feed write it: a date as
// 1965-04-30, 1990-05 or 1990, a decimal as 50.5, none as 无, unknown as ?, void as !,
// withdrawn as -, a silent item as nothing.
func Render(rec *schemas.Record, item int) string {
	switch rec.States[item] {
	case schemas.Valued:
		return renderValue(rec.Base.Items[item].Type, rec.Text[item], rec.Int[item])
	case schemas.None:
		return "无"
	case schemas.Unknown:
		return "?"
	case schemas.Void:
		return "!"
	case schemas.Withdrawn:
		return "-"
	default:
		return ""
	}
}

func renderValue(t schemas.Type, text []byte, n int64) string {
	switch t {
	case schemas.TypeDate:
		return renderDate(n)
	case schemas.TypeDecimal:
		return renderDecimal(n)
	case schemas.TypeInteger, typeDatetime:
		return strconv.FormatInt(n, 10)
	default:
		return string(text)
	}
}

// renderDate shows as much of yyyymmdd as is known.
func renderDate(day int64) string {
	b := appendPadded(nil, day/10000, 4)
	if day/100%100 == 0 {
		return string(b)
	}
	b = appendPadded(append(b, '-'), day/100%100, 2)
	if day%100 == 0 {
		return string(b)
	}
	return string(appendPadded(append(b, '-'), day%100, 2))
}

// renderDecimal shows no more decimals than there are.
func renderDecimal(n int64) string {
	var b []byte
	u := uint64(n)
	if n < 0 {
		b = append(b, '-')
		u = -u
	}
	b = strconv.AppendUint(b, u/schemas.DecimalScale, 10)
	rest := u % schemas.DecimalScale
	if rest == 0 {
		return string(b)
	}
	b = appendPadded(append(b, '.'), int64(rest), 4)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return string(b)
}

// appendPadded appends n with leading zeros to at least width digits.
func appendPadded(b []byte, n int64, width int) []byte {
	s := strconv.AppendInt(nil, n, 10)
	for i := len(s); i < width; i++ {
		b = append(b, '0')
	}
	return append(b, s...)
}
