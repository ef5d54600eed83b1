package ident

// PermitID is the 15-character number of the permanent residence cards of 2004 to 2023: three letters of the country
// (ISO 3166 alpha-3), four digits of the region, birth yymmdd, one sequence digit and a check digit. It cannot be
// turned into the number of the present card: only a table of the migration authority links the two.
type PermitID struct {
	chars [15]byte
	Fixed bool // the cell was written in another way: width, case, blanks
}

// ParsePermitID reads the number of an old permanent residence card (旧版外国人永久居留身份证).
func ParsePermitID(cell []byte) (PermitID, Reason) {
	var f folded
	fold(&f, cell)
	if r := f.spoiled(); r != OK {
		return PermitID{}, r
	}
	b := f.bytes()
	switch {
	case f.n == 15:
	case f.n == 14 && lettersThenDigits(b, 3):
		return PermitID{}, Truncated
	case f.n == 18 && digits(b[:17]) && b[0] == '9':
		return PermitID{}, ResidentNumber // the card of 2023
	default:
		return PermitID{}, Length
	}
	if !lettersThenDigits(b, 3) {
		return PermitID{}, Character
	}
	if b[14] != mrzCheck(b[:14]) {
		return PermitID{}, Checksum
	}
	// The century is not written; a 29 February is taken when either century has it.
	birth := number(b[7:13])
	if !ValidDate(19000000+birth) && !ValidDate(20000000+birth) {
		return PermitID{}, Date
	}
	return PermitID{chars: [15]byte(b), Fixed: f.changed}, OK
}

// lettersThenDigits reports n capital letters with nothing but digits after them.
func lettersThenDigits(b []byte, n int) bool {
	for _, c := range b[:n] {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return digits(b[n:])
}

// mrzCheck is the check digit of machine readable travel documents (ICAO 9303): weights 7, 3, 1, modulo 10.
func mrzCheck(b []byte) byte {
	weights := [3]uint32{7, 3, 1}
	var sum uint32
	for i, c := range b {
		sum += alnum(c) * weights[i%3]
	}
	return byte(sum%10) + '0'
}

// Country is the alpha-3 code in the number.
func (p PermitID) Country() [3]byte { return [3]byte(p.chars[:3]) }

// Region is the four digits of province and city.
func (p PermitID) Region() [4]byte { return [4]byte(p.chars[3:7]) }

// Births are the days that yymmdd can stand for, as yyyymmdd, the earlier first: the century is not written. The
// second is 0 when the day exists in one century only, as 29 February 2000.
func (p PermitID) Births() (days [2]uint32) {
	n, yymmdd := 0, number(p.chars[7:13])
	for _, century := range []uint32{19000000, 20000000} {
		if ValidDate(century + yymmdd) {
			days[n] = century + yymmdd
			n++
		}
	}
	return days
}

// Valid reports whether the value holds a number at all.
func (p PermitID) Valid() bool { return p.chars[0] != 0 }

// Reveal gives the number in clear.
func (p PermitID) Reveal() string { return string(p.AppendTo(nil)) }

// AppendTo appends the number in clear.
func (p PermitID) AppendTo(dst []byte) []byte {
	if !p.Valid() {
		return dst
	}
	return append(dst, p.chars[:]...)
}
