package key

import (
	"strings"
	"testing"

	"jiku/schemas"
)

func TestReasons(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Reasons() {
		if seen[r.Code] {
			t.Errorf("%s is listed twice", r.Code)
		}
		seen[r.Code] = true
		if r.Title == "" || strings.HasSuffix(r.Title, "：") || !strings.HasSuffix(r.Advice, "。") || len(r.Dimension) != 4 {
			t.Errorf("%s: title %q, advice %q, dimension %q", r.Code, r.Title, r.Advice, r.Dimension)
		}
	}
	for _, code := range []string{"key.missing", "key.masked", "resident_id.checksum", "resident_id.masked",
		"resident_id.upgraded", "uscc.checksum", "uscc.checksum_issued", "uscc.org_code"} {
		if !seen[code] {
			t.Errorf("%s is not listed", code)
		}
	}
}

// Whatever the cells hold, a key is canonical and stands in no finding.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{"390101196504300012", "390101650430001", "39010119880808002x", "91390100ma39x0a12e",
		"CAN110081080310", "3901**********0012", " a|b\\c ", "9139-0100", ""} {
		f.Add(s, "01")
	}
	type kind struct {
		base   *schemas.Base
		issues bool
	}
	kinds := []kind{
		{baseOf(schemas.KeyResidentID), false}, {baseOf(schemas.KeyUSCC), false}, {baseOf(schemas.KeyUSCC), true},
		{baseOf(schemas.KeyText), false}, {baseOf(schemas.KeyComposite, "a", "b"), false},
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, k := range kinds {
			parts, names := []string{a}, []string{""}
			if k.base.Key.Kind == schemas.KeyComposite {
				parts, names = []string{a, b}, []string{"a", "b"}
			}
			r := compile(t, k.base, feedOf(k.issues, names...))
			key, findings := resolve(t, r, k.base, parts...)
			if key == "" {
				if len(findings) == 0 {
					t.Fatalf("%s: neither key nor finding", k.base.Key.Kind)
				}
				continue
			}
			again := []string{key}
			if len(names) > 1 {
				again = nil
				for _, p := range Split([]byte(key)) {
					again = append(again, string(p))
				}
			}
			if len(again) != len(names) {
				t.Fatalf("%s: key splits into %d parts", k.base.Key.Kind, len(again))
			}
			if second, _ := resolve(t, r, k.base, again...); second != key {
				t.Fatalf("%s: %q gives %q, and that gives %q", k.base.Key.Kind, parts, key, second)
			}
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	for _, c := range []struct {
		name, part string
		kind       schemas.KeyKind
	}{{"resident_id", "390101196504300012", schemas.KeyResidentID}, {"uscc", "91390100MA39X0A12F", schemas.KeyUSCC}} {
		b.Run(c.name, func(b *testing.B) {
			base := baseOf(c.kind)
			r := compile(b, base, nil)
			rec := schemas.NewRecord(base, 1)
			part := []byte(c.part)
			b.ReportAllocs()
			for b.Loop() {
				rec.Begin()
				rec.KeyParts[0] = part
				r.Resolve(rec)
			}
		})
	}
}
