package ident

// OrgCode is an organization code of GB 11714-1997, without its hyphen. The zero value is no code.
type OrgCode struct {
	chars [9]byte
	Fixed bool // the cell was written in another way: width, case, blanks
}

// orgWeights of GB 11714. The modulus 11 is smaller than the alphabet of 36, so characters whose values differ by 11,
// 22 or 33 stand for each other unseen (0, B, M and X; 1, C, N and Y; …). Among digits every error of one character
// and every swap of neighbors shows.
var orgWeights = [8]uint32{3, 7, 9, 10, 5, 8, 4, 2}

// orgCheck computes the check digit of eight characters.
func orgCheck(b []byte) byte {
	var sum uint32
	for i, w := range orgWeights {
		sum += alnum(b[i]) * w
	}
	return "0X987654321"[sum%11]
}

// orgChars reports whether all characters are digits or capital letters.
func orgChars(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// ParseOrgCode reads an organization code, with or without the hyphen before the check digit. Codes of the zone
// PDY00001 to PDY99999 are for use inside one organization and must not be exchanged.
func ParseOrgCode(cell []byte) (OrgCode, Reason) {
	var f folded
	fold(&f, cell)
	if f.n == 10 && f.b[8] == '-' {
		f.b[8] = f.b[9]
		f.n = 9
	}
	if r := f.spoiled(); r != OK {
		return OrgCode{}, r
	}
	b := f.bytes()
	if f.n != 9 {
		if creditCodeChecks(b) && f.n == 18 {
			return OrgCode{}, CreditCode
		}
		return OrgCode{}, Length
	}
	if b[8] == lookAlike && orgChars(b[:8]) && orgCheck(b) == 'X' {
		b[8] = 'X'
	}
	if !orgChars(b[:8]) || !isDigit(b[8]) && b[8] != 'X' {
		return OrgCode{}, Character
	}
	if orgCheck(b) != b[8] {
		return OrgCode{}, Checksum
	}
	if string(b[:3]) == "PDY" && digits(b[3:8]) && string(b[3:8]) != "00000" {
		return OrgCode{}, Reserved
	}
	return OrgCode{chars: [9]byte(b), Fixed: f.changed}, OK
}

// Valid reports whether the value holds a code at all.
func (o OrgCode) Valid() bool { return o.chars[0] != 0 }

// Reveal gives the code in clear, nine characters.
func (o OrgCode) Reveal() string { return string(o.AppendTo(nil)) }

// AppendTo appends the code in clear, nine characters.
func (o OrgCode) AppendTo(dst []byte) []byte {
	if !o.Valid() {
		return dst
	}
	return append(dst, o.chars[:]...)
}
