package normalize

import (
	"strconv"
	"unicode/utf8"

	"jiku/schemas"
	"jiku/schemas/charset"
)

var reasonPrivateUse = &schemas.ReasonInfo{
	Code: "private_use.mapped", Severity: schemas.Fix, Dimension: "0302",
	Title: "专用区字符（造字）已换为正式编码的字", Advice: "请改用 GB 18030-2022 的正式编码报送。",
}

func init() {
	Register(Spec{
		Name:  "private_use",
		Title: "专用区字符换为正式编码",
		Doc: "Writes the private-use characters of older editions of GB 18030 as the characters that they stand for: the 18 that " +
			"GB 18030-2022 moved, U+1E3F of the edition of 2005, and six that still have a private position. map adds those of a " +
			"vendor or city: {\"E863\": \"字\"}, code points in hexadecimal. What is in neither stays, and name.characters reports it.",
		Args: []Arg{
			{"map", "characters of a vendor or city, code points in hexadecimal: {\"E863\": \"字\"}"},
		},
		Examples: []Example{
			{In: "试\uE81E", Out: "试龴", Reason: "private_use.mapped"},
			{In: "试\uE816", Out: "试\U00020087", Reason: "private_use.mapped"},
			{In: "试\uE863", Out: "试\uE863"},
			{In: "试\uE863", Out: "试㛃", Args: schemas.Settings{"map": map[string]any{"E863": "㛃"}}, Reason: "private_use.mapped"},
			{In: "试验", Out: "试验"},
		},
		Reasons: []*schemas.ReasonInfo{reasonPrivateUse},
		Compile: compilePrivateUse,
	})
}

func compilePrivateUse(args schemas.Settings, _ *schemas.Item, _ Env) (Func, error) {
	var a struct {
		Map map[string]string `yaml:"map"`
	}
	if err := decode(args, &a); err != nil {
		return nil, err
	}
	own := map[rune]string{}
	for code, to := range a.Map {
		n, err := strconv.ParseUint(code, 16, 32)
		if err != nil || !charset.IsPrivate(rune(n)) {
			return nil, badArg("map."+code, "write a code point of private use in hexadecimal: {\"E863\": \"字\"}", "argument map: %s is no code point of private use", code)
		}
		if !utf8.ValidString(to) || utf8.RuneCountInString(to) != 1 {
			return nil, badArg("map."+code, "write one character", "argument map: %s: want one character", code)
		}
		own[rune(n)] = to
	}
	return func(c *Cell) { mapPrivate(c, own) }, nil
}

func mapPrivate(c *Cell, own map[rune]string) {
	if !hasPrivate(c.Text) {
		return
	}
	out, did := c.Buffer(), false
	for in := c.Text; len(in) > 0; {
		r, size := utf8.DecodeRune(in)
		to, mapped := own[r]
		switch s, known := charset.Standard(r); {
		case mapped:
			out, did = append(out, to...), true
		case known:
			out, did = utf8.AppendRune(out, s), true
		default:
			out = append(out, in[:size]...)
		}
		in = in[size:]
	}
	if did {
		c.Put(out)
		c.Note(reasonPrivateUse, "")
	}
}

// hasPrivate reports bytes with which characters of private use begin: U+E000 on, U+F0000 on.
func hasPrivate(b []byte) bool {
	for _, c := range b {
		if c == 0xEE || c == 0xEF || c >= 0xF3 {
			return true
		}
	}
	return false
}
