package connectors_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"jiku/connectors"
	"jiku/connectors/conntest"
	"jiku/schemas"
)

// csvForm is one way to write CSV.
type csvForm struct {
	name     string
	settings schemas.Settings
	end      string
	bom      bool
	ext      string
	encode   func([]byte) []byte
	pack     func(t testing.TB, b []byte) []byte
}

func (f csvForm) line(cells [][]byte) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if d, ok := f.settings["delimiter"].(string); ok {
		w.Comma = rune(d[0])
	}
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = string(c)
	}
	if err := w.Write(texts); err != nil {
		panic(err)
	}
	w.Flush()
	return append(bytes.TrimSuffix(b.Bytes(), []byte("\n")), f.end...)
}

func (f csvForm) file(t testing.TB, in conntest.Input) []byte {
	var b []byte
	if f.bom {
		b = append(b, "\xef\xbb\xbf"...)
	}
	if f.settings["header"] != false {
		b = append(b, f.line(textCells(in.Columns...))...)
		b = append(b, f.end...) // A blank line is no row.
	}
	for i, row := range in.Rows {
		if raw, ok := in.Broken[i]; ok {
			b = append(append(b, raw...), f.end...)
		}
		b = append(b, f.line(row)...)
	}
	if f.encode != nil {
		b = f.encode(b)
	}
	if f.pack != nil {
		b = f.pack(t, b)
	}
	return b
}

func textCells(texts ...string) [][]byte {
	var out [][]byte
	for _, s := range texts {
		out = append(out, []byte(s))
	}
	return out
}

func gzipped(t testing.TB, b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(b)
	check(t, err, w.Close())
	return out.Bytes()
}

func zstdPacked(t testing.TB, b []byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	check(t, err)
	return w.EncodeAll(b, nil)
}

func check(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func encodeGB(b []byte) []byte {
	out, err := simplifiedchinese.GB18030.NewEncoder().Bytes(b)
	if err != nil {
		panic(err)
	}
	return out
}

// fileFeed is a feed over the files of a test.
func fileFeed(connector string, settings schemas.Settings) *schemas.Feed {
	return &schemas.Feed{Name: "civil_marriage", Source: schemas.SourceSpec{Connector: connector, Settings: settings},
		Slot: schemas.SlotSpec{Name: `_(?P<date>[0-9]{8})(\.(?P<seq>[0-9]+))?\.`}}
}

func with(s schemas.Settings, more schemas.Settings) schemas.Settings {
	out := schemas.Settings{}
	for _, m := range []schemas.Settings{s, more} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

// fileHarness is a harness for a source over files in a temporary directory.
func fileHarness(t testing.TB, connector, ext string, settings schemas.Settings, file func(testing.TB, conntest.Input) []byte) conntest.Harness {
	dir := t.TempDir()
	return conntest.Harness{
		Deliver: func(t testing.TB, in conntest.Input) {
			name := fmt.Sprintf("f_%s%s", in.Slot, ext)
			check(t, os.WriteFile(filepath.Join(dir, name), file(t, in), 0o600))
		},
		Open: func(t testing.TB, splitBytes int) connectors.Source {
			s := with(settings, schemas.Settings{"path": "f_*", "split_bytes": splitBytes})
			src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed(connector, s))
			check(t, err)
			return src
		},
		Remove: func(t testing.TB, d schemas.Delivery) { check(t, os.Remove(filepath.Join(dir, d.Location))) },
	}
}

func TestCSV(t *testing.T) {
	gb := schemas.Settings{"encoding": "gb18030"}
	columns := []any{"姓名", "证件号码", "备注", "status"}
	for _, f := range []csvForm{
		{name: "utf-8", end: "\n"},
		{name: "mark and crlf", end: "\r\n", bom: true},
		{name: "tabs", end: "\n", settings: schemas.Settings{"delimiter": "\t"}},
		{name: "gb18030", end: "\n", settings: gb, encode: encodeGB},
		{name: "gbk with bars", end: "\r\n", settings: schemas.Settings{"encoding": "gbk", "delimiter": "|"}, encode: encodeGB},
		{name: "no header", end: "\n", settings: schemas.Settings{"header": false, "columns": columns}},
		{name: "gzip", end: "\n", ext: ".gz", pack: gzipped},
		{name: "zstd by setting", end: "\n", settings: schemas.Settings{"compression": "zstd"}, pack: zstdPacked},
	} {
		t.Run(f.name, func(t *testing.T) {
			conntest.RunSource(t, func(t *testing.T) conntest.Harness {
				h := fileHarness(t, "csv", ".csv"+f.ext, f.settings, f.file)
				h.Broken = []conntest.Broken{{Raw: []byte("a"), Code: "row.columns"}}
				if f.settings == nil {
					h.Broken = append(h.Broken, conntest.Broken{Raw: []byte(`"a"b,"c` + "\n" + `",,`), Code: "row.quote"},
						conntest.Broken{Raw: []byte("a,b\xff,c,d"), Code: "row.encoding"},
						conntest.Broken{Raw: []byte("a,b,c,d,e,f,g,\"h\""), Code: "row.columns"})
				}
				return h
			})
		})
	}
}

// readText reads a text as one CSV delivery and gives its rows.
func readText(t testing.TB, content []byte, settings schemas.Settings, columns ...string) ([]schemas.Row, error) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "f_20261101.csv"), content, 0o600))
	src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed("csv", with(schemas.Settings{"path": "*.csv"}, settings)))
	check(t, err)
	ds, err := src.Deliveries(t.Context())
	check(t, err)
	splits, err := src.Splits(t.Context(), ds[0])
	if err != nil {
		return nil, err
	}
	return conntest.Read(t.Context(), src, splits[0], columns)
}

func TestCSVRows(t *testing.T) {
	type row struct {
		At, Line uint64
		Raw      string
		A, B     string
		Bad      string
	}
	for _, c := range []struct {
		name     string
		text     string
		settings schemas.Settings
		want     []row
	}{
		{"blank lines are no rows", "a,b\n\n\r\n1,2\n\n3,4", nil,
			[]row{{7, 4, "1,2", "1", "2", ""}, {12, 6, "3,4", "3", "4", ""}}},
		{"mixed line ends and a lone return", "a,b\r\n1,2\n3\r,4\r\n5,6\r", nil,
			[]row{{5, 2, "1,2", "1", "2", ""}, {9, 3, "3\r,4", "3\r", "4", ""}, {15, 4, "5,6", "5", "6", ""}}},
		{"quotes", "a,b\n\"x,\"\"y\"\"\n\",\"\"\n1,2", nil,
			[]row{{4, 2, "\"x,\"\"y\"\"\n\",\"\"", "x,\"y\"\n", "", ""}, {18, 4, "1,2", "1", "2", ""}}},
		{"a quote inside a cell is data", "a,b\n5\" pipe,1\n6\",2\n", nil,
			[]row{{4, 2, `5" pipe,1`, `5" pipe`, "1", ""}, {14, 3, `6",2`, `6"`, "2", ""}}},
		{"text after the closing quote", "a,b\n\"x\"y,1\n3,4\n", nil,
			[]row{{4, 2, `"x"y,1`, "", "", "row.quote::column 1 has text after its closing quote"}, {11, 3, "3,4", "3", "4", ""}}},
		{"an open quote takes the rest", "a,b\n1,2\n\"3,4\n5,6\n", nil,
			[]row{{4, 2, "1,2", "1", "2", ""}, {8, 3, "\"3,4\n5,6\n", "", "", "row.unclosed::a quote is open at the end of the file"}}},
		{"two defects", "a,b\n\"x\"y,1,2\n", nil,
			[]row{{4, 2, `"x"y,1,2`, "", "", "row.quote::column 1 has text after its closing quote; row.columns::3, want 2"}}},
		{"NUL bytes", "a,b\n1,\x002\n3,4\n", nil, []row{{4, 2, "1,\x002", "", "", "row.nul::byte 2 of the row"}, {9, 3, "3,4", "3", "4", ""}}},
		{"joined files", "\xef\xbb\xbfa,b\r\n1,2\r\n\xef\xbb\xbfa,b\r\n3,4\r\na,b\n", nil, []row{{8, 2, "1,2", "1", "2", ""},
			{13, 3, "\xef\xbb\xbfa,b", "", "", "row.header::"}, {21, 4, "3,4", "3", "4", ""}, {26, 5, "a,b", "", "", "row.header::"}}},
		{"no quotes", "a,b\n\"1,2\"\n", schemas.Settings{"quote": ""}, []row{{4, 2, "\"1,2\"", "\"1", "2\"", ""}}},
		{"single quotes", "a,b\n'1,2',\"\n", schemas.Settings{"quote": "'"}, []row{{4, 2, "'1,2',\"", "1,2", "\"", ""}}},
		{"a position that GB 18030 leaves to users", "a,b\n\xd5\xd4,\xaa\xa1\n1,2\n", schemas.Settings{"encoding": "gb18030"},
			[]row{{4, 2, "\xd5\xd4,\xaa\xa1", "赵", "\ue000", ""}, {10, 3, "1,2", "1", "2", ""}}},
		{"gb18030 with its byte order mark", "\x84\x31\x95\x33a,b\n\xd5\xd4,2\n", schemas.Settings{"encoding": "gb18030"}, []row{{8, 2, "\xd5\xd4,2", "赵", "2", ""}}},
		{"utf-16 with its byte order mark", "\xff\xfea\x00,\x00b\x00\n\x00\x75\x8d,\x00\x40\xd8\x4d\xdc\n\x00\n\x00\x00\xd8,\x002\x00", schemas.Settings{"encoding": "utf-16"},
			[]row{{10, 2, "\u8d75,\U0002004d", "\u8d75", "\U0002004d", ""}, {22, 4, "\xed\xa0\x80,2", "", "", "row.encoding::byte 0 of the row"}}},
		{"utf-16be without, declared", "\x00a\x00,\x00b\x00\n\x001\x00,\x002\x00\n", schemas.Settings{"encoding": "utf-16be"}, []row{{8, 2, "1,2", "1", "2", ""}}},
		{"utf-8 in a gbk file from some row on", "a,b\n\xd5\xd4,2\n\xe6\x9f\x90\xe7\x9c\x81\xe6\x9f\x90\xe5\xb8\x82,3\n", schemas.Settings{"encoding": "gbk"},
			[]row{{4, 2, "\xd5\xd4,2", "赵", "2", ""}, {9, 3, "某省某市,3", "", "", "row.encoding::byte 0 of the row"}}},
		{"a quote behind a byte order mark", "a,b\n\ufeff\"1\n2\",3\n", nil, []row{{4, 2, "\ufeff\"1\n2\",3", "1\n2", "3", ""}}},
		{"a replacement character that was sent", "a,b\n\x84\x31\xa4\x37,\xd5\xd4\n", schemas.Settings{"encoding": "gb18030"},
			[]row{{4, 2, "\x84\x31\xa4\x37,\xd5\xd4", "\uFFFD", "赵", ""}}},
		{"a lead byte before the delimiter", "a,b\n\xd5,1\n", schemas.Settings{"encoding": "gbk"},
			[]row{{4, 2, "\xd5,1", "", "", "row.encoding::byte 0 of the row"}}},
		{"a trail byte that looks like the delimiter", "a|b\n\x81|\x81\"|2\n", schemas.Settings{"encoding": "gbk", "delimiter": "|"},
			[]row{{4, 2, "\x81|\x81\"|2", "", "", "row.encoding::byte 2 of the row"}}},
		{"names with blanks around them", " a ,\"b　\"\n1,2\n", nil, []row{{11, 2, "1,2", "1", "2", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, err := readText(t, []byte(c.text), c.settings, "a", "b")
			check(t, err)
			var got []row
			for _, r := range rows {
				bad := ""
				for _, b := range r.Bad {
					bad += "; " + b.String()
				}
				bad = strings.TrimPrefix(bad, "; ")
				got = append(got, row{r.Position, r.Line, string(r.Raw), string(r.Cells[0]), string(r.Cells[1]), bad})
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCSVLongRows(t *testing.T) {
	long := bytes.Repeat([]byte("x"), 3<<20)
	quoted := slices.Concat([]byte(`"`), long, []byte("\n"), long, []byte(`"`))
	for _, c := range []struct {
		name string
		row  []byte
		line uint64
		bad  int
	}{
		{"plain", long, 4, 1}, {"quoted", quoted, 5, 1}, {"in the buffer", long[:100<<10], 4, 1}, {"open", quoted[:len(quoted)-1], 0, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := slices.Concat([]byte("a,b\n1,2\n"), c.row, []byte(",z\r\n3,4\n"))
			rows, err := readText(t, text, schemas.Settings{"max_row_bytes": 64 << 10}, "a", "b")
			check(t, err)
			want := slices.Concat(c.row, []byte(",z"))
			if c.line == 0 {
				want = text[8:]
			}
			reason := fmt.Sprintf("row.too_long::bytes 8 to %d, sha256 %x", 8+len(want), sum(want))
			got := rows[1]
			if len(got.Bad) != c.bad || got.Bad[c.bad-1].String() != reason {
				t.Errorf("reasons %v, want the last to be %s", got.Bad, reason)
			}
			if !bytes.Equal(got.Raw, text[8:8+64<<10]) {
				t.Errorf("raw has %d bytes", len(got.Raw))
			}
			if c.line > 0 && (len(rows) != 3 || rows[2].Line != c.line || string(rows[2].Raw) != "3,4") {
				t.Errorf("the row after is %+v", rows[2:])
			}
		})
	}
}

// TestCSVReadsWhatCSVWrites reads random content that encoding/csv wrote.
func TestCSVReadsWhatCSVWrites(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("ab,;|\"\"\"'\n\n \t王é𠮷")))
		width := rapid.IntRange(2, 5).Draw(r, "width")
		rows := rapid.SliceOf(rapid.SliceOfN(cell, width, width)).Draw(r, "rows")
		var names []string
		for i := range width {
			names = append(names, fmt.Sprint("c", i))
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(r, "crlf")
		check(t, w.WriteAll(append([][]string{names}, rows...)))
		want := rows
		if w.UseCRLF {
			// With CRLF the writer also changes line feeds inside cells.
			want = nil
			for _, row := range rows {
				var out []string
				for _, c := range row {
					out = append(out, string(bytes.ReplaceAll([]byte(c), []byte("\n"), []byte("\r\n"))))
				}
				want = append(want, out)
			}
		}
		check(t, os.WriteFile(filepath.Join(dir, "f_20261101.csv"), b.Bytes(), 0o600))
		s := schemas.Settings{"path": "*.csv", "split_bytes": rapid.IntRange(1, 100).Draw(r, "split")}
		src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed("csv", s))
		check(t, err)
		ds, err := src.Deliveries(t.Context())
		check(t, err)
		var got [][]string
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

// TestCSVRealFile reads registrations as cities publish them, whole and as plain splits.
func TestCSVRealFile(t *testing.T) {
	packed, err := os.ReadFile("../../shared/data/cn-enterprise/part-a.csv.gz")
	if err != nil {
		t.Skip("the data folder beside the repository is not there:", err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	check(t, err)
	plain, err := io.ReadAll(z)
	check(t, err)
	columns := []string{"统一社会信用代码", "企业名称", "注册资金"}
	want, err := readText(t, packed, schemas.Settings{"compression": "gzip"}, columns...)
	check(t, err)
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "f_20261101.csv"), plain, 0o600))
	src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed("csv", schemas.Settings{"path": "*.csv", "split_bytes": 4 << 20}))
	check(t, err)
	ds, err := src.Deliveries(t.Context())
	check(t, err)
	got := conntest.ReadDelivery(t, src, ds[0], columns)
	if len(want) != 149_371 || !reflect.DeepEqual(want, got) {
		t.Fatalf("%d rows from gzip, %d from splits", len(want), len(got))
	}
	oracle, err := csv.NewReader(bytes.NewReader(plain)).ReadAll()
	check(t, err)
	for i, r := range got {
		if len(r.Bad) > 0 || string(r.Cells[1]) != oracle[i+1][0] || string(r.Cells[0]) != oracle[i+1][1] {
			t.Fatalf("the row at line %d differs from what encoding/csv reads, bad %v", r.Line, r.Bad)
		}
	}
}
