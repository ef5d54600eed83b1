package ident

// Holder types, codes of the table holder_type.
const (
	HolderCitizen   = "111" // 公民身份号码
	HolderHKMacau   = "551" // 港澳居民居住证
	HolderTaiwan    = "552" // 台湾居民居住证
	HolderForeigner = "553" // 外国人永久居留身份证
)

// Birth is the birth date as yyyymmdd. Whether it lies in the future is for the caller, who knows the day.
func (id ResidentID) Birth() uint32 {
	day, _ := EightDigits(id.head>>48 | id.middle<<16)
	return day
}

// Sex is the code of GB/T 2261.1 that the sequence number says: '1' male, '2' female.
func (id ResidentID) Sex() byte {
	if id.tail&1 == 1 {
		return '1'
	}
	return '2'
}

// Region gives the digits of the region: the county of the first registration (GB/T 2260 at that time), not where the
// person lives; the place of a permit; for a foreigner the digit 9, the province of the application and the country.
func (id ResidentID) Region() [6]byte {
	d := id.text()
	return [6]byte(d[:6])
}

// Country is the ISO 3166 numeric code in a foreigner's number, otherwise ok is false.
func (id ResidentID) Country() (code [3]byte, ok bool) {
	d := id.text()
	if d[0] != '9' {
		return code, false
	}
	return [3]byte(d[3:6]), true
}

// Holder is the type of the document that the number belongs to, a code of the table holder_type.
func (id ResidentID) Holder() string {
	switch d := id.text(); d[0] {
	case '8':
		if d[1] == '3' {
			return HolderTaiwan
		}
		return HolderHKMacau
	case '9':
		return HolderForeigner
	}
	return HolderCitizen
}

// Valid reports whether the value holds a number at all.
func (id ResidentID) Valid() bool { return id.head != 0 }

// Reveal gives the number in clear.
func (id ResidentID) Reveal() string { return string(id.AppendTo(nil)) }

// AppendTo appends the number in clear.
func (id ResidentID) AppendTo(dst []byte) []byte {
	if !id.Valid() {
		return dst
	}
	d := id.text()
	return append(dst, d[:]...)
}

// AppendShort appends the 15 digits that the person had before, without century and check digit. They are not unique
// across centuries: good for finding candidates, never as a key.
func (id ResidentID) AppendShort(dst []byte) []byte {
	if !id.Valid() {
		return dst
	}
	d := id.text()
	return append(append(dst, d[:6]...), d[8:17]...)
}
