package pipelines_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// rebuild is Rebuild of all bases in the form of Run.
func rebuild(ctx context.Context, c pipelines.Config) (*pipelines.Report, error) {
	return pipelines.Rebuild(ctx, c)
}

// week is what the three feeds of the shops deliver in a week.
func week(n int) map[string]string {
	day := fmt.Sprintf("2026110%d", n)
	return map[string]string{
		"market_" + day + ".csv": fmt.Sprintf("code,name,phone\nS1,甲店%d,11\nS2,乙店,12\nS4,丁店,1%d\n", n, n),
		"tax_" + day + ".csv":    fmt.Sprintf("code,op,name,staff\nS1,,甲店,%d\nS3,,丙店,3\nS%d,,新店,1\n", n, 4+n),
		"visit_" + day + ".csv":  fmt.Sprintf("code,at,name,phone,staff\nS1,2026-11-0%d,丁店,13,2\n", n)}
}

// finished checks that nothing is left to do.
func finished(t *testing.T, c pipelines.Config) {
	t.Helper()
	plan, err := pipelines.DryRun(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Pending() {
		t.Errorf("there is still work: %+v", plan.Bases)
	}
}

// TestRebuild damages the golden table in several ways; a rebuild that finds no landing
// folder makes all of it whole again.
func TestRebuild(t *testing.T) {
	cat, landing := shops(t, 64<<20), t.TempDir()
	files(t, landing, week(1))
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		c := config(t, cat, store, landing)
		c.Runner = runner
		mustRun(t, c)
		see := func() []string {
			if s, ok := store.(*clickhouse.Store); ok {
				return whole(t, cat, s)
			}
			return content(t, cat, store)
		}
		want := see()
		damages := []string{"", "TRUNCATE TABLE shops.golden", "DELETE FROM shops.golden WHERE key IN ('S1', 'S3')",
			"ALTER TABLE shops.golden UPDATE name = '错店' WHERE 1 SETTINGS mutations_sync = 2"}
		c.Env.Landing = filepath.Join(landing, "nowhere")
		for _, damage := range damages {
			if s, ok := store.(*clickhouse.Store); ok && damage != "" {
				if err := s.Exec(t.Context(), damage); err != nil {
					t.Fatal(err)
				}
				if lost := only(want, see()); len(lost) == 0 {
					t.Fatalf("%s damages nothing", damage)
				}
			}
			r, err := pipelines.Rebuild(t.Context(), c, "shops")
			if err != nil {
				t.Fatalf("after %q: %v", damage, err)
			}
			if len(r.Deliveries) != 0 || len(r.Bases) != 1 || r.Bases[0].Reconciled != 5 || r.Bases[0].Golden != 5 {
				t.Errorf("after %q: the report says %+v, want no delivery and 5 rows", damage, r)
			}
			same(t, "rebuilt after "+damage, want, see())
		}
		runs, err := store.Runs(t.Context(), 1)
		if err != nil || len(runs) != 1 || !strings.Contains(string(runs[0].Summary), `"rebuilt":["shops"]`) {
			t.Errorf("the log of runs says %s, %v; want that shops was rebuilt", runs[0].Summary, err)
		}
		if s, ok := store.(*clickhouse.Store); ok {
			leftovers(t, s)
		}
		c.Env.Landing = landing
		finished(t, c)
		if _, err := pipelines.Rebuild(t.Context(), c, "shop"); err == nil || !strings.Contains(err.Error(), "known are shops") {
			t.Errorf("a base that is unknown: %v", err)
		}
	})
}

// TestRebuildBeside rebuilds while a run takes new deliveries, in both orders and at once:
// the content is that of the run alone.
func TestRebuildBeside(t *testing.T) {
	cat := shops(t, 64<<20)
	orders := map[string]func(t *testing.T, c pipelines.Config) error{
		"the run is inside the rebuild": func(t *testing.T, c pipelines.Config) error {
			letGo := pausedAt(t, "reconcile", c, rebuild)
			mustRun(t, c)
			if _, err := rebuild(context.Background(), c); connectors.CodeOf(err) != connectors.Denied {
				t.Errorf("a second rebuild gives %v, want an error with code denied", err)
			}
			return letGo()
		},
		"the rebuild is inside the run": func(t *testing.T, c pipelines.Config) error {
			letGo := pausedAt(t, "reconcile", c, pipelines.Run)
			_, err := rebuild(context.Background(), c)
			return errors.Join(err, letGo())
		},
		"the rebuild is inside ingest": func(t *testing.T, c pipelines.Config) error {
			letGo := paused(t, c)
			_, err := rebuild(context.Background(), c)
			return errors.Join(err, letGo())
		},
		"both at once": func(_ *testing.T, c pipelines.Config) error {
			var group sync.WaitGroup
			errs := make([]error, 2)
			for i, do := range []func(context.Context, pipelines.Config) (*pipelines.Report, error){pipelines.Run, rebuild} {
				group.Go(func() { _, errs[i] = do(context.Background(), c) })
			}
			group.Wait()
			return errors.Join(errs...)
		},
	}
	names := []string{"the run is inside the rebuild", "the rebuild is inside the run", "the rebuild is inside ingest", "both at once"}
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		reference, landing := connectors.NewMemory(), t.TempDir()
		c := config(t, cat, store, landing)
		c.Runner = runner
		files(t, landing, week(1))
		mustRun(t, c)
		for n, name := range names {
			files(t, landing, week(n+2))
			mustRun(t, config(t, cat, reference, landing))
			if err := orders[name](t, c); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			same(t, name, content(t, cat, reference), content(t, cat, store))
			finished(t, c)
		}
		if s, ok := store.(*clickhouse.Store); ok {
			leftovers(t, s)
		}
	})
}

// TestRebuildOlder starts a run with newer declarations while a rebuild with older ones is at
// work: the rebuild stops, and nothing of it shows.
func TestRebuildOlder(t *testing.T) {
	cat, landing := shops(t, 64<<20), t.TempDir()
	newer := shopsWith(t, 64<<20, "source: market, fallbacks: [tax], checkers: {of: [tax, street], agree: 1}", "source: tax, fallbacks: [market]")
	files(t, landing, week(1))
	reference := connectors.NewMemory()
	mustRun(t, config(t, newer, reference, landing))
	want := content(t, newer, reference)
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		c := config(t, cat, store, landing)
		c.Runner = runner
		mustRun(t, c)
		letGo := pausedAt(t, "reconcile", c, rebuild)
		c.Catalogue = newer
		mustRun(t, c)
		if err := letGo(); err == nil || !strings.Contains(err.Error(), "the declarations were changed by another run") {
			t.Errorf("the rebuild ends with %v, want an error about the declarations", err)
		}
		same(t, "after the rebuild stopped", want, content(t, newer, store))
		mustRun(t, c)
		same(t, "after the next run", want, content(t, newer, store))
		if s, ok := store.(*clickhouse.Store); ok {
			leftovers(t, s)
		}
		finished(t, c)
	})
}

// TestRebuildLaterDay rebuilds on the day on which a phone number turns stale beside a run of
// the day before that ends first: the next run computes what the two left between them.
func TestRebuildLaterDay(t *testing.T) {
	cat := shops(t, 64<<20)
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		landing := t.TempDir()
		files(t, landing, map[string]string{"market_20261101.csv": "code,name,phone\nS1,甲店,11\n", "visit_20261101.csv": "code,at,name,phone,staff\nS1,2026-11-15,丁店,13,2\n"})
		c := config(t, cat, store, landing)
		c.Runner, c.Day = runner, 20261121
		mustRun(t, c)
		late := t.TempDir()
		c.Env.Landing = late
		files(t, late, map[string]string{"tax_20261101.csv": "code,op,name,staff\nS1,,甲店,1\n"})
		after := c
		after.Day = 20261122
		endRun := paused(t, c)
		endRebuild := pausedAt(t, "reconcile", after, rebuild)
		if err := errors.Join(endRun(), endRebuild()); err != nil {
			t.Fatal(err)
		}
		mustRun(t, after)
		lines := goldenLines(content(t, cat, store))
		if len(lines) != 1 || !strings.Contains(lines[0], "甲店|13|2") {
			t.Errorf("the row is %v, want the phone of the visit, since that of the market is stale", lines)
		}
		finished(t, after)
	})
}

// gate is a store that calls before each scan of claims, once the ledger is read.
type gate struct {
	connectors.Store
	scanning func()
	publish  error
}

// Scan implements connectors.ClaimStore.
func (g *gate) Scan(ctx context.Context, q connectors.ScanSpec) iter.Seq2[*schemas.ClaimBlock, error] {
	if g.scanning != nil {
		g.scanning()
	}
	return g.Store.Scan(ctx, q)
}

// Publish implements connectors.GoldenStore.
func (g *gate) Publish(ctx context.Context, run string, base *schemas.Base, rows int64) error {
	if g.publish != nil {
		return g.publish
	}
	return g.Store.Publish(ctx, run, base, rows)
}

// TestRebuildUnpublished lets a run die between acceptance and publication; a rebuild covers
// its deliveries, and says so in the ledger.
func TestRebuildUnpublished(t *testing.T) {
	cat, landing := shops(t, 64<<20), t.TempDir()
	files(t, landing, week(1))
	reference := connectors.NewMemory()
	mustRun(t, config(t, cat, reference, landing))
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		c := config(t, cat, &gate{Store: store, publish: errBroken}, landing)
		c.Runner = runner
		if _, err := pipelines.Run(t.Context(), c); !errors.Is(err, errBroken) {
			t.Fatalf("the run ends with %v", err)
		}
		c.Store = store
		if _, err := rebuild(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		same(t, "after the rebuild", content(t, cat, reference), content(t, cat, store))
		for name, d := range statesOf(t, store) {
			if !d.Published {
				t.Errorf("%s is not published", name)
			}
		}
		finished(t, c)
	})
}

// TestRebuildUnseen lets a delivery come and be held after a rebuild has read the ledger and
// before it scans. The claims that it sees of it are no facts: what is delivered later wins.
func TestRebuildUnseen(t *testing.T) {
	const op = "operation: {column: op, delete: [注销]}\n"
	cat := shopsWith(t, 64<<20, op, op+"gates: {rejects: {strong: 0.1}}\n")
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		landing := t.TempDir()
		files(t, landing, map[string]string{"market_20261101.csv": "code,name,phone\nS1,甲店,11\n", "tax_20261101.csv": "code,op,name,staff\nS1,,甲店,1\n"})
		c := config(t, cat, store, landing)
		c.Runner = runner
		mustRun(t, c)
		var once sync.Once
		slow := c
		slow.Store = &gate{Store: store, scanning: func() {
			once.Do(func() {
				files(t, landing, map[string]string{"tax_20261108.csv": "code,op,name,staff\nS1,,甲店,8\nS1,,乙店,8\nS1,,丙店,8\nS1,,丁店,8\n,,,x\n,,,y\n,,,z\n"})
				mustRun(t, c)
			})
		}}
		if _, err := rebuild(t.Context(), slow); err != nil {
			t.Fatal(err)
		}
		if d := statesOf(t, store)["tax 20261108 r0"]; d.Last != schemas.Held {
			t.Fatalf("the delivery is %s, want held", d.Last)
		}
		files(t, landing, map[string]string{"tax_20261115.csv": "code,op,name,staff\nS1,,甲店,15\n"})
		mustRun(t, c)
		if lines := goldenLines(content(t, cat, store)); len(lines) != 1 || !strings.Contains(lines[0], "甲店|11|15") {
			t.Errorf("the row is %v, want 15 people", lines)
		}
	})
}
