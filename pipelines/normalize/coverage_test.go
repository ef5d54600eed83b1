package normalize

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas"
)

// realFiles hold real registrations of enterprises; they may not be shipped, so they are not
// in the repository.
var realFiles = []string{"part-a.csv.gz", "no-uscc-a.csv.gz", "bad-check-digit-a.csv"}

// realRows reads the columns of the real registrations by name.
func realRows(t *testing.T) map[string][][]byte {
	t.Helper()
	out := map[string][][]byte{}
	for _, name := range realFiles {
		f, err := os.Open("../../../shared/data/cn-enterprise/" + name)
		if errors.Is(err, os.ErrNotExist) {
			t.Skip("the real registrations in ../shared/data are not here: they may not be shipped with the repository")
		}
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		var in io.Reader = f
		if strings.HasSuffix(name, ".gz") {
			if in, err = gzip.NewReader(f); err != nil {
				t.Fatal(err)
			}
		}
		r := csv.NewReader(in)
		r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = -1, true, true
		head, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		head = slices.Clone(head)
		for row, err := r.Read(); !errors.Is(err, io.EOF); row, err = r.Read() {
			if err != nil {
				t.Fatal(err)
			}
			for i, column := range head {
				cell := []byte(nil)
				if i < len(row) {
					cell = bytes.Clone([]byte(row[i]))
				}
				out[column] = append(out[column], cell)
			}
		}
	}
	return out
}

// tally counts what a chain makes of a column: the states, and the findings by code.
func tally(t *testing.T, column [][]byte, steps ...schemas.Step) map[string]int {
	t.Helper()
	var c chain
	for _, s := range steps {
		if err := c.add(s, nil, testEnv()); err != nil {
			t.Fatal(err)
		}
	}
	words, err := compileNulls(schemas.NullWords{Unknown: []string{"N/A", "-"}})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	var cell Cell
	for _, in := range column {
		cell.run(in, c.steps, words)
		state := cell.State.String()
		if cell.State == schemas.Void {
			state = "void " + strings.TrimSuffix(cell.reason.Code+" "+cell.detail, " ")
		}
		out[state]++
		for _, n := range cell.notes {
			out[string(n.reason.Severity)+" "+n.reason.Code]++
		}
	}
	return out
}

// What the normalizers make of the real registrations, cell by cell. Every cell is a value, is
// known to be none or unknown, or is void for a reason that is counted here; at least 999 of
// 1,000 amounts and dates are understood.
func TestRealColumns(t *testing.T) {
	rows := realRows(t)
	t.Run("provinces", func(t *testing.T) { agreeWithProvinces(t, rows) })
	plainStep := func(names ...string) (out []schemas.Step) {
		for _, n := range names {
			out = append(out, schemas.Step{Name: n})
		}
		return out
	}
	for _, c := range []struct {
		column string
		via    []schemas.Step
		want   map[string]int
	}{
		{"注册资金", plainStep("capital"), map[string]int{"fix decimal.comma": 18, "fix decimal.rounded": 14, "unknown": 34844, "value": 118580, "void capital.form": 3}},
		{"注册资金", plainStep("capital_currency"), map[string]int{"unknown": 34844, "value": 118580, "void capital.form": 3}},
		{"注册日期", plainStep("date"), map[string]int{"value": 153427}},
		{"企业名称", plainStep("unescape", "org_name"), map[string]int{"value": 153427}},
		{"法人代表", plainStep("unescape", "person_name"), map[string]int{"fix person_name.blank": 36, "fix person_name.dot": 26, "fix text.entity": 2, "unknown": 26848, "value": 126579, "warning person_name.several": 8}},
		{"注册地址", plainStep("unescape", "address"), map[string]int{"fix text.entity": 5, "unknown": 3562, "value": 149865}},
		{"注册地址", plainStep("unescape", "address_region"), map[string]int{"fix text.entity": 5, "unknown": 18662, "value": 134765, "warning address.level": 25002, "warning address.region": 15100}},
		{"经营范围", plainStep("text"), map[string]int{"unknown": 309, "value": 153118}},
	} {
		got := tally(t, rows[c.column], c.via...)
		last := c.via[len(c.via)-1].Name
		void := 0
		for _, k := range slices.Sorted(maps.Keys(got)) {
			t.Logf("%s %s: %7d %s", c.column, last, got[k], k)
			if strings.HasPrefix(k, "void") {
				void += got[k]
			}
		}
		if void*1000 > len(rows[c.column]) {
			t.Errorf("%s: %d of %d cells are not understood", c.column, void, len(rows[c.column]))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s by %s (-want +got):\n%s", c.column, last, diff)
		}
	}
}

// agreeWithProvinces checks that the county that an address names lies in the province that
// the registrar names beside it.
func agreeWithProvinces(t *testing.T, rows map[string][][]byte) {
	table, err := testEnv().Table("region")
	if err != nil {
		t.Fatal(err)
	}
	names := newRegionNames(table, "")
	same, other := 0, 0
	for i, address := range rows["注册地址"] {
		code, _ := names.find(trimCell(address))
		beside := strings.TrimSpace(string(rows["所在省份"][i]))
		if code == "" || beside == "" {
			continue
		}
		label, _ := table.Label(code[:2] + "0000")
		if strings.HasPrefix(label, beside) {
			same++
		} else {
			other++
		}
	}
	t.Logf("%d addresses agree with the province beside them, %d do not", same, other)
	if other*500 > same {
		t.Errorf("%d of %d addresses are in another province", other, same+other)
	}
}
