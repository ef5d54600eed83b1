package normalize

import (
	"bytes"
	"html"
	"regexp"

	"jiku/schemas"
)

var reasonTextEntity = &schemas.ReasonInfo{
	Code: "text.entity", Severity: schemas.Fix, Dimension: "0302",
	Title: "文本中夹有网页转义符，已还原", Advice: "请从数据库直接导出，不要从网页上抄取。",
}

func init() {
	Register(Spec{
		Name:  "unescape",
		Title: "还原网页转义符",
		Doc: "Writes the character that an HTML reference stands for: &#8226; and &middot; are dots, &amp; is &. Feeds that " +
			"were copied from web pages have them in names and addresses, some without the #: &8226;. What is no reference stays.",
		Examples: []Example{
			{In: "阿依古丽&#8226;买买提", Out: "阿依古丽•买买提", Reason: "text.entity"},
			{In: "示例路1号&nbsp;2栋", Out: "示例路1号\u00a02栋", Reason: "text.entity"},
			{In: "示例路1号示例&8226;广场", Out: "示例路1号示例•广场", Reason: "text.entity"},
			{In: "甲&amp;amp;乙", Out: "甲&乙", Reason: "text.entity"},
			{In: "甲&乙;丙", Out: "甲&乙;丙"},
			{In: "示例路1号", Out: "示例路1号"},
		},
		Reasons: []*schemas.ReasonInfo{reasonTextEntity},
		Compile: plain(unescape),
	})
}

// bareReference is a reference by number that has lost its #.
var bareReference = regexp.MustCompile(`&([0-9]{2,6});`)

// unescape undoes references until there are none: they have been escaped more than once.
func unescape(c *Cell) {
	if bytes.IndexByte(c.Text, '&') < 0 {
		return
	}
	for before := string(c.Text); ; {
		after := html.UnescapeString(bareReference.ReplaceAllString(before, "&#$1;"))
		if after == before {
			if after != string(c.Text) {
				c.Note(reasonTextEntity, "")
				c.PutString(string(trimBlanks([]byte(after))))
			}
			return
		}
		before = after
	}
}
