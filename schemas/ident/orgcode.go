package ident

// OrgCode is an organization code of GB 11714-1997, without its hyphen. The zero value is no code.
type OrgCode struct {
	chars    [9]byte
	Fixed    bool // the cell was written in another way: width, case, blanks
	Restored bool // a leading zero that was lost is put back
}

// alnumValues are the values of GB 11714 and of machine readable documents: digits, then A = 10 to Z = 35.
var alnumValues = valuesOf("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

// alnum is the value of 0-9, A-Z.
func alnum(c byte) uint32 { return uint32(alnumValues[c]) }

// orgCheck computes the check digit of eight characters. The modulus 11 is smaller than the alphabet of 36, so
// characters whose values differ by 11, 22 or 33 stand for each other unseen (0, B, M and X; 1, C, N and Y; …): 84 of
// the 1,260 ways to replace one by another, at any place. Among digits every error of one character and every swap of neighbors shows.
func orgCheck(b []byte) byte {
	_ = b[7]
	sum := 3*alnum(b[0]) + 7*alnum(b[1]) + 9*alnum(b[2]) + 10*alnum(b[3])
	sum += 5*alnum(b[4]) + 8*alnum(b[5]) + 4*alnum(b[6]) + 2*alnum(b[7])
	return "0X987654321"[sum%11]
}

// orgChars reports whether all characters are digits or capital letters.
func orgChars(b []byte) bool {
	var all uint8
	for _, c := range b {
		all |= alnumValues[c]
	}
	return all&noValue == 0
}

// ParseOrgCode reads an organization code, with or without the hyphen before the check digit. Codes of the zone
// PDY00001 to PDY99999 are for use inside one organization and must not be exchanged; those that begin with W39 are
// made up ([AppendOrgCode]).
func ParseOrgCode(cell []byte) (OrgCode, Reason) {
	o, r := readOrgCode(cell)
	if r != OK {
		return OrgCode{}, r
	}
	return o, OK
}

// readOrgCode is ParseOrgCode, but gives codes of reserved zones with their reason.
func readOrgCode(cell []byte) (OrgCode, Reason) {
	if len(cell) == 9 && orgChars(cell) && cell[0] != 'P' && cell[0] != 'W' && cell[0] != '0' && orgCheck(cell) == cell[8] {
		return OrgCode{chars: [9]byte(cell)}, OK
	}
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
		return OrgCode{}, failedOrgCode(b)
	}
	if b[8] == lookAlike && orgChars(b[:8]) && orgCheck(b) == 'X' {
		b[8] = 'X'
	}
	switch {
	case !orgChars(b[:8]) || !isDigit(b[8]) && b[8] != 'X':
		return OrgCode{}, Character
	case filler(b):
		return OrgCode{}, Filler
	case orgCheck(b) != b[8]:
		return OrgCode{}, Checksum
	}
	o := OrgCode{chars: [9]byte(b), Fixed: f.changed}
	if zone := string(b[:3]); zone == syntheticOrg || zone == "PDY" && digits(b[3:8]) && string(b[3:8]) != "00000" {
		return o, Reserved
	}
	return o, OK
}

// failedOrgCode looks at a cell of another length for what it may be.
func failedOrgCode(b []byte) Reason {
	switch {
	case filler(b):
		return Filler
	case len(b) == 18 && creditCodeChecks(b):
		return CreditCode
	case len(b) == 8 && orgChars(b[:7]):
		if lost := [9]byte(append([]byte{'0'}, b...)); digits(b[:7]) && orgCheck(lost[:]) == lost[8] {
			return LeadingZero
		}
		return Truncated
	}
	return Length
}

// RestoreOrgCode is ParseOrgCode, but gives back the leading zero that a spreadsheet takes from codes of digits alone,
// if the check digit holds with it. One truncated code in eleven passes that too, so it is for feeds that declare it.
func RestoreOrgCode(cell []byte) (OrgCode, Reason) {
	code, r := ParseOrgCode(cell)
	if r != LeadingZero {
		return code, r
	}
	var f folded
	fold(&f, cell)
	code = OrgCode{Fixed: true, Restored: true}
	code.chars[0] = '0'
	copy(code.chars[1:], f.bytes())
	return code, OK
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
