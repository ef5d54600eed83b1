package city

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// readLabels gives the labels of a city: file and position.
func readLabels(t *testing.T, dir string) (files []string, positions []int64, kinds []string) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "truth", "labels.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	type row struct {
		File     string `parquet:"file,optional"`
		Kind     string `parquet:"kind,optional"`
		Position int64  `parquet:"position"`
	}
	rows := parquet.NewGenericReader[row](f)
	buf := make([]row, 500)
	for {
		n, err := rows.Read(buf)
		for _, r := range buf[:n] {
			files, positions, kinds = append(files, r.File), append(positions, r.Position), append(kinds, r.Kind)
		}
		if err != nil {
			break
		}
	}
	return files, positions, kinds
}

// starts are the positions of all rows of a delivery, and how many bytes it has.
func starts(t *testing.T, path string) map[int64]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if text, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	all := map[int64]string{}
	for at := 0; at < len(text); {
		end := at + bytes.IndexByte(text[at:], '\n') + 1
		all[int64(at)] = string(text[at:end])
		at = end
	}
	return all
}

// TestLabelsStandOnRows wants every label to name the first byte of a row, and those that can be told at a glance to
// name the right one.
func TestLabelsStandOnRows(t *testing.T) {
	dir, _ := generate(t, Options{Persons: 12_000, Seed: 4, Days: 8})
	rows := map[string]map[int64]string{}
	seen := map[string]int{}
	files, positions, kinds := readLabels(t, dir)
	for i, file := range files {
		seen[kinds[i]]++
		if strings.HasSuffix(file, ".parquet") || positions[i] < 0 {
			continue
		}
		if rows[file] == nil {
			rows[file] = starts(t, filepath.Join(dir, "landing", file))
		}
		row, ok := rows[file][positions[i]]
		if !ok {
			t.Fatalf("%s: a label of %s at %d, where no row begins", file, kinds[i], positions[i])
		}
		for kind, has := range map[string]string{"row_total": "\xba\xcf\xbc\xc6", "id_scientific": "E+17", "number_masked": "********", "region_unknown": "399999"} {
			if kinds[i] == kind && !strings.Contains(row, has) && !(kind == "row_total" && strings.HasPrefix(row, "合计")) {
				t.Errorf("%s: the label of %s is not on the row that has it", file, kind)
			}
		}
	}
	for _, k := range drawn {
		if seen[k.ID] == 0 && k.Rate >= 300 {
			t.Errorf("%s is never made", k.ID)
		}
	}
}

// TestCatalogueOfProblems wants all 45 problems to be made or explained, each under its own name.
func TestCatalogueOfProblems(t *testing.T) {
	ids, numbers := map[string]bool{}, map[int]bool{}
	for _, k := range Kinds() {
		if ids[k.ID] {
			t.Errorf("%s stands twice", k.ID)
		}
		ids[k.ID], numbers[k.Number] = true, true
		if k.Rate == 0 && k.Why == "" {
			t.Errorf("%s is not drawn, and nothing says why", k.ID)
		}
	}
	for n := 1; n <= 45; n++ {
		if !numbers[n] {
			t.Errorf("problem %d is neither made nor explained", n)
		}
	}
}

// TestRefusedMistakes wants a mistake that says it was not made to have left the row as it was.
func TestRefusedMistakes(t *testing.T) {
	w, err := newWorld(Options{Persons: 3000, Seed: 9, Days: 8})
	if err != nil {
		t.Fatal(err)
	}
	b := w.block(0)
	for _, f := range sending() {
		f.prepare(w)
		s := &sheet{block: b, feed: f, slot: &f.slots[0]}
		c := salted(9, f.name).of(1)
		s.told = func(r *row) {
			for _, d := range f.mix.draws {
				if d.kind.inject == nil || len(r.cell(d.column)) == 0 {
					continue
				}
				cells, text := slices.Clone(r.cells), slices.Clone(r.text)
				before := cells[d.column]
				made := d.kind.inject(s, &c, d.column) && s.fits(d.column, before)
				if !made && !slices.Equal(cells, r.cells) {
					t.Fatalf("%s in %s was refused and made all the same", d.kind.ID, f.columns[d.column].name)
				}
				if made && d.kind.ID != "column_shift" && bytes.Equal(r.cell(d.column), text[before.from:before.to]) {
					t.Fatalf("%s in %s changed nothing", d.kind.ID, f.columns[d.column].name)
				}
				r.cells, r.text = append(r.cells[:0], cells...), append(r.text[:0], text...)
			}
		}
		f.rows(b, s)
	}
}

// TestSlotsTellEverything wants each day to be told by the slots of a feed, also where one repeats another.
func TestSlotsTellEverything(t *testing.T) {
	w, err := newWorld(Options{Persons: 100, Seed: 1, Days: 40})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range sending() {
		f.prepare(w)
		told := f.slots[0].knows
		for i, s := range f.slots[1:] {
			if s.since > told {
				t.Errorf("%s: slot %d tells what comes after day %d, and %d was told before", f.name, i+1, s.since, told)
			}
			told = max(told, s.knows)
		}
	}
}
