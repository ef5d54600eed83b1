package normalize

import (
	"bytes"

	"jiku/schemas"
	"jiku/schemas/ident"
)

// identReasons gives the finding for each reason of package ident, codes subject.<reason>.
func identReasons(subject, title string, reasons ...ident.Reason) map[ident.Reason]*schemas.ReasonInfo {
	out := make(map[ident.Reason]*schemas.ReasonInfo, len(reasons))
	for _, r := range reasons {
		out[r] = &schemas.ReasonInfo{
			Code: subject + "." + string(r), Severity: schemas.ItemError, Dimension: "0302",
			Title: title + "：" + r.Sentence(), Advice: "请核对原始凭证后重新报送，不要推测校验码。",
		}
	}
	return out
}

// list gives the findings in the order of ident's reasons, with more after them.
func list(m map[ident.Reason]*schemas.ReasonInfo, more ...*schemas.ReasonInfo) []*schemas.ReasonInfo {
	var out []*schemas.ReasonInfo
	for _, r := range ident.Reasons() {
		if info, ok := m[r]; ok {
			out = append(out, info)
		}
	}
	return append(out, more...)
}

// fix makes an identifier the new text. When it reads differently from the cell, whose
// edges are trimmed, that is a fix.
func (c *Cell) fix(built []byte, folded *schemas.ReasonInfo) {
	if !bytes.Equal(built, c.Text) {
		c.Note(folded, "")
	}
	c.Put(built)
}
