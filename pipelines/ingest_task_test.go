package pipelines_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// TestIngestTasks draws plans: every split is in one task, in the order of the plan, and a task of
// several is of one feed, small, and staged or not.
func TestIngestTasks(t *testing.T) {
	const mebi = 1 << 20
	rapid.Check(t, func(t *rapid.T) {
		var (
			plan pipelines.Plan
			want []connectors.Split
		)
		for i := range rapid.IntRange(0, 200).Draw(t, "deliveries") {
			d := pipelines.PlannedDelivery{Delivery: schemas.Delivery{ID: schemas.DeliveryID(i), Feed: fmt.Sprint("f", rapid.IntRange(i/50, 4).Draw(t, "feed"))}}
			d.Staged = rapid.Bool().Draw(t, "staged")
			d.Delivery.Bytes = rapid.SampledFrom([]int64{0, 1, 100, mebi, 9 * mebi, 100 * mebi}).Draw(t, "bytes")
			for k := range rapid.SampledFrom([]int{0, 1, 1, 1, 1, 3}).Draw(t, "splits") {
				sp := connectors.Split{Feed: d.Delivery.Feed, Delivery: d.Delivery.ID, Index: k}
				d.Splits, want = append(d.Splits, pipelines.SplitTask{Split: sp, Delivery: d.Delivery, Staged: d.Staged}), append(want, sp)
			}
			plan.Deliveries = append(plan.Deliveries, d)
		}
		for _, task := range plan.IngestTasks() {
			var bytes int64
			for _, s := range task.Splits {
				if len(want) == 0 || s.Split != want[0] {
					t.Fatalf("split %+v is not the next one", s.Split)
				}
				if want = want[1:]; s.Split.Feed != task.Feed || s.Staged != task.Splits[0].Staged {
					t.Fatalf("a task of %s, staged %v, has a split of %s, staged %v", task.Feed, task.Splits[0].Staged, s.Split.Feed, s.Staged)
				}
				bytes += s.Delivery.Bytes
			}
			if n := len(task.Splits); n == 0 || n > 1 && (bytes > 8*mebi || n > 64 || task.Splits[n-1].Split.Index > 0) {
				t.Fatalf("a task of %d splits and %d bytes", n, bytes)
			}
		}
		if len(want) > 0 {
			t.Fatalf("%d splits are in no task", len(want))
		}
	})
}

// TestCutOffAmongOthers delivers three files at once, which one worker reads together; the second
// ends early. It is held and leaves nothing, and the others are as if they had come alone.
func TestCutOffAmongOthers(t *testing.T) {
	cat := shopsWith(t, 64<<20, `"tax_*.csv"`, `"tax_*.csv.gz"`)
	whole := func(first int) string {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		fmt.Fprint(w, "code,op,name,staff\n,,无号,1\n")
		for i := range 3000 {
			fmt.Fprintf(w, "S%d,,店铺%d,%d\n", first+i, i*7919%3000, i)
		}
		_ = w.Close()
		return packed.String()
	}
	all := map[string]string{"tax_20261101.csv.gz": whole(0), "tax_20261102.csv.gz": whole(2000)[:9000], "tax_20261103.csv.gz": whole(4000)}
	alone := t.TempDir()
	files(t, alone, map[string]string{"tax_20261101.csv.gz": all["tax_20261101.csv.gz"], "tax_20261103.csv.gz": all["tax_20261103.csv.gz"]})
	fresh := connectors.NewMemory()
	mustRun(t, config(t, cat, fresh, alone))
	want := goldenLines(content(t, cat, fresh))

	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		landing := t.TempDir()
		files(t, landing, all)
		c := config(t, cat, store, landing)
		c.Runner = runner
		plan, err := pipelines.DryRun(t.Context(), c)
		if err != nil || len(plan.IngestTasks()) != 1 {
			t.Fatalf("%d tasks, want one; %v", len(plan.IngestTasks()), err)
		}
		if _, err := pipelines.Run(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		same(t, "beside a file that is cut off", want, goldenLines(content(t, cat, store)))
		var ids []schemas.DeliveryID
		for name, state := range map[string]schemas.Event{"20261101": schemas.Accepted, "20261102": schemas.Held, "20261103": schemas.Accepted} {
			d := statesOf(t, store)["tax "+name+" r0"]
			if ids = append(ids, d.ID); d.Last != state || state == schemas.Accepted && (d.Counts.Claims != 3000 || d.Counts.Rejects != 1) {
				t.Errorf("slot %s is %s with %+v", name, d.Last, d.Counts)
			}
		}
		stored, err := store.Stored(t.Context(), cat.Base("shops"), true, ids...)
		if err != nil || len(stored) != 2 {
			t.Errorf("the store has rows of %d deliveries, want 2; %v", len(stored), err)
		}
		if s, ok := store.(*clickhouse.Store); ok {
			var raw []struct {
				N uint64 `ch:"n"`
			}
			if err := s.Select(t.Context(), &raw, "SELECT count() AS n FROM claim.raw"); err != nil || raw[0].N != 6000 {
				t.Errorf("%d raw rows, want 6000; %v", raw[0].N, err)
			}
		}
	})
}
