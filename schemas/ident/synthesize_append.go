package ident

import "strconv"

// The functions Append… make the numbers of [Synthetic], which says of each why none was ever issued. They append to dst
// and do not allocate. Different arguments give different numbers, in the ranges that are stated; an argument outside
// its range is a fault of the program and panics, as an index does. County is the four digits of a region after 39,
// 0 to 9999: another province cannot be said.

// SyntheticBodies is how many organization codes of the zone W39 there are.
const SyntheticBodies = 31 * 31 * 31 * 31 * 31

// SyntheticPlates is how many plates there are.
const SyntheticPlates = 24 * 34 * 34 * 34 * 34 * 34

// syntheticOrg is where organization codes of synthetic data begin.
const syntheticOrg = "W39"

// plateAlphabet are the characters of plates; the 24 letters alone for the office.
const plateAlphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// below panics unless n is less than limit.
func below(n, limit uint32) {
	if n >= limit {
		panic("synthesize number: an argument lies outside its range")
	}
}

// appendDigits appends the last width digits of n with leading zeros.
func appendDigits(dst []byte, n uint32, width int) []byte {
	at := len(dst)
	dst = append(dst, "0000000000"[:width]...)
	putDigits(dst[at:], n)
	return dst
}

// appendRegion appends the six digits of a county of province 39.
func appendRegion(dst []byte, county uint32) []byte {
	below(county, 1e4)
	return appendDigits(append(dst, SyntheticProvince...), county, 4)
}

// appendPerson appends birth, sequence and check digit to the six digits of the region that end dst.
func appendPerson(dst []byte, birth, seq uint32) []byte {
	if !ValidDate(birth) || birth < 18000101 || birth > 20991231 {
		panic("synthesize number: the birth is no day of 1800 to 2099")
	}
	dst = appendDigits(appendDigits(dst, birth, 8), seq, 3)
	var d [18]byte
	copy(d[:], dst[len(dst)-17:])
	return append(dst, idCheck(&d))
}

// AppendResidentID appends the number of a citizen of province 39: seq is 0 to 999, odd for men.
func AppendResidentID(dst []byte, county, birth, seq uint32) []byte {
	below(seq, 1e3)
	return appendPerson(appendRegion(dst, county), birth, seq)
}

// AppendPermit appends the number of a residence permit: region is 81 of Hong Kong, 82 of Macau, 83 of Taiwan, seq 0 to
// 99,999, odd for men. The permits that are issued have zeros where these have 39.
func AppendPermit(dst []byte, region, birth, seq uint32) []byte {
	below(region-81, 3)
	below(seq, 1e5)
	dst = append(appendDigits(dst, region, 2), SyntheticProvince...)
	return appendPerson(appendDigits(dst, seq/1000, 2), birth, seq%1000)
}

// AppendForeignID appends the number of a foreigner's permanent residence card, applied for in province 39: country is
// the numeric code of ISO 3166, seq 0 to 999, odd for men.
func AppendForeignID(dst []byte, country, birth, seq uint32) []byte {
	below(country, 1e3)
	below(seq, 1e3)
	return appendPerson(appendDigits(append(dst, '9', '3', '9'), country, 3), birth, seq)
}

// AppendOrgCode appends an organization code of the zone W39, which was never allotted: n is less than SyntheticBodies.
func AppendOrgCode(dst []byte, n uint32) []byte {
	below(n, SyntheticBodies)
	at := len(dst)
	dst = append(dst, syntheticOrg+"00000"...)
	for i := at + 7; n > 0; i-- {
		dst[i] = usccAlphabet[n%31]
		n /= 31
	}
	return append(dst, orgCheck(dst[at:at+8]))
}

// AppendUSCC appends a credit code of a category (two characters of GB 32100, such as 91), registered in province 39,
// with the organization code that AppendOrgCode gives for n.
func AppendUSCC(dst []byte, category string, county, n uint32) []byte {
	if len(category) != 2 || (usccValues[category[0]]|usccValues[category[1]])&noValue != 0 {
		panic("synthesize number: the category is not two characters of GB 32100")
	}
	dst = AppendOrgCode(appendRegion(append(dst, category...), county), n)
	var b [18]byte
	copy(b[:], dst[len(dst)-17:])
	sum, _ := usccSum(&b)
	return append(dst, usccAlphabet[(31-sum%31)%31])
}

// AppendRegNo appends a registration number of 15 digits of a registrar of province 39: n has up to eight digits.
func AppendRegNo(dst []byte, county, n uint32) []byte {
	below(n, 1e8)
	dst = appendDigits(appendRegion(dst, county), n, 8)
	return append(dst, regNoCheck(dst[len(dst)-14:]))
}

// AppendOldRegNo appends a registration number of 13 digits of a registrar of province 39: n has up to seven digits.
func AppendOldRegNo(dst []byte, county, n uint32) []byte {
	below(n, 1e7)
	return appendDigits(appendRegion(dst, county), n, 7)
}

// AppendTaxNo appends a tax number of before 2015 of an office of province 39, with the organization code that
// AppendOrgCode gives for n.
func AppendTaxNo(dst []byte, county, n uint32) []byte {
	return AppendOrgCode(appendRegion(dst, county), n)
}

// AppendEstateUnit appends the code of a building unit in a county of province 39: n has up to nine digits, of which the
// last four count the units of a parcel.
func AppendEstateUnit(dst []byte, county, n uint32) []byte {
	below(n, 1e9)
	dst = appendDigits(append(appendRegion(dst, county), "001001GB"...), n/1e4, 5)
	return appendDigits(append(dst, "F0001"...), n%1e4, 4)
}

// documentHeads are what synthetic numbers of documents begin with: two letters, where the issued ones have one or others,
// and more characters than any issued one.
var documentHeads = [kindCount][]string{
	KindPassport:           {"EI39", "EO39"},
	KindPublicPassport:     {"PX39"},
	KindServicePassport:    {"SX39"},
	KindDiplomaticPassport: {"DX39"},
	KindHKMacauPermit:      {"HX39", "MX39"},
	KindTaiwanPermit:       {"TX39"},
	KindHKMacauTravel:      {"CX39"},
	KindTaiwanTravel:       {"LX39"},
	KindHKPassport:         {"KX39"},
	KindMacauPassport:      {"MP39"},
	KindForeignPassport:    {"FX39"},
	KindBirth:              {"UX39"},
}

// SyntheticDocuments is how many numbers AppendDocument makes of a kind, 0 of a kind that it does not make.
func SyntheticDocuments(kind Kind) uint32 { return uint32(len(documentHeads[kind])) * 1e7 }

// AppendDocument appends the number of a passport, a travel permit or a birth certificate: n is less than
// SyntheticDocuments. Of permits of Hong Kong and Macau, those of Macau begin at 10,000,000.
func AppendDocument(dst []byte, kind Kind, n uint32) []byte {
	below(n, SyntheticDocuments(kind))
	return appendDigits(append(dst, documentHeads[kind][n/1e7]...), n%1e7, 7)
}

// AppendMobile appends a mobile number of 11 digits that begins with 120: n has up to eight digits.
func AppendMobile(dst []byte, n uint32) []byte {
	below(n, 1e8)
	return appendDigits(append(dst, "120"...), n, 8)
}

// AppendLandline appends a landline number of the area 0390, which was not allotted: n has up to seven digits.
func AppendLandline(dst []byte, n uint32) []byte {
	below(n, 1e7)
	return appendDigits(append(dst, "03901"...), n, 7)
}

// AppendPlate appends the plate of a vehicle, 示 for the province that does not exist: n is less than SyntheticPlates.
func AppendPlate(dst []byte, n uint32) []byte {
	below(n, SyntheticPlates)
	dst = append(dst, "示A00000"...)
	for i := len(dst) - 1; i >= len(dst)-5; i-- {
		dst[i] = plateAlphabet[n%34]
		n /= 34
	}
	dst[len(dst)-6] = plateAlphabet[10+n]
	return dst
}

// AppendFoodPermit appends the number of a food permit of a county of province 39: business is 1 for sale, 2 for
// catering, 3 for a canteen, n has up to six digits. The last digit checks the others as that of GS15-2006 does.
func AppendFoodPermit(dst []byte, business, county, n uint32) []byte {
	below(business-1, 3)
	below(n, 1e6)
	dst = appendDigits(append(dst, "JY"...), business, 1)
	dst = appendDigits(appendRegion(dst, county), n, 6)
	p := uint8(10)
	for _, c := range dst[len(dst)-13:] {
		p = regNoSteps[p&15][c&15]
	}
	return append(dst, (11-p)%10+'0')
}

// AppendDoctor appends the number of a doctor's practising certificate of a county of province 39: n has up to six
// digits.
func AppendDoctor(dst []byte, county, n uint32) []byte {
	below(n, 1e6)
	return appendDigits(appendRegion(append(dst, "110"...), county), n, 6)
}

// AppendAccount appends the number of an account (insurance, housing fund), a household or a residence card: 39 and ten
// digits, for any n.
func AppendAccount(dst []byte, n uint32) []byte {
	return appendDigits(append(dst, SyntheticProvince...), n, 10)
}

// AppendDecision appends the number of a document, such as 示市监罚〔2026〕12号: word is what stands between the place and
// the year, year has four digits.
func AppendDecision(dst []byte, word string, year, n uint32) []byte {
	below(year, 1e4)
	dst = append(append(append(dst, "示"...), word...), "〔"...)
	dst = append(appendDigits(dst, year, 4), "〕"...)
	return append(strconv.AppendUint(dst, uint64(n), 10), "号"...)
}

// AppendCourtCase appends the number of an enforcement case, such as （2026）示0101执12号: the court is that of a county.
func AppendCourtCase(dst []byte, county, year, n uint32) []byte {
	below(county, 1e4)
	below(year, 1e4)
	dst = append(appendDigits(append(dst, "（"...), year, 4), "）示"...)
	dst = append(appendDigits(dst, county, 4), "执"...)
	return append(strconv.AppendUint(dst, uint64(n), 10), "号"...)
}

// AppendEstateCertificate appends the number of a real-estate certificate, such as 示（2026）示例市不动产权第0000012号: place
// is the name of the registrar's place, n has up to seven digits.
func AppendEstateCertificate(dst []byte, place string, year, n uint32) []byte {
	below(year, 1e4)
	below(n, 1e7)
	dst = append(appendDigits(append(dst, "示（"...), year, 4), "）"...)
	dst = append(append(dst, place...), "不动产权第"...)
	return append(appendDigits(dst, n, 7), "号"...)
}
