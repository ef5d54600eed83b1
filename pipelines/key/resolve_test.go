package key

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiku/schemas"
	"jiku/schemas/ident"
)

func baseOf(kind schemas.KeyKind, parts ...string) *schemas.Base {
	return &schemas.Base{Name: "test", Key: schemas.KeySpec{Kind: kind, Parts: parts}}
}

// feedOf is a feed with its key parts in this order.
func feedOf(establishes bool, parts ...string) *schemas.Feed {
	f := &schemas.Feed{Name: "feed", Establishes: establishes}
	for _, p := range parts {
		f.Key = append(f.Key, schemas.KeyPart{Part: p, Column: "column " + p})
	}
	return f
}

// resolve gives the key, and the findings as severity code:item:detail.
func resolve(t testing.TB, r *Resolver, b *schemas.Base, parts ...string) (string, []string) {
	t.Helper()
	rec := schemas.NewRecord(b, len(parts))
	rec.Begin()
	for i, p := range parts {
		rec.KeyParts[i] = []byte(p)
	}
	r.Resolve(rec)
	var findings []string
	for _, f := range rec.Findings {
		findings = append(findings, fmt.Sprintf("%s %s", f.Severity, strings.TrimRight(f.Reason.String(), ":")))
	}
	if rec.Rejected() != (rec.Key == nil) {
		t.Errorf("rejected %v with a key %v", rec.Rejected(), rec.Key != nil)
	}
	return string(rec.Key), findings
}

func compile(t testing.TB, b *schemas.Base, f *schemas.Feed) *Resolver {
	t.Helper()
	r, err := Compile(b, f, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestResolve(t *testing.T) {
	person, org := baseOf(schemas.KeyResidentID), baseOf(schemas.KeyUSCC)
	linked := baseOf(schemas.KeyUSCC)
	linked.Links = []schemas.Link{{Kind: "org_code"}}
	for _, c := range []struct {
		name, part, key, finding string
		base                     *schemas.Base
		issues                   bool
	}{
		{name: "18 digits", base: person, part: "390101196504300012", key: "390101196504300012"},
		{name: "15 digits", base: person, part: "390101650430001", key: "390101196504300012", finding: "fix resident_id.upgraded"},
		{name: "15 digits of a centenarian", base: person, part: "390101981231997", key: "390101189812319975", finding: "fix resident_id.upgraded"},
		{name: "lower-case x", base: person, part: "39010119880808002x", key: "39010119880808002X", finding: "fix resident_id.folded"},
		{name: "full width", base: person, part: "３９０１０１１９６５０４３０００１２", key: "390101196504300012", finding: "fix resident_id.folded"},
		{name: "star for X", base: person, part: "39010119880808002*", key: "39010119880808002X", finding: "fix resident_id.folded"},
		{name: "blanks at the edges", base: person, part: " 390101196504300012\t", key: "390101196504300012"},
		{name: "residence permit of Hong Kong", base: person, part: "810000199408230021", key: "810000199408230021"},
		{name: "residence permit of Taiwan", base: person, part: "830000199201300022", key: "830000199201300022"},
		{name: "permanent residence card of 2023", base: person, part: "939840198505200014", key: "939840198505200014"},
		{name: "permanent residence card of 2004", base: person, part: "can110081080310", key: "CAN110081080310", finding: "fix resident_id.folded"},
		{name: "check digit", base: person, part: "390101196504300013", finding: "row_error resident_id.checksum"},
		{name: "date", base: person, part: idWith("390101" + "19650230" + "001"), finding: "row_error resident_id.date"},
		{name: "length", base: person, part: "3901011965043", finding: "row_error resident_id.length"},
		{name: "truncated", base: person, part: "39010119650430001", finding: "row_error resident_id.truncated"},
		{name: "characters", base: person, part: "39010119650430OO12", finding: "row_error resident_id.character"},
		{name: "masked", base: person, part: "3901**********0012", finding: "row_error resident_id.masked"},
		{name: "scientific", base: person, part: "3.90101E+17", finding: "row_error resident_id.scientific"},
		{name: "no number", base: person, part: " ", finding: "row_error key.missing"},
		{name: "nothing folded remains", base: person, part: "'", finding: "row_error key.missing"},
		{name: "code of an organization", base: person, part: "91390100MA39X0A12F", finding: "row_error resident_id.credit_code"},

		{name: "uscc", base: org, part: "91390100MA39X0A12F", key: "91390100MA39X0A12F"},
		{name: "uscc in lower case", base: org, part: "91390100ma39x0a12f", key: "91390100MA39X0A12F", finding: "fix uscc.folded"},
		{name: "uscc in full width", base: org, part: "９１３９０１００ＭＡ３９Ｘ０Ａ１２Ｆ", key: "91390100MA39X0A12F", finding: "fix uscc.folded"},
		{name: "uscc with a wrong check character", base: org, part: "91390100MA39X0A12E", finding: "row_error uscc.checksum"},
		{name: "uscc with a wrong check character, where orphans wait", base: linked, part: "91390100MA39X0A12E", key: "91390100MA39X0A12E",
			finding: "warning uscc.checksum_other"},
		{name: "uscc issued so", base: org, issues: true, part: "91390100MA39X0A12E", key: "91390100MA39X0A12E", finding: "warning uscc.checksum_issued"},
		{name: "uscc issued so, in lower case", base: org, issues: true, part: "91390100-ma39x0a12e", key: "91390100MA39X0A12E",
			finding: "warning uscc.checksum_issued fix uscc.folded"},
		{name: "uscc with a wrong organization code", base: org, part: usccWith("91390100MA39X0A13"), key: usccWith("91390100MA39X0A13"),
			finding: "warning uscc.org_code"},
		{name: "registration number", base: org, issues: true, part: "390100110000011", finding: "row_error uscc.registration_number"},
		{name: "resident number", base: org, issues: true, part: "390101196504300012", finding: "row_error uscc.resident_number"},
		{name: "uscc masked", base: org, issues: true, part: "91390100****0A12F", finding: "row_error uscc.masked"},
		{name: "uscc of letters it does not have", base: org, issues: true, part: "9139O1OOMA39XOA12F", finding: "row_error uscc.character"},

		{name: "text", base: baseOf(schemas.KeyText), part: "\u3000户-001 ", key: "户-001"},
		{name: "text with bars", base: baseOf(schemas.KeyText), part: `a|b\c`, key: `a|b\c`},
		{name: "text masked", base: baseOf(schemas.KeyText), part: "户-0＊1", finding: "row_error key.masked"},
		{name: "text blank", base: baseOf(schemas.KeyText), part: "\u3000", finding: "row_error key.missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			key, findings := resolve(t, compile(t, c.base, feedOf(c.issues, "")), c.base, c.part)
			if key != c.key || strings.Join(findings, " ") != c.finding {
				t.Errorf("key as wanted: %v; findings %v, want %q", key == c.key, findings, c.finding)
			}
		})
	}
}

// idWith completes 17 digits to a number whose check digit holds.
func idWith(digits string) string {
	for _, c := range "0123456789X" {
		if _, r := ident.ParseResidentID([]byte(digits + string(c))); r != ident.Checksum {
			return digits + string(c)
		}
	}
	return ""
}

// usccWith completes 17 characters to a code whose check character holds.
func usccWith(chars string) string {
	for _, c := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if _, r := ident.ParseUSCC([]byte(chars + string(c))); r == ident.OK {
			return chars + string(c)
		}
	}
	return ""
}

func TestComposite(t *testing.T) {
	b := baseOf(schemas.KeyComposite, "type", "number", "issuer")
	r := compile(t, b, feedOf(false, "issuer", "type", "number"))
	for _, c := range []struct {
		name  string
		parts []string
		key   string
		want  []string
	}{
		{name: "order of the base", parts: []string{"甲局", "01", "39-1"}, key: "01|39-1|甲局"},
		{name: "escapes", parts: []string{`甲|局\`, "01", "39-1"}, key: `01|39-1|甲\|局\\`},
		{name: "missing parts", parts: []string{"", "01", " "}, want: []string{"row_error key.missing::number", "row_error key.missing::issuer"}},
		{name: "masked part", parts: []string{"甲局", "01", "39*1"}, want: []string{"row_error key.masked::number"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			key, findings := resolve(t, r, b, c.parts...)
			if diff := cmp.Diff(c.want, findings); diff != "" || key != c.key {
				t.Errorf("key %q, want %q; findings %s", key, c.key, diff)
			}
		})
	}
}

// A part that a normalizer has rejected is not missing as well.
func TestFaultedPart(t *testing.T) {
	b := baseOf(schemas.KeyComposite, "type", "number")
	rec := schemas.NewRecord(b, 2)
	rec.Begin()
	rec.Fail(-1, &schemas.ReasonInfo{Code: "code.unknown", Severity: schemas.RowError}, "type")
	compile(t, b, feedOf(false, "type", "number")).Resolve(rec)
	var codes []string
	for _, f := range rec.Findings {
		codes = append(codes, f.String())
	}
	if diff := cmp.Diff([]string{"code.unknown::type", "key.missing::number"}, codes); diff != "" {
		t.Error(diff)
	}
}

// TestRead gives a number to feeds of which one normalizes its key as the base's own kind: there
// the number was read, and is not read again.
func TestRead(t *testing.T) {
	b := baseOf(schemas.KeyResidentID)
	for _, c := range []struct {
		via  []schemas.Step
		keys bool
	}{{nil, false}, {[]schemas.Step{{Name: "trim"}}, false}, {[]schemas.Step{{Name: "trim"}, {Name: "resident_id"}}, true},
		{[]schemas.Step{{Name: "resident_id"}, {Name: "trim"}}, false}} {
		f := feedOf(true, "")
		f.Key[0].Via = c.via
		if key, _ := resolve(t, compile(t, b, f), b, "390101196504300013"); (key != "") != c.keys {
			t.Errorf("via %v: a wrong number is the key %q", c.via, key)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		base *schemas.Base
		feed *schemas.Feed
		want string
	}{
		{"kind", baseOf("serial"), nil, "no such kind"},
		{"no parts", baseOf(schemas.KeyComposite), nil, "without parts"},
		{"number of parts", baseOf(schemas.KeyUSCC), feedOf(false, "a", "b"), "2 parts"},
		{"unknown part", baseOf(schemas.KeyComposite, "a", "b"), feedOf(false, "a", "c"), "part b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Compile(c.base, c.feed, nil); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// Different lists of parts never give one key, and Split gives the parts back.
func TestCompositeIsUnambiguous(t *testing.T) {
	b := baseOf(schemas.KeyComposite, "a", "b", "c")
	r := compile(t, b, nil)
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.StringMatching(`[ab|\\甲]{1,4}`), 3, 3).Draw(t, "parts")
		rec := schemas.NewRecord(b, 3)
		for i, p := range parts {
			rec.KeyParts[i] = []byte(p)
		}
		r.Resolve(rec)
		var back []string
		for _, p := range Split(rec.Key) {
			back = append(back, string(p))
		}
		if diff := cmp.Diff(parts, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Synthetic numbers of every kind resolve, and resolving the key gives the key.
func TestResolveIsIdempotent(t *testing.T) {
	b := baseOf(schemas.KeyResidentID)
	r := compile(t, b, nil)
	rapid.Check(t, func(rt *rapid.T) {
		year := rapid.Uint32Range(1900, 2025).Draw(rt, "year")
		day := year*10000 + rapid.Uint32Range(1, 12).Draw(rt, "month")*100 + rapid.Uint32Range(1, 28).Draw(rt, "day")
		id, err := ident.SynthesizeResidentID("390101", day, rapid.IntRange(0, 995).Draw(rt, "seq"))
		if err != nil {
			rt.Fatal(err)
		}
		part := id.Reveal()
		if year < 2000 && rapid.Bool().Draw(rt, "short") {
			part = string(id.AppendShort(nil))
		}
		key, _ := resolve(t, r, b, part)
		again, findings := resolve(t, r, b, key)
		if key != id.Reveal() || again != key || findings != nil {
			rt.Fatalf("key as made: %v, again: %v, findings %v", key == id.Reveal(), again == key, findings)
		}
	})
}

// A key of the city's own form is one there alone.
func TestKeysOfTheCity(t *testing.T) {
	forms, err := ident.LoadForms()
	if err != nil {
		t.Fatal(err)
	}
	city, err := forms.Add([]ident.Form{{Kind: ident.KindResidentID, Pattern: `8139\d{2}[12]\d{10}[\dX]`},
		{Kind: ident.KindOrgCode, Pattern: `W39\w{6}`}})
	if err != nil {
		t.Fatal(err)
	}
	organizations := orgBase()
	for _, c := range []struct {
		base        *schemas.Base
		kinds       []string
		number, key string
	}{
		{baseOf(schemas.KeyResidentID), nil, "813900196504300008", "813900196504300008"},
		{organizations, []string{"org_code"}, "W3900000-0", "org_code:W39000000"},
	} {
		feed := feedOf(true, "")
		feed.Key[0].Kinds = c.kinds
		for forms, want := range map[*ident.Forms]string{nil: "", city: c.key} {
			r, err := Compile(c.base, feed, forms)
			if err != nil {
				t.Fatal(err)
			}
			if key, findings := resolve(t, r, c.base, c.number); key != want {
				t.Errorf("%s: the key is %q, want %q (%v)", c.number, key, want, findings)
			}
			if got := Readings(c.base, []byte(c.number), forms); (len(got) == 1) != (want != "") {
				t.Errorf("%s has %d readings", c.number, len(got))
			}
		}
	}
}
