package ident

import "bytes"

// TaxNo is the identification number of a taxpayer (纳税人识别号), in one of the forms that followed each other.
type TaxNo struct {
	chars [20]byte
	n     uint8
	form  TaxForm
	Fixed bool // the cell was written in another way: width, case, blanks, hyphens
}

// TaxForm is how a tax number is made.
type TaxForm uint8

// The forms of tax numbers.
const (
	TaxNone            TaxForm = iota
	TaxCreditCode              // since 2015 the unified social credit code
	TaxUnit                    // before, 15: region and organization code
	TaxPerson                  // 20: resident ID number and two digits
	TaxPersonOld               // 20: the 15 digits of GB 11643-1989 and 00000
	TaxTemporaryUnit           // L and a unified social credit code
	TaxTemporaryPerson         // L and a resident ID number
)

// Title is the form in Chinese.
func (f TaxForm) Title() string {
	switch f {
	case TaxCreditCode:
		return "统一社会信用代码"
	case TaxUnit:
		return "单位旧税号：区划加组织机构代码"
	case TaxPerson:
		return "个人税号：公民身份号码加两位顺序码"
	case TaxPersonOld:
		return "个人旧税号：15 位身份号码加 00000"
	case TaxTemporaryUnit:
		return "临时纳税人：L 加统一社会信用代码"
	case TaxTemporaryPerson:
		return "临时纳税人：L 加公民身份号码"
	}
	return ""
}

// ParseTaxNo reads the number of a taxpayer. Other numbers of 15 digits pass its check digit once in eleven: the
// meaning of the column decides, not the number.
func ParseTaxNo(cell []byte) (TaxNo, Reason) {
	var f folded
	fold(&f, cell)
	f.dropHyphens()
	if r := f.spoiled(); r != OK {
		return TaxNo{}, r
	}
	b := f.bytes()
	if filler(b) {
		return TaxNo{}, Filler
	}
	form, r := taxForm(b, f.inner)
	if r != OK {
		return TaxNo{}, r
	}
	n := TaxNo{n: uint8(f.n), form: form, Fixed: f.changed}
	copy(n.chars[:], b)
	return n, OK
}

// taxForm finds the form of folded characters; the length decides which can be meant.
func taxForm(b []byte, inner bool) (TaxForm, Reason) {
	switch len(b) {
	case 15:
		return taxUnit(b)
	case 18:
		return TaxCreditCode, taxCreditCode(b)
	case 19:
		if b[0] != 'L' {
			return TaxNone, Length
		}
		if r := taxCreditCode(b[1:]); r != ResidentNumber {
			return TaxTemporaryUnit, r
		}
		return TaxTemporaryPerson, OK
	case 20:
		return taxPerson(b, inner)
	}
	if len(b) == 14 && digits(b[:6]) && orgChars(b) {
		return TaxNone, Truncated
	}
	return TaxNone, Length
}

func taxUnit(b []byte) (TaxForm, Reason) {
	switch {
	case taxNoChecks(b):
		return TaxUnit, OK
	case !digits(b[:6]) || !orgChars(b[6:14]) || !isDigit(b[14]) && b[14] != 'X':
		return TaxNone, Character
	case regNoChecks(b):
		return TaxNone, RegistrationNumber
	}
	return TaxNone, Checksum
}

// taxCreditCode tests 18 characters; a resident ID number is no tax number by itself, and named.
func taxCreditCode(b []byte) Reason {
	r := checkUSCC((*[18]byte)(b))
	if r != OK {
		return failedUSCC(b, r)
	}
	if d := (*[18]byte)(b); !creditCodeChecks(b) && seventeenDigits(d) && checkID(d) == OK {
		return Ambiguous
	}
	return OK
}

func taxPerson(b []byte, inner bool) (TaxForm, Reason) {
	if !digits(b[18:]) {
		return TaxNone, Character
	}
	_, r := ParseResidentID(b[:18])
	if r == OK {
		return TaxPerson, OK
	}
	if bytes.Equal(b[15:], []byte("00000")) && !inner {
		if _, old := ParseResidentID(b[:15]); old == OK {
			return TaxPersonOld, OK
		}
	}
	return TaxNone, r
}

// Form is how the number is made.
func (n TaxNo) Form() TaxForm { return n.form }

// CreditCode is the unified social credit code in the number.
func (n TaxNo) CreditCode() (USCC, bool) {
	switch n.form {
	case TaxCreditCode:
		return USCC{chars: [18]byte(n.chars[:18])}, true
	case TaxTemporaryUnit:
		return USCC{chars: [18]byte(n.chars[1:19])}, true
	}
	return USCC{}, false
}

// OrgCode is the organization code in the number of a unit, old or new: what joins the two. From it alone the credit
// code cannot be computed.
func (n TaxNo) OrgCode() (OrgCode, bool) {
	if code, ok := n.CreditCode(); ok {
		return code.OrgCode(), code.OrgCodeValid()
	}
	if n.form == TaxUnit {
		return OrgCode{chars: [9]byte(n.chars[6:15])}, true
	}
	return OrgCode{}, false
}

// Person is the resident ID number in the number; one of 15 digits is upgraded.
func (n TaxNo) Person() (ResidentID, bool) {
	part := n.chars[:0]
	switch n.form {
	case TaxPerson:
		part = n.chars[:18]
	case TaxPersonOld:
		part = n.chars[:15]
	case TaxTemporaryPerson:
		part = n.chars[1:19]
	}
	id, r := ParseResidentID(part)
	return id, r == OK
}

// Region gives the six digits of the tax authority in an old number of a unit.
func (n TaxNo) Region() (code [6]byte, ok bool) {
	if n.form != TaxUnit {
		return code, false
	}
	return [6]byte(n.chars[:6]), true
}

// Valid reports whether the value holds a number at all.
func (n TaxNo) Valid() bool { return n.n != 0 }

// Reveal gives the number in clear.
func (n TaxNo) Reveal() string { return string(n.AppendTo(nil)) }

// AppendTo appends the number in clear.
func (n TaxNo) AppendTo(dst []byte) []byte { return append(dst, n.chars[:n.n]...) }
