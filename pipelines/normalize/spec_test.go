package normalize

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiku/schemas"
	"jiku/schemas/charset"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// testEnv has the shipped code tables with region 390101 of the synthetic province.
func testEnv() Env {
	return Env{Table: testSet().Table, Regions: testSet().Regions}
}

var testSet = sync.OnceValue(func() *codes.Set {
	set, wrong := codes.NewSet(codes.Overlaid{Regions: []codes.Region{{Code: "390101", Name: "示例区", From: codes.FirstYear}}})
	if len(wrong) > 0 {
		panic("no files, no defects")
	}
	return set
})

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
var rarely = map[string]bool{"capital.form": true, "capital.range": true, "decimal.rounded": true, "code.shared": true, "code.historic": true}

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

// A normalizer is one file, named after it, and a file is one normalizer.
func TestOneFileEach(t *testing.T) {
	files, err := filepath.Glob("normalizer_*.go")
	if err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, f := range files {
		if name := strings.TrimSuffix(strings.TrimPrefix(f, "normalizer_"), ".go"); !strings.HasSuffix(name, "_test") {
			named = append(named, name)
		}
	}
	slices.Sort(named)
	if diff := cmp.Diff(named, Names()); diff != "" {
		t.Errorf("files and normalizers (-files +normalizers):\n%s", diff)
	}
}

// The arguments that a normalizer explains are those that it takes.
func TestArgsAreExplained(t *testing.T) {
	for _, s := range Specs() {
		_, err := s.Compile(schemas.Settings{"no such argument": "x"}, nil, testEnv())
		at, ok := errors.AsType[*schemas.PartError](err)
		if !ok {
			t.Errorf("%s takes an argument that it does not have: %v", s.Name, err)
			continue
		}
		var names []string
		for _, a := range s.Args {
			names = append(names, a.Name)
			if a.Doc == "" {
				t.Errorf("%s: argument %s is not explained", s.Name, a.Name)
			}
		}
		taken := strings.Split(strings.TrimPrefix(strings.TrimPrefix(at.Hint, "one of "), "remove it: the normalizer takes none"), ", ")
		slices.Sort(taken)
		slices.Sort(names)
		if got, want := strings.Join(names, " "), strings.Join(taken, " "); got != want {
			t.Errorf("%s explains the arguments %q and takes %q", s.Name, got, want)
		}
	}
}

// What a step gives, it gives again when it reads it: nothing changes, and there is nothing
// to fix. Steps that take something else out of a cell are excepted, and amounts that are
// brought from one unit to another.
func TestStepsAreIdempotent(t *testing.T) {
	for _, s := range Specs() {
		if s.Extracts {
			continue
		}
		t.Run(s.Name, func(t *testing.T) {
			cells := cellsFor(s)
			for _, args := range argsOf(s) {
				step, err := s.Compile(args, nil, testEnv())
				if err != nil {
					t.Fatal(err)
				}
				rapid.Check(t, func(rt *rapid.T) {
					var once, twice Cell
					in := cells.Draw(rt, "cell")
					first, _ := outcome(&once, s, step, in)
					if once.State != schemas.Valued || !utf8.ValidString(in) {
						return
					}
					again, _ := outcome(&twice, s, step, first)
					if first != again {
						rt.Fatalf("%q gives %q, and that gives %q (args %v)", in, first, again, args)
					}
					for _, n := range twice.notes {
						if n.reason.Severity == schemas.Fix {
							rt.Fatalf("%q gives %q, and that is fixed again: %s", in, first, n.reason.Code)
						}
					}
				})
			}
		})
	}
}

// argsOf are the arguments of the examples, without those that say what a cell
// means here and the result no longer does: its unit, its count, its local codes, its edition.
func argsOf(s *Spec) []schemas.Settings {
	var out []schemas.Settings
	seen := map[string]bool{}
	for _, e := range s.Examples {
		if seen[fmt.Sprint(e.Args)] || slices.ContainsFunc([]string{"unit", "serial", "comma", "map", "edition", "way", "year"}, func(arg string) bool { return e.Args[arg] != nil }) {
			continue
		}
		seen[fmt.Sprint(e.Args)] = true
		out = append(out, e.Args)
	}
	return out
}

// cellsFor draws cells near what the normalizer is for: its examples, cut and joined.
func cellsFor(s *Spec) *rapid.Generator[string] {
	var whole []string
	for _, e := range s.Examples {
		whole = append(whole, e.In)
	}
	piece := rapid.OneOf(rapid.SampledFrom(whole), rapid.SampledFrom([]string{" ", "　", "·", ".", "、", "，", "(", "）", "（", "曾用名", "等", "先生", "１", "0", "-",
		"万", "元", "年", "月", "十", "市", "区", "\u200b", "&", ";", "A", "ａ", "张三", "李四", "甲"}))
	joined := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(t, "pieces"), "") })
	cut := rapid.Custom(func(t *rapid.T) string {
		r := []rune(joined.Draw(t, "joined"))
		return string(r[:rapid.IntRange(0, len(r)).Draw(t, "length")])
	})
	return rapid.OneOf(joined, cut, rapid.String())
}

func isFix(n note) bool { return n.reason.Severity == schemas.Fix }

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
		if registry[name].Extracts || !utf8.ValidString(in) {
			return
		}
		again.run(c.Text, []Func{step}, &nulls{blank: schemas.Unknown})
		if again.State != schemas.Valued || string(again.Text) != string(c.Text) || slices.ContainsFunc(again.notes, isFix) {
			t.Fatalf("%q gives %q, and that gives %q (%v)", in, c.Text, again.Text, again.State)
		}
	})
}
