package quality

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jiku/schemas"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

func TestExamplesOfEveryRule(t *testing.T) {
	set, _ := codes.NewSet(codes.Overlaid{Regions: []codes.Region{{Code: "390000", Name: "示例省", From: 1981}, {Code: "390101", Name: "东城湖区", From: 1981},
		{Code: "390102", Name: "旧城区", From: 1981, Until: 1990, Next: []codes.Successor{{Code: "390101", Year: 1990}}}}})
	env := Env{Table: codes.Load, Regions: set.Regions}
	for _, r := range Rules() {
		pass, fail := 0, 0
		for _, ex := range r.Examples {
			if len(ex.Want) == 0 {
				pass++
			} else {
				fail++
			}
			t.Run(r.Name+"/"+ex.Name, func(t *testing.T) {
				if r.Depth == Cross {
					if len(ex.Tables) == 0 {
						t.Error("the example has no tables")
					}
					return // cross_test.go runs them on the engine.
				}
				base, use := exampleBase(t, r, ex)
				got, due := runExample(t, r, ex, base, use, env)
				if diff := cmp.Diff(ex.Want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("findings (-want +got):\n%s", diff)
				}
				if due != ex.Due {
					t.Errorf("due %d, want %d", due, ex.Due)
				}
			})
		}
		if pass == 0 || fail == 0 {
			t.Errorf("rule %s has %d passing and %d failing examples, want at least one of each", r.Name, pass, fail)
		}
	}
}

func TestEveryReasonIsFoundByAnExample(t *testing.T) {
	for _, r := range Rules() {
		for _, info := range r.Reasons {
			found := false
			for _, ex := range r.Examples {
				for _, w := range ex.Want {
					found = found || strings.HasPrefix(w, info.Code+":")
				}
			}
			if !found {
				t.Errorf("rule %s: no example finds %s", r.Name, info.Code)
			}
		}
	}
}

// exampleBase is a base with an item for each value of the example, and the rule's use.
func exampleBase(t *testing.T, r *Rule, ex Example) (*schemas.Base, schemas.RuleUse) {
	t.Helper()
	base := &schemas.Base{Name: "example", Entity: "entity", Key: schemas.KeySpec{Kind: r.Key}}
	if _, inItem := ex.Values["number"]; inItem || r.Key == "" {
		base.Key.Kind = schemas.KeyText
	}
	use := schemas.RuleUse{Rule: r.Name, Args: ex.Args}
	for _, p := range r.Items {
		value, given := ex.Values[p.Name]
		if !given && p.Optional {
			continue
		}
		base.Items = append(base.Items, schemas.Item{Name: p.Name, Title: p.Title, Type: fittingType(p, value)})
		use.Items = append(use.Items, p.Name)
	}
	if err := CheckRule(use, base); err != nil {
		t.Fatal(err)
	}
	return base, use
}

func fittingType(p Param, value string) schemas.Type {
	for _, typ := range p.Types {
		if _, ok := parseValue(typ, value); ok || value == "" || value == "无" || value == "?" {
			return typ
		}
	}
	return p.Types[0]
}

func runExample(t *testing.T, r *Rule, ex Example, base *schemas.Base, use schemas.RuleUse, env Env) ([]string, uint32) {
	t.Helper()
	switch r.Depth {
	case Row:
		checks, err := CompileRow([]schemas.RuleUse{use}, base, env)
		if err != nil {
			t.Fatal(err)
		}
		rec := exampleRecord(t, base, ex)
		checks.Begin(schemas.Delivery{Received: exampleTime(ex.Day)})
		checks.Check(rec)
		var got []string
		for _, f := range rec.Findings {
			got = append(got, f.Reason.String())
		}
		return got, 0
	case Entity:
		checks, err := CompileEntity([]schemas.RuleUse{use}, base, Env{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		due := checks.Check(exampleGolden(t, base, ex), ex.Day, func(r schemas.Reason) { got = append(got, r.String()) })
		return got, due
	default:
		checks, err := CompileFeed([]schemas.RuleUse{use}, base)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, reason := range checks.Check(ex.Facts, ex.Before) {
			got = append(got, reason.String())
		}
		return got, 0
	}
}

func exampleTime(day uint32) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return time.Date(int(day/10_000), time.Month(day/100%100), int(day%100), 12, 0, 0, 0, time.UTC)
}

func exampleRecord(t *testing.T, base *schemas.Base, ex Example) *schemas.Record {
	t.Helper()
	rec := schemas.NewRecord(base, 1)
	rec.Begin()
	rec.Key = exampleKey(base, ex.Key)
	for i := range base.Items {
		switch v := ex.Values[base.Items[i].Name]; v {
		case "无":
			rec.States[i] = schemas.None
		case "?", "":
			rec.States[i] = schemas.Unknown
		default:
			rec.States[i] = schemas.Valued
			n, ok := parseValue(base.Items[i].Type, v)
			if !ok {
				t.Fatalf("value %q does not fit %s", v, base.Items[i].Type)
			}
			if rec.Int[i] = n; base.Items[i].Type.Textual() {
				rec.Text[i] = []byte(v)
			}
		}
	}
	return rec
}

// exampleKey is what the key of an example resolves to: nothing if it is no such number.
func exampleKey(base *schemas.Base, key string) []byte {
	reason := ident.OK
	switch base.Key.Kind {
	case schemas.KeyResidentID:
		_, reason = ident.ParseResidentID([]byte(key))
	case schemas.KeyUSCC:
		_, reason = ident.ParseUSCC([]byte(key))
	}
	if reason != ident.OK {
		return nil
	}
	return []byte(key)
}

func exampleGolden(t *testing.T, base *schemas.Base, ex Example) schemas.GoldenView {
	t.Helper()
	rec, g := exampleRecord(t, base, ex), schemas.NewGoldenBlock(base)
	g.Key.AppendString(ex.Key)
	g.KeyHash = []uint64{1}
	for i := range base.Items {
		g.States = append(g.States, byte(rec.States[i]))
		g.Reasons = append(g.Reasons, byte(ex.Why))
		g.Origins = append(g.Origins, 1)
		g.Items[i].Text.Append(rec.Text[i])
		g.Items[i].Int = append(g.Items[i].Int, rec.Int[i])
	}
	g.Winners, g.WinnerEnds = []schemas.Winner{{Feed: "example"}}, []uint32{1}
	return g.View(0)
}

// parseValue reads 1965-04-30, 1965-04, 1965, 12, 12.5.
func parseValue(typ schemas.Type, s string) (int64, bool) {
	switch typ {
	case schemas.TypeDate:
		digits := strings.ReplaceAll(s, "-", "")
		n, err := strconv.ParseInt(digits+strings.Repeat("0", max(0, 8-len(digits))), 10, 64)
		return n, err == nil && len(digits) >= 4
	case schemas.TypeInteger:
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil
	case schemas.TypeDecimal:
		f, err := strconv.ParseFloat(s, 64)
		return int64(f * schemas.DecimalScale), err == nil
	default:
		return 0, true
	}
}
