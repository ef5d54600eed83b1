package ident

// OldRegNo is a registration number of before 2007: thirteen digits, which are six of the authority, one of the kind of
// entity and six of the sequence, without a check digit. Its digits say nothing certain: the authorities of the time
// numbered in their own ways. Other old forms (企合…字第…号) are documents of KindOldRegNo, a table.
type OldRegNo struct {
	digits [13]byte
	Fixed  bool // the cell was written in another way: width, blanks
}

// ParseOldRegNo reads thirteen digits. Nothing in them can be checked but that they begin with a region.
func ParseOldRegNo(cell []byte) (OldRegNo, Reason) {
	var f folded
	fold(&f, cell)
	if r := f.spoiled(); r != OK {
		return OldRegNo{}, r
	}
	b := f.bytes()
	switch {
	case filler(b):
		return OldRegNo{}, Filler
	case f.n == 15 && regNoChecks(b):
		return OldRegNo{}, RegistrationNumber
	case f.n == 18 && creditCodeChecks(b):
		return OldRegNo{}, CreditCode
	case f.n == 12 && digits(b):
		return OldRegNo{}, Truncated
	case f.n != 13:
		return OldRegNo{}, Length
	case !digits(b):
		return OldRegNo{}, Character
	case !oldRegNoShape(b):
		return OldRegNo{}, Region
	}
	return OldRegNo{digits: [13]byte(b), Fixed: f.changed}, OK
}

// oldRegNoShape reports thirteen digits that begin as a province does.
func oldRegNoShape(b []byte) bool {
	return len(b) == 13 && digits(b) && b[0] >= '1' && b[0] <= '6' && !filler(b)
}

// cooperativeShape reports the registration number that farmers' cooperatives had before the credit code: region, NA (NB
// for branches), six digits, X. The X is no check digit, so one in eleven passes as a tax number by chance.
func cooperativeShape(b []byte) bool {
	return len(b) == 15 && digits(b[:6]) && b[6] == 'N' && (b[7] == 'A' || b[7] == 'B') && digits(b[8:14]) && b[14] == 'X'
}

// Region gives the six digits of the authority of the registration.
func (n OldRegNo) Region() [6]byte { return [6]byte(n.digits[:6]) }

// Kind is the seventh digit, which stood for a kind of entity; what it means differed from place to place.
func (n OldRegNo) Kind() byte { return n.digits[6] }

// Sequence gives the six digits of the sequence.
func (n OldRegNo) Sequence() [6]byte { return [6]byte(n.digits[7:]) }

// Valid reports whether the value holds a number at all.
func (n OldRegNo) Valid() bool { return n.digits[0] != 0 }

// Reveal gives the number in clear.
func (n OldRegNo) Reveal() string { return string(n.AppendTo(nil)) }

// AppendTo appends the number in clear.
func (n OldRegNo) AppendTo(dst []byte) []byte {
	if !n.Valid() {
		return dst
	}
	return append(dst, n.digits[:]...)
}
