package normalize

import (
	"strings"
	"testing"

	"jiku/schemas"
)

// What a feed declares beside a column goes first, in a step code that is added when there is none.
func TestColumnCodes(t *testing.T) {
	for _, c := range []struct {
		name string
		via  []schemas.Step
	}{{"without a step", nil}, {"after another step", []schemas.Step{step("halfwidth")}}, {"with a step", []schemas.Step{step("code")}}} {
		t.Run(c.name, func(t *testing.T) {
			f := personFeed()
			f.Columns[2].Via, f.Columns[2].Codes = c.via, map[string]string{"0": "1", "1": "2", "帅哥": "1"}
			p, err := Compile(f, personBase(), testEnv())
			if err != nil {
				t.Fatal(err)
			}
			rec := schemas.NewRecord(p.base, 1)
			for cell, want := range map[string]string{"0": "1", "1": "2", "1.0": "2", "帅哥": "1", "女": "2", "2": "2", "甲": "!", "": "?", "不详": "?"} {
				cells := typicalRow()
				cells["sex"] = cell
				p.Row(personRow(p, cells), rec)
				if got := Render(rec, p.base.ItemIndex("sex")); got != want {
					t.Errorf("%q gives %q, want %q", cell, got, want)
				}
			}
			if _, changed := f.Columns[2].Via, f.Columns[2].Codes; len(changed) != 3 || len(c.via) > 0 && c.via[0].Args["map"] != nil {
				t.Error("compiling changed the declaration")
			}
		})
	}
}

// Words that cells cannot tell apart, and blank ones, are refused.
func TestOwnWords(t *testing.T) {
	sex := &schemas.Item{Name: "sex", Type: schemas.TypeCode, Table: "sex"}
	for name, c := range map[string]struct {
		words map[string]any
		want  string
	}{
		"twice": {map[string]any{"男": "1", " 男": "2"}, "stands twice"},
		"blank": {map[string]any{"　": "1"}, "is blank"},
		"right": {map[string]any{"男士": "1", "女士": "2"}, ""},
	} {
		err := CheckIn(step("code", "map", c.words), sex, testEnv())
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func BenchmarkCode(b *testing.B) {
	env := testEnv()
	for _, x := range []struct{ name, step, table, in string }{
		{"code", "code", "sex", "1"}, {"label", "code", "ethnic", "维吾尔族"}, {"historic", "code", "ethnic", "崩龙族"}, {"region", "region", "", "330106"},
		{"region of a street", "region", "", "330106001"}, {"region moved", "region", "", "110224"}, {"industry", "industry", "", "F5211"},
	} {
		b.Run(x.name, func(b *testing.B) {
			args := schemas.Settings{}
			if x.table != "" {
				args["table"] = x.table
			}
			step, err := registry[x.step].Compile(args, nil, env)
			if err != nil {
				b.Fatal(err)
			}
			var c Cell
			cell := []byte(x.in)
			b.ReportAllocs()
			for b.Loop() {
				c.begin(cell)
				step(&c)
			}
		})
	}
}
