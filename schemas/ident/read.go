package ident

// Read reads a cell as a kind of identifier and appends its canonical form; the reason says why it is none. It is for
// who knows the kind only when it runs; the parsers give more.
func (f *Forms) Read(dst []byte, kind Kind, cell []byte) ([]byte, Reason) {
	switch kind {
	case KindNone:
		return dst, Unrecognized
	case KindResidentID:
		return appendRead(dst, cell, f.ResidentID)
	case KindPermitID:
		return appendRead(dst, cell, ParsePermitID)
	case KindUSCC:
		return appendRead(dst, cell, ParseUSCC)
	case KindOrgCode:
		return appendRead(dst, cell, f.OrgCode)
	case KindRegNo:
		return appendRead(dst, cell, ParseRegNo)
	case KindTaxNo:
		return appendRead(dst, cell, ParseTaxNo)
	case KindCertificateID:
		return appendRead(dst, cell, ParseCertificateID)
	case KindDisability:
		return appendRead(dst, cell, f.Disability)
	case KindEstateUnit:
		return appendRead(dst, cell, f.EstateUnit)
	case KindComponent:
		return appendRead(dst, cell, f.Component)
	case KindGrid:
		return appendRead(dst, cell, f.Grid)
	case KindPhone:
		return appendRead(dst, cell, f.Phone)
	}
	d, r := f.Document(kind, cell)
	return d.AppendTo(dst), r
}

type appender interface{ AppendTo(dst []byte) []byte }

func appendRead[T appender](dst, cell []byte, parse func([]byte) (T, Reason)) ([]byte, Reason) {
	v, r := parse(cell)
	if r != OK {
		return dst, r
	}
	return v.AppendTo(dst), OK
}
