package ident

// RegNo is a 15-digit registration number of market entities (工商注册号, GS15-2006), used since 2007 and superseded by
// the unified social credit code. OldRegNo is what was used before.
type RegNo struct {
	digits [15]byte
	Fixed  bool // the cell was written in another way: width, blanks
}

// regNoCheck computes the check digit of 14 digits by ISO 7064 MOD 11,10. Every wrong digit shows; 20 of 900 swaps of
// neighbors do not.
func regNoCheck(b []byte) byte {
	p := uint8(10)
	for _, c := range b[:14] {
		p = regNoSteps[p&15][c&15]
	}
	return (11-p)%10 + '0'
}

// regNoSteps is one step of MOD 11,10 from every remainder by every digit; the divisions cost three times as much.
var regNoSteps = func() (t [16][16]uint8) {
	for p := range uint8(11) {
		for d := range uint8(10) {
			x := (d + p) % 10
			if x == 0 {
				x = 10
			}
			t[p][d] = 2 * x % 11
		}
	}
	return t
}()

// regNoChecks reports 15 digits with a right check digit.
func regNoChecks(b []byte) bool {
	return len(b) == 15 && digits(b) && regNoCheck(b) == b[14]
}

// taxNoChecks reports the tax number that organizations had before 2015: region and organization code.
func taxNoChecks(b []byte) bool {
	return len(b) == 15 && digits(b[:6]) && orgChars(b[6:14]) && orgCheck(b[6:14]) == b[14]
}

// ParseRegNo reads a registration number. One number in ten of any other kind passes its check digit too: the meaning
// of the column decides, not the number.
func ParseRegNo(cell []byte) (RegNo, Reason) {
	if regNoChecks(cell) && cell[0] != '0' {
		return RegNo{digits: [15]byte(cell)}, OK
	}
	var f folded
	fold(&f, cell)
	if r := f.spoiled(); r != OK {
		return RegNo{}, r
	}
	b := f.bytes()
	switch {
	case f.n != 15:
		return RegNo{}, failedRegNo(b)
	case filler(b):
		return RegNo{}, Filler
	case cooperativeShape(b):
		return RegNo{}, OldRegistrationNumber
	case !digits(b):
		if taxNoChecks(b) {
			return RegNo{}, TaxNumber
		}
		return RegNo{}, Character
	case regNoCheck(b) != b[14]:
		if taxNoChecks(b) {
			return RegNo{}, TaxNumber
		}
		return RegNo{}, Checksum
	}
	return RegNo{digits: [15]byte(b), Fixed: f.changed}, OK
}

// failedRegNo looks at a cell of another length for what it may be.
func failedRegNo(b []byte) Reason {
	switch {
	case filler(b):
		return Filler
	case len(b) == 18 && creditCodeChecks(b):
		return CreditCode
	case len(b) == 13 && oldRegNoShape(b):
		return OldRegistrationNumber
	case len(b) == 14 && digits(b):
		return Truncated
	}
	return Length
}

// Region gives the six digits of the authority of the first registration; 100000 is the national one.
func (n RegNo) Region() [6]byte { return [6]byte(n.digits[:6]) }

// SoleTrader reports a number of the range for individual businesses (个体工商户): the seventh digit is 6 to 9.
func (n RegNo) SoleTrader() bool { return n.digits[6] >= '6' && n.digits[6] <= '9' }

// Foreign reports a number of the range for enterprises with foreign capital: the seventh digit is 4 or 5.
func (n RegNo) Foreign() bool { return n.digits[6] == '4' || n.digits[6] == '5' }

// Kind gives the seventh, eighth and ninth digit, which say what the entity is: RegNoMeaning reads them.
func (n RegNo) Kind() [3]byte { return [3]byte(n.digits[6:9]) }

// Valid reports whether the value holds a number at all.
func (n RegNo) Valid() bool { return n.digits[0] != 0 }

// Reveal gives the number in clear.
func (n RegNo) Reveal() string { return string(n.AppendTo(nil)) }

// AppendTo appends the number in clear.
func (n RegNo) AppendTo(dst []byte) []byte {
	if !n.Valid() {
		return dst
	}
	return append(dst, n.digits[:]...)
}
