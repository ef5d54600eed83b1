package ident

import "testing"

// fuzz checks what holds for any bytes: no panic, a value exactly when there is no reason, a closed list of reasons,
// and the canonical form comes back unchanged.
func fuzz[T revealer](f *testing.F, parse func([]byte) (T, Reason), length int) {
	for _, s := range []string{
		"", "390101196504300012", "39010119880808002Х", "390101650430001", "91390100MA39X0A12F", "9139O1OOMA39XOA12F",
		"MA39X0A1-2", "390100110000011", "CAN110081080310", "3.90101E+17", "390101******0012", "\xff\xfe390101", "'0.0",
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
		if !listed[r] || (r == OK) != (len(s) == length) || r != OK && s != "" {
			t.Fatalf("reason %q with a value of %d characters", r, len(s))
		}
		if r == OK {
			if again, r := parse([]byte(s)); r != OK || again.Reveal() != s {
				t.Fatalf("%s comes back with %q", s, r)
			}
		}
	})
}

func FuzzParseResidentID(f *testing.F) { fuzz(f, ParseResidentID, 18) }
func FuzzParsePermitID(f *testing.F)   { fuzz(f, ParsePermitID, 15) }
func FuzzParseUSCC(f *testing.F)       { fuzz(f, ParseUSCC, 18) }
func FuzzRepairUSCC(f *testing.F)      { fuzz(f, RepairUSCC, 18) }
func FuzzParseOrgCode(f *testing.F)    { fuzz(f, ParseOrgCode, 9) }
func FuzzParseRegNo(f *testing.F)      { fuzz(f, ParseRegNo, 15) }
