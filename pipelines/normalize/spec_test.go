package normalize

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"jiku/schemas"
	"jiku/schemas/charset"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// testEnv has the shipped code tables with region 390101 of the synthetic province.
func testEnv() Env {
	set, wrong := codes.NewSet(codes.Overlaid{Regions: []codes.Region{{Code: "390101", Name: "示例区", From: codes.FirstYear}}})
	if len(wrong) > 0 {
		panic("no files, no defects")
	}
	return Env{Table: set.Table, Regions: set.Regions}
}

// outcome runs one cell through a compiled step and shows it as Example.Out does.
func outcome(c *Cell, s *Spec, f Func, in string) (out, reason string) {
	c.run([]byte(in), []Func{f}, &nulls{blank: schemas.Unknown})
	if len(c.notes) > 0 {
		reason = c.notes[0].reason.Code
	}
	switch c.State {
	case schemas.Valued:
		return renderValue(s.Gives, c.Text, c.Int), reason
	case schemas.Unknown:
		return "?", reason
	case schemas.None:
		return "无", reason
	}
	return "!", c.reason.Code
}

// Every normalizer's examples hold.
func TestExamples(t *testing.T) {
	for _, s := range Specs() {
		t.Run(s.Name, func(t *testing.T) {
			if len(s.Examples) < 3 {
				t.Fatalf("%d examples, want at least 3", len(s.Examples))
			}
			var c Cell
			shown := map[string]bool{}
			for _, e := range s.Examples {
				f, err := s.Compile(e.Args, nil, testEnv())
				if err != nil {
					t.Fatalf("compile with %v: %v", e.Args, err)
				}
				out, reason := outcome(&c, s, f, e.In)
				if out != e.Out || reason != e.Reason {
					t.Errorf("%q gives %q with %q, want %q with %q", e.In, out, reason, e.Out, e.Reason)
				}
				shown[reason] = true
			}
			for _, r := range s.Reasons {
				if !shown[r.Code] && !rarely[r.Code] && !ofIdent(r) {
					t.Errorf("no example shows %s", r.Code)
				}
			}
		})
	}
}

// ofIdent reports a reason that package ident gives; its own tests show each.
func ofIdent(r *schemas.ReasonInfo) bool {
	_, defect, _ := strings.Cut(r.Code, ".")
	return slices.Contains(ident.Reasons(), ident.Reason(defect)) && strings.HasSuffix(r.Title, ident.Reason(defect).Sentence())
}

// rarely lists reasons that one normalizer shows and another may give too.
var rarely = map[string]bool{"capital.form": true, "capital.range": true, "decimal.rounded": true}

// Every spec and every reason is documented.
func TestSpecs(t *testing.T) {
	for _, s := range Specs() {
		if s.Title == "" || !strings.HasSuffix(s.Doc, ".") {
			t.Errorf("%s: title %q, doc %q", s.Name, s.Title, s.Doc)
		}
	}
	for _, r := range Reasons() {
		subject, defect, ok := strings.Cut(r.Code, ".")
		if !ok || subject == "" || defect == "" || len(r.Dimension) != 4 {
			t.Errorf("%s: dimension %q", r.Code, r.Dimension)
		}
		if r.Title == "" || strings.HasSuffix(r.Title, "：") || !strings.HasSuffix(r.Advice, "。") {
			t.Errorf("%s: title %q, advice %q", r.Code, r.Title, r.Advice)
		}
		if r.Severity == schemas.RowError {
			t.Errorf("%s rejects rows: that is for the key", r.Code)
		}
	}
}

// A code means one thing, whichever normalizer gives it.
func TestReasonsAgree(t *testing.T) {
	seen := map[string]*schemas.ReasonInfo{}
	for _, s := range Specs() {
		for _, r := range s.Reasons {
			if old := seen[r.Code]; old != nil && old != r {
				t.Errorf("%s of %s is declared twice", r.Code, s.Name)
			}
			seen[r.Code] = r
		}
	}
}

func TestNames(t *testing.T) {
	want := "address birth_certificate capital capital_currency certificate_id code component_code date datetime " +
		"decimal digits disability_certificate foreign_passport grid_code halfwidth hk_macau_permit " +
		"id_document integer mojibake org_code org_name passport permanent_residence person_name phone " +
		"private_use real_estate_unit reg_no region resident_id taiwan_permit tax_no text travel_permit trim " +
		"upper uscc"
	if got := strings.Join(Names(), " "); got != want {
		t.Errorf("normalizers %s\nwant %s", got, want)
	}
}

// No normalizer panics, gives invalid UTF-8 for valid, gives a value for none, or forgets
// its reason; and what a step from text to text gives, it gives again.
func FuzzSteps(f *testing.F) {
	for _, s := range Specs() {
		for _, e := range s.Examples {
			f.Add(s.Name, e.In)
		}
	}
	env := testEnv()
	steps := map[string]Func{}
	for _, s := range Specs() {
		args := schemas.Settings{}
		switch s.Name {
		case "code":
			args["table"] = "sex"
		case "mojibake":
			args["way"] = charset.UTF8AsGB18030
		}
		step, err := s.Compile(args, nil, env)
		if err != nil {
			f.Fatal(err)
		}
		steps[s.Name] = step
	}
	f.Fuzz(func(t *testing.T, name, in string) {
		step := steps[name]
		if step == nil {
			return
		}
		var c, again Cell
		c.run([]byte(in), []Func{step}, &nulls{blank: schemas.Unknown})
		if (c.State == schemas.Void) != (c.reason != nil) {
			t.Fatalf("state %v with reason %v", c.State, c.reason)
		}
		declared := registry[name].Reasons
		if c.reason != nil && !slices.Contains(declared, c.reason) {
			t.Fatalf("%s is no reason of the normalizer", c.reason.Code)
		}
		for _, n := range c.notes {
			if !slices.Contains(declared, n.reason) || n.reason.Severity == schemas.ItemError {
				t.Fatalf("%s is no note of the normalizer", n.reason.Code)
			}
		}
		if c.State != schemas.Valued || typed(registry[name].Gives) {
			return
		}
		if len(c.Text) == 0 || utf8.ValidString(in) && !utf8.Valid(c.Text) {
			t.Fatalf("value of %d bytes, valid %v", len(c.Text), utf8.Valid(c.Text))
		}
		// What was misread twice is turned around once.
		if name == "capital_currency" || name == "mojibake" || !utf8.ValidString(in) {
			return
		}
		again.run(c.Text, []Func{step}, &nulls{blank: schemas.Unknown})
		if again.State != schemas.Valued || string(again.Text) != string(c.Text) || len(again.notes) > 0 && name != "uscc" && name != "reg_no" {
			t.Fatalf("%q gives %q, and that gives %q (%v)", in, c.Text, again.Text, again.State)
		}
	})
}
