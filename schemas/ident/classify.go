package ident

import "math/bits"

// Class is what an unlabelled number can be.
type Class struct {
	// Kind is the one kind that it can be, or KindNone.
	Kind Kind
	// Candidates are all kinds that it can be by itself.
	Candidates KindSet
	// Checked is set when a check digit or a date speaks for the kind, not the form alone.
	Checked bool
}

// checkedKinds are those whose numbers hold a check digit or a date.
const checkedKinds KindSet = 1<<KindResidentID | 1<<KindPermitID | 1<<KindUSCC | 1<<KindOrgCode | 1<<KindRegNo |
	1<<KindTaxNo | 1<<KindCertificateID | 1<<KindDisability

// Classify says what a number can be when its column does not say it. It never guesses: when several kinds fit, the
// reason is Ambiguous and Candidates lists them; a column of such numbers can often be told (Column). Kinds whose form
// fits nearly everything (foreign passports, certificates of free form, eight digits) are not considered.
//
//	18            resident ID number if date and check digit hold, else credit code
//	15            registration number, old tax number, old resident ID number: often several
//	15, letters   old permanent residence card; with an organization code inside a tax number
//	9, 8-1        organization code, or a passport or permit of a letter and digits
//	20            tax number of a person or disability certificate
//	19            temporary tax number
//	28, OID       real-estate unit, electronic certificate
func (f *Forms) Classify(cell []byte) (Class, Reason) {
	var n folded
	fold(&n, cell)
	n.readX()
	if r := n.spoiled(); r != OK {
		return Class{}, r
	}
	var text Document
	b := n.bytes()
	if text.fold(cell) == Masked { // The star is an X.
		text.n = uint8(copy(text.text[:], b))
	}
	if filler(b) || fillerTail(b) && n.n <= 9 {
		return Class{}, Filler
	}
	return decide(f.candidates(cell, text.text[:text.n]), b)
}

// decide judges the kinds that a number can be.
func decide(set KindSet, b []byte) (Class, Reason) {
	c := Class{Candidates: set}
	switch bits.OnesCount64(uint64(set)) {
	case 0:
		if fillerTail(b) {
			return c, Filler
		}
		return c, unrecognized(b)
	case 1:
		c.Kind = Kind(bits.TrailingZeros64(uint64(set)))
		c.Checked = checkedKinds.Has(c.Kind)
		return c, OK
	}
	return c, Ambiguous
}

// unrecognized says why a number is of no kind: the reason of what it would be by its length and characters.
func unrecognized(b []byte) Reason {
	switch len(b) {
	case 16, 17, 18:
		if len(b) == 18 && !usccChars(b) || !digits(b[2:8]) {
			return Unrecognized
		}
		_, r := ParseResidentID(b)
		if digits(b[:len(b)-1]) && r != Character && r != Length {
			return r
		}
		if _, r := ParseUSCC(b); r != Character && r != Length {
			return r
		}
	}
	return Unrecognized
}

// candidates collects the kinds that a number can be. The length leaves few to try.
func (f *Forms) candidates(cell, text []byte) KindSet {
	var set KindSet
	add := func(k Kind, r Reason) {
		if r == OK {
			set = set.With(k)
		}
	}
	switch len(text) {
	case 18:
		if _, r := f.ResidentID(cell); r == OK {
			return set.With(KindResidentID)
		}
		if _, r := ParseUSCC(cell); r == OK {
			return set.With(KindUSCC)
		}
	case 15:
		_, r := f.ResidentID(cell)
		add(KindResidentID, r)
		_, r = ParseRegNo(cell)
		add(KindRegNo, r)
		_, r = ParseTaxNo(cell)
		add(KindTaxNo, r)
		_, r = ParsePermitID(cell)
		add(KindPermitID, r)
		if cooperativeShape(text) {
			add(KindOldRegNo, OK)
		}
		return set // Grids of fifteen digits cannot be told from these.
	case 19, 20:
		if tax, r := ParseTaxNo(cell); tax.Form() != TaxCreditCode { // that is a credit code with hyphens
			add(KindTaxNo, r)
		}
	case 9, 10:
		_, r := f.OrgCode(cell)
		add(KindOrgCode, r)
	}
	if len(text) > 18 { // with hyphens
		_, r := ParseUSCC(cell)
		add(KindUSCC, r)
		_, r = f.Disability(cell)
		add(KindDisability, r)
	}
	if len(text) >= 28 {
		_, r := f.EstateUnit(cell)
		add(KindEstateUnit, r)
	}
	if len(text) > 28 || len(text) == 0 {
		_, r := ParseCertificateID(cell)
		add(KindCertificateID, r)
	}
	return set | f.formed(text)
}

// formed collects the kinds whose form a text has, but for forms of eight digits: dates and phones have them too.
func (f *Forms) formed(text []byte) KindSet {
	var set KindSet
	if len(text) == 8 && digits(text) || fillerTail(text) {
		return set
	}
	for k := KindComponent; k < kindCount; k++ {
		if kindInfos[k].loose {
			continue
		}
		if _, ok := f.match(k, text); ok {
			set = set.With(k)
		}
	}
	return set
}
