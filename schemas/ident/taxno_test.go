package ident

import "testing"

func TestTaxNoVectors(t *testing.T) {
	run(t, []vector{
		{name: "unit before 2015", cell: "390100123456788"},
		{name: "unit with letters", cell: "390100ma39x0a12", want: "390100MA39X0A12"},
		{name: "with the hyphen", cell: "39010012345678-8", want: "390100123456788"},
		{name: "credit code", cell: "91390100MA39X0A12F"},
		{name: "person", cell: "39010119650430001201"},
		{name: "person with X", cell: "39010119880808002x01", want: "39010119880808002X01"},
		{name: "person of the first generation", cell: "39010165043000100000"},
		{name: "temporary unit", cell: "L91390100MA39X0A12F"},
		{name: "temporary person", cell: "l390101196504300012", want: "L390101196504300012"},
		{name: "person without sequence", cell: "390101196504300012", reason: ResidentNumber},
		{name: "registration number", cell: "390100110000011", reason: RegistrationNumber},
		{name: "check digit", cell: "390100123456787", reason: Checksum},
		{name: "credit code's check", cell: "91390100MA39X0A12E", reason: Checksum},
		{name: "temporary with a wrong check", cell: "L91390100MA39X0A12E", reason: Checksum},
		{name: "nineteen without L", cell: "191390100MA39X0A12F", reason: Length},
		{name: "person's check", cell: "39010119650430001301", reason: Checksum},
		{name: "letters after a person", cell: "390101196504300012AB", reason: Character},
		{name: "zeros after no person", cell: "39010165043100100000", reason: Rounded},
		{name: "truncated", cell: "390100MA39X0A1", reason: Truncated},
		{name: "short", cell: "3901", reason: Length},
		{name: "ones", cell: "111111111111111", reason: Filler},
		{name: "scientific", cell: "3.901E+14", reason: Scientific},
		{name: "masked", cell: "3901*******6788", reason: Masked},
		{name: "empty", cell: " ", reason: Empty},
	}, ParseTaxNo)
}

// The transitions: what each form says about the unit and the person.
func TestTaxNoTransitions(t *testing.T) {
	for cell, want := range map[string]struct {
		form              TaxForm
		credit, org, who  string
		region, orgIsSure string
	}{
		"390100123456788":      {form: TaxUnit, org: "123456788", region: "390100"},
		"91390100MA39X0A12F":   {form: TaxCreditCode, credit: "91390100MA39X0A12F", org: "MA39X0A12"},
		"L91390100MA39X0A12F":  {form: TaxTemporaryUnit, credit: "91390100MA39X0A12F", org: "MA39X0A12"},
		"39010119650430001201": {form: TaxPerson, who: "390101196504300012"},
		"39010165043000100000": {form: TaxPersonOld, who: "390101196504300012"},
		"L390101196504300012":  {form: TaxTemporaryPerson, who: "390101196504300012"},
	} {
		n, r := ParseTaxNo([]byte(cell))
		if r != OK || n.Form() != want.form || n.Form().Title() == "" {
			t.Errorf("%s: reason %q, form %d", cell, r, n.Form())
			continue
		}
		credit, hasCredit := n.CreditCode()
		org, hasOrg := n.OrgCode()
		who, hasWho := n.Person()
		region, hasRegion := n.Region()
		if credit.Reveal() != want.credit || hasCredit != (want.credit != "") || org.Reveal() != want.org || hasOrg != (want.org != "") ||
			who.Reveal() != want.who || hasWho != (want.who != "") || hasRegion != (want.region != "") || hasRegion && string(region[:]) != want.region {
			t.Errorf("%s: credit %s, organization %s, person %s", cell, credit.Reveal(), org.Reveal(), who.Reveal())
		}
	}
	if _, ok := (TaxNo{}).OrgCode(); ok || TaxNone.Title() != "" {
		t.Error("no number has an organization code")
	}
}

func TestCertificateIDVectors(t *testing.T) {
	const root = "1.2.156.3005.2."
	run(t, []vector{
		{name: "published", cell: root + "11100000000013338W011.11430000006122244L.20230000403.001.U"},
		{name: "issuer is a region", cell: root + "11100000MB03271699022.340100.000000016.001.9"},
		{name: "made up", cell: root + "11100000000013338W011.113901003900000139.202600000001.001.C"},
		{name: "without the root", cell: "11100000MB03271699022.340100.000000016.001.9", want: root + "11100000MB03271699022.340100.000000016.001.9"},
		{name: "lower case, blanks", cell: " 11100000mb03271699022.340100.000000016.001. 9", want: root + "11100000MB03271699022.340100.000000016.001.9"},
		{name: "check character", cell: root + "11100000MB03271699022.340100.000000016.001.8", reason: Checksum},
		{name: "another version", cell: root + "11100000MB03271699022.340100.000000016.002.9", reason: Checksum},
		{name: "no check character", cell: root + "11100000MB03271699022.340100.000000016.001.", reason: Truncated},
		{name: "parts are missing", cell: root + "11100000MB03271699022.340100", reason: Length},
		{name: "another root", cell: "1.2.156.3005.3.11100000MB03271699022.340100.000000016.001.9", reason: Length},
		{name: "letter of no alphabet", cell: root + "1110000OMB03271699022.340100.000000016.001.9", reason: Character},
		{name: "issuer of seven", cell: root + "11100000MB03271699022.3401000.000000016.001.9", reason: Length},
		{name: "serial", cell: root + "11100000MB03271699022.340100.00-16.001.9", reason: Character},
		{name: "empty", cell: "", reason: Empty},
		{name: "masked", cell: root + "11100000MB03271699022.340100.****.001.9", reason: Masked},
	}, ParseCertificateID)
	c, _ := ParseCertificateID([]byte(root + "11100000000013338W011.113901003900000139.202600000001.001.C"))
	if c.Type() != "11100000000013338W011" || c.Issuer() != "113901003900000139" || c.Serial() != "202600000001" || c.Version() != 1 {
		t.Errorf("parts %s %s %s %d", c.Type(), c.Issuer(), c.Serial(), c.Version())
	}
}

// atlas is a table of places with the province of made-up numbers.
type atlas struct{}

func (atlas) Province(code []byte) bool { return string(code) == "11" || string(code) == "39" }

func (atlas) Country(code []byte) bool {
	return map[string]bool{"124": true, "840": true, "392": true, "CAN": true}[string(code)]
}

func TestCheckPlaces(t *testing.T) {
	for cell, want := range map[string]Reason{
		"911124198108030024":           OK, // the specimen: Beijing, Canada
		"939840198505200014":           OK,
		"939392199006070044":           OK,
		mustCheck("93900019850520001"): Country,
		mustCheck("90084019850520001"): Region,
		"390101196504300012":           OK,
		mustCheck("40010119650430001"): Region,
		"810000199408230021":           OK,
	} {
		id, r := ParseResidentID([]byte(cell))
		if r != OK || id.CheckPlaces(atlas{}) != want {
			t.Errorf("%s: %q, places %q, want %q", cell, r, id.CheckPlaces(atlas{}), want)
		}
	}
	permit := func(body string) PermitID {
		p, r := ParsePermitID([]byte(body + string(mrzCheck([]byte(body)))))
		if r != OK {
			t.Fatalf("%s: %q", body, r)
		}
		return p
	}
	for body, want := range map[string]Reason{"CAN11008108031": OK, "XYZ11008108031": Country, "CAN90008108031": Region} {
		if got := permit(body).CheckPlaces(atlas{}); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
	if got := permit("CAN11008108031").Births(); got != [2]uint32{19810803, 0} && got != [2]uint32{19810803, 20810803} {
		t.Errorf("births %v", got)
	}
	if got := permit("CAN11000002291").Births(); got != [2]uint32{20000229, 0} {
		t.Errorf("births of a leap day %v", got)
	}
	if (ResidentID{}).CheckPlaces(atlas{}) != Empty || (PermitID{}).CheckPlaces(atlas{}) != Empty {
		t.Error("no number has places")
	}
}

func TestRegNoMeaning(t *testing.T) {
	for kind, want := range map[string][3]string{
		"110": {"内资：国有独资、法人独资、国有控股公司", "法人", "有限责任公司"},
		"222": {"内资：自然人独资、自然人投资或控股公司", "分支机构", "股份有限公司（未上市）"},
		"000": {"内资：全民所有制、集体、联营、股份合作", "", ""},
		"310": {"内资：其他非公司（个人独资、合伙、合作社）", "法人", ""},
		"400": {"外资", "", ""},
		"541": {"外资", "代表处", ""},
		"600": {"个体工商户", "", ""},
	} {
		capital, form, company := RegNoMeaning([3]byte([]byte(kind)))
		if got := [3]string{capital, form, company}; got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
	n, _ := ParseRegNo([]byte("390101400000014"))
	if kind := n.Kind(); !n.Foreign() || string(kind[:]) != "400" {
		t.Error("kind of a registration number")
	}
}

func TestOldRegNoVectors(t *testing.T) {
	run(t, []vector{
		{name: "digits", cell: "3901001000013"},
		{name: "full width", cell: "３９０１００１００００１３", want: "3901001000013"},
		{name: "no province", cell: "9901001000013", reason: Region},
		{name: "new", cell: "390100110000011", reason: RegistrationNumber},
		{name: "credit code", cell: "91390100MA39X0A12F", reason: CreditCode},
		{name: "truncated", cell: "390100100001", reason: Truncated},
		{name: "short", cell: "39010", reason: Length},
		{name: "letter", cell: "390100100001A", reason: Character},
		{name: "ones", cell: "1111111111111", reason: Filler},
	}, ParseOldRegNo)
	n, _ := ParseOldRegNo([]byte("3901002000013"))
	region, seq := n.Region(), n.Sequence()
	if string(region[:]) != "390100" || n.Kind() != '2' || string(seq[:]) != "000013" {
		t.Error("parts of an old registration number")
	}
}

func TestRestoreOrgCode(t *testing.T) {
	if c, r := RestoreOrgCode([]byte("13338000")); r != OK || c.Reveal() != "013338000" || !c.Restored || !c.Fixed {
		t.Errorf("%q %q", c.Reveal(), r)
	}
	if c, r := RestoreOrgCode([]byte("1333800-0")); r != OK || c.Reveal() != "013338000" {
		t.Logf("with a hyphen: %q %q", c.Reveal(), r)
	}
	if _, r := RestoreOrgCode([]byte("MB390001")); r != Truncated {
		t.Errorf("a truncated code: %q", r)
	}
	if c, _ := RestoreOrgCode([]byte("123456788")); c.Restored {
		t.Error("a whole code is restored")
	}
}
