package normalize

import (
	"testing"
	"unicode/utf8"

	"jiku/schemas"
)

func TestPersonNames(t *testing.T) {
	step, err := registry["person_name"].Compile(nil, nil, Env{})
	if err != nil {
		t.Fatal(err)
	}
	var c Cell
	for in, want := range map[string]string{
		"阿依古丽 ・ 买买提":   "阿依古丽·买买提",
		"阿依古丽··买买提":    "阿依古丽·买买提",
		"阿依古丽。买买提":     "阿依古丽。买买提",
		"阿依古丽．买买提":     "阿依古丽·买买提",
		"阿依古丽﹒买买提":     "阿依古丽﹒买买提",
		"张三 Zhang San": "张三 Zhang San",
		"J. R. Smith":  "J. R. Smith",
		"O'Neil-Smith": "O'Neil-Smith",
		"张\n三":         "张三",
		"\ue000三":      "\ue000三",
		"戶田ＡＢ":         "戶田ＡＢ",
	} {
		c.run([]byte(in), []Func{step}, &nulls{blank: schemas.Unknown})
		if string(c.Text) != want {
			t.Errorf("%q gives %q, want %q", in, c.Text, want)
		}
	}
}

// A folded name keeps its characters: only dots, blanks and what cannot be seen may change. What is
// folded stays as it is when it is folded again.
func FuzzName(f *testing.F) {
	for _, e := range registry["person_name"].Examples {
		f.Add(e.In)
	}
	step := Func(foldName)
	no := &nulls{blank: schemas.Unknown}
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) {
			return
		}
		var c, d Cell
		c.run([]byte(in), []Func{step}, no)
		if c.State != schemas.Valued {
			return
		}
		if got, want := glyphs(string(c.Text)), glyphs(string(trimCell([]byte(in)))); got != want {
			t.Fatalf("%q gives %q", in, c.Text)
		}
		d.run(c.Text, []Func{step}, no)
		if string(d.Text) != string(c.Text) || len(d.notes) > 0 {
			t.Fatalf("%q gives %q, and that gives %q", in, c.Text, d.Text)
		}
	})
}

// glyphs are the characters of a name without dots and blanks.
func glyphs(s string) string {
	var out []rune
	for _, r := range s {
		switch {
		case blank(r), invisible(r), r == dot, r == '.', r == '、', r == 0xFF0E, nameGlyph(r) && !han(r):
		case r == 0x1680, r == 0x2029: // blanks of other scripts
		default:
			out = append(out, r)
		}
	}
	return string(out)
}
