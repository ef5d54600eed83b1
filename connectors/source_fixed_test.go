package connectors_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/traditionalchinese"
	"pgregory.net/rapid"

	"jiku/connectors"
	"jiku/connectors/conntest"
	"jiku/schemas"
)

// layout is the setting columns: names and widths in turn.
func layout(columns ...any) []any {
	var out []any
	for i := 0; i < len(columns); i += 2 {
		c := map[string]any{"width": columns[i+1]}
		if columns[i] != "" {
			c["name"] = columns[i]
		}
		out = append(out, c)
	}
	return out
}

// fixedForm is one way to write rows of fixed width.
type fixedForm struct {
	name     string
	settings schemas.Settings
	end      string
	mark     string
	header   string
	// cut is set when blanks at the end of a row are not written.
	cut    bool
	ext    string
	encode func([]byte) []byte
	pack   func(testing.TB, []byte) []byte
}

const cellWidth = 32

func (f fixedForm) line(cells [][]byte) []byte {
	var b []byte
	for i, c := range cells {
		if f.encode != nil {
			c = f.encode(c)
		}
		b = append(b, c...)
		if i < len(cells)-1 || !f.cut {
			b = append(b, bytes.Repeat([]byte(" "), cellWidth-len(c))...)
		}
	}
	return append(b, f.end...)
}

func (f fixedForm) file(t testing.TB, in conntest.Input) []byte {
	b := []byte(f.mark + f.header)
	for i, row := range in.Rows {
		if raw, ok := in.Broken[i]; ok {
			b = append(append(b, raw...), f.end...)
		}
		b = append(b, f.line(row)...)
		b = append(b, "\r\n\n"...) // Blank lines are no rows.
	}
	if f.pack != nil {
		b = f.pack(t, b)
	}
	return b
}

// fitFixed takes line ends, padding and what is too long out of a cell.
func fitFixed(cell []byte) []byte {
	text := strings.NewReplacer("\r", "", "\n", "").Replace(string(cell))
	for len(text) > cellWidth {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return []byte(strings.TrimRight(text, " "))
}

func TestFixed(t *testing.T) {
	columns := layout("姓名", cellWidth, "证件号码", cellWidth, "备注", cellWidth, "status", cellWidth)
	pad := func(n int) string { return strings.Repeat(" ", n) }
	for _, f := range []fixedForm{
		{name: "utf-8", end: "\n"},
		{name: "mark and crlf", end: "\r\n", mark: "\xef\xbb\xbf"},
		{name: "gb18030 with a header", end: "\n", settings: schemas.Settings{"encoding": "gb18030", "header": true}, header: "rows of 2026\n", encode: encodeGB},
		{name: "gbk, blanks cut", end: "\r\n", cut: true, settings: schemas.Settings{"encoding": "gbk"}, encode: encodeGB},
		{name: "gzip", end: "\n", ext: ".gz", pack: gzipped},
		{name: "zstd by setting", end: "\n", settings: schemas.Settings{"compression": "zstd"}, pack: zstdPacked},
	} {
		t.Run(f.name, func(t *testing.T) {
			conntest.RunSource(t, func(t *testing.T) conntest.Harness {
				h := fileHarness(t, "fixed", ".txt"+f.ext, with(f.settings, schemas.Settings{"columns": columns}), f.file)
				h.Fit = fitFixed
				king := "王"
				if f.encode != nil {
					king = string(f.encode([]byte(king)))
				}
				h.Broken = []conntest.Broken{
					{Raw: []byte("a" + pad(3*cellWidth-2)), Code: "row.width"},
					{Raw: []byte("a" + pad(4*cellWidth)), Code: "row.width"},
					{Raw: []byte(pad(cellWidth-1) + king + pad(3*cellWidth+1-len(king))), Code: "row.cut"},
					{Raw: []byte("a\xff" + pad(4*cellWidth-2)), Code: "row.encoding"},
					{Raw: []byte("a\x00" + pad(4*cellWidth-2)), Code: "row.nul"},
				}
				return h
			})
		})
	}
}

// readFixed reads a text as one delivery, whose columns are a and b of four bytes unless the
// settings say otherwise.
func readFixed(t testing.TB, content string, settings schemas.Settings, columns ...string) []schemas.Row {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "f_20261101.txt"), []byte(content), 0o600))
	s := with(schemas.Settings{"path": "*.txt", "columns": layout("a", 4, "b", 4)}, settings)
	src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed("fixed", s))
	check(t, err)
	ds, err := src.Deliveries(t.Context())
	check(t, err)
	return conntest.ReadDelivery(t, src, ds[0], columns)
}

// fixedRow is a row as the tests below write it down.
type fixedRow struct {
	At, Line uint64
	Raw      string
	A, B     string
	Bad      string
}

func fixedRows(rows []schemas.Row) []fixedRow {
	var out []fixedRow
	for _, r := range rows {
		var bad []string
		for _, b := range r.Bad {
			bad = append(bad, b.String())
		}
		if len(r.Bad) == 0 && slices.ContainsFunc(r.Cells, func(c []byte) bool { return c == nil }) {
			bad = append(bad, "a cell is missing")
		}
		out = append(out, fixedRow{r.Position, r.Line, string(r.Raw), string(r.Cells[0]), string(r.Cells[1]), strings.Join(bad, "; ")})
	}
	return out
}

func TestFixedRows(t *testing.T) {
	gb := schemas.Settings{"encoding": "gb18030"}
	for _, c := range []struct {
		name, text string
		settings   schemas.Settings
		want       []fixedRow
	}{
		{"padding is blanks at the end", " 07 \t12 \n0000　 \n        \n", nil,
			[]fixedRow{{0, 1, " 07 \t12 ", " 07", "\t12", ""}, {9, 2, "0000　 ", "0000", "　", ""}, {18, 3, "        ", "", "", ""}}},
		{"an ideographic blank is data", "a\xa1\xa1 b\xa1\xa1 \n", gb, []fixedRow{{0, 1, "a\xa1\xa1 b\xa1\xa1 ", "a　", "b　", ""}}},
		{"line ends", "\n1   2   \r\n\r\n3\r  4   \n5   6   ", nil,
			[]fixedRow{{1, 2, "1   2   ", "1", "2", ""}, {13, 4, "3\r  4   ", "3\r", "4", ""}, {22, 5, "5   6   ", "5", "6", ""}}},
		{"blanks that were cut", "1   2\n1   \r\n1  \n", nil,
			[]fixedRow{{0, 1, "1   2", "1", "2", ""}, {6, 2, "1   ", "1", "", ""}, {12, 3, "1  ", "", "", "row.width::3 bytes, want 8"}}},
		{"a last line that may be cut off", "1   2222\n1   2", nil,
			[]fixedRow{{0, 1, "1   2222", "1", "2222", ""}, {9, 2, "1   2", "", "", "row.width::5 bytes and no line end, want 8"}}},
		{"a column behind the last", "1   2\n1   2    \n", schemas.Settings{"columns": layout("a", 4, "b", 4, "", 1)},
			[]fixedRow{{0, 1, "1   2", "", "", "row.width::5 bytes, want 9"}, {6, 2, "1   2    ", "1", "2", ""}}},
		{"one byte more, though a blank", "1   2    \n", nil, []fixedRow{{0, 1, "1   2    ", "", "", "row.width::9 bytes, want 8"}}},
		{"columns without a name", "xx1   yy2   \n", schemas.Settings{"columns": layout("", 2, "a", 4, "", 2, "b", 4)}, []fixedRow{{0, 1, "xx1   yy2   ", "1", "2", ""}}},
		{"two defects", "1\xff\n1\x00  2   3\n", nil,
			[]fixedRow{{0, 1, "1\xff", "", "", "row.width::2 bytes, want 8; row.encoding::byte 1 of the row"},
				{3, 2, "1\x00  2   3", "", "", "row.nul::byte 1 of the row; row.width::9 bytes, want 8"}}},
		{"a character is cut in utf-8", "ab王234\n王12345\n", nil,
			[]fixedRow{{0, 1, "ab王234", "", "", "row.cut::column 1 ends inside a character"}, {9, 2, "王12345", "王1", "2345", ""}}},
		{"a character is cut in gbk", "abc\xd5\xd4\xd5\xd4 \n\xd5\xd4\xd5\xd4\xd5\xd4  \n", schemas.Settings{"encoding": "gbk"},
			[]fixedRow{{0, 1, "abc\xd5\xd4\xd5\xd4 ", "", "", "row.cut::column 1 ends inside a character"}, {9, 2, "\xd5\xd4\xd5\xd4\xd5\xd4  ", "赵赵", "赵", ""}}},
		{"a character of four bytes is cut", "a\x95\x34\xb2\x35bcd\nab\x95\x34\xb2\x35cd\nabc\x95\x34\xb2\x35d\n\x95\x34\xb2\x35\x95\x34\xb2\x35\n", gb,
			[]fixedRow{{0, 1, "a\x95\x34\xb2\x35bcd", "", "", "row.cut::column 1 ends inside a character"}, {9, 2, "ab\x95\x34\xb2\x35cd", "", "", "row.cut::column 1 ends inside a character"},
				{18, 3, "abc\x95\x34\xb2\x35d", "", "", "row.cut::column 1 ends inside a character"}, {27, 4, "\x95\x34\xb2\x35\x95\x34\xb2\x35", "𠮷", "𠮷", ""}}},
		{"half a character where blanks were cut", "1   2\xd5\n", gb, []fixedRow{{0, 1, "1   2\xd5", "", "", "row.encoding::byte 5 of the row"}}},
		{"half a character before padding", "1\xd5  2   \n", gb, []fixedRow{{0, 1, "1\xd5  2   ", "", "", "row.encoding::byte 1 of the row"}}},
		{"cut where nobody reads", "1   2   a王\n", schemas.Settings{"columns": layout("a", 4, "b", 4, "", 2, "c", 2)}, []fixedRow{{0, 1, "1   2   a王", "", "", "row.cut::column 3 ends inside a character"}}},
		{"gb2312 does not have it", "\xa9\x96  2   \n", schemas.Settings{"encoding": "gb2312"}, []fixedRow{{0, 1, "\xa9\x96  2   ", "", "", "row.encoding::byte 0 of the row"}}},
		{"utf-8 from some row on", "\xd5\xd4  2   \n某省某市\n", schemas.Settings{"encoding": "gbk", "columns": layout("a", 4, "b", 4, "c", 4)},
			[]fixedRow{{0, 1, "\xd5\xd4  2   ", "赵", "2", ""}, {9, 2, "某省某市", "", "", "row.encoding::byte 0 of the row"}}},
		{"joined files", "\ufeffh\n1   2   \n\ufeffh\n\ufeff3   4   \n\ufeff5   \xff\nh\n", schemas.Settings{"header": true},
			[]fixedRow{{5, 2, "1   2   ", "1", "2", ""}, {14, 3, "\ufeffh", "", "", "row.header::"}, {19, 4, "\ufeff3   4   ", "3", "4", ""},
				{31, 5, "\ufeff5   \xff", "", "", "row.encoding::byte 7 of the row"}, {40, 6, "h", "", "", "row.header::"}}},
		{"marks of gb18030", "\x84\x31\x95\x331   2   \n\x84\x31\x95\x33\xd5\xd4  4   \n", gb, []fixedRow{{4, 1, "1   2   ", "1", "2", ""}, {13, 2, "\x84\x31\x95\x33\xd5\xd4  4   ", "赵", "4", ""}}},
		{"a line with the header's words is data without one", "h   h   \nh   h   \n", nil, []fixedRow{{0, 1, "h   h   ", "h", "h", ""}, {9, 2, "h   h   ", "h", "h", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, fixedRows(readFixed(t, c.text, c.settings, "a", "b"))); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFixedLongRow(t *testing.T) {
	long := strings.Repeat("x", 2000)
	got := fixedRows(readFixed(t, "1   2   \n"+long+"\n3   4   \n", schemas.Settings{"max_row_bytes": 1024}, "b", "a"))
	want := []fixedRow{{0, 1, "1   2   ", "2", "1", ""}, {9, 2, long, "", "", fmt.Sprintf("row.too_long::bytes 9 to 2009, sha256 %x", sum([]byte(long)))},
		{2010, 3, "3   4   ", "4", "3", ""}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestFixedBig5(t *testing.T) {
	name, err := traditionalchinese.Big5.NewEncoder().String("許功蓋") // Second bytes that look like a backslash.
	check(t, err)
	got := fixedRows(readFixed(t, name+"  2   \n1"+name+" 2   \n", schemas.Settings{"encoding": "big5", "columns": layout("a", 6, "b", 6)}, "a", "b"))
	want := []fixedRow{{0, 1, name + "  2   ", "許功蓋", "  2", ""}, {13, 2, "1" + name + " 2   ", "", "", "row.cut::column 1 ends inside a character"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestFixedRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		set  schemas.Settings
		want string
	}{
		{"no path", schemas.Settings{"path": ""}, "setting path: want a glob"},
		{"utf-16", schemas.Settings{"encoding": "utf-16le"}, `setting encoding: "utf-16le", want utf-8, gb18030, gbk, gb2312 or big5, in whose bytes widths are`},
		{"encoding", schemas.Settings{"encoding": "cp936"}, `setting encoding: "cp936", want one of`},
		{"no columns", schemas.Settings{"columns": []any{}}, "setting columns: want a list of {name, width}"},
		{"no name at all", schemas.Settings{"columns": layout("", 3)}, "setting columns: want a list of {name, width}"},
		{"names alone", schemas.Settings{"columns": []any{"a", "b"}}, "setting columns[0]: want a mapping, have text"},
		{"no width", schemas.Settings{"columns": []any{map[string]any{"name": "a"}}}, "setting columns[0].width: want 1 or more bytes"},
		{"negative", schemas.Settings{"columns": layout("a", 1, "b", -1)}, "setting columns[1].width: want 1 or more bytes"},
		{"half a byte", schemas.Settings{"columns": layout("a", 1.5)}, "setting columns[0].width: want a whole number"},
		{"twice", schemas.Settings{"columns": layout("a", 1, "", 1, "", 1, "a", 1)}, "setting columns[3].name: a is named twice"},
		{"misspelt", schemas.Settings{"columns": []any{map[string]any{"name": "a", "with": 1}}}, "setting columns[0].with: unknown"},
		{"longer than rows may be", schemas.Settings{"max_row_bytes": 1024, "columns": layout("a", 1000, "b", 25)}, "setting columns[1].width: the widths add up to more than max_row_bytes, 1024"},
		{"huge", schemas.Settings{"columns": layout("a", 1<<24, "b", 1<<62)}, "setting columns[1].width: the widths add up"},
		{"compression", schemas.Settings{"compression": "rar"}, `setting compression: "rar"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := connectors.CheckSource("fixed", with(schemas.Settings{"path": "*", "columns": layout("a", 4)}, c.set))
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
	check(t, connectors.CheckSource("fixed", schemas.Settings{"path": "*", "max_row_bytes": 1024, "columns": layout("a", 1000, "b", 24)}))
}

// TestFixedContradicted holds that a file in another encoding, and one that is none, is refused before a
// row is read, when its header is asked for too.
func TestFixedContradicted(t *testing.T) {
	for _, c := range []struct{ name, content, encoding, fault string }{
		{"empty", "", "utf-8", "file.empty"},
		{"utf-16", "\xff\xfe1\x00", "gb18030", "file.is_utf16"},
		{"utf-8 declared as gbk", "某省某市\n", "gbk", "file.is_utf8"},
		{"a workbook", "PK\x03\x04", "gbk", "file.is_archive"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			check(t, os.WriteFile(filepath.Join(dir, "f_20261101.txt"), []byte(c.content), 0o600))
			src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed("fixed", schemas.Settings{"path": "*.txt", "encoding": c.encoding, "columns": layout("a", 12)}))
			check(t, err)
			ds, err := src.Deliveries(t.Context())
			check(t, err)
			_, err = src.(connectors.Header).Header(t.Context(), ds[0])
			if e, ok := err.(*connectors.Error); !ok || e.Fault == nil || e.Fault.Code != c.fault {
				t.Errorf("error %v, want %s", err, c.fault)
			}
			checkNote(t, err)
		})
	}
}

// TestFixedReadsWhatWasWritten writes drawn cells, padded to drawn widths, and reads them in splits.
func TestFixedReadsWhatWasWritten(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		cell := rapid.Map(rapid.StringOfN(rapid.SampledFrom([]rune("a0 ,\"\t\r　王某𠮷")), 0, 4, -1), func(s string) string { return strings.TrimRight(s, " \r") })
		n := rapid.IntRange(1, 4).Draw(r, "columns")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, n, n), 1, 20).Draw(r, "rows")
		encode, name := func(b []byte) []byte { return b }, "utf-8"
		if rapid.Bool().Draw(r, "gb18030") {
			encode, name = encodeGB, "gb18030"
		}
		cut, end := rapid.Bool().Draw(r, "cut"), rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(r, "end")
		var columns []any
		var names []string
		for i := range n {
			widest := 1
			for _, row := range rows {
				widest = max(widest, len(encode([]byte(row[i]))))
			}
			names = append(names, fmt.Sprint("c", i))
			columns = append(columns, names[i], widest+rapid.IntRange(0, 3).Draw(r, "more"))
		}
		var text []byte
		want := rows[:0:0]
		for _, row := range rows {
			var line []byte
			for i, c := range row {
				b := encode([]byte(c))
				line = append(append(line, b...), bytes.Repeat([]byte(" "), columns[2*i+1].(int)-len(b))...)
			}
			if cut {
				line = line[:len(line)-columns[2*n-1].(int)+len(encode([]byte(row[n-1])))]
			}
			if len(line) > 0 {
				want = append(want, row) // What has no byte is no row.
			}
			text = append(append(text, line...), end...)
		}
		check(t, os.WriteFile(filepath.Join(dir, "f_20261101.txt"), text, 0o600))
		s := schemas.Settings{"path": "*.txt", "encoding": name, "columns": layout(columns...), "split_bytes": rapid.IntRange(1, 60).Draw(r, "split")}
		src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed("fixed", s))
		check(t, err)
		ds, err := src.Deliveries(t.Context())
		check(t, err)
		got := want[:0:0]
		for _, row := range conntest.ReadDelivery(t, src, ds[0], names) {
			var out []string
			for _, c := range row.Cells {
				out = append(out, string(c))
			}
			got = append(got, out)
		}
		if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
			r.Fatalf("cells (-written +read):\n%s", diff)
		}
	})
}
