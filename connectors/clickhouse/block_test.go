package clickhouse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ClickHouse/ch-go/proto"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiku/connectors"
	"jiku/connectors/conntest"
	"jiku/schemas"
)

func TestMain(m *testing.M) { os.Exit(conntest.Main(m)) }

// testBase has an item of each type.
func testBase() *schemas.Base {
	return &schemas.Base{Name: "blocks", Entity: "thing", Title: "测试库", Description: "测试",
		Key: schemas.KeySpec{Kind: schemas.KeyText, Column: "code", Title: "编号"},
		Items: []schemas.Item{{Name: "name", Title: "名称", Type: schemas.TypeText}, {Name: "kind", Title: "类别", Type: schemas.TypeCode, Table: "sex"},
			{Name: "day", Title: "日期", Type: schemas.TypeDate}, {Name: "count", Title: "数量", Type: schemas.TypeInteger},
			{Name: "amount", Title: "金额", Type: schemas.TypeDecimal}}}
}

func testCatalogue() *schemas.Catalogue {
	return &schemas.Catalogue{Bases: []*schemas.Base{testBase()}, City: &schemas.City{},
		Feeds: []*schemas.Feed{{Name: "f", Title: "数源", Base: "blocks", Department: "d"}}}
}

// drawClaims makes a block of any claims: values of any bytes, empty lists, few and many
// distinct codes.
func drawClaims(t *rapid.T, base *schemas.Base, n int) *schemas.ClaimBlock {
	b := schemas.NewClaimBlock(base)
	text := rapid.SampledFrom([]string{"", "a", "甲", "seven77", "eight888", "\x00\xff", strings.Repeat("x", 300)})
	for i := range n {
		b.Key.AppendString(fmt.Sprintf("k%d", rapid.IntRange(0, 5).Draw(t, "key")))
		b.KeyHash = append(b.KeyHash, rapid.Uint64().Draw(t, "hash"))
		b.Delivery = append(b.Delivery, schemas.DeliveryID(rapid.Uint64().Draw(t, "delivery")))
		b.Position = append(b.Position, uint64(i))
		b.Event = append(b.Event, schemas.EventTime(rapid.Uint64().Draw(t, "event")))
		b.RowHash = append(b.RowHash, rapid.Uint64().Draw(t, "row"))
		b.Gone = append(b.Gone, rapid.Bool().Draw(t, "gone"))
		for k := range base.Items {
			b.States = append(b.States, "vnuwx-"[rapid.IntRange(0, 5).Draw(t, "state")])
			switch base.Items[k].Type {
			case schemas.TypeText, schemas.TypeCode:
				b.Items[k].Text.AppendString(text.Draw(t, "text"))
			case schemas.TypeDate:
				b.Items[k].Int = append(b.Items[k].Int, int64(rapid.Uint32().Draw(t, "day")))
			default:
				b.Items[k].Int = append(b.Items[k].Int, rapid.Int64().Draw(t, "number"))
			}
		}
		b.Failed.Append(rapid.SliceOfN(text, 0, 3).Draw(t, "failed")...)
		b.Raw.AppendString("r\x1f")
	}
	return b
}

// encode is the Native block of some columns, decoded again into others.
func recode(t *rapid.T, rows int, in []proto.InputColumn, out []named) {
	var buf proto.Buffer
	if err := (proto.Block{Columns: len(in), Rows: rows}).EncodeRawBlock(&buf, 0, in); err != nil {
		t.Fatal(err)
	}
	err := decodeBlocks(bytes.NewReader(buf.Buf), out, func(n int) error {
		if n != rows {
			t.Errorf("%d rows, want %d", n, rows)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestClaimsRoundTrip(t *testing.T) {
	base := testBase()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 400).Draw(t, "rows")
		b := drawClaims(t, base, n)
		got := schemas.NewClaimBlock(base)
		in := newClaimColumns(base).input(b, nil)
		recode(t, n, in[1:], newClaimColumns(base).result(got, true))
		for i := range n {
			if d := cmp.Diff(rowOf(b, i), rowOf(got, i)); d != "" {
				t.Fatalf("row %d: %s", i, d)
			}
		}
	})
}

func rowOf(b *schemas.ClaimBlock, i int) []string {
	out := []string{string(b.Key.At(i)), fmt.Sprint(b.KeyHash[i], b.Delivery[i], b.Position[i], b.Event[i], b.RowHash[i], b.Gone[i]),
		string(b.StatesOf(i)), fmt.Sprintf("%q", b.Failed.At(i))}
	for k := range b.Items {
		if b.Base.Items[k].Type.Textual() {
			out = append(out, string(b.Items[k].Text.At(i)))
		} else {
			out = append(out, fmt.Sprint(b.Items[k].Int[i]))
		}
	}
	return out
}

// TestTruncatedBlocks cuts an answer at every byte: only whole blocks end without an error.
func TestTruncatedBlocks(t *testing.T) {
	base := testBase()
	var whole []byte
	rapid.Check(t, func(t *rapid.T) {
		b := drawClaims(t, base, 3)
		in := newClaimColumns(base).input(b, nil)
		var buf proto.Buffer
		if err := (proto.Block{Columns: len(in) - 1, Rows: 3}).EncodeRawBlock(&buf, 0, in[1:]); err != nil {
			t.Fatal(err)
		}
		whole = buf.Buf
	})
	for cut := range whole {
		err := decodeBlocks(bytes.NewReader(whole[:cut]), newClaimColumns(base).result(schemas.NewClaimBlock(base), true), func(int) error { return nil })
		if (err == nil) != (cut == 0) {
			t.Fatalf("cut at %d of %d: error %v", cut, len(whole), err)
		}
	}
	// An exception behind the blocks is told by number and kind, without its text.
	tail := append(append([]byte(nil), whole...), "\r\nCode: 241. DB::Exception: 赵某 exceeded. (MEMORY_LIMIT_EXCEEDED)"...)
	err := decodeBlocks(bytes.NewReader(tail), newClaimColumns(base).result(schemas.NewClaimBlock(base), true), func(int) error { return nil })
	if Code(err) != 241 || strings.Contains(err.Error(), "赵某") {
		t.Errorf("exception: %v", err)
	}
}

func openTest(t testing.TB) (*Store, *schemas.Catalogue) {
	t.Helper()
	ep := conntest.Warehouse(t)
	s, err := Open(t.Context(), Config{URL: ep.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c := testCatalogue()
	if err := s.Migrate(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return s, c
}

// TestMigrate: a new item is a new column and old claims are silent about it; a changed type,
// a dropped item and an item in another place are refused.
func TestMigrate(t *testing.T) {
	s, c := openTest(t)
	base := c.Bases[0]
	spec := connectors.AppendSpec{Base: base, Feed: c.Feeds[0], Delivery: 7}
	app, err := s.Append(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	rec := schemas.NewRecord(base, 1)
	rec.Begin()
	rec.Key, rec.States[0], rec.Text[0] = []byte("k"), schemas.Valued, []byte("甲")
	b := schemas.NewClaimBlock(base)
	b.AppendRecord(rec, schemas.Ref{Delivery: 7, Position: 1}, 9, 9)
	b.Raw.AppendString("k")
	if err := errors.Join(app.Claims(b), app.Close(true)); err != nil {
		t.Fatal(err)
	}
	wider := testCatalogue()
	wider.Bases[0].Items = append(wider.Bases[0].Items, schemas.Item{Name: "phone", Title: "电话", Type: schemas.TypeText})
	changes, err := s.Changes(t.Context(), wider)
	if err != nil || len(changes) != 4 {
		t.Errorf("changes %q, error %v", changes, err)
	}
	if err := s.Migrate(t.Context(), wider); err != nil {
		t.Fatal(err)
	}
	if err := s.Exec(t.Context(), "SELECT h.phone, t.phone FROM blocks.history AS h, blocks.thing AS t FORMAT Null"); err != nil {
		t.Errorf("views: %v", err)
	}
	q := connectors.ScanSpec{Base: wider.Bases[0], Range: schemas.Range{Last: 255}, Touched: schemas.Touched{Hashes: []uint64{9}}}
	for got, err := range s.Scan(t.Context(), q) {
		if err != nil || got.Len() != 1 || string(got.StatesOf(0)) != "v-----" {
			t.Errorf("scan: %v, states %q", err, got.States)
		}
	}
	if err := s.Migrate(t.Context(), c); err == nil || !strings.Contains(err.Error(), "phone is stored but no longer declared") {
		t.Errorf("dropped item: %v", err)
	}
	wider.Bases[0].Items[5].Type = schemas.TypeInteger
	if err := s.Migrate(t.Context(), wider); err == nil || !strings.Contains(err.Error(), "phone is String") {
		t.Errorf("changed type: %v", err)
	}
	for what, at := range map[string]int{"kind is number 3 of the base and stored as number 2": 1, "name is number 2 of the base and stored as number 1": 0} {
		moved := testCatalogue()
		moved.Bases[0].Items = slices.Insert(moved.Bases[0].Items, at, schemas.Item{Name: "phone", Title: "电话", Type: schemas.TypeText})
		if _, err := s.Changes(t.Context(), moved); err == nil || !strings.Contains(err.Error(), what) || !strings.Contains(connectors.HintOf(err), "at the end") {
			t.Errorf("a new item in front of others: %v, want %q", err, what)
		}
	}
	swapped := testCatalogue()
	items := append(swapped.Bases[0].Items, schemas.Item{Name: "phone", Title: "电话", Type: schemas.TypeText})
	items[3], items[4] = items[4], items[3]
	swapped.Bases[0].Items = items
	if err := s.Migrate(t.Context(), swapped); err == nil || !strings.Contains(err.Error(), "item count is number 5 of the base and stored as number 4") {
		t.Errorf("items that changed places: %v", err)
	}
	if err := s.Exec(context.Background(), "DROP DATABASE blocks SYNC"); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"blocks", "blocks_staged"} {
		if err := s.Exec(context.Background(), "DROP TABLE claim."+table+" SYNC"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLease: one holder at a time; a lease whose time or process is over is taken over.
func TestLease(t *testing.T) {
	s, _ := openTest(t)
	_, release, err := s.Lease(t.Context(), "r1", "f")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Lease(t.Context(), "r2", "f"); connectors.CodeOf(err) != connectors.Denied {
		t.Errorf("second lease: %v", err)
	}
	_, other, err := s.Lease(t.Context(), "r2", "g")
	if err != nil {
		t.Errorf("another feed: %v", err)
	}
	other()
	release()
	gone := self("r3")
	gone.pid, gone.born = 1<<22-1, "1"
	if err := s.Exec(t.Context(), "CREATE TABLE ops.lease_f (unused UInt8) ENGINE = Memory COMMENT "+schemas.Quote(gone.String())); err != nil {
		t.Fatal(err)
	}
	_, release, err = s.Lease(t.Context(), "r4", "f")
	if err != nil {
		t.Fatalf("lease of a dead process: %v", err)
	}
	release()
}
