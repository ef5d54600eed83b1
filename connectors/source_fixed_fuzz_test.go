package connectors

import (
	"bytes"
	"testing"

	"jiku/schemas"
	"jiku/schemas/charset"
)

// FuzzFixed cuts any bytes at any widths, in every encoding, and compares with cutting the
// decoded row where the text of what stands before each border ends.
func FuzzFixed(f *testing.F) {
	f.Add([]byte("\xd5\xd4  2   "), byte(4), byte(4), false)
	f.Add([]byte("ab王234"), byte(4), byte(4), true)
	f.Add([]byte("abc\x95\x34\xb2\x35d"), byte(4), byte(4), false)
	f.Add([]byte("\xef\xbb\xbf1 2 \x00"), byte(2), byte(3), true)
	f.Add([]byte("某省某市"), byte(6), byte(6), false)
	f.Add([]byte("\x84\x31\x95\x331"), byte(2), byte(9), false)
	f.Fuzz(func(t *testing.T, raw []byte, first, second byte, open bool) {
		if bytes.IndexByte(raw, '\n') >= 0 || len(raw) == 0 {
			return
		}
		for _, name := range []string{charset.UTF8, charset.GB18030, charset.GBK, charset.GB2312, charset.Big5} {
			layout := []fixedColumn{{"a", int(first%16) + 1}, {"b", int(second%16) + 1}}
			row := schemas.Row{Raw: raw}
			newFixedCells(layout, name, []string{"b", "a"}).parse(&frame{raw: raw, open: open}, &row)
			checkFixed(t, name, layout, &row, open)
		}
	})
}

func checkFixed(t *testing.T, name string, layout []fixedColumn, row *schemas.Row, open bool) {
	t.Helper()
	raw := bytes.TrimPrefix(row.Raw, []byte(charset.Mark(name)))
	border, all := layout[0].Width, layout[0].Width+layout[1].Width
	var want []string
	if bytes.IndexByte(raw, 0) >= 0 {
		want = append(want, RowNUL)
	}
	if len(raw) != all && (open || len(raw) > all || len(raw) < border) {
		want = append(want, RowWidth)
	}
	text, bad := newDecoder(name).decode(raw)
	before, cut := charset.NewDecoder(name).Append(nil, raw[:min(border, len(raw))])
	switch {
	case bad >= 0:
		want = append(want, RowEncoding)
	case len(want) == 0 && cut >= 0:
		want = append(want, RowCut)
	}
	if len(want) != len(row.Bad) {
		t.Fatalf("%s, %v: % x: reasons %v, want %v", name, layout, raw, row.Bad, want)
	}
	for i, code := range want {
		if row.Bad[i].Code != code {
			t.Fatalf("%s, %v: % x: reasons %v, want %v", name, layout, raw, row.Bad, want)
		}
	}
	if len(want) > 0 {
		if row.Cells[0] != nil || row.Cells[1] != nil {
			t.Fatalf("%s, %v: % x: a bad row has cells %q", name, layout, raw, row.Cells)
		}
		return
	}
	a, b := bytes.TrimRight(before, " "), bytes.TrimRight(text[len(before):], " ")
	if row.Cells[0] == nil || row.Cells[1] == nil || !bytes.Equal(row.Cells[1], a) || !bytes.Equal(row.Cells[0], b) {
		t.Fatalf("%s, %v: % x: cells %q, want %q and %q", name, layout, raw, row.Cells, b, a)
	}
}
