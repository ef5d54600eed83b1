package clickhouse

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas"
)

// TestLedgerView compares what the view ops.delivery says, which people read, with what runs
// go by: receipts and events in any order, with repeats, of slots with several revisions.
func TestLedgerView(t *testing.T) {
	s, _ := openTest(t)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	at := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	var receipts, events [][]any
	for id := uint64(1); id <= 400; id++ {
		slot, revision := 20261101+uint32(id%20), uint32(id/80)
		receipt := []any{id, fmt.Sprintf("feed%d", id%4), slot, uint32(id % 3), revision, "l", "n", int64(id), "d", "s", at, int64(-1), []string{"a"}, "r",
			at.Add(time.Duration(r.IntN(1000)) * time.Millisecond)}
		for range 1 + r.IntN(2) {
			receipts = append(receipts, receipt)
		}
		for seq := range uint32(r.IntN(4)) {
			for range 1 + r.IntN(2) {
				kind := []schemas.Event{schemas.Accepted, schemas.Accepted, schemas.Held, schemas.Revoked}[(id+uint64(seq))%4]
				events = append(events, []any{id, string(kind), seq + 1, at.Add(time.Duration(r.IntN(1000)) * time.Millisecond), "r", int64(seq) + 10,
					int64(seq) + 1, int64(2), int64(3), int64(4), int64(5), int64(6), fmt.Sprint("contract", seq), fmt.Sprint("note", seq)})
			}
		}
		for range r.IntN(3) {
			events = append(events, []any{id, string(schemas.Published), uint32(r.IntN(4)), at, "r", int64(0), int64(0), int64(0), int64(0), int64(0), int64(0), int64(0), "", ""})
		}
	}
	r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	must(s.Insert(ctx, "ops.delivery_receipt", []string{"delivery", "feed", "slot_date", "slot_seq", "revision", "location", "name", "bytes", "digest",
		"stamp", "received", "declared_rows", "columns", "run", "at"}, receipts))
	must(s.Insert(ctx, "ops.delivery_event", []string{"delivery", "event", "seq", "at", "run", "rows", "claims", "rejects", "unchanged", "erased",
		"withdrawals", "doubled", "contract", "note"}, events))
	type row struct {
		Delivery  uint64 `ch:"delivery"`
		Last      string `ch:"last"`
		InForce   uint8  `ch:"in_force"`
		Published uint8  `ch:"published"`
		Facts     uint32 `ch:"facts"`
		Rows      int64  `ch:"rows"`
		Doubled   int64  `ch:"doubled"`
		Contract  string `ch:"contract"`
		Note      string `ch:"note"`
	}
	for _, feed := range []string{"", "feed1", "nobody"} {
		var want []row
		must(s.Select(ctx, &want, `SELECT delivery, last, in_force, published, facts, rows, doubled, contract, note FROM ops.delivery
WHERE '`+feed+`' IN ('', feed) ORDER BY feed, slot_date, slot_seq, revision, delivery`))
		list, err := s.Deliveries(ctx, feed)
		must(err)
		flag := map[bool]uint8{true: 1}
		var got []row
		for _, d := range list {
			got = append(got, row{uint64(d.ID), string(d.Last), flag[d.InForce()], flag[d.Published], d.Events, d.Counts.Rows, d.Counts.Doubled, d.Contract, d.Note})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("feed %q: the view and the fold differ (-view +fold):\n%s", feed, diff)
		}
		if feed == "" && len(got) != 400 {
			t.Errorf("%d deliveries, want 400", len(got))
		}
	}
}
