package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/normalize"
	"jiku/quality"
	"jiku/schemas"
)

// label is a line of LABELS.tsv.
type label struct{ feed, file, item, kind, what string }

// readLabels gives the labels by file and row.
func readLabels(t *testing.T, dir string) map[string][]label {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "LABELS.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := make(map[string][]label)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		c := strings.Split(lines.Text(), "\t")
		if len(c) != 6 {
			t.Fatalf("label of %d fields, want 6", len(c))
		}
		out[c[1]+":"+c[2]] = append(out[c[1]+":"+c[2]], label{c[0], c[1], c[3], c[4], c[5]})
	}
	return out
}

// reader reads the feeds of the shipped catalogue as a run does, up to the claim.
type reader struct {
	cat *schemas.Catalogue
	dir string
}

func newReader(t *testing.T, dir string) *reader {
	t.Helper()
	cat, err := schemas.LoadCatalogue(schemas.BuiltIn(), schemas.Known{Connector: connectors.CheckSource, Rule: quality.CheckRule,
		Comparator: schemas.CheckComparator})
	if err != nil {
		t.Fatalf("load catalogue:\n%v", err)
	}
	return &reader{cat: cat, dir: dir}
}

// program is a feed made ready.
type program struct {
	normal *normalize.Program
	keys   *key.Resolver
	checks *quality.RowChecks
	rec    *schemas.Record
}

func (r *reader) compile(t *testing.T, f *schemas.Feed) *program {
	t.Helper()
	b := r.cat.Base(f.Base)
	normal, err := normalize.Compile(f, b, normalize.Env{Table: r.cat.Codes.Table, Regions: r.cat.Codes.Regions, Forms: r.cat.Forms})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := key.Compile(b, f, r.cat.Forms)
	if err != nil {
		t.Fatal(err)
	}
	checks, err := quality.CompileRow(f.Rules, b, quality.Env{Table: r.cat.Codes.Table, Forms: r.cat.Forms})
	if err != nil {
		t.Fatal(err)
	}
	return &program{normal, keys, checks, schemas.NewRecord(b, len(f.Key))}
}

func (p *program) row(row *schemas.Row) *schemas.Record {
	p.normal.Row(row, p.rec)
	p.keys.Resolve(p.rec)
	p.checks.Check(p.rec)
	return p.rec
}

// each hands out every record of a feed with its file and row, and counts the deliveries.
func (r *reader) each(t *testing.T, f *schemas.Feed, visit func(file string, row int, rec *schemas.Record)) int {
	t.Helper()
	src, err := connectors.OpenSource(connectors.Env{Landing: r.dir}, f)
	if err != nil {
		t.Fatal(err)
	}
	deliveries, err := src.Deliveries(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	p := r.compile(t, f)
	for _, d := range deliveries {
		p.normal.Begin(d)
		p.checks.Begin(d)
		n := 0
		splits, err := src.Splits(context.Background(), d)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range splits {
			for row, err := range src.Rows(context.Background(), s, p.normal.Columns()) {
				if err != nil {
					t.Fatal(err)
				}
				n++
				if len(row.Bad) > 0 {
					t.Errorf("%s row %d: %v", d.Location, n, row.Bad)
					continue
				}
				visit(d.Location, n, p.row(&row))
			}
		}
	}
	return len(deliveries)
}

// writtenFeeds is how many of the shipped feeds the program writes.
const writtenFeeds = 11

// TestLabelsAreFound reads the demo as a run does: what is labelled is found, and nothing
// else is.
func TestLabelsAreFound(t *testing.T) {
	dir := t.TempDir()
	if err := run(options{out: dir, persons: 6000, orgs: 6000, seed: 3}, io.Discard); err != nil {
		t.Fatal(err)
	}
	labels, r := readLabels(t, dir), newReader(t, dir)
	delivered := 0
	for _, f := range r.cat.Feeds {
		t.Run(f.Name, func(t *testing.T) {
			n := r.each(t, f, func(file string, row int, rec *schemas.Record) {
				checkRow(t, file+" row "+strconv.Itoa(row), labels[file+":"+strconv.Itoa(row)], rec)
			})
			if n > 0 {
				delivered++
			}
		})
	}
	if delivered != writtenFeeds {
		t.Errorf("%d feeds have deliveries, want %d", delivered, writtenFeeds)
	}
}

// checkRow compares what is labelled with what was found.
func checkRow(t *testing.T, where string, labels []label, rec *schemas.Record) {
	t.Helper()
	var want, got []string
	for _, l := range labels {
		switch l.kind {
		case "reject", "finding", "void":
			want = append(want, l.what)
		}
		if l.kind == "reject" && !rec.Rejected() {
			t.Errorf("%s: accepted, labelled %s", where, l.what)
		}
	}
	for _, f := range rec.Findings {
		if f.Severity != schemas.Fix {
			got = append(got, f.Reason.Code)
		}
	}
	for _, code := range want {
		if !slices.Contains(got, code) {
			t.Errorf("%s: found %v, labelled %s", where, got, code)
		}
	}
	if len(want) == 0 && len(got) > 0 {
		t.Errorf("%s: found %v, labelled %v", where, got, labels)
	}
}
