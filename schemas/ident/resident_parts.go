package ident

// Holder types, codes of the table holder_type.
const (
	HolderCitizen   = "111" // 公民身份号码
	HolderHKMacau   = "551" // 港澳居民居住证
	HolderTaiwan    = "552" // 台湾居民居住证
	HolderForeigner = "553" // 外国人永久居留身份证
)

// Birth is the birth date as yyyymmdd. Whether it lies in the future is for the caller, who knows the day.
func (id ResidentID) Birth() uint32 { return number(id.digits[6:14]) }

// Sex is the code of GB/T 2261.1 that the sequence number says: '1' male, '2' female.
func (id ResidentID) Sex() byte {
	if (id.digits[16]-'0')%2 == 1 {
		return '1'
	}
	return '2'
}

// Region gives the digits of the region: the county of the first registration (GB/T 2260 at that time), not where the
// person lives; the place of a permit; for a foreigner the digit 9, the province of the application and the country.
func (id ResidentID) Region() [6]byte { return [6]byte(id.digits[:6]) }

// Country is the ISO 3166 numeric code in a foreigner's number, otherwise ok is false.
func (id ResidentID) Country() (code [3]byte, ok bool) {
	if id.digits[0] != '9' {
		return code, false
	}
	return [3]byte(id.digits[3:6]), true
}

// Holder is the type of the document that the number belongs to, a code of the table holder_type.
func (id ResidentID) Holder() string {
	switch id.digits[0] {
	case '8':
		if id.digits[1] == '3' {
			return HolderTaiwan
		}
		return HolderHKMacau
	case '9':
		return HolderForeigner
	}
	return HolderCitizen
}

// Valid reports whether the value holds a number at all.
func (id ResidentID) Valid() bool { return id.digits[0] != 0 }

// Reveal gives the number in clear.
func (id ResidentID) Reveal() string { return string(id.AppendTo(nil)) }

// AppendTo appends the number in clear.
func (id ResidentID) AppendTo(dst []byte) []byte {
	if !id.Valid() {
		return dst
	}
	return append(dst, id.digits[:]...)
}

// AppendShort appends the 15 digits that the person had before, without century and check digit. They are not unique
// across centuries: good for finding candidates, never as a key.
func (id ResidentID) AppendShort(dst []byte) []byte {
	if !id.Valid() {
		return dst
	}
	return append(append(dst, id.digits[:6]...), id.digits[8:17]...)
}
