package clickhouse

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/schemas"
)

// TestCompare sends snapshots to both stores, slot after slot: rows change, leave, come back and
// stand there twice, two keys have one hash, and the engine has stored blocks twice. What Compare
// counts and Claim writes is what the store in memory says, which goes row by row.
func TestCompare(t *testing.T) {
	s, c := openTest(t)
	base, feed := c.Bases[0], c.Feeds[0]
	for seed := range uint64(4) {
		memory, r := connectors.NewMemory(), rand.New(rand.NewPCG(seed, 1))
		var before []schemas.DeliveryID
		for slot := range uint64(4) {
			to := connectors.AppendSpec{Base: base, Feed: feed, Delivery: schemas.DeliveryID(1000 + seed*10 + slot), Staged: slot > 0}
			spec := connectors.Comparison{Predecessors: before, Event: 20261101000000 + schemas.EventTime(slot)}
			rows := snapshot(r, base, to.Delivery)
			appendRows(t, memory, to, rows, 1)
			appendRows(t, s, to, rows, 1+r.IntN(2))
			if to.Staged {
				want, err1 := memory.Compare(t.Context(), to, spec)
				got, err2 := s.Compare(t.Context(), to, spec)
				if d := gocmp.Diff(want, got); d != "" || errors.Join(err1, err2) != nil {
					t.Errorf("seed %d, slot %d: counts (-memory +engine): %s%v", seed, slot, d, errors.Join(err1, err2))
				}
				spec.Counted = got
				// A try that broke off left a raw row alone.
				if err := s.Exec(t.Context(), fmt.Sprintf("INSERT INTO claim.raw SELECT %d, 1099511627776, 'left'", to.Delivery)); err != nil {
					t.Fatal(err)
				}
				for range 1 + r.IntN(2) { // An answer that was lost.
					err2 = s.Claim(t.Context(), to, spec)
				}
				if err := errors.Join(memory.Claim(t.Context(), to, spec), err2, s.Discard(t.Context(), to)); err != nil {
					t.Fatal(err)
				}
			}
			want, got := claimsOf(t, memory, to), claimsOf(t, s, to)
			if d := gocmp.Diff(want, got); d != "" {
				t.Errorf("seed %d, slot %d: claims (-memory +engine): %s", seed, slot, d)
			}
			var raw []struct {
				Position uint64 `ch:"position"`
			}
			if err := s.Select(t.Context(), &raw, fmt.Sprintf("SELECT DISTINCT position FROM claim.raw WHERE delivery = %d", to.Delivery)); err != nil {
				t.Fatal(err)
			}
			if n := len(slices.DeleteFunc(got, func(c string) bool { return c[0] == '-' })); n != len(raw) {
				t.Errorf("seed %d, slot %d: %d raw rows of %d claims", seed, slot, len(raw), n)
			}
			before = append(before, to.Delivery)
		}
	}
}

// snapshot is a block of rows of up to ten keys.
func snapshot(r *rand.Rand, base *schemas.Base, id schemas.DeliveryID) *schemas.ClaimBlock {
	b := schemas.NewClaimBlock(base)
	rec := schemas.NewRecord(base, 1)
	position := uint64(0)
	for k := range uint64(10) {
		for range []int{0, 1, 1, 1, 1, 2}[r.IntN(6)] {
			rec.Begin()
			rec.Key, rec.States[0], rec.Text[0] = fmt.Append(nil, "k", k), schemas.Valued, []byte("甲")
			b.AppendRecord(rec, schemas.Ref{Delivery: id, Position: position}, k/2, 40+uint64(r.IntN(2)))
			b.Raw.AppendString("k")
			position += 7
		}
	}
	return b
}

func appendRows(t testing.TB, s connectors.ClaimStore, to connectors.AppendSpec, b *schemas.ClaimBlock, times int) {
	t.Helper()
	for range times {
		app, err := s.Append(t.Context(), to)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(app.Claims(b), app.Close(true)); err != nil {
			t.Fatal(err)
		}
	}
}

// claimsOf are the claims of a delivery, each once; those that withdraw begin with a minus.
func claimsOf(t *testing.T, s connectors.ClaimStore, of connectors.AppendSpec) []string {
	t.Helper()
	var out []string
	q := connectors.ScanSpec{Base: of.Base, Range: schemas.Range{Last: 255}, Touched: schemas.Touched{Deliveries: []schemas.DeliveryID{of.Delivery}}}
	for b, err := range s.Scan(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Len() {
			if b.Delivery[i] == of.Delivery {
				out = append(out, fmt.Sprint(map[bool]string{true: "-", false: "+"}[b.Gone[i]], b.Position[i], string(b.Key.At(i)), b.KeyHash[i], b.Event[i], string(b.StatesOf(i))))
			}
		}
	}
	slices.SortFunc(out, cmp.Compare[string])
	return slices.Compact(out)
}

// BenchmarkCompare counts a snapshot of 262,144 rows against its predecessor, of which a
// hundredth has changed or all have.
func BenchmarkCompare(b *testing.B) {
	for _, changed := range []int{1, 100} {
		b.Run(fmt.Sprintf("changed=%d%%", changed), func(b *testing.B) {
			s, c := openTest(b)
			base := c.Bases[0]
			to := connectors.AppendSpec{Base: base, Feed: c.Feeds[0], Delivery: 7}
			shape := benchShape{items: 1, text: 9, codes: 4}
			for _, id := range []schemas.DeliveryID{7, 8} {
				to.Delivery, to.Staged = id, id == 8
				appendRows(b, s, to, comparedRows(shape, base, id, changed), 1)
			}
			for b.Loop() {
				got, err := s.Compare(b.Context(), to, connectors.Comparison{Predecessors: []schemas.DeliveryID{7}})
				if err != nil || got.Rows != 4*benchBlock || got.Unchanged > got.Rows {
					b.Fatal(got, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(4*benchBlock), "ns/row")
		})
	}
}

func comparedRows(shape benchShape, base *schemas.Base, id schemas.DeliveryID, changed int) *schemas.ClaimBlock {
	one, all := shape.claims(base), schemas.NewClaimBlock(base)
	for n := range 4 {
		for i := range one.Len() {
			at := all.Len()
			all.AppendRow(one, i)
			all.Key.Truncate(at)
			all.Key.AppendString(fmt.Sprintf("39010119650430%06d", at))
			all.KeyHash[at], all.Delivery[at], all.Position[at] = spread(at), id, uint64(at)*110
			if id == 8 && at%100 < changed {
				all.RowHash[at] += 1 + uint64(n)
			}
			all.Raw.AppendString("k")
		}
	}
	return all
}
