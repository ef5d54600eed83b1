package ident

import "encoding/binary"

// ResidentID is an 18-digit number of GB 11643: of a citizen, of a resident from Hong Kong, Macau or Taiwan with a
// residence permit, or of a foreigner with a permanent residence card of 2023. The zero value is no number.
type ResidentID struct {
	// The characters in words, the first of each in its lowest byte: numbers are handed on in registers, where an array
	// of 18 bytes goes through memory and costs as much as checking it.
	head, middle uint64
	tail         uint16
	Writing
}

// Writing is how a cell had written what was read of it.
type Writing struct {
	Fixed    bool // in another way: width, case, blanks, a look-alike of X
	Upgraded bool // as the 15 digits of GB 11643-1989, which have no check digit
}

// text gives the 18 characters.
func (id ResidentID) text() (d [18]byte) {
	binary.LittleEndian.PutUint64(d[:], id.head)
	binary.LittleEndian.PutUint64(d[8:], id.middle)
	binary.LittleEndian.PutUint16(d[16:], id.tail)
	return d
}

const idChecks = "10X98765432"

// idCheck computes the check digit of the first 17 digits (GB 11643, ISO 7064 MOD 11-2). The weights are 2^(17-i)
// modulo 11: 1 for the value of the first eight digits at 2, 4 for that of the next eight, 2 for the last.
func idCheck(d *[18]byte) byte {
	sum := base2(eight(d[0:8])) + 4*base2(eight(d[8:16])) + 2*uint32(d[16]&15)
	return idChecks[sum%11]
}

// seventeenDigits reports whether all characters before the check digit are digits.
func seventeenDigits(d *[18]byte) bool {
	return notDigits(eight(d[0:8]))|notDigits(eight(d[8:16])) == 0 && isDigit(d[16])
}

// ParseResidentID reads a resident ID number of 18 digits, or of 15, which it upgrades.
func ParseResidentID(cell []byte) (ResidentID, Reason) {
	if len(cell) == 18 {
		d := (*[18]byte)(cell)
		if seventeenDigits(d) && (isDigit(d[17]) || d[17] == 'X') {
			if r := checkID(d); r != OK {
				return ResidentID{}, failedID(cell, r)
			}
			return ResidentIDOf(d), OK
		}
	}
	return foldResidentID(cell)
}

// foldResidentID reads what is not eighteen digits as it stands.
func foldResidentID(cell []byte) (ResidentID, Reason) {
	var f folded
	fold(&f, cell)
	f.readX()
	if r := f.spoiled(); r != OK {
		return ResidentID{}, r
	}
	id, r := f.residentID()
	if r != OK {
		return ResidentID{}, failedID(f.bytes(), r)
	}
	return id, OK
}

// ResidentIDOf takes a number that is known to be one in its canonical form, as the key of a claim is, and does not
// check it again.
func ResidentIDOf(canonical *[18]byte) ResidentID {
	return ResidentID{head: eight(canonical[:8]), middle: eight(canonical[8:16]), tail: binary.LittleEndian.Uint16(canonical[16:])}
}

// residentID checks the folded cell as a number.
func (f *folded) residentID() (ResidentID, Reason) {
	var d [18]byte
	upgraded := false
	b := f.bytes()
	switch f.n {
	case 15:
		// Without a check digit nothing tells a stray blank from a lost digit.
		if f.inner || !digits(b) {
			return ResidentID{}, Character
		}
		if filler(b) {
			return ResidentID{}, Filler
		}
		if b[0] >= '8' { // The permits and the foreigners' card are newer than 15 digits.
			return ResidentID{}, Region
		}
		upgraded = true
		upgrade(&d, b)
	case 18:
		if !digits(b[:17]) || !isDigit(b[17]) && b[17] != 'X' {
			return ResidentID{}, hidden(b)
		}
		copy(d[:], b)
	default:
		return ResidentID{}, Length
	}
	id := ResidentIDOf(&d)
	id.Fixed, id.Upgraded = f.changed, upgraded
	return id, checkID(&d)
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
func upgrade(d *[18]byte, b []byte) {
	century := "19"
	if b[12] == '9' && b[13] == '9' && b[14] >= '6' {
		century = "18"
	}
	copy(d[:], b[:6])
	copy(d[6:], century)
	copy(d[8:], b[6:])
	d[17] = idCheck(d)
}

// checkID tests what 17 digits and a check digit say by themselves. The check digit comes first: when it fails, the
// date is hearsay.
func checkID(d *[18]byte) Reason {
	switch {
	case d[17] != idCheck(d):
		return Checksum
	case !validDay8(eight(d[6:14])):
		return Date
	case d[0] == '0':
		return Region
	case d[0] == '8' && (d[1] < '1' || d[1] > '3' || string(d[2:6]) != "0000"): // the permits have one region each
		return Region
	}
	return OK
}

// failedID looks at a number that is no resident ID for what else it may be.
func failedID(b []byte, r Reason) Reason {
	switch n := len(b); {
	case r == Masked:
		return r
	case n == 18 && creditCodeChecks(b): // one in eleven such codes of digits passes the check digit too
		return CreditCode
	case filler(b):
		return Filler
	case n == 18 && r == Checksum && string(b[15:]) == "000":
		return Rounded
	case n == 15 && r != Character && regNoChecks(b):
		return RegistrationNumber
	case (n == 16 || n == 17) && digits(b) && validDay8(eight(b[6:14])):
		return Truncated
	}
	return r
}
