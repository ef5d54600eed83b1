package conntest

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/schemas"
)

// pieces are what cells are made of: what formats trip over, in characters that GBK has.
var pieces = []string{"", "", "390101196504300012", "91390100MA39X0A12F", "王", "赵小明", "某市某路1号", ",", ";", "|", "\t",
	`"`, `""`, "'", "\n", "\r\n", `\`, " ", "　", "NULL", "0", "1965-04-30", "{", "}", "<a>&", "丂"}

// Generate makes a delivery of n rows that are the same for the same n and slot.
func Generate(slot schemas.Slot, n int, nulls bool) Input {
	in := Input{Slot: slot, Columns: []string{"姓名", "证件号码", "备注", "status"}}
	r := rand.New(rand.NewPCG(uint64(slot.Date), uint64(n)))
	for i := range n {
		row := [][]byte{nil, fmt.Appendf(nil, "%d", i), nil, nil}
		for _, j := range []int{0, 2, 3} {
			if nulls && r.IntN(8) == 0 {
				continue
			}
			row[j] = []byte{}
			for range r.IntN(6) {
				row[j] = append(row[j], pieces[r.IntN(len(pieces))]...)
			}
		}
		in.Rows = append(in.Rows, row)
	}
	return in
}

// generate is Generate for the format of the harness.
func (h Harness) generate(slot schemas.Slot, n int) Input {
	in := Generate(slot, n, h.Nulls)
	for _, row := range in.Rows {
		for j, c := range row {
			if h.Fit != nil && c != nil {
				row[j] = h.Fit(c)
			}
		}
	}
	return in
}

// Read reads a split to its end into memory of its own. It gives the rows before an error.
func Read(ctx context.Context, src connectors.Source, s connectors.Split, columns []string) ([]schemas.Row, error) {
	var out []schemas.Row
	for row, err := range src.Rows(ctx, s, columns) {
		if err != nil {
			return out, err
		}
		kept := *row
		kept.Raw, kept.Cells, kept.Bad = bytes.Clone(row.Raw), slices.Clone(row.Cells), slices.Clone(row.Bad)
		for i, c := range kept.Cells {
			kept.Cells[i] = bytes.Clone(c)
		}
		out = append(out, kept)
	}
	return out, nil
}

// ReadDelivery reads all splits of a delivery in order.
func ReadDelivery(t testing.TB, src connectors.Source, d schemas.Delivery, columns []string) []schemas.Row {
	t.Helper()
	out, err := readDelivery(t.Context(), src, d, columns)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readDelivery(ctx context.Context, src connectors.Source, d schemas.Delivery, columns []string) ([]schemas.Row, error) {
	splits, err := src.Splits(ctx, d)
	if err != nil {
		return nil, err
	}
	if len(splits) == 0 {
		return nil, fmt.Errorf("delivery %s has no split", d.Slot)
	}
	var out []schemas.Row
	for _, s := range splits {
		rows, err := Read(ctx, src, s, columns)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func deliveries(t testing.TB, src connectors.Source) []schemas.Delivery {
	t.Helper()
	out, err := src.Deliveries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatal("the source lists no delivery")
	}
	return out
}

func cells(rows []schemas.Row) [][][]byte {
	var out [][][]byte
	for _, r := range rows {
		out = append(out, r.Cells)
	}
	return out
}

// differ is cmp.Diff for what mostly agrees, without its cost.
func differ(want, got any) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return cmp.Diff(want, got)
}
