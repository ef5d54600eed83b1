package ident

import "testing"

// fuzz checks what holds for any bytes: no panic, a value exactly when there is no reason, a closed list of reasons,
// and the canonical form comes back unchanged.
// Lengths of values are from low to high.
func fuzz[T revealer](f *testing.F, parse func([]byte) (T, Reason), low, high int) {
	for _, s := range []string{
		"", "390101196504300012", "39010119880808002Х", "390101650430001", "91390100MA39X0A12F", "9139O1OOMA39XOA12F",
		"MA39X0A1-2", "390100110000011", "CAN110081080310", "3.90101E+17", "390101******0012", "\xff\xfe390101", "'0.0",
		"111111111111111", "000000000", "123456789012345678", "390100123456788", "39010165043000100000", "L91390100MA39X0A12F",
		"1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9", "39010119650430001242B1", "E39010128", "军字第3901012号",
		"390101001001GB00001F00010001", "3901010101000001", "39010100200301", "3901001000013",
	} {
		f.Add([]byte(s))
	}
	listed := map[Reason]bool{OK: true}
	for _, r := range Reasons() {
		listed[r] = true
	}
	f.Fuzz(func(t *testing.T, cell []byte) {
		before := string(cell)
		v, r := parse(cell)
		if string(cell) != before {
			t.Fatal("the cell is changed")
		}
		s := v.Reveal()
		if !listed[r] || (r == OK) != (len(s) >= low && len(s) <= high) || r != OK && s != "" {
			t.Fatalf("reason %q with a value of %d characters", r, len(s))
		}
		if r == OK {
			if again, r := parse([]byte(s)); r != OK || again.Reveal() != s {
				t.Fatalf("%s comes back with %q", s, r)
			}
		}
	})
}

func FuzzParseResidentID(f *testing.F) { fuzz(f, ParseResidentID, 18, 18) }
func FuzzParsePermitID(f *testing.F)   { fuzz(f, ParsePermitID, 15, 15) }
func FuzzParseUSCC(f *testing.F)       { fuzz(f, ParseUSCC, 18, 18) }
func FuzzRepairUSCC(f *testing.F)      { fuzz(f, RepairUSCC, 18, 18) }
func FuzzParseOrgCode(f *testing.F)    { fuzz(f, ParseOrgCode, 9, 9) }
func FuzzRestoreOrgCode(f *testing.F)  { fuzz(f, RestoreOrgCode, 9, 9) }
func FuzzParseRegNo(f *testing.F)      { fuzz(f, ParseRegNo, 15, 15) }
func FuzzParseOldRegNo(f *testing.F)   { fuzz(f, ParseOldRegNo, 13, 13) }
func FuzzParseTaxNo(f *testing.F)      { fuzz(f, ParseTaxNo, 15, 20) }
func FuzzParseCertificateID(f *testing.F) {
	fuzz(f, ParseCertificateID, 50, maxCertificate+len(certificateRoot))
}
func FuzzDisability(f *testing.F) { fuzz(f, loadForms(f).Disability, 20, 23) }
func FuzzEstateUnit(f *testing.F) { fuzz(f, loadForms(f).EstateUnit, 28, 28) }
func FuzzComponent(f *testing.F)  { fuzz(f, loadForms(f).Component, 16, 16) }
func FuzzGrid(f *testing.F)       { fuzz(f, loadForms(f).Grid, 14, 15) }

// Every kind of document, and the classification: what it says a number is, reads the number.
func FuzzDocument(f *testing.F) {
	forms := loadForms(f)
	for k := KindOldRegNo; k < kindCount; k++ {
		f.Add(uint8(k), []byte("E39010128"))
		f.Add(uint8(k), []byte("军字第3901012号"))
		f.Add(uint8(k), []byte("39010119650430001242B1"))
	}
	f.Fuzz(func(t *testing.T, k uint8, cell []byte) {
		kind := KindOldRegNo + Kind(k)%(kindCount-KindOldRegNo)
		d, r := forms.Document(kind, cell)
		if (r == OK) != d.Valid() || r != OK && r.Sentence() == "" {
			t.Fatalf("reason %q, valid %v", r, d.Valid())
		}
		if r == OK {
			if again, r := forms.Document(kind, d.AppendTo(nil)); r != OK || again.Reveal() != d.Reveal() || again.Fixed {
				t.Fatalf("%s comes back with %q", d.Reveal(), r)
			}
		}
		class, r := forms.Classify(cell)
		if (r == OK) != (class.Kind != KindNone) || r != OK && r.Sentence() == "" || !class.Candidates.Has(class.Kind) && r == OK {
			t.Fatalf("kind %s with reason %q", class.Kind, r)
		}
		for _, k := range class.Candidates.List() {
			if _, r := forms.Read(nil, k, cell); r != OK {
				t.Fatalf("candidate %s does not read the number: %q", k, r)
			}
		}
	})
}
