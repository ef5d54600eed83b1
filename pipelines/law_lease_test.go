package pipelines_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
	"jiku/pipelines"
	"jiku/schemas"
)

// paused starts a run of some feeds that stops in the middle of ingesting until it is let go.
func paused(t *testing.T, c pipelines.Config, feeds ...string) (letGo func() error) {
	t.Helper()
	c.Feeds = feeds
	return pausedAt(t, "ingest", c, pipelines.Run)
}

// pausedAt starts work that stops where it first tells of a stage until it is let go.
func pausedAt(t *testing.T, stage string, c pipelines.Config, do func(context.Context, pipelines.Config) (*pipelines.Report, error)) (letGo func() error) {
	t.Helper()
	reached, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	var once sync.Once
	c.Watch = func(p pipelines.Progress) {
		if p.Stage == stage {
			once.Do(func() { close(reached); <-release })
		}
	}
	go func() {
		_, err := do(context.Background(), c)
		done <- err
	}()
	select {
	case <-reached:
	case err := <-done:
		t.Fatalf("the work ends before its stage %s: %v", stage, err)
	}
	return func() error { close(release); return <-done }
}

// TestLease runs two runs at once: on one feed the second is refused with a message that
// says who has it and what to do; other feeds can be loaded meanwhile; after the first has
// ended its feed can be loaded again. The content is that of one run.
func TestLease(t *testing.T) {
	cat, landing := shops(t, 64<<20), t.TempDir()
	files(t, landing, map[string]string{
		"market_20261101.csv": "code,name,phone\nS1,甲店,11\nS2,乙店,12\n",
		"tax_20261101.csv":    "code,op,name,staff\nS1,,甲店,1\nS3,,丙店,3\n",
		"visit_20261101.csv":  "code,at,name,phone,staff\nS1,2026-11-01,丁店,13,2\n"})
	reference := connectors.NewMemory()
	mustRun(t, config(t, cat, reference, landing))
	want := content(t, cat, reference)
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		c := config(t, cat, store, landing)
		c.Runner = runner
		letGo := paused(t, c, "market")

		second := c
		second.Feeds = []string{"market"}
		_, err := pipelines.Run(context.Background(), second)
		if connectors.CodeOf(err) != connectors.Denied || connectors.HintOf(err) == "" {
			t.Errorf("a second run on the feed gives %v with hint %q, want an error with code denied and a hint", err, connectors.HintOf(err))
		}
		second.Feeds = nil
		if _, err := pipelines.Run(context.Background(), second); connectors.CodeOf(err) != connectors.Denied {
			t.Errorf("a second run on all feeds gives %v, want an error with code denied", err)
		}
		second.Feeds = []string{"tax"}
		mustRun(t, second)
		second.Feeds = []string{"visit"}
		mustRun(t, second)

		if err := letGo(); err != nil {
			t.Fatalf("the first run: %v", err)
		}
		second.Feeds = []string{"market"}
		idle := mustRun(t, second)
		if len(idle.Deliveries) != 1 || idle.Deliveries[0].Action != pipelines.Repeat {
			t.Errorf("after the first run ended: %+v, want one repeat", idle.Deliveries)
		}
		same(t, "two runs at once", want, content(t, cat, store))
	})
}

// TestSleeper stops a run in the middle (a laptop closed, a machine frozen) until its leases
// are over and another run has done its work, and wakes it. The sleeper cannot judge a
// delivery any more, and what it computed from older facts loses: the content is that of an
// undisturbed run.
func TestSleeper(t *testing.T) {
	cat, landing := demo(t)
	want := demoContent(t)
	ep := conntest.Warehouse(t)
	for _, stage := range []string{"ingest", "reconcile"} {
		s := openStore(t)
		sleeper := spawn(t, ep, landing, pipelines.Straight)
		if !sleeper.until(stage) {
			t.Fatalf("the run ends before %s: %s", stage, sleeper.said)
		}
		if err := sleeper.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		expire(t, s)
		if said := spawn(t, ep, landing, pipelines.Straight).wait(); said != "done" {
			t.Errorf("stopped at %s: the other run: %s", stage, said)
		}
		if err := sleeper.cmd.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		said := sleeper.wait()
		if stage == "ingest" && (!strings.HasPrefix(said, "error:") || !strings.Contains(said, "its lease is over")) {
			t.Errorf("stopped at %s: the sleeper ends with %q, want an error about its lease", stage, said)
		}
		if said := spawn(t, ep, landing, pipelines.Straight).wait(); said != "done" {
			t.Errorf("stopped at %s: the last run: %s", stage, said)
		}
		same(t, "a sleeper stopped at "+stage, want, whole(t, cat, s))
		if n := conserve(t, config(t, cat, s, landing), s); n != 26 {
			t.Errorf("%d deliveries, want 26", n)
		}
		leftovers(t, s)
	}
}

// expire ends all leases.
func expire(t *testing.T, s *clickhouse.Store) {
	t.Helper()
	var leases []struct {
		Name    string `ch:"name"`
		Comment string `ch:"comment"`
	}
	if err := s.Select(t.Context(), &leases, "SELECT name, comment FROM system.tables WHERE database = 'ops' AND startsWith(name, 'lease_')"); err != nil {
		t.Fatal(err)
	}
	if len(leases) == 0 {
		t.Fatal("the run has no lease")
	}
	for _, l := range leases {
		f := strings.Fields(l.Comment)
		f[len(f)-1] = "1"
		if err := s.Exec(t.Context(), "ALTER TABLE ops."+l.Name+" MODIFY COMMENT "+schemas.Quote(strings.Join(f, " "))); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTogether lets runs of one feed each start at the same moment, again and again, with
// new deliveries. Themes, findings and scores are computed from what all of them published,
// and the run after them has nothing to do.
func TestTogether(t *testing.T) {
	cat, landing := shops(t, 64<<20), t.TempDir()
	reference := connectors.NewMemory()
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		for round := range 3 {
			day := fmt.Sprintf("2026110%d", round+1)
			files(t, landing, map[string]string{
				"market_" + day + ".csv": fmt.Sprintf("code,name,phone\nS1,甲店%d,11\nS2,乙店,12\n", round),
				"tax_" + day + ".csv":    fmt.Sprintf("code,op,name,staff\nS1,,甲店,%d\nS3,,丙店,3\n", round),
				"visit_" + day + ".csv":  fmt.Sprintf("code,at,name,phone,staff\nS1,2026-11-0%d,丁店,13,2\n", round+1)})
			mustRun(t, config(t, cat, reference, landing))
			c := config(t, cat, store, landing)
			c.Runner = runner
			var group sync.WaitGroup
			errs := make([]error, 3)
			for i, feed := range []string{"market", "tax", "visit"} {
				one := c
				one.Feeds = []string{feed}
				group.Go(func() { _, errs[i] = pipelines.Run(context.Background(), one) })
			}
			group.Wait()
			if err := errors.Join(errs...); err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
			same(t, fmt.Sprintf("round %d together", round), content(t, cat, reference), content(t, cat, store))
			plan, err := pipelines.DryRun(context.Background(), c)
			if err != nil {
				t.Fatal(err)
			}
			if plan.Pending() {
				t.Errorf("round %d: after all runs there is still work: %+v", round, plan.Bases)
			}
		}
	})
}

// TestClocks writes events whose clocks contradict their order: a judgement made later
// counts, whatever its writer's clock says, and a publication that did not see it does not
// hide it.
func TestClocks(t *testing.T) {
	cat, landing := shops(t, 64<<20), t.TempDir()
	files(t, landing, map[string]string{"market_20261101.csv": "code,name,phone\nS1,甲店,11\n"})
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		c := config(t, cat, store, landing)
		c.Runner = runner
		mustRun(t, c)
		list, err := store.Deliveries(t.Context(), "market")
		if err != nil || len(list) != 1 || list[0].Last != schemas.Accepted || !list[0].Published {
			t.Fatalf("after a run: %+v, %v", list, err)
		}
		d := list[0]
		ctx, release, err := store.Lease(t.Context(), "behind", "market")
		if err != nil {
			t.Fatal(err)
		}
		defer release()
		event := schemas.DeliveryEvent{Delivery: d.ID, Feed: "market", Event: schemas.Revoked, Seq: d.Events + 1, At: time.Now().Add(-time.Hour), Run: "behind"}
		late := schemas.DeliveryEvent{Delivery: d.ID, Feed: "market", Event: schemas.Published, Seq: d.Events, At: time.Now().Add(time.Hour), Run: "ahead"}
		if err := store.Record(ctx, event, late); err != nil {
			t.Fatal(err)
		}
		if list, err = store.Deliveries(t.Context(), "market"); err != nil || list[0].Last != schemas.Revoked || list[0].Published {
			t.Errorf("after a revocation by a clock behind: %+v, %v; want revoked and not published", list, err)
		}
		event.Run, event.Seq = "nobody", event.Seq+1
		if err := store.Record(ctx, event); connectors.CodeOf(err) != connectors.Denied {
			t.Errorf("a judgement without the lease gives %v, want code denied", err)
		}
	})
}

// lateSwap is a store on which a run computes its first theme and then waits before it shows it.
type lateSwap struct {
	*clickhouse.Store
	once          sync.Once
	computed, now chan struct{}
}

// Exec implements connectors.Querier.
func (l *lateSwap) Exec(ctx context.Context, sql string) error {
	if strings.HasPrefix(sql, "EXCHANGE TABLES theme_") {
		l.once.Do(func() { close(l.computed); <-l.now })
	}
	return l.Store.Exec(ctx, sql)
}

// TestTogetherWhole loads the small city by two runs at once, of half of its feeds each. One
// computes a theme, the other publishes, and only then the first may show what it computed.
// Themes, findings across bases and scores are those of an undisturbed run all the same,
// without another run after them.
func TestTogetherWhole(t *testing.T) {
	cat, landing := demo(t)
	want := demoContent(t)
	s := openStore(t)
	var halves [2][]string
	for i, f := range cat.Feeds {
		halves[i%2] = append(halves[i%2], f.Name)
	}
	early := &lateSwap{Store: s, computed: make(chan struct{}), now: make(chan struct{})}
	ended := [2]chan error{make(chan error, 1), make(chan error, 1)}
	for i, store := range []connectors.Store{early, s} {
		c := config(t, cat, store, landing)
		c.Feeds = halves[i]
		go func() { _, err := pipelines.Run(context.Background(), c); ended[i] <- err }()
		if i == 0 {
			select {
			case <-early.computed:
			case err := <-ended[0]:
				t.Fatalf("the first run ends before it shows a theme: %v", err)
			}
		}
	}
	select {
	case err := <-ended[1]:
		t.Errorf("the second run ends (%v) while the first is in its turn", err)
		ended[1] <- err
	case <-time.After(5 * time.Second): // The second run has long published, and waits.
	}
	close(early.now)
	for i := range ended {
		if err := <-ended[i]; err != nil {
			t.Fatalf("run %d: %v", i, err)
		}
	}
	same(t, "two runs at once", want, whole(t, cat, s))
}
