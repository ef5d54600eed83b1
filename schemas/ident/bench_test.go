package ident

import "testing"

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

func TestParseDoesNotAllocate(t *testing.T) {
	cells := [][]byte{
		[]byte("390101196504300012"), []byte("３９０１０１１９６５０４３０００１２"), []byte("390101650430001"),
		[]byte("91390100ma39x0a12f"), []byte("9139O1OOMA39XOA12F"), []byte("390100110000011"), []byte("身份证"),
	}
	allocs := testing.AllocsPerRun(100, func() {
		for _, c := range cells {
			ParseResidentID(c)
			ParsePermitID(c)
			ParseUSCC(c)
			RepairUSCC(c)
			ParseOrgCode(c)
			ParseRegNo(c)
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations, want none", allocs)
	}
}
