package ident

import (
	"fmt"
	"testing"
)

// Codes of the published kind belong to government bodies and listed firms; those of 39 are synthetic.
func TestUSCCVectors(t *testing.T) {
	cases := []vector{
		{name: "lower case", cell: "91390100ma39x0a12f", want: "91390100MA39X0A12F"},
		{name: "hyphens and blanks", cell: "91390100-MA39X0A1 2-F", want: "91390100MA39X0A12F"},
		{name: "full width", cell: "９１３９０１００ＭＡ３９Ｘ０Ａ１２Ｆ", want: "91390100MA39X0A12F"},
		{name: "check character", cell: "91390100MA39X0A12E", reason: Checksum},
		{name: "letter of no alphabet", cell: "9139O1OOMA39XOA12F", reason: Character},
		{name: "letter in the region", cell: "91A90100MA39X0A12F", reason: Character},
		{name: "letter at the end of the region", cell: checkedUSCC("9139010AMA39X0A12"), reason: Character},
		{name: "bad last character", cell: "91390100MA39X0A12I", reason: Character},
		{name: "masked", cell: "913901******X0A12F", reason: Masked},
		{name: "registration number", cell: "390100110000011", reason: RegistrationNumber},
		{name: "organization code", cell: "MA39X0A1-2", reason: OrganizationCode},
		{name: "organization code plain", cell: "123456788", reason: OrganizationCode},
		{name: "tax number", cell: "390100123456788", reason: TaxNumber},
		{name: "resident number", cell: "390101196504300012", reason: ResidentNumber},
		{name: "resident number X", cell: "39010119880808002X", reason: ResidentNumber},
		{name: "old registration number", cell: "3901001000001", reason: OldRegistrationNumber},
		{name: "cooperative", cell: "390101na000001x", reason: OldRegistrationNumber},
		{name: "thirteen digits of no province", cell: "9901001000001", reason: Length},
		{name: "truncated", cell: "91390100MA39X0A12", reason: Truncated},
		{name: "truncated by two", cell: "91390100MA39X0A1", reason: Truncated},
		{name: "zeros", cell: "000000000000000000", reason: Filler},
		{name: "counting", cell: "123456789012345678", reason: Filler},
		{name: "ones", cell: "111111111111111111", reason: Filler},
		{name: "empty", cell: "—", reason: Empty},
		{name: "scientific", cell: "9.139E+17", reason: Scientific},
		{name: "rounded", cell: "113901003900000000", reason: Rounded},
	}
	for _, cell := range []string{
		"11100000000013338W", "11100000MB03271699", "11110000000021135M", "11330105002500287C", "11430000006122244L",
		"113700000045046442", "91350100M000100Y43",
		"91440300708461136T", "914403001922038216", "9144030071526726XG", "91330100799655058B", "91110108551385082Q",
		"91110000802100433B", "91110000600037341L",
		"91390100MA39X0A12F", "92390101MA39X0B271", "93390100MA39X0C31K", "113901003900000139", "123901003900000211",
		"51390100MJ3900011P", "52390100MJ390002XC", "31390000MD390001X1", "N2390101MF3900017X", "Y139010039000003XX",
	} {
		cases = append(cases, vector{name: cell, cell: cell})
	}
	run(t, cases, ParseUSCC)
}

func TestUSCCParts(t *testing.T) {
	u, _ := ParseUSCC([]byte(" 91390100MA39X0A12F"))
	region, category := u.Region(), u.Category()
	if string(region[:]) != "390100" || string(category[:]) != "91" || u.Department() != '9' || !u.Fixed || !u.Valid() {
		t.Errorf("parts of %s: %s %s %c", u.Reveal(), region, category, u.Department())
	}
	if got := u.OrgCode().Reveal(); got != "MA39X0A12" || !u.OrgCodeValid() {
		t.Errorf("organization code %s", got)
	}
	// A registry gave MA39X0A1 the check digit 3: the whole is right, the part is not.
	u, r := ParseUSCC([]byte(checkedUSCC("91390100MA39X0A13")))
	if r != OK || u.OrgCodeValid() {
		t.Errorf("wrong organization code inside: reason %q, valid %v", r, u.OrgCodeValid())
	}
}

// usccWeights are those of GB 32100, computed as the standard says: 3^i mod 31.
var usccWeights = func() (w [17]uint32) {
	w[0] = 1
	for i := 1; i < len(w); i++ {
		w[i] = w[i-1] * 3 % 31
	}
	return w
}()

// checkedUSCC adds the check character to 17 that SynthesizeUSCC would not make.
func checkedUSCC(b string) string {
	var sum uint32
	for i, w := range usccWeights {
		sum += uint32(usccValues[b[i]]) * w
	}
	return b + string(usccAlphabet[(31-sum%31)%31])
}

// One in eleven codes of digits alone passes MOD 11-2; in the column of persons it is still named for what it is.
func TestCreditCodeAmongPersons(t *testing.T) {
	passing := 0
	for i := range 1000 {
		u, err := SynthesizeUSCC("11", "390100", fmt.Sprintf("39%06d", i))
		if err != nil {
			t.Fatal(err)
		}
		cell := u.AppendTo(nil)
		if digits(cell[:17]) && idCheck((*[18]byte)(cell)) == cell[17] {
			passing++
		}
		if _, r := ParseResidentID(cell); r != CreditCode {
			t.Fatalf("%s: reason %q", cell, r)
		}
	}
	if passing == 0 {
		t.Error("no code passes MOD 11-2: the test tests nothing")
	}
}

func TestRepairUSCC(t *testing.T) {
	run(t, []vector{
		{name: "letters for digits", cell: "9139O1OOMA39XOA12F", want: "91390100MA39X0A12F"},
		{name: "lower case only", cell: "91390100ma39x0a12f", want: "91390100MA39X0A12F"},
		{name: "region letters", cell: "91390IQDMA39X0A12F", want: "91390100MA39X0A12F"},
		{name: "more region letters", cell: "9139QIDOMA39X0A12F", want: "91390100MA39X0A12F"},
		{name: "B for 8", cell: "9139B100MA39X0A1" + checkedUSCC("91398100MA39X0A12")[16:], want: checkedUSCC("91398100MA39X0A12")},
		{name: "S and Z", cell: "SZ390100MA39SZA" + checkedUSCC("52390100MA3952A1" + string(orgCheck([]byte("MA3952A1"))))[15:],
			want: checkedUSCC("52390100MA3952A1" + string(orgCheck([]byte("MA3952A1"))))},
		{name: "wrong check stays wrong", cell: "91390100MA39X0A12E", reason: Checksum},
		{name: "no target for V", cell: "91390100MA39V0A12F", reason: Character},
		{name: "too long", cell: "9139O1OOMA39XOA12F9139O1OOMA39", reason: Length},
	}, RepairUSCC)
	if u, _ := RepairUSCC([]byte("9139O1OOMA39XOA12F")); !u.Repaired || !u.Fixed {
		t.Error("a repair is not marked")
	}
	if u, _ := RepairUSCC([]byte("91390100MA39X0A12F")); u.Repaired || u.Fixed {
		t.Error("a clean code is marked")
	}
}

func TestOrgCodeVectors(t *testing.T) {
	run(t, []vector{
		{name: "standard example", cell: "D2143569-X", want: "D2143569X"},
		{name: "plain", cell: "123456788"},
		{name: "government", cell: "MB3900012"},
		{name: "market", cell: "ma39x0a1-2", want: "MA39X0A12"},
		{name: "look-alike X", cell: "D2143569-Х", want: "D2143569X"},
		{name: "check digit", cell: "MB3900013", reason: Checksum},
		{name: "reserved zone", cell: "PDY00001" + string(orgCheck([]byte("PDY00001"))), reason: Reserved},
		{name: "truncated", cell: "MB390001", reason: Truncated},
		{name: "leading zero", cell: "13338000", reason: LeadingZero},
		{name: "zeros", cell: "000000000", reason: Filler},
		{name: "zero first", cell: "013338000"},
		{name: "counting", cell: "123456789", reason: Filler},
		{name: "credit code", cell: "91390100MA39X0A12F", reason: CreditCode},
		{name: "character", cell: "1234/6788", reason: Character},
		{name: "masked", cell: "1234****8", reason: Masked},
		{name: "three X are no mask", cell: "MAXXX123" + string(orgCheck([]byte("MAXXX123")))},
	}, ParseOrgCode)
}

func TestRegNoVectors(t *testing.T) {
	run(t, []vector{
		{name: "published 1", cell: "110108000000016"},
		{name: "published 2", cell: "440301103097413"},
		{name: "published 3", cell: "440301501122085"},
		{name: "enterprise", cell: "390100110000011"},
		{name: "foreign enterprise", cell: "390101400000014"},
		{name: "sole trader", cell: "390101600000016"},
		{name: "full width", cell: "３９０１０１６００００００１６", want: "390101600000016"},
		{name: "check digit", cell: "390100110000012", reason: Checksum},
		{name: "tax number", cell: "390100123456788", reason: TaxNumber},
		{name: "tax number with letters", cell: "390100MA39X0A12", reason: TaxNumber},
		{name: "truncated", cell: "39010011000001", reason: Truncated},
		{name: "old", cell: "3901001000001", reason: OldRegistrationNumber},
		{name: "cooperative", cell: "390101NA000001X", reason: OldRegistrationNumber},
		{name: "ones", cell: "111111111111111", reason: Filler},
		{name: "zeros", cell: "000000000000000", reason: Filler},
		{name: "credit code", cell: "91390100MA39X0A12F", reason: CreditCode},
		{name: "character", cell: "39010011000001号", reason: Character},
	}, ParseRegNo)
	n, _ := ParseRegNo([]byte("390101600000016"))
	m, _ := ParseRegNo([]byte("390100110000011"))
	if region := n.Region(); !n.SoleTrader() || m.SoleTrader() || string(region[:]) != "390101" {
		t.Error("parts of a registration number")
	}
}
