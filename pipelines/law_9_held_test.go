package pipelines_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/schemas"
)

// What testdata/cases/held.txtar cannot hold: bytes that are no UTF-8, and declarations
// that change.

// onEach runs a test on the plain loop over memory and on Prism over ClickHouse.
func onEach(t *testing.T, f func(t *testing.T, store connectors.Store, runner pipelines.Runner)) {
	t.Run("straight over memory", func(t *testing.T) { f(t, connectors.NewMemory(), pipelines.Straight) })
	t.Run("prism over ClickHouse", func(t *testing.T) { f(t, openStore(t), pipelines.Prism) })
}

func goldenLines(lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(l string) bool { return !strings.HasPrefix(l, "golden ") })
}

// TestWrongEncodingHeld delivers GB18030 to a feed that is declared as UTF-8. The delivery
// is held; once the declaration says what is sent, the same bytes are accepted, and the
// rejects of the first reading are gone: a ref is a claim or a reject, never both.
func TestWrongEncodingHeld(t *testing.T) {
	const gate = "operation: {column: op, delete: [注销]}\n"
	wrong := shopsWith(t, 30, gate, gate+"gates: {rejects: {strong: 0.1}}\n")
	right := shopsWith(t, 30, gate, gate+"gates: {rejects: {strong: 0.1}}\n", `"tax_*.csv"`, `"tax_*.csv", encoding: gb18030`)
	utf8 := "code,op,name,staff\nS1,,甲店,1\nS2,,乙店,2\nS3,,丙店,3\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(utf8)
	if err != nil {
		t.Fatal(err)
	}
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		landing := t.TempDir()
		files(t, landing, map[string]string{"tax_20261101.csv": gb})
		c := config(t, wrong, store, landing)
		c.Runner = runner
		mustRun(t, c)
		d := statesOf(t, store)["tax 20261101 r0"]
		if d.Last != schemas.Held || d.Counts.Rejects != 3 || !strings.Contains(d.Note, "编码") {
			t.Fatalf("the delivery is %s with %+v, note %q; want it held with 3 rejects and a note on the encoding", d.Last, d.Counts, d.Note)
		}
		if g := goldenLines(content(t, wrong, store)); len(g) > 0 {
			t.Errorf("golden rows of a held delivery: %v", g)
		}
		c.Catalogue = right
		mustRun(t, c)
		d = statesOf(t, store)["tax 20261101 r0"]
		if d.Last != schemas.Accepted || d.Counts.Claims != 3 || d.Counts.Rejects != 0 {
			t.Fatalf("after the declaration was corrected the delivery is %s with %+v, note %q", d.Last, d.Counts, d.Note)
		}
		got := content(t, right, store)
		if n := len(goldenLines(got)); n != 3 {
			t.Errorf("%d golden rows, want 3", n)
		}
		for _, l := range got {
			if strings.HasPrefix(l, "reject ") {
				t.Errorf("left from the first reading: %s", l)
			}
		}
	})
}

// TestReadAgain holds a delivery whose rows are partly rejected, and changes what its
// normalizers make of them: nothing of the first reading stays.
func TestReadAgain(t *testing.T) {
	const key = "key:\n  - {column: code}\ncolumns:\n  - {column: name, item: name}\n  - {column: staff"
	const gate = "operation: {column: op, delete: [注销]}\ngates: {min_rows: 3}\n"
	old := []string{"operation: {column: op, delete: [注销]}\n", gate}
	first := shopsWith(t, 30, old...)
	then := shopsWith(t, 30, append(old, key, strings.ReplaceAll(key, "column: code}", "column: name}"), "min_rows: 3", "min_rows: 2")...)
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		landing := t.TempDir()
		files(t, landing, map[string]string{"tax_20261101.csv": "code,op,name,staff\nS1,,甲店,1\nS2,,,2\n"})
		c := config(t, first, store, landing)
		c.Runner = runner
		mustRun(t, c)
		if d := statesOf(t, store)["tax 20261101 r0"]; d.Last != schemas.Held || d.Counts.Claims != 2 {
			t.Fatalf("the delivery is %s with %+v", d.Last, d.Counts)
		}
		c.Catalogue = then
		mustRun(t, c)
		fresh := connectors.NewMemory()
		f := config(t, then, fresh, landing)
		mustRun(t, f)
		same(t, "read again", content(t, then, fresh), content(t, then, store))
	})
}

// TestCutOffHeld delivers a gzip file that ends early: in the header, and after rows that
// could be read. The feed beside it is loaded all the same.
func TestCutOffHeld(t *testing.T) {
	var text, packed bytes.Buffer
	text.WriteString("code,name,phone\n")
	for i := range 80_000 {
		fmt.Fprintf(&text, "S%d,店铺%d,%d\n", i, i*7919%80_000, i*104_729%1_000_000)
	}
	w := gzip.NewWriter(&packed)
	_, _ = w.Write(text.Bytes())
	_ = w.Close()
	cat := shopsWith(t, 64<<20, `"market_*.csv"`, `"market_*.csv.gz"`)
	for name, size := range map[string]int{"in the header": 12, "after rows": packed.Len() - 100} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
				landing := t.TempDir()
				files(t, landing, map[string]string{"market_20261101.csv.gz": packed.String()[:size],
					"tax_20261101.csv": "code,op,name,staff\nS1,,甲店,1\n"})
				c := config(t, cat, store, landing)
				c.Runner = runner
				r, err := pipelines.Run(context.Background(), c)
				if err != nil {
					t.Fatalf("one cut off file stops the whole run: %v", err)
				}
				if !r.Stopped() {
					t.Error("the report does not say that a gate stopped something")
				}
				states := statesOf(t, store)
				d := states["market 20261101 r0"]
				if d.Last != schemas.Held || !strings.Contains(d.Note, "中途断开") {
					t.Errorf("the cut off delivery is %s, note %q", d.Last, d.Note)
				}
				if states["tax 20261101 r0"].Last != schemas.Accepted {
					t.Errorf("the delivery beside it is %s", states["tax 20261101 r0"].Last)
				}
				if g := goldenLines(content(t, cat, store)); len(g) != 1 {
					t.Errorf("%d golden rows, want the one of the other feed", len(g))
				}
				stored, err := store.Stored(context.Background(), cat.Base("shops"), true, d.ID)
				if err != nil || stored[d.ID].Claims != 0 {
					t.Errorf("%d claims of the held delivery are left, %v", stored[d.ID].Claims, err)
				}
			})
		})
	}
}
