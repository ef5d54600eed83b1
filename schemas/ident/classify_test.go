package ident

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClassify(t *testing.T) {
	f := loadForms(t)
	const root = "1.2.156.3005.2."
	for _, c := range []struct {
		name, cell string
		reason     Reason
		kinds      []Kind
	}{
		{"resident number", "390101196504300012", OK, []Kind{KindResidentID}},
		{"resident number, Cyrillic Ha", "39010119880808002Х", OK, []Kind{KindResidentID}},
		{"resident number, star", "39010119880808002*", OK, []Kind{KindResidentID}},
		{"credit code", "91390100MA39X0A12F", OK, []Kind{KindUSCC}},
		{"credit code with hyphens", "91390100-MA39X0A1-2-F", OK, []Kind{KindUSCC}},
		{"credit code of digits", "113901003900000139", OK, []Kind{KindUSCC}},
		{"fifteen digits of two kinds", "390101650430001", Ambiguous, []Kind{KindResidentID, KindRegNo}},
		{"registration number", "390100110000011", OK, []Kind{KindRegNo}},
		{"tax number", "390100123456788", OK, []Kind{KindTaxNo}},
		{"tax number with letters", "390100MA39X0A12", OK, []Kind{KindTaxNo}},
		{"old permanent residence card", "CAN110081080310", OK, []Kind{KindPermitID}},
		{"cooperative", "390101NA000001X", OK, []Kind{KindOldRegNo}},
		{"organization code", "123456788", OK, []Kind{KindOrgCode}},
		{"organization code with hyphen", "MA39X0A1-2", OK, []Kind{KindOrgCode}},
		{"person's tax number", "39010119650430001201", OK, []Kind{KindTaxNo}},
		{"tax number or disability certificate", "39010119650430001242", Ambiguous, []Kind{KindTaxNo, KindDisability}},
		{"disability certificate issued again", "39010119650430001242B1", OK, []Kind{KindDisability}},
		{"temporary tax number", "L91390100MA39X0A12F", OK, []Kind{KindTaxNo}},
		{"real estate", "390101001001GB00001F00010001", OK, []Kind{KindEstateUnit}},
		{"electronic certificate", root + "11100000MB03271699022.340100.000000016.001.9", OK, []Kind{KindCertificateID}},
		{"long electronic certificate", root + "11100000000013338W011.11430000006122244L.20230000403.001.U", OK, []Kind{KindCertificateID}},
		{"old registration number", "3901001000013", OK, []Kind{KindOldRegNo}},
		{"passport", "E39010127", OK, []Kind{KindPassport}},
		{"passport or organization code", "E39010128", Ambiguous, []Kind{KindOrgCode, KindPassport}},
		{"permit or Hong Kong passport", "H39010128", Ambiguous, []Kind{KindHKMacauPermit, KindHKPassport}},
		{"component", "3901010101000001", OK, []Kind{KindComponent}},
		{"grid", "39010100200301", OK, []Kind{KindGrid}},
		{"eight digits", "20261101", Unrecognized, nil},
		{"wrong check digit", "390101196504300013", Checksum, nil},
		{"wrong check character", "91390100MA39X0A12E", Checksum, nil},
		{"truncated", "39010119650430001", Truncated, nil},
		{"filler", "111111111111111", Filler, nil},
		{"counting credit code", "123456789012345678", Filler, nil},
		{"filler passport", "E11111111", Filler, nil},
		{"scientific", "3.90101E+17", Scientific, nil},
		{"masked", "390101********0012", Masked, nil},
		{"empty", "\u3000", Empty, nil},
		{"words", "身份证号", Unrecognized, nil},
		{"phone", "19900000001", Unrecognized, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			class, r := f.Classify([]byte(c.cell))
			if diff := cmp.Diff(c.kinds, class.Candidates.List()); r != c.reason || diff != "" {
				t.Errorf("reason %q, want %q; kinds %s", r, c.reason, diff)
			}
			if (class.Kind != KindNone) != (r == OK) || class.Kind != KindNone && class.Kind != c.kinds[0] {
				t.Errorf("kind %s with reason %q", class.Kind, r)
			}
			if r == OK {
				if _, r := f.Read(nil, class.Kind, []byte(c.cell)); r != OK {
					t.Errorf("%s does not read it: %q", class.Kind, r)
				}
			}
		})
	}
}

func TestClassifyColumn(t *testing.T) {
	f := loadForms(t)
	resident := func(i int) string {
		id, err := SynthesizeResidentID("390101", 19650101+uint32(i%28), i%900)
		if err != nil {
			t.Fatal(err)
		}
		return id.Reveal()
	}
	short := func(i int) string { id, _ := ParseResidentID([]byte(resident(i))); return string(id.AppendShort(nil)) }
	registration := func(i int) string { n, _ := SynthesizeRegNo("390100", uint32(11000000+37*i)); return n.Reveal() }
	credit := func(i int) string {
		u, _ := SynthesizeUSCC("91", "390100", fmt.Sprintf("MA39%04d", i))
		return u.Reveal()
	}
	org := func(i int) string { o, _ := SynthesizeOrgCode(fmt.Sprintf("39%06d", 7*i)); return o.Reveal() }
	tax := func(i int) string { return "390100" + org(i) }
	either := func(a, b func(int) string) func(int) string {
		return func(i int) string {
			if i%3 == 0 {
				return a(i)
			}
			return b(i)
		}
	}
	for _, c := range []struct {
		name   string
		cell   func(int) string
		n      int
		kind   Kind
		reason Reason
	}{
		{"residents", resident, 100, KindResidentID, OK},
		{"residents of both generations", either(resident, short), 100, KindResidentID, OK},
		{"first generation", short, 100, KindResidentID, OK},
		{"registrations", registration, 100, KindRegNo, OK},
		{"credit codes", credit, 100, KindUSCC, OK},
		{"organization codes", org, 100, KindOrgCode, OK},
		{"old tax numbers", tax, 100, KindTaxNo, OK},
		{"tax numbers old and new", either(tax, credit), 100, KindTaxNo, OK},
		{"persons and units", either(resident, credit), 100, KindNone, Unrecognized},
		{"too few", registration, 5, KindNone, Ambiguous},
		{"nothing", func(int) string { return " " }, 100, KindNone, Empty},
		{"words", func(int) string { return "无" }, 100, KindNone, Unrecognized},
	} {
		t.Run(c.name, func(t *testing.T) {
			var col Column
			for i := range c.n {
				col.Add(f, []byte(c.cell(i)))
			}
			if kind, r := col.Kind(); kind != c.kind || r != c.reason {
				t.Errorf("kind %s, reason %q; want %s, %q", kind, r, c.kind, c.reason)
			}
			if c.kind != KindNone && (col.Fits(c.kind) != 1 || col.Cells() != c.n) {
				t.Errorf("fits %v of %d cells", col.Fits(c.kind), col.Cells())
			}
		})
	}
}
