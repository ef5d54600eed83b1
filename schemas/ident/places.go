package ident

// Places knows which provinces and countries there are. This package has no tables: who calls hands them in.
type Places interface {
	// Province reports whether two digits are those of a province (GB/T 2260).
	Province(code []byte) bool
	// Country reports whether three digits or three letters are those of a country (ISO 3166-1 numeric, alpha-3).
	Country(code []byte) bool
}

// CheckPlaces tests the places that a number names: the province of a citizen or of the application, and the country
// of a foreigner. The county is for codes.Regions, which knows its history.
func (id ResidentID) CheckPlaces(p Places) Reason {
	d := id.text()
	switch {
	case !id.Valid():
		return Empty
	case d[0] == '8': // the region of a permit is part of its form
		return OK
	case d[0] != '9':
		if !p.Province(d[:2]) {
			return Region
		}
	case !p.Province(d[1:3]):
		return Region
	case !p.Country(d[3:6]):
		return Country
	}
	return OK
}

// nationalOffice is where registration numbers of the national authority begin (100000).
const nationalOffice = "10"

// CheckPlaces tests the province at the head of a number of a kind in its canonical form; numbers that name none pass.
// Those of persons are for the method of [ResidentID]: a county that no table has is no reason to refuse a person.
func CheckPlaces(kind Kind, number []byte, known Places) Reason {
	switch kind {
	case KindDisability:
		return ResidentIDOf((*[18]byte)(number)).CheckPlaces(known)
	case KindTaxNo:
		if len(number) != 15 { // Of a unit before 2015.
			return OK
		}
	case KindRegNo, KindOldRegNo, KindEstateUnit, KindComponent, KindGrid:
	default:
		return OK
	}
	if head := number[:2]; digits(head) && string(head) != nationalOffice && !known.Province(head) {
		return Region
	}
	return OK
}

// CheckPlaces tests country and province of an old permanent residence card.
func (p PermitID) CheckPlaces(known Places) Reason {
	switch {
	case !p.Valid():
		return Empty
	case !known.Country(p.chars[:3]):
		return Country
	case !known.Province(p.chars[3:5]):
		return Region
	}
	return OK
}
