package connectors

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiku/schemas"
	"jiku/schemas/charset"
)

var comma = dialect{delimiter: ',', quote: '"'}

// frames reads all rows; buffer is the size of the buffer to begin with.
func frames(src io.Reader, d dialect, limit, buffer int) ([]frame, error) {
	f := newFramer(src, d, limit)
	f.buf = make([]byte, buffer)
	var out []frame
	for {
		var fr frame
		if !f.next(&fr) {
			return out, f.err
		}
		fr.raw = bytes.Clone(fr.raw)
		out = append(out, fr)
	}
}

// FuzzCSV compares with encoding/csv where that accepts the text, and reading in pieces and
// with a limit with reading at once.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"", "a,b\n1,2\n", "\"a\n\"\"b\",c\r\n\r\nd", "a\"b,\"c\"d\n", "\"open\nrest", "\r\n\n,\n\"\"", "a\r\n\rb\r", "王,é\n",
		"long long long long,\"x\ny\"\nz"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		whole, err := frames(bytes.NewReader(text), comma, 1<<20, frameBuffer)
		if err != io.EOF {
			t.Fatal(err)
		}
		checkPieces(t, text, whole)
		checkLimit(t, text, whole)
		checkOracle(t, text, whole)
	})
}

// TestFramerPass goes past rows and then reads: what is read is what reading all rows gives from
// there on, with the same positions and lines.
func TestFramerPass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "王", ",", "\"", "\n", "\r\n", "\n\n", "\xef\xbb\xbf", "long long"}), 0, 200).Draw(t, "text"), "")
		d := dialect{delimiter: ',', quote: rapid.SampledFrom([]byte{0, '"'}).Draw(t, "quote")}
		const limit = 1 << 20
		want, _ := frames(strings.NewReader(text), d, limit, 64)
		f := newFramer(iotest.HalfReader(strings.NewReader(text)), d, limit)
		f.buf = make([]byte, rapid.IntRange(1, 64).Draw(t, "buffer"))
		for len(want) > 0 {
			to := f.offset() + uint64(rapid.IntRange(0, 100).Draw(t, "to"))
			f.pass(to)
			var got frame
			ok := f.next(&got)
			for len(want) > 0 && (!ok || want[0].position < got.position) {
				if want[0].position >= to {
					t.Fatalf("the row at %d is passed before %d", want[0].position, to)
				}
				want = want[1:]
			}
			if !ok {
				return
			}
			if len(want) == 0 {
				t.Fatalf("a row at %d that is none", got.position)
			}
			if diff := cmp.Diff(want[0], got, cmp.AllowUnexported(frame{})); diff != "" {
				t.Fatal(diff)
			}
			want = want[1:]
		}
		if f.next(new(frame)) {
			t.Fatal("more rows than there are")
		}
	})
}

// TestFramerPieces does what FuzzCSV does with texts that consist of what matters.
func TestFramerPieces(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := []byte(rapid.StringOfN(rapid.SampledFrom([]rune("aa,\"\"\n\n\r")), 0, 60, -1).Draw(r, "text"))
		whole, _ := frames(bytes.NewReader(text), comma, 1<<20, frameBuffer)
		checkPieces(r, text, whole)
		checkLimit(r, text, whole)
		checkOracle(r, text, whole)
	})
}

type fatal interface {
	Fatalf(format string, args ...any)
}

func checkPieces(t fatal, text []byte, whole []frame) {
	for _, size := range []int{1, 3, 8, 20} {
		pieces, _ := frames(bytes.NewReader(text), comma, 1<<20, size)
		if !slices.EqualFunc(whole, pieces, sameFrame) {
			t.Fatalf("%q in pieces: %v, at once: %v", text, pieces, whole)
		}
	}
}

func sameFrame(a, b frame) bool {
	return a.position == b.position && a.line == b.line && bytes.Equal(a.raw, b.raw) && a.quoted == b.quoted && a.open == b.open && slices.Equal(a.bad, b.bad)
}

func checkLimit(t fatal, text []byte, whole []frame) {
	const limit = 8
	short, _ := frames(iotest.OneByteReader(bytes.NewReader(text)), comma, limit, 4)
	if len(short) != len(whole) {
		t.Fatalf("%d rows with a limit, %d without", len(short), len(whole))
	}
	for i, w := range whole {
		s := short[i]
		if s.position != w.position || s.line != w.line {
			t.Fatalf("row %d at %d line %d with a limit, at %d line %d without", i, s.position, s.line, w.position, w.line)
		}
		bad := w.bad
		if len(w.raw) > limit {
			d := digestOf(w.raw)
			bad = append(bad, tooLong(w.position, &d))
		}
		if !slices.Equal(s.bad, bad) || !bytes.HasPrefix(w.raw, bytes.TrimSuffix(s.raw, []byte("\r"))) {
			t.Fatalf("row %d with a limit: %v, want %v", i, s.bad, bad)
		}
	}
}

func checkOracle(t fatal, text []byte, whole []frame) {
	oracle := csv.NewReader(bytes.NewReader(text))
	oracle.FieldsPerRecord = -1
	want, err := oracle.ReadAll()
	if err != nil || !utf8.Valid(text) || bytes.IndexByte(text, 0) >= 0 { // A NUL byte makes a row bad.
		return
	}
	if len(whole) != len(want) {
		t.Fatalf("%d rows, encoding/csv reads %d", len(whole), len(want))
	}
	for i, cells := range want {
		dest := make([]int, len(cells))
		for j := range dest {
			dest[j] = j
		}
		row := schemas.Row{Bad: whole[i].bad}
		newCSVCells(comma, utf8Rows{}, dest, len(cells)).parse(&whole[i], &row)
		var got []string
		for _, c := range row.Cells {
			// encoding/csv reads CRLF inside a cell as LF; here cells are as delivered.
			got = append(got, strings.ReplaceAll(string(c), "\r\n", "\n"))
		}
		if len(row.Bad) > 0 || !slices.Equal(got, cells) {
			t.Fatalf("row %d: cells %q, bad %v; encoding/csv reads %q", i, got, row.Bad, cells)
		}
	}
}

func TestFramerError(t *testing.T) {
	broken := errors.New("broken")
	for _, text := range []string{"", "a,b\n", "a,b\n1,", "a,b\n\"1,2\n", "a,b\n" + strings.Repeat("x", 3000)} {
		got, err := frames(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), comma, 1024, 64)
		if want := strings.Count(text[:min(4, len(text))], "\n"); err != broken || len(got) != want {
			t.Errorf("%.12q: %d rows and %v, want %d and the error", text, len(got), err, want)
		}
	}
}

// TestFramerMemory reads a row of 64 MiB with a limit of 64 KiB.
func TestFramerMemory(t *testing.T) {
	for _, quote := range []string{"", `"`} {
		row := io.MultiReader(strings.NewReader(quote), io.LimitReader(repeat{}, 64<<20), strings.NewReader(quote+"\nnext\n"))
		f := newFramer(row, comma, 64<<10)
		var first, next frame
		f.next(&first)
		ok := f.next(&next)
		if len(first.bad) != 1 || len(first.raw) != longHead || !ok || string(next.raw) != "next" || next.line != 2 {
			t.Errorf("quote %q: first %v, next %q at line %d", quote, first.bad, next.raw, next.line)
		}
		if len(f.buf) > 2*frameBuffer {
			t.Errorf("quote %q: the buffer grew to %d bytes", quote, len(f.buf))
		}
	}
}

// repeat is x without end.
type repeat struct{}

func (repeat) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestRowsDoNotAllocate parses one row often; memory must neither be asked for nor grow.
func TestRowsDoNotAllocate(t *testing.T) {
	long := strings.Repeat("x", 300)
	dest := []int{1, -1, 0}
	for _, c := range []struct {
		name string
		p    parser
		raw  string
	}{
		{"plain", newCSVCells(comma, utf8Rows{}, dest, 2), "王," + long + ",2"},
		{"quoted", newCSVCells(comma, utf8Rows{}, dest, 2), `"王","` + long + `","a""b"`},
		{"gb18030", newCSVCells(comma, newDecoder(charset.GB18030), dest, 2), "\xd5\xd4," + long + ",2"},
		{"json", newJSONCells([]string{"a", "b"}), `{"a":"x\ny","c":[1],"b":2}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := frame{raw: []byte(c.raw), quoted: strings.Contains(c.raw, `"`)}
			var row schemas.Row
			n := testing.AllocsPerRun(1000, func() {
				row = schemas.Row{}
				c.p.parse(&f, &row)
			})
			if n > 0 || len(row.Bad) > 0 || row.Cells[0] == nil || row.Cells[1] == nil {
				t.Errorf("%v allocations a row, cells %q, bad %v", n, row.Cells, row.Bad)
			}
			if c, ok := c.p.(*csvCells); ok && cap(c.arena) > 4*len(f.raw) {
				t.Errorf("the arena grew to %d bytes for a row of %d", cap(c.arena), len(f.raw))
			}
		})
	}
}

// TestGuard checks that a panic becomes an error without its text.
func TestGuard(t *testing.T) {
	err := guard(func() error { panic("390101196504300012") })
	if err == nil || strings.Contains(err.Error(), "39") {
		t.Errorf("a panic with a value: %v", err)
	}
	var none []int
	if err := guard(func() error { none[len(none)]++; return nil }); err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("a panic of the runtime: %v", err)
	}
}

// TestWideDelimiters checks that the trail byte of a wide character is no delimiter: a
// quote after it must not open a cell.
func TestWideDelimiters(t *testing.T) {
	text := "\x81|\"|x\n\x81||\"y\n\"\n\xd5\n"
	got, err := frames(iotest.OneByteReader(strings.NewReader(text)), dialect{delimiter: '|', quote: '"', wide: true}, 1<<10, 8)
	var raws []string
	for _, f := range got {
		raws = append(raws, string(f.raw))
	}
	if diff := cmp.Diff([]string{"\x81|\"|x", "\x81||\"y\n\"", "\xd5"}, raws); diff != "" || err != io.EOF {
		t.Errorf("error %v, rows (-want +got):\n%s", err, diff)
	}
}

func ExampleManifest() {
	m, err := ParseManifest([]byte(`{"date": "2026-11-01", "rows": 91224, "complete": true}`))
	fmt.Println(m.Date, *m.Rows, err)
	// Output: 2026-11-01 91224 <nil>
}
