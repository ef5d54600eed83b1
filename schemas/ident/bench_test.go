package ident

import (
	"fmt"
	"testing"
)

func bench[T revealer](b *testing.B, cell string, parse func([]byte) (T, Reason)) {
	c := []byte(cell)
	b.ReportAllocs()
	for b.Loop() {
		parse(c)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
}

func BenchmarkResidentID(b *testing.B)          { bench(b, "390101196504300012", ParseResidentID) }
func BenchmarkResidentIDWrong(b *testing.B)     { bench(b, "390101196504300013", ParseResidentID) }
func BenchmarkResidentIDLowerCase(b *testing.B) { bench(b, "39010119880808002x", ParseResidentID) }
func BenchmarkResidentIDFifteen(b *testing.B)   { bench(b, "390101650430001", ParseResidentID) }
func BenchmarkResidentIDFullWidth(b *testing.B) {
	bench(b, "３９０１０１１９６５０４３０００１２", ParseResidentID)
}
func BenchmarkUSCC(b *testing.B)          { bench(b, "91390100MA39X0A12F", ParseUSCC) }
func BenchmarkUSCCWrong(b *testing.B)     { bench(b, "91390100MA39X0A12E", ParseUSCC) }
func BenchmarkUSCCLowerCase(b *testing.B) { bench(b, "91390100ma39x0a12f", ParseUSCC) }
func BenchmarkOrgCode(b *testing.B)       { bench(b, "MA39X0A1-2", ParseOrgCode) }
func BenchmarkRegNo(b *testing.B)         { bench(b, "390100110000011", ParseRegNo) }

func BenchmarkTaxNo(b *testing.B) { bench(b, "390100123456788", ParseTaxNo) }
func BenchmarkCertificateID(b *testing.B) {
	bench(b, "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9", ParseCertificateID)
}

func BenchmarkPassport(b *testing.B) {
	f := loadForms(b)
	bench(b, "E39010128", func(cell []byte) (Document, Reason) { return f.Document(KindPassport, cell) })
}

func BenchmarkEstateUnit(b *testing.B) {
	bench(b, "390101001001GB00001F00010001", loadForms(b).EstateUnit)
}

// BenchmarkMixed checks a thousand different numbers in turn, so that nothing can be foreseen.
func BenchmarkMixed(b *testing.B) {
	var ids, codes [1024][]byte
	for i := range ids {
		id, _ := SynthesizeResidentID("390101", 19000101+uint32(i*7919%100)*10000, i*31%1000)
		code, _ := SynthesizeUSCC("91", "390100", fmt.Sprintf("MA39%04d", i*9))
		ids[i], codes[i] = id.AppendTo(nil), code.AppendTo(nil)
	}
	each := func(check func([]byte) Reason, cells *[1024][]byte) func(b *testing.B) {
		return func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if check(cells[n&1023]) != OK {
					b.Fatal("a number is refused")
				}
				n++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
		}
	}
	b.Run("resident_id", each(func(c []byte) Reason { _, r := ParseResidentID(c); return r }, &ids))
	b.Run("uscc", each(func(c []byte) Reason { _, r := ParseUSCC(c); return r }, &codes))
}

func BenchmarkClassify(b *testing.B) {
	f := loadForms(b)
	for name, cell := range map[string]string{"uscc": "91390100MA39X0A12F", "registration": "390100110000011", "passport": "E39010127"} {
		b.Run(name, func(b *testing.B) {
			bench(b, cell, func(c []byte) (Document, Reason) { _, r := f.Classify(c); return Document{}, r })
		})
	}
}

func TestParseDoesNotAllocate(t *testing.T) {
	cells := [][]byte{
		[]byte("390101196504300012"), []byte("３９０１０１１９６５０４３０００１２"), []byte("390101650430001"),
		[]byte("91390100ma39x0a12f"), []byte("9139O1OOMA39XOA12F"), []byte("390100110000011"), []byte("身份证"),
	}
	f := loadForms(t)
	allocs := testing.AllocsPerRun(100, func() {
		for _, c := range cells {
			ParseResidentID(c)
			ParsePermitID(c)
			ParseUSCC(c)
			RepairUSCC(c)
			ParseOrgCode(c)
			ParseRegNo(c)
			ParseOldRegNo(c)
			ParseTaxNo(c)
			ParseCertificateID(c)
			f.EstateUnit(c)
			_, _ = f.Document(KindPassport, c)
			_, _ = f.Classify(c)
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations, want none", allocs)
	}
}
