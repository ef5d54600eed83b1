package connectors_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/schemas"
)

// landed writes files and opens a CSV source over them.
func landed(t testing.TB, files map[string]string, slot schemas.SlotSpec) (connectors.Source, string) {
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, "police", name)
		check(t, os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600))
		check(t, os.Chtimes(path, time.Time{}, time.Date(2026, 11, 2, 8, 30, 15, 999, time.UTC)))
	}
	feed := fileFeed("csv", schemas.Settings{"path": "police/*"})
	feed.Slot = slot
	src, err := connectors.OpenSource(connectors.Env{Landing: dir}, feed)
	check(t, err)
	return src, dir
}

const dayText = "a,b\n1,2\n"

func TestDeliveries(t *testing.T) {
	byName := schemas.SlotSpec{Name: `^household_(?P<date>[0-9-]+)(_(?P<seq>[0-9]+))?\.csv$`}
	byManifest := schemas.SlotSpec{Manifest: true}
	for _, c := range []struct {
		name  string
		slot  schemas.SlotSpec
		files map[string]string
		want  []string // name slot rows
	}{
		{"by name", byName, map[string]string{"household_20261101.csv": dayText, "household_2026-10-31_2.csv": dayText},
			[]string{"household_2026-10-31_2.csv 20261031.2 -1", "household_20261101.csv 20261101 -1"}},
		{"by manifest", byManifest, map[string]string{"x.csv": dayText, "x.csv.manifest.json": `{"date":"2026-11-01","seq":3,"rows":1}`},
			[]string{"x.csv 20261101.3 1"}},
		{"a manifest with totals and a name", schemas.SlotSpec{Name: byName.Name, Manifest: true},
			map[string]string{"household_20261101.csv": dayText, "household_20261101.csv.manifest.json": `{"rows":0,"complete":true}`},
			[]string{"household_20261101.csv 20261101 0"}},
		{"files wait for their manifest", byManifest,
			map[string]string{"x.csv": dayText, "y.csv": dayText, "y.csv.manifest.json": `{"date":"20261101","complete":false}`}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			src, _ := landed(t, c.files, c.slot)
			ds, err := src.Deliveries(t.Context())
			check(t, err)
			var got []string
			for _, d := range ds {
				got = append(got, strings.Join([]string{d.Name, d.Slot.String(), strconv.FormatInt(d.Rows, 10)}, " "))
				want := schemas.Delivery{ID: schemas.IDOf("civil_marriage", d.Slot, 0), Feed: "civil_marriage", Slot: d.Slot, Rows: d.Rows,
					Location: "police/" + d.Name, Name: d.Name, Bytes: 8, Digest: fmt.Sprintf("%x", sum([]byte(dayText))), Received: time.Date(2026, 11, 2, 8, 30, 15, 0, time.UTC)}
				if diff := cmp.Diff(want, d); diff != "" {
					t.Errorf("delivery (-want +got):\n%s", diff)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("deliveries (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDeliveriesProblems(t *testing.T) {
	byName := schemas.SlotSpec{Name: `_(?P<date>[0-9]+)(\.(?P<seq>[0-9]+))?\.`}
	byManifest := schemas.SlotSpec{Manifest: true}
	for _, c := range []struct {
		name     string
		slot     schemas.SlotSpec
		files    map[string]string
		code     connectors.Code
		message  string
		contains string // of the hint
	}{
		{"no slot in the name", byName, map[string]string{"readme.txt": ""}, connectors.Malformed,
			`list civil_marriage: readme.txt: the name does not match the pattern _(?P<date>[0-9]+)(\.(?P<seq>[0-9]+))?\.`, "slot.name"},
		{"no such day", byName, map[string]string{"f_20260230.csv": ""}, connectors.Malformed,
			`date "20260230": want yyyymmdd or yyyy-mm-dd`, "rename"},
		{"two files of a slot", byName, map[string]string{"a_20261101.csv": "1", "b_20261101.csv": "2"}, connectors.Malformed,
			"list civil_marriage: slot 20261101: two files, police/a_20261101.csv and police/b_20261101.csv", "seq"},
		{"digest", byManifest, map[string]string{"x": "1", "x.manifest.json": `{"date":"20261101","sha256":"` + strings.Repeat("0", 64) + `"}`},
			connectors.Malformed, "list civil_marriage: x: sha256 6b86b273", "again"},
		{"unknown member", byManifest, map[string]string{"x": "1", "x.manifest.json": `{"date":"20261101","row":1}`},
			connectors.Malformed, `list civil_marriage: x.manifest.json: parse manifest: json: unknown field "row"`, "manifest"},
		{"text after the manifest", byManifest, map[string]string{"x": "1", "x.manifest.json": `{"date":"20261101"}}`},
			connectors.Malformed, "text after the object", "manifest"},
		{"no date", byManifest, map[string]string{"x": "1", "x.manifest.json": `{}`}, connectors.Malformed, "the manifest has no date", "date"},
		{"every problem is named", byName, map[string]string{"p": "", "q": ""}, connectors.Malformed, "q: the name does not match", "rename"},
		{"directory", byName, map[string]string{"f_20261101.d/x": ""}, connectors.Malformed, "is a directory or a device", "files only"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src, _ := landed(t, c.files, c.slot)
			ds, err := src.Deliveries(t.Context())
			if err == nil || ds != nil {
				t.Fatalf("deliveries %v, error %v", ds, err)
			}
			if got := connectors.CodeOf(err); got != c.code || !strings.Contains(err.Error(), c.message) {
				t.Errorf("error %q with code %s, want %q with %s", err, got, c.message, c.code)
			}
			if hint := connectors.HintOf(err); !strings.Contains(hint, c.contains) {
				t.Errorf("hint %q, want it to name %q", hint, c.contains)
			}
			checkNote(t, err)
		})
	}
}

// english is a phrase that departments need not understand.
var english = regexp.MustCompile(`[A-Za-z]{2,} +[A-Za-z]{2,}`)

// checkNote holds that a department is told in Chinese what is wrong and what to do.
func checkNote(t *testing.T, err error) {
	t.Helper()
	note := connectors.Note(err)
	if note == "" || english.MatchString(note) || !strings.HasSuffix(note, "。") {
		t.Errorf("note %q of error %v: want Chinese sentences", note, err)
	}
}

// TestFaults holds that the causes are told apart and told in Chinese.
func TestFaults(t *testing.T) {
	codes := map[string]bool{}
	for _, f := range connectors.Faults() {
		if codes[f.Code] || !strings.HasPrefix(f.Code, "file.") || f.Title == "" || f.Advice == "" || english.MatchString(f.Title+f.Advice) {
			t.Errorf("fault %+v", f)
		}
		codes[f.Code] = true
	}
	two := errors.Join(&connectors.Error{Op: "list", Fault: &connectors.Fault{Title: "一", Advice: "二"}}, errors.New("something else"))
	if note := connectors.Note(fmt.Errorf("list: %w", two)); note != "" {
		t.Errorf("note %q of an error that is not the department's alone", note)
	}
}

// TestLinks: a link to a file is as good as the file; one that leads nowhere is told, it is
// no feed that never delivered.
func TestLinks(t *testing.T) {
	src, dir := landed(t, map[string]string{"f_20261101.csv": dayText}, fileFeed("csv", nil).Slot)
	check(t, os.Rename(filepath.Join(dir, "police/f_20261101.csv"), filepath.Join(dir, "kept")))
	check(t, os.Symlink("../kept", filepath.Join(dir, "police/f_20261101.csv")))
	if ds, err := src.Deliveries(t.Context()); err != nil || len(ds) != 1 {
		t.Fatalf("a link to a file: %v, %v", ds, err)
	}
	check(t, os.Remove(filepath.Join(dir, "kept")))
	_, err := src.Deliveries(t.Context())
	if connectors.CodeOf(err) != connectors.Missing || !strings.Contains(err.Error(), "f_20261101.csv") || !strings.Contains(connectors.HintOf(err), "link") {
		t.Errorf("a link that leads nowhere: %v (%s)", err, connectors.HintOf(err))
	}
	checkNote(t, err)
}

// TestDirectories lists files by a glob over directories.
func TestDirectories(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"in/a/f_20261101.csv", "in/b/f_20261102.csv", "in/b/g_20261103.txt", "in/f_20261104.csv"} {
		check(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700), os.WriteFile(filepath.Join(dir, name), []byte(dayText), 0o600))
	}
	feed := fileFeed("csv", schemas.Settings{"path": "in/*/f_*.csv"})
	src, err := connectors.OpenSource(connectors.Env{Landing: dir}, feed)
	check(t, err)
	ds, err := src.Deliveries(t.Context())
	check(t, err)
	var got []string
	for _, d := range ds {
		got = append(got, d.Location)
	}
	if diff := cmp.Diff([]string{"in/a/f_20261101.csv", "in/b/f_20261102.csv"}, got); diff != "" {
		t.Errorf("deliveries (-want +got):\n%s", diff)
	}
}

func TestDeliveriesWithoutDirectory(t *testing.T) {
	feed := fileFeed("csv", schemas.Settings{"path": "nowhere/*.csv"})
	dir := t.TempDir()
	src, err := connectors.OpenSource(connectors.Env{Landing: dir}, feed)
	check(t, err)
	if _, err = src.Deliveries(t.Context()); connectors.CodeOf(err) != connectors.Missing || connectors.HintOf(err) == "" {
		t.Errorf("without the directory: %v", err)
	}
	check(t, os.Mkdir(filepath.Join(dir, "nowhere"), 0o700))
	if ds, err := src.Deliveries(t.Context()); err != nil || len(ds) != 0 {
		t.Errorf("an empty directory: %v, %v", ds, err)
	}
}

// TestUnreadable reads files that cannot be read to the end.
func TestUnreadable(t *testing.T) {
	rows := strings.Repeat("1,2\n", 200_000)
	packed := gzipped(t, []byte("a,b\n"+rows))
	flipped := slices.Clone(packed)
	flipped[len(flipped)-6] ^= 1
	for _, c := range []struct {
		name    string
		content []byte
		set     schemas.Settings
		rows    int // at least
		message string
		hint    string
	}{
		{"empty", nil, nil, 0, "the file is empty", "again"},
		{"blank lines alone", []byte("\n\r\n"), nil, 0, "no header", "header"},
		{"cut gzip", packed[:len(packed)/2], schemas.Settings{"compression": "gzip"}, 1000, "gzip: unexpected EOF", "cut off"},
		{"cut zstd", zstdPacked(t, []byte("a,b\n"+rows))[:40], schemas.Settings{"compression": "zstd"}, 0, "zstd: ", ""},
		{"gzip checksum", flipped, schemas.Settings{"compression": "gzip"}, 1000, "gzip: invalid checksum", "damaged"},
		{"no gzip", []byte(dayText + dayText), schemas.Settings{"compression": "gzip"}, 0, "gzip: invalid header", "compression"},
		{"undeclared gzip", packed, nil, 0, "found a gzip file", "compression: gzip"},
		{"xlsx", []byte("PK\x03\x04rest"), nil, 0, "zip or xlsx", "workbook"},
		{"utf-16 to utf-8", []byte("\xff\xfea\x00"), nil, 0, "found the byte order mark of utf-16le at byte 0 (line 1)", "set encoding: utf-16le"},
		{"utf-16 without a mark to gbk", []byte("\x00a\x00,\x00b\x00\n\x001\x00,\x002\x00\n"), schemas.Settings{"encoding": "gbk"}, 0,
			"found utf-16be without a byte order mark", "set encoding: utf-16be"},
		{"utf-16 without a mark", []byte("a\x00,\x00b\x00\n\x001\x00,\x00"), schemas.Settings{"encoding": "utf-16"}, 0, "found no byte order mark", "set encoding: utf-16le"},
		{"another order", []byte("\xfe\xff\x00a\x00,\x00b\x00\n"), schemas.Settings{"encoding": "utf-16le"}, 0, "byte order mark of utf-16be", "set encoding: utf-16be"},
		{"another order without a mark", []byte("\x00a\x00,\x00b\x00\n\x001\x00,\x002\x00\n"), schemas.Settings{"encoding": "utf-16le"}, 0, "found utf-16be", "set encoding: utf-16be"},
		{"an order that changes", []byte("\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x00\xfe\xff\x00a\x00,\x00b\x00\n"), schemas.Settings{"encoding": "utf-16"}, 1,
			"after byte 18 (line 3): the byte order changes at byte 18", "in one piece"},
		{"half a character", []byte("\xff\xfea\x00,\x00b\x00\n\x001\x00,\x002\x00\n\x003"), schemas.Settings{"encoding": "utf-16"}, 1, "half a character at byte 18", "cut off"},
		{"utf-8 to utf-16", []byte("a,b\n1,2\n"), schemas.Settings{"encoding": "utf-16le"}, 0, "found text without a zero byte", "utf-8 or gb18030"},
		{"utf-8 to gb18030", []byte("a,b\n1,2\n3,有效\n4,注销\n"), schemas.Settings{"encoding": "gb18030"}, 0, "declared as gb18030, found utf-8 at byte 10 (line 3)", "set encoding: utf-8"},
		{"gb18030 mark to utf-8", []byte("\x84\x31\x95\x33a,b\n"), nil, 0, "byte order mark of gb18030", "set encoding: gb18030"},
		{"gb18030 with a utf-8 mark", []byte("\xef\xbb\xbfa,b\n"), schemas.Settings{"encoding": "gb18030"}, 0, "byte order mark", "utf-8"},
		{"gb18030 header", encodeGB([]byte("姓名,b\n")), nil, 0, "header at line 1: byte 0 is not utf-8", "set encoding: gb18030 (the whole file is GB 18030"},
		{"a column twice", []byte("a,a\n1,2\n"), nil, 0, "column a: named twice", "once"},
		{"quote in the header", []byte("\"a\"x,b\n1,2\n"), nil, 0, "column 1: text after the closing quote", "header"},
		{"open quote in the header", []byte("\"a,b\n1,2\n"), nil, 0, "a quote is open", "header"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readText(t, c.content, c.set, "a", "b")
			if connectors.CodeOf(err) != connectors.Malformed || !strings.Contains(err.Error(), c.message) {
				t.Fatalf("error %v with code %s, want %q", err, connectors.CodeOf(err), c.message)
			}
			if hint := connectors.HintOf(err); hint == "" || !strings.Contains(hint, c.hint) {
				t.Errorf("hint %q, want it to name %q", hint, c.hint)
			}
			checkNote(t, err)
			if len(got) < c.rows {
				t.Errorf("%d rows before the error, want at least %d", len(got), c.rows)
			}
		})
	}
}

func TestReplacedFile(t *testing.T) {
	src, dir := landed(t, map[string]string{"f_20261101.csv": dayText}, fileFeed("csv", nil).Slot)
	ds, err := src.Deliveries(t.Context())
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, ds[0].Location), []byte(dayText+"3,4\n"), 0o600))
	if _, err := src.Splits(t.Context(), ds[0]); err == nil || !strings.Contains(connectors.HintOf(err), "revision") {
		t.Errorf("splits of a replaced file: %v", err)
	}
}

func TestRowsOfCompressedSplitsHaveLines(t *testing.T) {
	text := []byte("a,b\n" + strings.Repeat("\"1\n\",2\n", 50))
	got, err := readText(t, gzipped(t, text), schemas.Settings{"compression": "gzip"}, "a", "b")
	check(t, err)
	if r := got[49]; r.Line != 2+49*2 || r.Position != 4+49*8-49 || !bytes.Equal(r.Cells[0], []byte("1\n")) {
		t.Errorf("the last row is %+v", r)
	}
}
