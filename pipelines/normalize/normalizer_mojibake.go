package normalize

import (
	"slices"
	"strings"

	"jiku/schemas"
	"jiku/schemas/charset"
)

var (
	reasonMojibakeUndone = &schemas.ReasonInfo{
		Code: "mojibake.undone", Severity: schemas.Fix, Dimension: "0302",
		Title: "乱码已按声明的方式还原", Advice: "请检查导出链路的编码，从源头更正。",
	}
	reasonMojibakeLost = &schemas.ReasonInfo{
		Code: "mojibake.lost", Severity: schemas.ItemError, Dimension: "0302",
		Title: "文字在转码时丢失（锟斤拷、�），无法还原", Advice: "请按 GB 18030 或 UTF-8 重新导出后报送。",
	}
)

func init() {
	Register(Spec{
		Name:  "mojibake",
		Title: "乱码还原",
		Doc: "Turns text around that was read in the wrong encoding before it was delivered. way says which: utf8_as_gb18030 (鑻忓窞), " +
			"utf8_as_latin1 (Ã¥) or gb18030_as_latin1 (ËÕÖÝ). Only what bears the marks of that way and can be turned around to the " +
			"byte is; other text stays. Text with 锟斤拷 or U+FFFD is lost.",
		Args: []Arg{
			{"way", "how the text was misread: utf8_as_gb18030, utf8_as_latin1 or gb18030_as_latin1"},
		},
		Examples: []Example{
			{In: "鑻忓窞", Out: "苏州", Args: schemas.Settings{"way": charset.UTF8AsGB18030}, Reason: "mojibake.undone"},
			{In: "Ã¥", Out: "å", Args: schemas.Settings{"way": charset.UTF8AsLatin1}, Reason: "mojibake.undone"},
			{In: "ËÕÖÝ", Out: "苏州", Args: schemas.Settings{"way": charset.GB18030AsLatin1}, Reason: "mojibake.undone"},
			{In: "ËÕÖÝ", Out: "ËÕÖÝ", Args: schemas.Settings{"way": charset.UTF8AsGB18030}},
			{In: "苏州", Out: "苏州", Args: schemas.Settings{"way": charset.UTF8AsGB18030}},
			{In: "锟斤拷", Out: "!", Args: schemas.Settings{"way": charset.UTF8AsGB18030}, Reason: "mojibake.lost"},
		},
		Extracts: true, // What was misread twice is turned around once.
		Reasons:  []*schemas.ReasonInfo{reasonMojibakeUndone, reasonMojibakeLost},
		Compile:  compileMojibake,
	})
}

func compileMojibake(args schemas.Settings, _ *schemas.Item, _ Env) (Func, error) {
	var a struct {
		Way string `yaml:"way"`
	}
	if err := decode(args, &a); err != nil {
		return nil, err
	}
	if !slices.Contains(charset.Ways(), a.Way) {
		return nil, badArg("way", "write one of "+strings.Join(charset.Ways(), ", "), "argument way: %q is no way to misread text", a.Way)
	}
	return func(c *Cell) {
		switch {
		case charset.Lost(c.Text):
			c.Fail(reasonMojibakeLost, "")
		case charset.Trace(c.Text) == a.Way:
			if out, ok := charset.Undo(c.Buffer(), c.Text, a.Way); ok {
				c.Put(out)
				c.Note(reasonMojibakeUndone, "")
			}
		}
	}, nil
}
