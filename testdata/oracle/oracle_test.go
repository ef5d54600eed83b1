package main

import (
	"bytes"
	"strings"
	"testing"

	"jiku/schemas/ident"
)

// The same seed makes the same values, none of a real province, and of every way both kinds.
func TestValues(t *testing.T) {
	for _, ways := range []func(maker) []func() string{maker.persons, maker.organizations} {
		a, b := newMaker(7), newMaker(7)
		first, second := ways(a), ways(b)
		valid := 0
		for range 2000 {
			i := a.IntN(len(first))
			v := first[i]()
			if w := second[b.IntN(len(second))](); v != w {
				t.Fatalf("%q and then %q", v, w)
			}
			if strings.ContainsAny(v, "\r\n") {
				t.Fatalf("%q is no line", v)
			}
			if _, r := ident.ParseResidentID([]byte(v)); r == ident.OK {
				valid++
				if id, _ := ident.ParseResidentID([]byte(v)); id.Holder() == ident.HolderCitizen && string(id.AppendTo(nil)[:2]) != "39" {
					t.Fatal("a person of a province that exists")
				}
			}
		}
		if valid < 50 {
			t.Errorf("%d of 2000 values are persons", valid)
		}
	}
	if got := checked("39010119650430001"); got != "390101196504300012" {
		t.Errorf("check digit of %s", got)
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		name string
		a    answer
		want string
	}{
		{"year", answer{value: checked("39010117500101001"), reason: ident.Date, theirs: "place"}, "another year"},
		{"30 February", answer{value: checked("39010119650230001"), reason: ident.Date, theirs: "ok"}, "day of no month"},
		{"upgraded", answer{value: "390101650430001", old: true, theirs: "length"}, "15 digits"},
		{"department", answer{value: "N2390101MF3900017X", theirs: "format"}, "department letter"},
		{"a valid number that the other refuses", answer{value: "390101196504300012", theirs: "checksum"}, ""},
		{"a wrong check digit that the other takes", answer{value: "390101196504300013", reason: ident.Checksum, theirs: "ok"}, ""},
	} {
		if got, _ := explain(c.a); got.name != c.want {
			t.Errorf("%s: category %q, want %q", c.name, got.name, c.want)
		}
	}
}

// A program that takes everything differs without an explanation, and that fails.
func TestUnexplained(t *testing.T) {
	o := oracle{name: "yes", command: []string{"sed", "s/.*/ok/"}, values: maker.persons, read: readPerson}
	var out bytes.Buffer
	ok, err := o.compare(&out, newMaker(1), 5000)
	if err != nil || ok || !strings.Contains(out.String(), `jiku says "checksum", the other "ok"`) {
		t.Errorf("ok %v, %v:\n%s", ok, err, out.String())
	}
	o.command = []string{"head", "-n", "3"}
	if _, err := o.compare(&out, newMaker(1), 5000); err == nil {
		t.Error("missing answers are not missed")
	}
}
