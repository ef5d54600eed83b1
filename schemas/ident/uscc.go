package ident

// USCC is a unified social credit code of GB 32100-2015. The zero value is no code.
type USCC struct {
	chars    [18]byte
	Fixed    bool // the cell was written in another way: width, case, blanks, hyphens
	Repaired bool // letters that the alphabet does not have were read as the digits they look like
}

const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // no I O S V Z

// noValue marks bytes that an alphabet does not have; no value has this bit.
const noValue = 0x80

var usccValues = valuesOf(usccAlphabet)

// valuesOf gives every byte its place in an alphabet, or noValue.
func valuesOf(alphabet string) *[256]uint8 {
	var t [256]uint8
	for i := range t {
		t[i] = noValue
	}
	for i := range alphabet {
		t[alphabet[i]] = uint8(i)
	}
	return &t
}

// ParseUSCC reads a unified social credit code. When the cell holds another number of an organization or a person, as
// happens while codes are being exchanged, the reason names it.
func ParseUSCC(cell []byte) (USCC, Reason) {
	if len(cell) == 18 {
		switch r := checkUSCC((*[18]byte)(cell)); r {
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
		r = checkUSCC((*[18]byte)(f.b[:]))
	}
	if r != OK {
		return USCC{}, failedUSCC(f.bytes(), r)
	}
	return USCC{chars: [18]byte(f.bytes()), Fixed: f.changed}, OK
}

// usccSum sums 17 characters with their weights, which are 3^i mod 31. The weights are distinct, so every wrong
// character shows, and so does every swap of two characters except of the first with the last, which both weigh 1.
// all has the bit noValue when a character is not of the alphabet.
func usccSum(b *[18]byte) (sum uint32, all uint8) {
	t := usccValues
	v0, v1, v2, v3, v4, v5 := t[b[0]], t[b[1]], t[b[2]], t[b[3]], t[b[4]], t[b[5]]
	v6, v7, v8, v9, v10, v11 := t[b[6]], t[b[7]], t[b[8]], t[b[9]], t[b[10]], t[b[11]]
	v12, v13, v14, v15, v16 := t[b[12]], t[b[13]], t[b[14]], t[b[15]], t[b[16]]
	sum = uint32(v0) + 3*uint32(v1) + 9*uint32(v2) + 27*uint32(v3) + 19*uint32(v4) + 26*uint32(v5)
	sum += 16*uint32(v6) + 17*uint32(v7) + 20*uint32(v8) + 29*uint32(v9) + 25*uint32(v10) + 13*uint32(v11)
	sum += 8*uint32(v12) + 24*uint32(v13) + 10*uint32(v14) + 30*uint32(v15) + 28*uint32(v16)
	all = v0 | v1 | v2 | v3 | v4 | v5 | v6 | v7 | v8 | v9 | v10 | v11 | v12 | v13 | v14 | v15 | v16
	return sum, all
}

// checkUSCC tests 18 characters: those of the alphabet, digits for the region, and the check character.
func checkUSCC(b *[18]byte) Reason {
	const region = 0x0000FFFFFFFFFFFF
	sum, all := usccSum(b)
	last := usccValues[b[17]]
	switch {
	case (all|last)&noValue != 0 || notDigits(eight(b[2:10]))&region != 0:
		return Character
	case (sum+uint32(last))%31 != 0:
		return Checksum
	case filler(b[:]): // eighteen zeros pass, and so does 123456789012345678
		return Filler
	}
	return OK
}

// creditCodeChecks reports a code whose both check characters hold: strong enough to recognize one elsewhere.
func creditCodeChecks(b []byte) bool {
	return len(b) == 18 && checkUSCC((*[18]byte)(b)) == OK && orgCheck(b[8:16]) == b[16]
}

// failedUSCC looks at a cell that is no code for what else it may be.
func failedUSCC(b []byte, r Reason) Reason {
	if filler(b) {
		return Filler
	}
	switch len(b) {
	case 18:
		if d := (*[18]byte)(b); seventeenDigits(d) && checkID(d) == OK {
			return ResidentNumber
		}
		if r == Checksum && string(b[15:]) == "000" && digits(b) {
			return Rounded
		}
	case 16, 17:
		if digits(b[2:8]) && usccChars(b) {
			return Truncated
		}
	case 15:
		if regNoChecks(b) {
			return RegistrationNumber
		}
		if cooperativeShape(b) {
			return OldRegistrationNumber
		}
		if taxNoChecks(b) {
			return TaxNumber
		}
	case 13:
		if oldRegNoShape(b) {
			return OldRegistrationNumber
		}
	case 9:
		if orgChars(b[:8]) && orgCheck(b[:8]) == b[8] {
			return OrganizationCode
		}
	}
	return r
}

// usccChars reports whether all characters are of the alphabet of GB 32100.
func usccChars(b []byte) bool {
	var all uint8
	for _, c := range b {
		all |= usccValues[c]
	}
	return all&noValue == 0
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
