package normalize

import (
	"strings"
	"testing"

	"jiku/schemas"
)

func step(name string, args ...any) schemas.Step {
	s := schemas.Step{Name: name, Args: schemas.Settings{}}
	for i := 0; i < len(args); i += 2 {
		s.Args[args[i].(string)] = args[i+1]
	}
	return s
}

func TestCheck(t *testing.T) {
	date := &schemas.Item{Name: "since", Type: schemas.TypeDate}
	sex := &schemas.Item{Name: "sex", Type: schemas.TypeCode, Table: "sex"}
	capital := &schemas.Item{Name: "capital", Type: schemas.TypeDecimal}
	for _, c := range []struct {
		name string
		step schemas.Step
		item *schemas.Item
		want string // part of the error, empty if there is none
	}{
		{"date", step("date"), date, ""},
		{"text before a date", step("halfwidth"), date, ""},
		{"map", step("code", "map", map[string]any{"男": "1"}), sex, ""},
		{"unit", step("capital", "unit", "yuan"), capital, ""},
		{"event", step("datetime"), nil, ""},
		{"no such normalizer", step("dates"), date, `"dates"`},
		{"wrong type", step("integer"), date, "item since, which is a date"},
		{"moment for a date", step("datetime"), date, "item since, which is a date"},
		{"unknown argument", step("trim", "left", true), date, "left"},
		{"argument of a step that has others", step("date", "opened", false), date, "opened"},
		{"unquoted code", step("code", "map", map[string]any{"男": 1}), sex, `"男" gives no text`},
		{"map that is none", step("code", "map", "男"), sex, "map"},
		{"no table", step("code"), nil, "add table"},
		{"unit of another kind", step("decimal", "unit", "kg"), capital, `"kg"`},
		{"filler that is a word", step("date", "filler", []any{"never"}), date, ""},
		{"blank filler", step("date", "filler", []any{" "}), date, "blank"},
		{"zone that is none", step("date", "zone", "Beijing"), date, "offset"},
		{"serial of another kind", step("date", "serial", "julian"), date, "no such count"},
		{"pivot of one digit", step("date", "pivot", "3"), date, "two digits"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Check(c.step, c.item)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*schemas.Feed)
		want   string
	}{
		{"unknown item", func(f *schemas.Feed) { f.Columns[0].Item = "nickname" }, "item nickname"},
		{"item twice", func(f *schemas.Feed) { f.Columns[1].Item = "name" }, "has a column already"},
		{"step after a typed one", func(f *schemas.Feed) {
			f.Columns[4].Via = []schemas.Step{step("date"), step("trim")}
		}, "ends the chain"},
		{"constant without a value", func(f *schemas.Feed) { f.Columns[4].Column, f.Columns[4].Value = "", "20210931" }, "date.calendar"},
		{"map outside the table", func(f *schemas.Feed) {
			f.Columns[2].Via = []schemas.Step{step("code", "map", map[string]any{"甲": "7"})}
		}, `code "7"`},
		{"unknown table", func(f *schemas.Feed) { f.Columns[2].Via = []schemas.Step{step("code", "table", "genders")} }, "genders"},
		{"event that is no moment", func(f *schemas.Feed) { f.Event.Via = []schemas.Step{step("integer")} }, "want a date or a moment"},
		{"word with two meanings", func(f *schemas.Feed) { f.Nulls.Unknown = []string{"无"} }, "both none and unknown"},
		{"blank of another kind", func(f *schemas.Feed) { f.Nulls.Blank = "zero" }, "want none or unknown"},
		{"key normalizer", func(f *schemas.Feed) { f.Key[0].Via = []schemas.Step{step("id")} }, "key part 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := personFeed()
			c.change(f)
			_, err := Compile(f, personBase(), testEnv())
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "compile feed ") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// A clone works beside the program that it was made of.
func TestClone(t *testing.T) {
	p := personProgram(t, nil)
	q := p.Clone()
	done := make(chan *schemas.Record)
	for _, prog := range []*Program{p, q} {
		go func() {
			rec := schemas.NewRecord(prog.base, 1)
			for range 1000 {
				prog.Row(personRow(prog, typicalRow()), rec)
			}
			done <- rec
		}()
	}
	a, b := <-done, <-done
	for i := range a.States {
		if Render(a, i) != Render(b, i) {
			t.Errorf("item %d: %q and %q", i, Render(a, i), Render(b, i))
		}
	}
	if a.Event != b.Event || a.Event == 0 {
		t.Errorf("events %d and %d", a.Event, b.Event)
	}
}
