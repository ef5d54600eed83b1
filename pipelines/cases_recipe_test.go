package pipelines_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"golang.org/x/text/encoding/unicode"

	"jiku/schemas/charset"
)

// recipe makes what a text archive cannot hold: bytes, large files, other formats and what is
// no file. A file NAME.recipe of a case is carried out line by line, and leaves NAME.
type recipe struct {
	t    *testing.T
	path string
	b    bytes.Buffer
	// made is set when the path is there and no file.
	made bool
}

// bake carries out a recipe; it reports whether it left a file.
func bake(t *testing.T, path, text string) bool {
	t.Helper()
	r := &recipe{t: t, path: path}
	for line := range strings.Lines(text) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if err := r.step(verb, rest); err != nil {
			t.Fatalf("recipe of %s: %s: %v", path, strings.TrimSpace(line), err)
		}
	}
	if !r.made {
		if err := os.WriteFile(path, r.b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return !r.made
}

// step carries out one line. testdata/cases/README.md lists the verbs.
func (r *recipe) step(verb, rest string) error {
	switch verb {
	case "text":
		s, err := strconv.Unquote(rest)
		r.b.WriteString(s)
		return err
	case "rows":
		return r.rows(rest)
	case "gb18030":
		out, bad := charset.AppendGB18030(nil, r.b.Bytes())
		r.b = *bytes.NewBuffer(out)
		if bad >= 0 {
			return fmt.Errorf("byte %d is no UTF-8", bad)
		}
	case "utf16le", "utf16be":
		order := unicode.LittleEndian
		if verb == "utf16be" {
			order = unicode.BigEndian
		}
		out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().Bytes(r.b.Bytes())
		r.b = *bytes.NewBuffer(out)
		return err
	case "gzip":
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		if _, err := w.Write(r.b.Bytes()); err != nil {
			return err
		}
		err := w.Close()
		r.b = out
		return err
	case "cut":
		n, err := strconv.Atoi(rest)
		if err == nil {
			r.b.Truncate(max(r.b.Len()-n, 0))
		}
		return err
	case "parquet":
		return r.parquet()
	case "directory":
		r.made = true
		return os.Mkdir(r.path, 0o755)
	case "link":
		r.made = true
		return os.Symlink(rest, r.path)
	default:
		return fmt.Errorf("no such verb")
	}
	return nil
}

// rows FROM TO "TEXT" writes the text once a number, which stands for #.
func (r *recipe) rows(rest string) error {
	var (
		from, to int
		text     string
	)
	if _, err := fmt.Sscanf(rest, "%d %d %q", &from, &to, &text); err != nil {
		return err
	}
	before, after, numbered := strings.Cut(text, "#")
	for n := from; n <= to; n++ {
		r.b.WriteString(before)
		if numbered {
			r.b.WriteString(strconv.Itoa(n))
			r.b.WriteString(strings.ReplaceAll(after, "#", strconv.Itoa(n)))
		}
	}
	return nil
}

// parquet makes CSV a Parquet file: columns of text, of integers where the name ends in :int,
// of lists where it ends in :list.
func (r *recipe) parquet() error {
	records, err := csv.NewReader(&r.b).ReadAll()
	if err != nil {
		return err
	}
	group, kinds := parquet.Group{}, make([]string, len(records[0]))
	for i, name := range records[0] {
		records[0][i], kinds[i], _ = strings.Cut(name, ":")
		group[records[0][i]] = map[string]parquet.Node{"": parquet.String(), "int": parquet.Int(64), "list": parquet.Repeated(parquet.String())}[kinds[i]]
	}
	schema := parquet.NewSchema("row", group)
	index := map[string]int{}
	for i, path := range schema.Columns() {
		index[path[0]] = i
	}
	var out bytes.Buffer
	w := parquet.NewGenericWriter[any](&out, schema)
	for _, rec := range records[1:] {
		row := make(parquet.Row, len(rec))
		for i, cell := range rec {
			at := index[records[0][i]]
			switch kinds[i] {
			case "int":
				n, err := strconv.ParseInt(cell, 10, 64)
				if err != nil {
					return err
				}
				row[at] = parquet.Int64Value(n).Level(0, 0, at)
			case "list":
				row[at] = parquet.ByteArrayValue([]byte(cell)).Level(0, 1, at)
			default:
				row[at] = parquet.ByteArrayValue([]byte(cell)).Level(0, 0, at)
			}
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
	}
	err = w.Close()
	r.b = out
	return err
}
