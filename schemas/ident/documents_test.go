package ident

import (
	"strings"
	"testing"
)

func loadForms(t testing.TB) *Forms {
	t.Helper()
	f, err := LoadForms()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Every number here is made up: no check digit could tell a real one.
func TestDocuments(t *testing.T) {
	f := loadForms(t)
	for _, c := range []struct {
		kind  Kind
		cases []vector
	}{
		{KindPassport, []vector{
			{name: "electronic", cell: "E39010128"},
			{name: "since 2017", cell: "EA3901012"},
			{name: "no I", cell: "EI3901012", reason: Character},
			{name: "no O", cell: "EO3901012", reason: Character},
			{name: "old G", cell: "G39010128"},
			{name: "old 14", cell: "143901012"},
			{name: "old 15", cell: "153901012"},
			{name: "old P", cell: "P3901012"},
			{name: "old S", cell: "S3901012"},
			{name: "lower case, blanks", cell: " e3901 0128", want: "E39010128"},
			{name: "full width", cell: "Ｅ３９０１０１２８", want: "E39010128"},
			{name: "apostrophe", cell: "'E39010128", want: "E39010128"},
			{name: "short", cell: "E390101", reason: Truncated},
			{name: "long", cell: "E390101289", reason: OtherDocument}, // a birth certificate has this form
			{name: "very long", cell: strings.Repeat("E3", 100), reason: Length},
			{name: "masked", cell: "E39****28", reason: Masked},
			{name: "filler", cell: "E00000000", reason: Filler},
			{name: "counting", cell: "E12345678", reason: Filler},
			{name: "permit", cell: "H39010128", reason: OtherDocument},
			{name: "resident number", cell: "390101196504300012", reason: ResidentNumber},
			{name: "credit code", cell: "91390100MA39X0A12F", reason: CreditCode},
			{name: "scientific", cell: "1.4390E+08", reason: Scientific},
			{name: "empty", cell: "\u3000", reason: Empty},
			{name: "broken UTF-8", cell: "E3901\xff128", reason: Character},
		}},
		{KindPublicPassport, []vector{{name: "form", cell: "PE3901012"}, {name: "plain", cell: "E39010128", reason: OtherDocument}}},
		{KindServicePassport, []vector{{name: "form", cell: "SE3901012"}}},
		{KindDiplomaticPassport, []vector{{name: "form", cell: "DE3901012"}}},
		{KindHKMacauPermit, []vector{
			{name: "Hong Kong", cell: "H39010128"}, {name: "Macau", cell: "M39010128"},
			{name: "with the number of issues", cell: "H3901012801"}, {name: "not Chinese", cell: "HA3901012"},
			{name: "not Chinese, Macau", cell: "MB3901012"}, {name: "filler with the number of issues", cell: "H1234567801", reason: Filler}, {name: "ten", cell: "H390101280", reason: OtherDocument},
		}},
		{KindTaiwanPermit, []vector{
			{name: "eight", cell: "39010128"}, {name: "old", cell: "3901012801B"}, {name: "seven", cell: "3901012", reason: Truncated},
		}},
		{KindHKMacauTravel, []vector{{name: "C", cell: "C39010128"}, {name: "CA", cell: "CA3901012"}}},
		{KindTaiwanTravel, []vector{{name: "L", cell: "L39010128"}, {name: "T", cell: "T39010128"}}},
		{KindHKPassport, []vector{{name: "K", cell: "K39010128"}, {name: "KJ", cell: "KJ3901012"}, {name: "H", cell: "H39010128"}, {name: "HJ", cell: "HJ3901012"}}},
		{KindMacauPassport, []vector{{name: "MA", cell: "MA3901012"}}},
		{KindForeignPassport, []vector{
			{name: "six", cell: "X39012"}, {name: "nine", cell: "39010128X"}, {name: "ten", cell: "39010128XY", reason: Length},
			{name: "character", cell: "39010/28X", reason: Character},
		}},
		{KindMilitary, []vector{{name: "Chinese", cell: "军字第3901012号"}, {name: "digits", cell: "3901012"}}},
		{KindHousehold, []vector{{name: "number", cell: "390101288"}}},
		{KindBirth, []vector{{name: "form", cell: "U390101288"}, {name: "digits", cell: "390101288", reason: Truncated}}},
		{KindInstitution, []vector{{name: "bare", cell: "139010000013"}, {name: "whole", cell: "事证第139010000013号"}}},
		{KindSocialOrg, []vector{{name: "whole", cell: "社证字第39013号"}}},
		{KindSubjectCode, []vector{{name: "form", cell: "3901000000000139"}}},
		{KindOldRegNo, []vector{{name: "cooperative", cell: "390101NA000001X"}, {name: "digits", cell: "3901001000013"}, {name: "joint venture", cell: "企合示例总字第000139号"}}},
	} {
		t.Run(c.kind.String(), func(t *testing.T) {
			run(t, c.cases, func(cell []byte) (Document, Reason) { return f.Document(c.kind, cell) })
		})
	}
}

func TestDocumentKey(t *testing.T) {
	f := loadForms(t)
	d, _ := f.Document(KindHKMacauPermit, []byte("H3901012801"))
	if got := string(d.AppendKey(nil)); got != "H39010128" || d.Kind() != KindHKMacauPermit || !d.JoinKey() {
		t.Errorf("key of a permit %s of %s", got, d.Kind())
	}
	d, _ = f.Document(KindHKMacauPermit, []byte("HA3901012"))
	if got := string(d.AppendKey(nil)); got != "HA3901012" {
		t.Errorf("key of a permit %s", got)
	}
	if d, _ = f.Document(KindMilitary, []byte("军字第3901012号")); d.JoinKey() {
		t.Error("the number of a military document links rows")
	}
}

func TestDisability(t *testing.T) {
	f := loadForms(t)
	run(t, []vector{
		{name: "limbs, second degree", cell: "39010119650430001242"},
		{name: "issued again", cell: "39010119650430001242B1"},
		{name: "X inside", cell: "39010119880808002x11", want: "39010119880808002X11"},
		{name: "blanks", cell: "390101196504300012 42 b2", want: "39010119650430001242B2"},
		{name: "no such type", cell: "39010119650430001282", reason: Category},
		{name: "no such degree", cell: "39010119650430001245", reason: Category},
		{name: "number inside wrong", cell: "39010119650430001342", reason: Checksum},
		{name: "person alone", cell: "390101196504300012", reason: ResidentNumber},
		{name: "without degree", cell: "3901011965043000124", reason: Truncated},
		{name: "short", cell: "3901011965", reason: Length},
		{name: "tail", cell: "39010119650430001242C1", reason: Character},
		{name: "masked", cell: "390101********001242", reason: Masked},
		{name: "ones", cell: "11111111111111111111", reason: Filler},
	}, f.Disability)
	v, _ := f.Disability([]byte("39010119650430001242B12"))
	if v.Person().Reveal() != "390101196504300012" || v.Type() != '4' || v.Degree() != '2' || v.Reissues() != 12 || !v.Valid() {
		t.Errorf("parts: %c %c %d", v.Type(), v.Degree(), v.Reissues())
	}
	if v, _ = f.Disability([]byte("39010119650430001242")); v.Reissues() != 0 {
		t.Errorf("%d reissues of a first card", v.Reissues())
	}
}

func TestUnitCodes(t *testing.T) {
	f := loadForms(t)
	t.Run("real estate", func(t *testing.T) {
		run(t, []vector{
			{name: "building", cell: "390101001001GB00001F00010001"},
			{name: "in groups", cell: "390101 001001 gb00001 f00010001", want: "390101001001GB00001F00010001"},
			{name: "nothing on it", cell: "390101001001GB00001W00000000"},
			{name: "nothing with a number", cell: "390101001001GB00001W00000001", reason: Category},
			{name: "no such fixture", cell: "390101001001GB00001X00010001", reason: Category},
			{name: "digits for letters", cell: "390101001001GB00001000010001", reason: Character},
			{name: "short", cell: "390101001001GB00001F0001000", reason: Truncated},
			{name: "parcel alone", cell: "390101001001GB00001", reason: Length},
		}, f.EstateUnit)
		u, _ := f.EstateUnit([]byte("390101001002GB00003F00040005"))
		region, district, sub := u.Region(), u.District(), u.Subdistrict()
		parcel, seq := u.Parcel()
		fixture, unit := u.Fixture()
		if got := string(region[:]) + " " + string(district[:]) + " " + string(sub[:]) + " " + string(parcel[:]) + " " + string(seq[:]) +
			" " + string(fixture) + " " + string(unit[:]); got != "390101 001 002 GB 00003 F 00040005" {
			t.Error(got)
		}
	})
	t.Run("component", func(t *testing.T) {
		run(t, []vector{
			{name: "form", cell: "3901010101000001"},
			{name: "short", cell: "390101010100001", reason: Truncated},
			{name: "letter", cell: "39010101010000O1", reason: Character},
			{name: "ones", cell: "1111111111111111", reason: Filler},
		}, f.Component)
		c, _ := f.Component([]byte("3901010203000004"))
		region, seq := c.Region(), c.Sequence()
		class, sub := c.Class()
		if got := string(region[:]) + " " + string(class[:]) + " " + string(sub[:]) + " " + string(seq[:]); got != "390101 02 03 000004" {
			t.Error(got)
		}
	})
	t.Run("grid", func(t *testing.T) {
		run(t, []vector{
			{name: "two digits", cell: "39010100200301"}, {name: "three digits", cell: "390101002003001"},
			{name: "short", cell: "3901010020030", reason: Truncated},
		}, f.Grid)
		g, _ := f.Grid([]byte("39010100200304"))
		region := g.Region()
		street, community := g.Street()
		if got := string(region[:]) + " " + string(street[:]) + " " + string(community[:]); got != "390101 002 003" {
			t.Error(got)
		}
	})
}

func TestFormsTable(t *testing.T) {
	f := loadForms(t)
	seen := KindSet(0)
	for _, form := range f.All() {
		seen = seen.With(form.Kind)
		if form.Basis != "S" && form.Basis != "R" {
			t.Errorf("%s %s: basis %q", form.Kind, form.Pattern, form.Basis)
		}
	}
	for _, k := range Kinds() {
		if k.Formed() && !seen.Has(k) {
			t.Errorf("%s has no form", k)
		}
		if got, ok := KindOf(k.String()); !ok || got != k || k.Title() == "" {
			t.Errorf("kind %d is found as %v", k, got)
		}
	}
	own, err := f.With([]Form{{Kind: KindBirth, Pattern: `390\d{7}`}})
	if err != nil {
		t.Fatal(err)
	}
	if _, r := own.Document(KindBirth, []byte("3901012885")); r != OK {
		t.Errorf("a form of the city's own: %q", r)
	}
	if _, r := own.Document(KindBirth, []byte("U390101288")); r == OK {
		t.Error("the form that was replaced still counts")
	}
	if _, r := own.Document(KindPassport, []byte("E39010128")); r != OK {
		t.Errorf("a form of another kind: %q", r)
	}
	for name, text := range map[string]string{
		"no head":       "passport\tE\\d{8}\t\tS\t\n",
		"columns":       "kind\tpattern\tkey\tbasis\tnote\npassport\tE\\d{8}\n",
		"kind":          "kind\tpattern\tkey\tbasis\tnote\npasport\tE\\d{8}\t\tS\t\n",
		"computed kind": "kind\tpattern\tkey\tbasis\tnote\nuscc\t\\d{8}\t\tS\t\n",
		"pattern":       "kind\tpattern\tkey\tbasis\tnote\npassport\tE[\t\tS\t\n",
		"endless":       "kind\tpattern\tkey\tbasis\tnote\npassport\tE\\d+\t\tS\t\n",
		"key":           "kind\tpattern\tkey\tbasis\tnote\npassport\tE\\d{8}\tx\tS\t\n",
	} {
		if _, err := ReadForms(strings.NewReader(text)); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if _, err := f.With([]Form{{Kind: KindUSCC, Pattern: `\d`}}); err == nil {
		t.Error("a form of a computed kind is accepted")
	}
}
