package normalize

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

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

// A look at a text by characters finds what a look at each byte does, in broken text too.
func TestCleanTexts(t *testing.T) {
	foldings := []*folding{nameFolding, orgFolding, latinFolding, addressFolding, textFolding}
	piece := rapid.SampledFrom([]string{"甲", "乙", "a", "1", " ", "（", "·", "\xe7", "\x94", "\xe3\x80\x80", "\xc2", "\xef\xbc\x91", "\xe4\xb8"})
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "text"), ""))
		for _, f := range foldings {
			want := true
			for i, b := range text {
				want = want && (f.quick[b] || f.brackets && bracketAt(text[i:]))
			}
			if got := f.clean(text); got != want {
				t.Fatalf("%q is clean: %v, want %v", text, got, want)
			}
		}
	})
}
