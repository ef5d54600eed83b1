package ident

// Disability is the number of a disability certificate (第二代残疾人证): the 18 digits of the person, the type of
// disability, its degree and, on a card that was issued again, B with how many times.
type Disability struct {
	text  Document
	id    ResidentID
	Fixed bool // the cell was written in another way: width, case, blanks
}

// Disability reads the number of a disability certificate; the person's number in it must be right.
func (f *Forms) Disability(cell []byte) (Disability, Reason) {
	v := Disability{text: Document{kind: KindDisability}}
	if r := v.text.fold(cell); r != OK {
		return Disability{}, r
	}
	text := v.text.text[:v.text.n]
	if filler(text) {
		return Disability{}, Filler
	}
	if len(text) < 18 {
		return Disability{}, Length
	}
	var r Reason
	if v.id, r = f.ResidentID(text[:18]); r != OK {
		return Disability{}, r
	}
	if _, ok := f.match(KindDisability, text); !ok {
		switch n := len(text); {
		case n == 18:
			return Disability{}, ResidentNumber
		case n == 19:
			return Disability{}, Truncated
		case n == 20 && digits(text[18:]):
			return Disability{}, Category
		}
		return Disability{}, f.misfit(KindDisability, text)
	}
	v.Fixed = v.text.Fixed
	return v, OK
}

// Person is the number of the person.
func (v Disability) Person() ResidentID { return v.id }

// Type is the digit of the type: 1 sight, 2 hearing, 3 speech, 4 limbs, 5 intellect, 6 mind, 7 several.
func (v Disability) Type() byte { return v.text.text[18] }

// Degree is the digit of the degree, 1 the severest to 4.
func (v Disability) Degree() byte { return v.text.text[19] }

// Reissues is how many times the card was issued again.
func (v Disability) Reissues() int {
	if v.text.n < 22 {
		return 0
	}
	return int(number(v.text.text[21:v.text.n]))
}

// Valid reports whether the value holds a number at all.
func (v Disability) Valid() bool { return v.text.Valid() }

// Reveal gives the number in clear.
func (v Disability) Reveal() string { return string(v.AppendTo(nil)) }

// AppendTo appends the number in clear.
func (v Disability) AppendTo(dst []byte) []byte { return v.text.AppendTo(dst) }
