package ident

import "fmt"

// SyntheticProvince is a province that GB/T 2260 does not assign: numbers made for it belong to nobody.
const SyntheticProvince = "39"

// SynthesizeResidentID makes a number for tests and synthetic data: region 39xxxx, a birth date, and the sequence 0 to
// 999, odd for men. Every other province is refused, so that no real number can come out.
func SynthesizeResidentID(region string, birth uint32, seq int) (ResidentID, error) {
	var id ResidentID
	if err := syntheticRegion(region); err != nil {
		return id, err
	}
	return completeID(region, birth, seq)
}

// SynthesizeForeignID makes a permanent residence number for a foreigner: country is an ISO 3166 numeric code.
func SynthesizeForeignID(country string, birth uint32, seq int) (ResidentID, error) {
	if len(country) != 3 || !digits([]byte(country)) {
		return ResidentID{}, fmt.Errorf("synthesize foreign id: country %q: want three digits", country)
	}
	return completeID("9"+SyntheticProvince+country, birth, seq)
}

func completeID(region string, birth uint32, seq int) (ResidentID, error) {
	if !ValidDate(birth) || birth < 18000101 || birth > 20991231 {
		return ResidentID{}, fmt.Errorf("synthesize resident id: birth date: want a day of 1800 to 2099 as yyyymmdd")
	}
	if seq < 0 || seq > 999 {
		return ResidentID{}, fmt.Errorf("synthesize resident id: sequence %d: want 0 to 999", seq)
	}
	var d [18]byte
	copy(d[:], region)
	putDigits(d[6:14], birth)
	putDigits(d[14:17], uint32(seq))
	d[17] = idCheck(&d)
	return ResidentIDOf(&d), nil
}

// SynthesizeUSCC makes a code of category (two characters, such as 91), region 39xxxx and the eight characters of an
// organization code without its check digit.
func SynthesizeUSCC(category, region, body string) (USCC, error) {
	if err := syntheticRegion(region); err != nil {
		return USCC{}, err
	}
	var b [18]byte
	if len(category) != 2 || len(body) != 8 {
		return USCC{}, fmt.Errorf("synthesize uscc: category of %d and body of %d characters: want 2 and 8", len(category), len(body))
	}
	copy(b[:], category)
	copy(b[2:], region)
	copy(b[8:], body)
	for i, c := range b[:16] {
		if usccValues[c] == noValue {
			return USCC{}, fmt.Errorf("synthesize uscc: character %d: not of the alphabet of GB 32100", i+1)
		}
	}
	b[16] = orgCheck(b[8:16])
	sum, _ := usccSum(&b)
	b[17] = usccAlphabet[(31-sum%31)%31]
	return USCC{chars: b}, nil
}

// SynthesizeOrgCode makes an organization code of eight characters; one that looks real may be, so use it inside a
// synthetic context only.
func SynthesizeOrgCode(body string) (OrgCode, error) {
	if len(body) != 8 || !orgChars([]byte(body)) {
		return OrgCode{}, fmt.Errorf("synthesize organization code: body: want eight digits or capital letters")
	}
	var o OrgCode
	copy(o.chars[:], body)
	o.chars[8] = orgCheck(o.chars[:8])
	return o, nil
}

// SynthesizeRegNo makes a registration number of region 39xxxx and a sequence of up to eight digits.
func SynthesizeRegNo(region string, seq uint32) (RegNo, error) {
	if err := syntheticRegion(region); err != nil {
		return RegNo{}, err
	}
	if seq > 99999999 {
		return RegNo{}, fmt.Errorf("synthesize registration number: sequence %d: want at most eight digits", seq)
	}
	var n RegNo
	copy(n.digits[:], region)
	putDigits(n.digits[6:14], seq)
	n.digits[14] = regNoCheck(n.digits[:])
	return n, nil
}

func syntheticRegion(region string) error {
	if len(region) != 6 || region[:2] != SyntheticProvince || !digits([]byte(region)) {
		return fmt.Errorf("synthesize identifier: region %q: want six digits of province %s", region, SyntheticProvince)
	}
	return nil
}

// putDigits writes n with leading zeros.
func putDigits(dst []byte, n uint32) {
	for i := len(dst) - 1; i >= 0; i-- {
		dst[i] = byte(n%10) + '0'
		n /= 10
	}
}
