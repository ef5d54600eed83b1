package ident

// EstateUnit is the code of a real-estate unit (不动产单元代码, GB/T 37346-2018), 28 characters: county, cadastral
// district and subdistrict, kind of parcel, number of the parcel, kind of what stands on it, number of the unit.
type EstateUnit struct {
	chars [28]byte
	Fixed bool // the cell was written in another way: width, case, blanks
}

// EstateUnit reads the code of a real-estate unit. It is often written in four groups; the blanks are dropped.
func (f *Forms) EstateUnit(cell []byte) (EstateUnit, Reason) {
	d := Document{kind: KindEstateUnit}
	r := f.coded(&d, cell)
	text := d.text[:d.n]
	if r == Character && len(text) == 28 {
		shape := digits(text[:12]) && lettersThenDigits(text[12:19], 2) && lettersThenDigits(text[19:], 1)
		if shape && text[0] != '0' {
			r = Category
		}
	}
	if r != OK {
		return EstateUnit{}, r
	}
	if len(text) != 28 { // A table of forms has other lengths than the parts below.
		return EstateUnit{}, Length
	}
	return EstateUnit{chars: [28]byte(text), Fixed: d.Fixed}, OK
}

// coded folds a cell that is a code of digits and letters and matches it with the forms of its kind.
func (f *Forms) coded(d *Document, cell []byte) Reason {
	if r := d.fold(cell); r != OK {
		return r
	}
	text := d.text[:d.n]
	if filler(text) {
		return Filler
	}
	if _, ok := f.match(d.kind, text); !ok {
		return f.misfit(d.kind, text)
	}
	return OK
}

// Region gives the six digits of the county.
func (u EstateUnit) Region() [6]byte { return [6]byte(u.chars[:6]) }

// District gives the three digits of the cadastral district (地籍区).
func (u EstateUnit) District() [3]byte { return [3]byte(u.chars[6:9]) }

// Subdistrict gives the three digits of the cadastral subdistrict (地籍子区).
func (u EstateUnit) Subdistrict() [3]byte { return [3]byte(u.chars[9:12]) }

// Parcel gives the two letters of the kind of parcel (宗地特征码) and the five digits of its number.
func (u EstateUnit) Parcel() (kind [2]byte, sequence [5]byte) {
	return [2]byte(u.chars[12:14]), [5]byte(u.chars[14:19])
}

// Fixture gives the letter of what stands on the parcel, F building, L wood, Q other, W nothing, and eight digits.
func (u EstateUnit) Fixture() (kind byte, unit [8]byte) { return u.chars[19], [8]byte(u.chars[20:]) }

// Valid reports whether the value holds a code at all.
func (u EstateUnit) Valid() bool { return u.chars[0] != 0 }

// Reveal gives the code in clear.
func (u EstateUnit) Reveal() string { return string(u.AppendTo(nil)) }

// AppendTo appends the code in clear.
func (u EstateUnit) AppendTo(dst []byte) []byte {
	if !u.Valid() {
		return dst
	}
	return append(dst, u.chars[:]...)
}
