package ident

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func genResident(t *rapid.T) string {
	month := uint32(rapid.IntRange(1, 12).Draw(t, "month"))
	year := uint32(rapid.IntRange(1880, 2030).Draw(t, "year"))
	birth := year*10000 + month*100 + uint32(rapid.IntRange(1, 28).Draw(t, "day"))
	region := fmt.Sprintf("39%04d", rapid.IntRange(0, 9999).Draw(t, "county"))
	id, err := SynthesizeResidentID(region, birth, rapid.IntRange(0, 999).Draw(t, "seq"))
	if err != nil {
		t.Fatal(err)
	}
	return id.Reveal()
}

func genUSCC(t *rapid.T) string {
	alphabet := rapid.SampledFrom([]byte(usccAlphabet))
	category := string(rapid.SliceOfN(alphabet, 2, 2).Draw(t, "category"))
	body := string(rapid.SliceOfN(alphabet, 8, 8).Draw(t, "body"))
	u, err := SynthesizeUSCC(category, fmt.Sprintf("39%04d", rapid.IntRange(0, 9999).Draw(t, "region")), body)
	if err != nil {
		t.Fatal(err)
	}
	return u.Reveal()
}

// checksOnly tests the check digit alone, so that a substitution cannot be caught by the date.
func idChecksOnly(s string) bool { return idCheck((*[18]byte)([]byte(s))) == s[17] }

func usccChecksOnly(s string) bool {
	var sum uint32
	for i, w := range usccWeights {
		sum += uint32(usccValues[s[i]]) * w
	}
	return usccAlphabet[(31-sum%31)%31] == s[17]
}

func swap(s string, i, j int) string {
	b := []byte(s)
	b[i], b[j] = b[j], b[i]
	return string(b)
}

func replace(s string, i int, c byte) string { return s[:i] + string(c) + s[i+1:] }

// GB 11643 finds every wrong character and every swap of neighbors.
func TestResidentIDDetects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := genResident(t)
		for i := range s {
			for _, c := range []byte("0123456789X") {
				if c != s[i] && (c != 'X' || i == 17) && idChecksOnly(replace(s, i, c)) {
					t.Fatalf("%c at %d of %s is not seen", c, i+1, s)
				}
			}
			if i > 0 && s[i] != s[i-1] && s[17] != 'X' && idChecksOnly(swap(s, i, i-1)) {
				t.Fatalf("swap of %d and %d of %s is not seen", i, i+1, s)
			}
		}
	})
}

// GB 32100 finds every wrong character and every swap of any two, except of the first with the last.
func TestUSCCDetects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := genUSCC(t)
		for i := range s {
			for j := range usccAlphabet {
				if c := usccAlphabet[j]; c != s[i] && usccChecksOnly(replace(s, i, c)) {
					t.Fatalf("%c at %d of %s is not seen", c, i+1, s)
				}
			}
			for j := range i {
				if s[i] != s[j] && (j != 0 || i != 17) && usccChecksOnly(swap(s, i, j)) {
					t.Fatalf("swap of %d and %d of %s is not seen", j+1, i+1, s)
				}
			}
		}
		if !usccChecksOnly(swap(s, 0, 17)) {
			t.Fatalf("swap of 1 and 18 of %s is seen: the documentation says it cannot be", s)
		}
	})
}

// GB 11714 misses a wrong character exactly when the two values are equal modulo 11, and likewise swaps.
func TestOrgCodeDetects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		alphabet := []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		body := rapid.SliceOfN(rapid.SampledFrom(alphabet), 8, 8).Draw(t, "body")
		check := orgCheck(body)
		for i := range body {
			for _, c := range alphabet {
				other := []byte(replace(string(body), i, c))
				seen := orgCheck(other) != check
				if same := alnum(c)%11 == alnum(body[i])%11; seen == same {
					t.Fatalf("%c for %c at %d of %s: seen %v", c, body[i], i+1, body, seen)
				}
			}
			if i > 0 {
				seen := orgCheck([]byte(swap(string(body), i, i-1))) != check
				if same := alnum(body[i])%11 == alnum(body[i-1])%11; seen == same {
					t.Fatalf("swap of %d and %d of %s: seen %v", i, i+1, body, seen)
				}
			}
		}
	})
}

// GS15 (ISO 7064 MOD 11,10) finds every wrong digit; of swaps it misses a few, so nothing is promised.
func TestRegNoDetects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, err := SynthesizeRegNo("390100", rapid.Uint32Range(0, 99999999).Draw(t, "seq"))
		if err != nil {
			t.Fatal(err)
		}
		s := n.Reveal()
		for i := range s {
			for c := byte('0'); c <= '9'; c++ {
				if c != s[i] && regNoChecks([]byte(replace(s, i, c))) {
					t.Fatalf("%c at %d of %s is not seen", c, i+1, s)
				}
			}
		}
	})
}

// What a parser gives, it takes again unchanged; any spelling of the same number gives the same number.
func TestParseIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id, code := genResident(t), genUSCC(t)
		spell := rapid.SampledFrom([]func(string) string{
			strings.ToLower, widen, func(s string) string { return " " + s + "\u3000" },
			func(s string) string { return s[:6] + " " + s[6:] },
		}).Draw(t, "spell")
		a, r := ParseResidentID([]byte(spell(id)))
		if r != OK || a.Reveal() != id {
			t.Fatalf("%q: %q, %s", spell(id), r, a.Reveal())
		}
		b, r := ParseUSCC([]byte(spell(code)))
		if r != OK || b.Reveal() != code {
			t.Fatalf("%q: %q, %s", spell(code), r, b.Reveal())
		}
		if again, r := ParseResidentID(a.AppendTo(nil)); r != OK || again.Fixed || again.Reveal() != id {
			t.Fatalf("%s again: %q", id, r)
		}
		if again, r := ParseUSCC(b.AppendTo(nil)); r != OK || again.Fixed || again.Reveal() != code {
			t.Fatalf("%s again: %q", code, r)
		}
		// The short form of a person of the 20th century comes back as the same number.
		if id[6:8] == "19" && (id[14:17] < "996") {
			if up, r := ParseResidentID(a.AppendShort(nil)); r != OK || up.Reveal() != id || !up.Upgraded {
				t.Fatalf("short of %s: %q", id, r)
			}
		}
	})
}

func widen(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r + 0xFEE0)
	}
	return b.String()
}

func TestSynthesizeRefuses(t *testing.T) {
	bad := []error{}
	add := func(err error) { bad = append(bad, err) }
	_, err := SynthesizeResidentID("110101", 19650430, 1)
	add(err)
	_, err = SynthesizeResidentID("39010", 19650430, 1)
	add(err)
	_, err = SynthesizeResidentID("390101", 19650431, 1)
	add(err)
	_, err = SynthesizeResidentID("390101", 19650430, 1000)
	add(err)
	_, err = SynthesizeForeignID("USA", 19650430, 1)
	add(err)
	_, err = SynthesizeUSCC("91", "440300", "MA39X0A1")
	add(err)
	_, err = SynthesizeUSCC("91", "390100", "MA39X0AI")
	add(err)
	_, err = SynthesizeUSCC("9", "390100", "MA39X0A1")
	add(err)
	_, err = SynthesizeOrgCode("ma39x0a1")
	add(err)
	_, err = SynthesizeRegNo("330100", 1)
	add(err)
	_, err = SynthesizeRegNo("390100", 100000000)
	add(err)
	for i, err := range bad {
		if err == nil {
			t.Errorf("case %d is accepted", i)
		}
	}
}

func TestSynthesize(t *testing.T) {
	id, _ := SynthesizeResidentID("390101", 19650430, 1)
	foreigner, _ := SynthesizeForeignID("840", 19850520, 1)
	code, _ := SynthesizeUSCC("91", "390100", "MA39X0A1")
	org, _ := SynthesizeOrgCode("MB390001")
	reg, _ := SynthesizeRegNo("390100", 11000001)
	for want, got := range map[string]revealer{
		"390101196504300012": id, "939840198505200014": foreigner, "91390100MA39X0A12F": code, "MB3900012": org,
		"390100110000011": reg,
	} {
		if got.Reveal() != want {
			t.Errorf("got %s, want %s", got.Reveal(), want)
		}
	}
}

// No verb and no encoding shows a character.
func TestRedacted(t *testing.T) {
	id, _ := ParseResidentID([]byte("390101196504300012"))
	permit, _ := ParsePermitID([]byte("CAN110081080310"))
	code, _ := ParseUSCC([]byte("91390100MA39X0A12F"))
	org, _ := ParseOrgCode([]byte("MB3900012"))
	reg, _ := ParseRegNo([]byte("390100110000011"))
	f := loadForms(t)
	old, _ := ParseOldRegNo([]byte("3901001000013"))
	tax, _ := ParseTaxNo([]byte("390100123456788"))
	certificate, _ := ParseCertificateID([]byte("11100000000013338W011.113901003900000139.202600000001.001.C"))
	passport, _ := f.Document(KindPassport, []byte("E39010128"))
	disability, _ := f.Disability([]byte("39010119650430001242"))
	estate, _ := f.EstateUnit([]byte("390101001001GB00001F00010001"))
	component, _ := f.Component([]byte("3901010101000001"))
	grid, _ := f.Grid([]byte("39010100200301"))
	for _, v := range []any{old, tax, certificate, passport, disability, estate, component, grid, id, &id, permit, code, org, reg, struct{ ID ResidentID }{id}, []USCC{code}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if s := fmt.Sprintf(verb, v); !strings.Contains(s, redacted) || strings.Contains(s, "39010") || strings.Contains(s, "57 ") {
				t.Errorf("%s shows %s", verb, s)
			}
		}
		j, err := json.Marshal(v)
		if err != nil || !strings.Contains(string(j), redacted) {
			t.Errorf("json shows %s, %v", j, err)
		}
	}
	var none ResidentID
	if none.Reveal() != "" || none.Valid() {
		t.Error("the zero value reveals something")
	}
}

func TestReasonSentences(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Reasons() {
		if s := r.Sentence(); s == "" || seen[s] {
			t.Errorf("%s: sentence %q is empty or used twice", r, s)
		} else {
			seen[s] = true
		}
	}
	if OK.Sentence() != "" {
		t.Error("OK has a sentence")
	}
}
