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

// TestIngestTasks draws plans: every split is in one task, and a task of several is of one base,
// small, staged or not, and in the order of the plan.
func TestIngestTasks(t *testing.T) {
	const mebi = 1 << 20
	type kind struct {
		base   string
		staged bool
		place  int // In the plan.
	}
	rapid.Check(t, func(t *rapid.T) {
		var (
			plan pipelines.Plan
			want = map[connectors.Split]kind{}
			tiny = map[connectors.Split]bool{}
		)
		for i := range rapid.IntRange(0, 200).Draw(t, "deliveries") {
			feed := rapid.IntRange(i/50, 4).Draw(t, "feed")
			d := pipelines.PlannedDelivery{Delivery: schemas.Delivery{ID: schemas.DeliveryID(i), Feed: fmt.Sprint("f", feed)}, Base: fmt.Sprint("b", feed%2)}
			d.Staged = rapid.Bool().Draw(t, "staged")
			d.Delivery.Bytes = rapid.SampledFrom([]int64{0, 1, 100, mebi, 9 * mebi, 100 * mebi}).Draw(t, "bytes")
			for n := range rapid.SampledFrom([]int{0, 1, 1, 1, 1, 3}).Draw(t, "splits") {
				sp := connectors.Split{Feed: d.Delivery.Feed, Delivery: d.Delivery.ID, Index: n}
				d.Splits = append(d.Splits, pipelines.SplitTask{Split: sp, Delivery: d.Delivery, Staged: d.Staged})
				want[sp] = kind{d.Base, d.Staged, len(want)}
			}
			tiny[connectors.Split{Feed: d.Delivery.Feed, Delivery: d.Delivery.ID}] = len(d.Splits) == 1 && d.Delivery.Bytes <= 100
			plan.Deliveries = append(plan.Deliveries, d)
		}
		alone := map[kind]int{}
		for _, task := range plan.IngestTasks() {
			var bytes int64
			last := -1
			for _, s := range task.Splits {
				k, found := want[s.Split]
				if !found || k.base != task.Base || k.staged != s.Staged || s.Staged != task.Splits[0].Staged || k.place < last {
					t.Fatalf("split %+v, %+v, is in a task of %s that begins with %+v", s.Split, k, task.Base, task.Splits[0])
				}
				last = k.place
				delete(want, s.Split)
				bytes += s.Delivery.Bytes
			}
			if len(task.Splits) == 1 && tiny[task.Splits[0].Split] {
				alone[kind{task.Base, task.Splits[0].Staged, 0}]++
			}
			if n := len(task.Splits); n == 0 || n > 1 && (bytes > 8*mebi || n > 64 || task.Splits[n-1].Split.Index > 0) {
				t.Fatalf("a task of %d splits and %d bytes", n, bytes)
			}
		}
		if len(want) > 0 {
			t.Fatalf("%d splits are in no task", len(want))
		}
		for k, n := range alone {
			if n > 1 {
				t.Fatalf("%d tasks have one tiny split of %+v, which one could have", n, k)
			}
		}
	})
}

// TestFeedsTogether delivers small files of three feeds, of different columns and one of them
// staged the second time, which one worker reads into the same INSERTs: all is as if each feed had
// come by itself. One file has no column of its contract, and is held beside the others.
func TestFeedsTogether(t *testing.T) {
	cat := shops(t, 64<<20)
	days := []map[string]string{{
		"market_20261101.csv": "code,name,phone\nS1,甲店,1001\nS2,乙店,1002\nS3,丙店,1003\n,无号,1\n",
		"tax_20261101.csv":    "code,op,name,staff\nS1,,甲店,1\nS2,,乙商店,two\n,,无号,1\n",
		"tax_20261102.csv":    "code,op,name,staff\nS2,注销,,\nS4,,丁店,4\n",
		"visit_20261101.csv":  "at,code,name,phone,staff\n20261031,S3,丙店,2003,7\n20261031,,无号,1,1\n",
		"visit_20261102.csv":  "somebody,something\n1,2\n",
	}, {
		"market_20261108.csv": "code,name,phone\nS1,甲店,1001\nS3,丙大店,1003\nS5,戊店,1005\n",
		"tax_20261108.csv":    "code,op,name,staff\nS5,,戊店,5\n",
		"visit_20261108.csv":  "at,code,name,phone,staff\n20261107,S5,戊店,2005,\n",
	}}
	landing := t.TempDir()
	apart := connectors.NewMemory()
	for _, day := range days {
		files(t, landing, day)
		for _, feed := range []string{"visit", "tax", "market"} {
			c := config(t, cat, apart, landing)
			c.Feeds = []string{feed}
			mustRun(t, c)
		}
	}
	want := content(t, cat, apart)

	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		landing := t.TempDir()
		for i, day := range days {
			files(t, landing, day)
			c := config(t, cat, store, landing)
			c.Runner = runner
			plan, err := pipelines.DryRun(t.Context(), c)
			if tasks := plan.IngestTasks(); err != nil || len(tasks) != 1+i {
				t.Fatalf("day %d: %d tasks; %v", i, len(tasks), err)
			}
			mustRun(t, c)
		}
		same(t, "together", want, content(t, cat, store))
		if s, ok := store.(*clickhouse.Store); ok {
			var n []struct {
				Rows  uint64 `ch:"n"`
				Wrong uint64 `ch:"wrong"`
			}
			err := s.Select(t.Context(), &n, `SELECT count() AS n, countIf(c.feed != d.feed) AS wrong
FROM (SELECT delivery, feed FROM claim.shops UNION ALL SELECT delivery, feed FROM quality.reject) AS c
INNER JOIN ops.delivery_receipt AS d ON d.delivery = c.delivery`)
			if err != nil || n[0].Rows < 15 || n[0].Wrong > 0 {
				t.Errorf("%+v rows under a feed that they are not of; %v", n, err)
			}
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

// stalls is a second base, with a feed.
const stalls = `-- base/stall.yaml --
base: stalls
entity: stall
title: 摊位库
description: 一行一摊
key: {kind: text, column: code, title: 摊位号}
items:
  - {name: name, title: 摊名, type: text, comparator: exact}
-- authority/stalls.yaml --
authority: stalls
base: stalls
entries:
  - {item: name, source: street, legal_basis: 示例}
-- feeds/stall.yaml --
feed: stall
title: 摊位
department: street
base: stalls
kind: delta
establishes: true
cadence: weekly
legal_basis: 示例
source: {connector: csv, settings: {path: "stall_*.csv"}}
slot: {name: '_(?P<date>\d{8})'}
key:
  - {column: code}
columns:
  - {column: name, item: name}
`

// TestNothingToRead delivers to one base a file that its header condemns, and to another one
// that can be read: the first is held, although no split of its base is read.
func TestNothingToRead(t *testing.T) {
	const themes = "-- themes/shops.yaml --\n"
	cat := shopsWith(t, 64<<20, themes, stalls+themes)
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		landing := t.TempDir()
		files(t, landing, map[string]string{"tax_20261101.csv": "code,op,name,staff\nS1,,甲店,1\n", "stall_20261101.csv": "somebody,something\n1,2\n"})
		c := config(t, cat, store, landing)
		c.Runner = runner
		mustRun(t, c)
		got := statesOf(t, store)
		if tax, stall := got["tax 20261101 r0"].Last, got["stall 20261101 r0"].Last; tax != schemas.Accepted || stall != schemas.Held {
			t.Errorf("tax is %s, stall is %s", tax, stall)
		}
	})
}
