package normalize

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestReadNumber(t *testing.T) {
	for _, c := range []struct {
		in     string
		digits int64
		places int
		rest   string
		defect numberDefect
	}{
		{"0", 0, 0, "", ""}, {"-12.50", -1250, 2, "", ""}, {"+7", 7, 0, "", ""}, {"1,234,567.8", 12345678, 1, "", ""},
		{"５０．５", 505, 1, "", ""}, {"50万", 50, 0, "万", ""}, {"9,7460000", 97460000, 7, "", ""}, {"1234,00000", 123400000, 5, "", ""},
		{"", 0, 0, "", "form"}, {"-", 0, 0, "", "form"}, {".5", 0, 0, ".5", "form"}, {"1,2", 12, 0, "", "comma"}, {"1,234,5", 12345, 0, "", "comma"},
		{"5,000000", 0, 0, "", "comma"}, {"1,0000", 0, 0, "", "comma"}, {"1234,567", 0, 0, "", "comma"}, {"1,23456,789", 0, 0, "", "comma"},
		{"1,00000.5", 0, 0, "", "comma"}, {",123", 0, 0, "", "form"}, {"1,", 1, 0, "", "comma"}, {"1,,234", 1, 0, ",234", "comma"}, {"1e5", 1, 0, "e5", "scientific"},
		{"92233720368547758079", 0, 0, "", "range"}, {"0.123456789", 12345678, 8, "", ""},
	} {
		n, rest, defect := readNumber([]byte(c.in))
		if defect != c.defect || defect == numberOK && (n.digits != c.digits || n.places != c.places || string(rest) != c.rest) {
			t.Errorf("%q gives %d at %d, rest %q, %q", c.in, n.digits, n.places, rest, defect)
		}
	}
}

// scaled rounds as exact arithmetic does, half away from zero.
func TestScaledAgreesWithRationals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.Int64Range(-1_000_000_000_000, 1_000_000_000_000).Draw(t, "digits")
		places := rapid.IntRange(0, maxPlaces).Draw(t, "places")
		exponent := rapid.IntRange(-4, 6).Draw(t, "exponent")
		ten := func(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }
		r := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(digits), ten(exponent+4)), ten(places+4))
		want := r.FloatString(0) // rounds half away from zero
		if want == "-0" {
			want = "0"
		}
		v, exact, ok := number{digits: digits, places: places, exact: true}.scaled(exponent)
		if !ok || fmt.Sprint(v) != want || exact != r.IsInt() {
			t.Fatalf("gives %d (exact %v, ok %v), want %s", v, exact, ok, want)
		}
	})
}
