package key

import (
	"strings"
	"testing"

	"jiku/schemas"
)

func orgBase() *schemas.Base {
	b := baseOf(schemas.KeyUSCC)
	b.Links = []schemas.Link{{Kind: "org_code"}, {Kind: "registration_no", Item: "zch"}, {Kind: "tax_no", Item: "tax"}}
	return b
}

func TestKinds(t *testing.T) {
	all := []string{"uscc", "org_code", "tax_no", "registration_no"}
	for _, c := range []struct {
		name, part, key, finding string
		kinds                    []string
	}{
		{name: "its own kind", part: "91390100MA39X0A12F", key: "91390100MA39X0A12F"},
		{name: "organization code with hyphen", part: "12345678-8", key: "org_code:123456788"},
		{name: "registration number", part: "390100110000011", key: "registration_no:390100110000011"},
		{name: "registration number of before 2007", part: "3901001000013", key: "registration_no:3901001000013"},
		{name: "registration number of a cooperative", part: "390101na000001x", key: "registration_no:390101NA000001X"},
		{name: "tax number of an organization", part: "390100123456788", key: "tax_no:390100123456788"},
		{name: "tax number of a person", part: "39010119650430001201", key: "tax_no:39010119650430001201"},
		{name: "tax number of a person with 15 digits", part: "39010165043000100000", key: "tax_no:39010165043000100000"},
		{name: "what the column means decides", kinds: []string{"registration_no", "tax_no"}, part: "390100110000011", key: "registration_no:390100110000011"},
		{name: "no kind fits, the first says why", part: "123", finding: "row_error uscc.length"},
		{name: "a kind that the feed does not declare", kinds: []string{"uscc"}, part: "12345678-8", finding: "row_error uscc.organization_code"},
		{name: "wrong check digit", kinds: []string{"org_code"}, part: "123456780", finding: "row_error org_code.checksum"},
		{name: "wrong check digit of a registration number", kinds: []string{"registration_no"}, part: "390100110000012", finding: "row_error reg_no.checksum"},
		{name: "wrong check digit of a tax number", kinds: []string{"tax_no"}, part: "390100123456780", finding: "row_error tax_no.checksum"},
		{name: "a tax number in full width, with blanks", part: " ３９０１００１２３４５６７８８", key: "tax_no:390100123456788"},
		{name: "a credit code is no tax number of its own", kinds: []string{"tax_no"}, part: "91390100MA39X0A12F", finding: "row_error tax_no.credit_code"},
		{name: "masked", part: "3901001*****011", finding: "row_error uscc.masked"},
		{name: "missing", part: " ", finding: "row_error key.missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.kinds == nil {
				c.kinds = all
			}
			f := feedOf(false, "")
			f.Key[0].Kinds = c.kinds
			key, findings := resolve(t, compile(t, orgBase(), f), orgBase(), c.part)
			if key != c.key || strings.Join(findings, " ") != c.finding {
				t.Errorf("key as wanted: %v; findings %v, want %q", key == c.key, findings, c.finding)
			}
		})
	}
}

// A text that would be taken for a number of another kind is no key.
func TestMarked(t *testing.T) {
	b := baseOf(schemas.KeyText)
	b.Links = []schemas.Link{{Kind: "old", Item: "x"}}
	if key, findings := resolve(t, compile(t, b, feedOf(false, "")), b, "old:1"); key != "" || strings.Join(findings, "") != "row_error key.marked" {
		t.Errorf("findings %v", findings)
	}
	if key, _ := resolve(t, compile(t, b, feedOf(false, "")), b, "new:1"); key != "new:1" {
		t.Error("a colon alone makes a key a reject")
	}
}

// A number that somebody types has each meaning that its form allows.
func TestReadings(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"91390100ma39x0a12f", []string{"91390100MA39X0A12F"}},
		{"MA39X0A12", []string{"org_code:MA39X0A12"}},
		{"org_code:MA39X0A1-2", []string{"org_code:MA39X0A12"}},
		{"registration_no:390100123456788", nil},
		{"390100123456788", []string{"tax_no:390100123456788"}},
	} {
		var got []string
		for _, k := range Readings(orgBase(), []byte(c.text), nil) {
			got = append(got, k.Reveal())
		}
		if strings.Join(got, " ") != strings.Join(c.want, " ") {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
	}
}

// Whatever a cell of several kinds holds, its key is read again as the same number of the same kind.
func FuzzKinds(f *testing.F) {
	for _, s := range []string{"91390100MA39X0A12F", "12345678-8", "390100110000011", "3901001000013", "390101NA000001X", "企合示例总字第000139号",
		"390100123456788", "39010165043000100000", "L91390100MA39X0A12F", "390100-12345678-8", "1234*", "\xff"} {
		f.Add(s)
	}
	b, feed := orgBase(), feedOf(false, "")
	feed.Key[0].Kinds = []string{"uscc", "org_code", "tax_no", "registration_no"}
	r := compile(f, b, feed)
	f.Fuzz(func(t *testing.T, cell string) {
		key, findings := resolve(t, r, b, cell)
		if key == "" {
			if len(findings) == 0 {
				t.Fatal("neither key nor finding")
			}
			return
		}
		kind, value := b.KindOf([]byte(key))
		one := feedOf(false, "")
		one.Key[0].Kinds = []string{kind}
		if again, _ := resolve(t, compile(t, b, one), b, string(value)); again != key {
			t.Fatalf("%q: %q comes back as %q", cell, key, again)
		}
	})
}
