package ident

// ResidentID is an 18-digit number of GB 11643: of a citizen, of a resident from Hong Kong, Macau or Taiwan with a
// residence permit, or of a foreigner with a permanent residence card of 2023. The zero value is no number.
type ResidentID struct {
	digits   [18]byte
	Fixed    bool // the cell was written in another way: width, case, blanks, a look-alike of X
	Upgraded bool // the cell held the 15 digits of GB 11643-1989, which have no check digit
}

// Holder types, codes of the table holder_type.
const (
	HolderCitizen   = "111" // 公民身份号码
	HolderHKMacau   = "551" // 港澳居民居住证
	HolderTaiwan    = "552" // 台湾居民居住证
	HolderForeigner = "553" // 外国人永久居留身份证
)

// idWeights are 2^(17-i) mod 11 (GB 11643, ISO 7064 MOD 11-2).
var idWeights = [17]uint32{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const (
	idChecks = "10X98765432"
	idZeros  = '0' * (7 + 9 + 10 + 5 + 8 + 4 + 2 + 1 + 6 + 3 + 7 + 9 + 10 + 5 + 8 + 4 + 2) // the sum of seventeen zeros
)

// idCheck computes the check digit of the first 17 digits.
func idCheck(d *[18]byte) byte {
	var sum uint32
	for i, w := range idWeights {
		sum += uint32(d[i]) * w
	}
	return idChecks[(sum-idZeros)%11]
}

// ParseResidentID reads a resident ID number of 18 digits, or of 15, which it upgrades.
func ParseResidentID(cell []byte) (ResidentID, Reason) {
	var id ResidentID
	if len(cell) == 18 && digits(cell[:17]) && (isDigit(cell[17]) || cell[17] == 'X') {
		id.digits = [18]byte(cell)
		if r := id.check(); r != OK {
			return ResidentID{}, failedID(cell, r)
		}
		return id, OK
	}
	var f folded
	fold(&f, cell)
	f.readX()
	r := f.spoiled()
	if r != OK {
		return ResidentID{}, r
	}
	if r = id.fill(&f); r != OK {
		return ResidentID{}, failedID(f.bytes(), r)
	}
	return id, OK
}

// ResidentIDOf takes a number that is known to be one in its canonical form, as the key of a claim is, and does not
// check it again.
func ResidentIDOf(canonical [18]byte) ResidentID { return ResidentID{digits: canonical} }

// fill takes the folded cell over and checks it.
func (id *ResidentID) fill(f *folded) Reason {
	b := f.bytes()
	switch f.n {
	case 15:
		// Without a check digit nothing tells a stray blank from a lost digit.
		if f.inner || !digits(b) {
			return Character
		}
		id.upgrade(b)
	case 18:
		if !digits(b[:17]) || !isDigit(b[17]) && b[17] != 'X' {
			return hidden(b)
		}
		copy(id.digits[:], b)
	default:
		return Length
	}
	id.Fixed = f.changed
	return id.check()
}

// readX takes a last character that is typed for X as X, when X is what the digits before it ask for.
func (f *folded) readX() {
	if f.n != 18 || !digits(f.b[:17]) || idCheck((*[18]byte)(f.b[:])) != 'X' {
		return
	}
	if c := f.b[17]; c == lookAlike || c == '*' {
		f.b[17] = 'X'
		f.changed = true
	}
}

// hidden tells digits that were crossed out with X from other characters that do not belong.
func hidden(b []byte) Reason {
	crosses := 0
	for _, c := range b[:17] {
		if c == 'X' || c == lookAlike {
			crosses++
		}
	}
	if crosses > 2 {
		return Masked
	}
	return Character
}

// upgrade makes 18 digits of 15: the century goes in after the region, 18 for the sequences 996 to 999, which were
// kept for persons born before 1900 (GB 11643-1989).
func (id *ResidentID) upgrade(b []byte) {
	century := "19"
	if b[12] == '9' && b[13] == '9' && b[14] >= '6' {
		century = "18"
	}
	copy(id.digits[:], b[:6])
	copy(id.digits[6:], century)
	copy(id.digits[8:], b[6:])
	id.digits[17] = idCheck(&id.digits)
	id.Upgraded = true
}

// check tests what the number says by itself. The check digit comes first: when it fails, the date is hearsay.
func (id *ResidentID) check() Reason {
	d := &id.digits
	if d[17] != idCheck(d) {
		return Checksum
	}
	if y := number(d[6:10]); y < 1800 || y > 2099 || !validDay(y, number(d[10:12]), number(d[12:14])) {
		return Date
	}
	switch d[0] {
	case '0':
		return Region
	case '8': // the three permits have one region each
		if d[1] < '1' || d[1] > '3' || id.Upgraded || string(d[2:6]) != "0000" {
			return Region
		}
	case '9': // the foreigners' card is newer than 15 digits
		if id.Upgraded {
			return Region
		}
	}
	return OK
}

// failedID looks at a number that is no resident ID for what else it may be.
func failedID(b []byte, r Reason) Reason {
	switch {
	case len(b) == 18 && creditCodeChecks(b): // one in eleven such codes of digits passes the check digit too
		return CreditCode
	case len(b) == 18 && r == Checksum && string(b[15:]) == "000":
		return Rounded
	case len(b) == 15 && r != Character && regNoChecks(b):
		return RegistrationNumber
	}
	return r
}

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
