package ident

import (
	"testing"

	"pgregory.net/rapid"
)

const alnumAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// How many swaps of neighbors the two hybrid systems of ISO 7064 miss, over all remainders and pairs.
const (
	regNoSwapsMissed       = 20
	certificateSwapsMissed = 72
)

// GB 11714 misses 84 of the 1,260 ways to replace a character by another: those whose values are equal modulo 11. The
// weights are distinct and coprime to 11, so it is the same at every place, and for swaps of any two characters.
func TestOrgCodeMisses(t *testing.T) {
	missed := 0
	for i := range alnumAlphabet {
		for j := range alnumAlphabet {
			if i != j && i%11 == j%11 {
				missed++
			}
		}
	}
	if missed != 84 {
		t.Errorf("%d pairs are equal modulo 11: the documentation says 84", missed)
	}
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.SampledFrom([]byte(alnumAlphabet)), 8, 8).Draw(t, "body")
		check := orgCheck(body)
		for i := range body {
			for j := range i {
				seen := orgCheck([]byte(swap(string(body), i, j))) != check
				if same := alnum(body[i])%11 == alnum(body[j])%11; seen == same {
					t.Fatalf("swap of %d and %d of %s: seen %v", j+1, i+1, body, seen)
				}
			}
		}
	})
	// Digits alone have no two values equal modulo 11: among them nothing is missed.
	for a := range 10 {
		for b := range 10 {
			if a != b && a%11 == b%11 {
				t.Errorf("%d and %d stand for each other", a, b)
			}
		}
	}
}

// GS15 (ISO 7064 MOD 11,10) finds every wrong digit, whatever stands before it. Of swaps of neighbors it misses those
// that lead to the same remainder: counted over all remainders and pairs, 20 of 900.
func TestRegNoSwaps(t *testing.T) {
	missed, all := 0, 0
	for p := uint8(1); p <= 10; p++ {
		for a := range uint8(10) {
			for b := range uint8(10) {
				if a == b {
					continue
				}
				if regNoSteps[p][a] == regNoSteps[p][b] {
					t.Errorf("%d for %d after remainder %d is not seen", a, b, p)
				}
				all++
				if regNoSteps[regNoSteps[p][a]][b] == regNoSteps[regNoSteps[p][b]][a] {
					missed++
				}
			}
		}
	}
	t.Logf("swaps of neighbors that are missed: %d of %d", missed, all)
	if missed != regNoSwapsMissed || all != 900 {
		t.Errorf("%d of %d swaps are missed", missed, all)
	}
}

// GB/T 36904 (ISO 7064 MOD 37,36) finds every wrong character, and all but 72 of 45,360 swaps
// of neighbors, counted over all remainders and pairs.
func TestCertificateIDDetects(t *testing.T) {
	step := func(p, c uint32) uint32 {
		x := (c + p) % 36
		if x == 0 {
			x = 36
		}
		return 2 * x % 37
	}
	missed, all := 0, 0
	for p := uint32(1); p <= 36; p++ {
		for a := range uint32(36) {
			for b := range uint32(36) {
				if a == b {
					continue
				}
				if step(p, a) == step(p, b) {
					t.Errorf("%c for %c after remainder %d is not seen", alnumAlphabet[a], alnumAlphabet[b], p)
				}
				all++
				if step(step(p, a), b) == step(step(p, b), a) {
					missed++
				}
			}
		}
	}
	t.Logf("swaps of neighbors that are missed: %d of %d", missed, all)
	if missed != certificateSwapsMissed {
		t.Errorf("%d of %d swaps are missed", missed, all)
	}
	const id = "11100000MB03271699022.340100.000000016.001.9"
	for i := range id {
		for _, c := range []byte(alnumAlphabet) {
			if id[i] == '.' || c == id[i] {
				continue
			}
			if _, r := ParseCertificateID([]byte(replace(id, i, c))); r == OK {
				t.Errorf("%c at %d is not seen", c, i+1)
			}
		}
	}
}

// The old permanent residence card (ICAO 9303, weights 7, 3, 1 modulo 10) misses a character of the same value modulo
// 10, and a swap of neighbors whose values are equal modulo 5.
func TestPermitIDDetects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfN(rapid.SampledFrom([]byte(alnumAlphabet[10:])), 3, 3).Draw(t, "country")
		rest := rapid.SliceOfN(rapid.SampledFrom([]byte(alnumAlphabet[:10])), 11, 11).Draw(t, "digits")
		body := append(letters, rest...)
		check := mrzCheck(body)
		for i := range body {
			for _, c := range []byte(alnumAlphabet) {
				seen := mrzCheck([]byte(replace(string(body), i, c))) != check
				if same := alnum(c)%10 == alnum(body[i])%10; seen == same {
					t.Fatalf("%c at %d of %s: seen %v", c, i+1, body, seen)
				}
			}
			if i > 0 {
				seen := mrzCheck([]byte(swap(string(body), i, i-1))) != check
				if same := alnum(body[i])%5 == alnum(body[i-1])%5; seen == same {
					t.Fatalf("swap of %d and %d of %s: seen %v", i, i+1, body, seen)
				}
			}
		}
	})
}

// The sums in one word are those that the standards write out.
func TestSumsAsWritten(t *testing.T) {
	weights := [17]uint32{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.Byte(), 18, 18).Draw(t, "bytes")
		plain := true
		for _, c := range b[:17] {
			plain = plain && c >= '0' && c <= '9'
		}
		if got := seventeenDigits((*[18]byte)(b)); got != plain {
			t.Fatalf("%q: digits %v", b, got)
		}
		for i := range b {
			b[i] = '0' + b[i]%10
		}
		var sum uint32
		for i, w := range weights {
			sum += uint32(b[i]-'0') * w
		}
		if got := idCheck((*[18]byte)(b)); got != "10X98765432"[sum%11] {
			t.Fatalf("%s: check digit %c", b, got)
		}
		y, m, d := number(b[6:10]), number(b[10:12]), number(b[12:14])
		if got := validDay8(eight(b[6:14])); got != (y >= 1800 && y <= 2099 && ValidDate(y*10000+m*100+d)) {
			t.Fatalf("%s: day %v", b, got)
		}
		code := rapid.SliceOfN(rapid.SampledFrom([]byte(usccAlphabet)), 18, 18).Draw(t, "code")
		sum = 0
		for i, w := range usccWeights {
			sum += uint32(usccValues[code[i]]) * w
		}
		if got, all := usccSum((*[18]byte)(code)); got != sum || all&noValue != 0 {
			t.Fatalf("%s: sum %d, want %d", code, got, sum)
		}
	})
	for day := uint32(17990101); day < 21010101; day++ {
		var b [8]byte
		putDigits(b[:], day)
		if got := validDay8(eight(b[:])); got != (day >= 18000000 && day < 21000000 && ValidDate(day)) {
			t.Fatalf("%d: day %v", day, got)
		}
	}
}

// No two readings of a broken credit code can both hold: they would differ in one character only.
func TestRepairIsUnique(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := []byte(genUSCC(t))
		for i := range code {
			if rapid.IntRange(0, 3).Draw(t, "misread") > 0 {
				continue
			}
			switch {
			case code[i] == '0':
				code[i] = 'O'
			case code[i] == '1':
				code[i] = 'I'
			case code[i] == '5':
				code[i] = 'S'
			case code[i] == '2':
				code[i] = 'Z'
			case code[i] == '8' && i > 0 && i < 8:
				code[i] = 'B'
			}
		}
		u, r := RepairUSCC(code)
		if r == Ambiguous {
			t.Fatalf("%s has two readings", code)
		}
		if r == OK && u.Repaired {
			if again, r := ParseUSCC(u.AppendTo(nil)); r != OK || !again.OrgCodeValid() {
				t.Fatalf("%s is repaired to what is not valid: %q", code, r)
			}
		}
	})
}
