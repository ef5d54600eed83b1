package ident

// USCC is a unified social credit code of GB 32100-2015. The zero value is no code.
type USCC struct {
	chars    [18]byte
	Fixed    bool // the cell was written in another way: width, case, blanks, hyphens
	Repaired bool // letters that the alphabet does not have were read as the digits they look like
}

const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // no I O S V Z

// usccWeights are 3^i mod 31. They are distinct, so every wrong character shows, and so does every swap of two
// characters except of the first with the last, which both weigh 1.
var usccWeights = [17]uint32{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

const noValue = 0xFF

var usccValues = func() (t [256]uint8) {
	for i := range t {
		t[i] = noValue
	}
	for i := range usccAlphabet {
		t[usccAlphabet[i]] = uint8(i)
	}
	return t
}()

// ParseUSCC reads a unified social credit code. When the cell holds another number of an organization or a person, as
// happens while codes are being exchanged, the reason names it.
func ParseUSCC(cell []byte) (USCC, Reason) {
	if len(cell) == 18 {
		switch r := checkUSCC(cell); r {
		case OK:
			return USCC{chars: [18]byte(cell)}, OK
		case Checksum:
			return USCC{}, failedUSCC(cell, r)
		}
	}
	var f folded
	fold(&f, cell)
	f.dropHyphens()
	if r := f.spoiled(); r != OK {
		return USCC{}, r
	}
	r := Length
	if f.n == 18 {
		r = checkUSCC(f.bytes())
	}
	if r != OK {
		return USCC{}, failedUSCC(f.bytes(), r)
	}
	return USCC{chars: [18]byte(f.bytes()), Fixed: f.changed}, OK
}

// checkUSCC tests 18 characters: those of the alphabet, digits for the region, and the check character.
func checkUSCC(b []byte) Reason {
	var sum uint32
	for i, w := range usccWeights {
		v := usccValues[b[i]]
		if v == noValue || i >= 2 && i < 8 && v > 9 {
			return Character
		}
		sum += uint32(v) * w
	}
	if usccValues[b[17]] == noValue {
		return Character
	}
	if b[17] != usccAlphabet[(31-sum%31)%31] {
		return Checksum
	}
	return OK
}

// creditCodeChecks reports a code whose both check characters hold: strong enough to recognize one elsewhere.
func creditCodeChecks(b []byte) bool {
	return len(b) == 18 && checkUSCC(b) == OK && orgCheck(b[8:16]) == b[16]
}

// failedUSCC looks at a cell that is no code for what else it may be.
func failedUSCC(b []byte, r Reason) Reason {
	switch len(b) {
	case 18:
		var id ResidentID
		copy(id.digits[:], b)
		if digits(b[:17]) && id.check() == OK {
			return ResidentNumber
		}
		if r == Checksum && string(b[15:]) == "000" && digits(b) {
			return Rounded
		}
	case 15:
		if regNoChecks(b) {
			return RegistrationNumber
		}
		if taxNoChecks(b) {
			return TaxNumber
		}
	case 9:
		if orgChars(b[:8]) && orgCheck(b[:8]) == b[8] {
			return OrganizationCode
		}
	}
	return r
}

// RepairUSCC reads letters that GB 32100 leaves out because they look like digits (O, I, S, Z), and B, Q, D where
// only digits can stand, as those digits. It is for feeds that declare it: the result counts only when the check
// character and that of the organization code inside both hold, which chance gives once in 341. A code that needs no
// repair is given as ParseUSCC gives it; one that repair does not help keeps its first reason.
func RepairUSCC(cell []byte) (USCC, Reason) {
	code, r := ParseUSCC(cell)
	if r != Character {
		return code, r
	}
	var f folded
	fold(&f, cell)
	f.dropHyphens()
	b := f.bytes()
	for i, c := range b {
		switch {
		case c == 'O', i >= 2 && i < 8 && (c == 'Q' || c == 'D'):
			b[i] = '0'
		case c == 'I':
			b[i] = '1'
		case c == 'S':
			b[i] = '5'
		case c == 'Z':
			b[i] = '2'
		case i >= 2 && i < 8 && c == 'B':
			b[i] = '8'
		}
	}
	if !creditCodeChecks(b) {
		return USCC{}, r
	}
	return USCC{chars: [18]byte(b), Fixed: true, Repaired: true}, OK
}

// OrgCodeValid reports whether the organization code inside has a right check digit of its own. Registries have
// issued codes in which it is wrong, so this is a warning, never an error.
func (u USCC) OrgCodeValid() bool { return orgCheck(u.chars[8:16]) == u.chars[16] }

// OrgCode is the organization code inside, characters 9 to 17, whatever its check digit says.
func (u USCC) OrgCode() OrgCode { return OrgCode{chars: [9]byte(u.chars[8:17])} }

// Department is the first character, the registering administration: a code of the table uscc_department.
func (u USCC) Department() byte { return u.chars[0] }

// Category is the first two characters: a code of the table uscc_category.
func (u USCC) Category() [2]byte { return [2]byte(u.chars[:2]) }

// Region gives the six digits of the registering authority. They are not the address, and one in 28 is no county.
func (u USCC) Region() [6]byte { return [6]byte(u.chars[2:8]) }

// Valid reports whether the value holds a code at all.
func (u USCC) Valid() bool { return u.chars[0] != 0 }

// Reveal gives the code in clear.
func (u USCC) Reveal() string { return string(u.AppendTo(nil)) }

// AppendTo appends the code in clear.
func (u USCC) AppendTo(dst []byte) []byte {
	if !u.Valid() {
		return dst
	}
	return append(dst, u.chars[:]...)
}
