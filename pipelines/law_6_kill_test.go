package pipelines_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
	"jiku/connectors/warehouse"
	"jiku/pipelines"
)

// TestKilled holds law 6: a run over the small city is killed at random moments, again and
// again, and then runs to its end; the content is that of an undisturbed run. A dead
// process blocks nobody: the next run gets its leases at once.
func TestKilled(t *testing.T) {
	cat, landing := demo(t)
	want := demoContent(t)
	ep := conntest.Warehouse(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 6))
	runners := []pipelines.Runner{pipelines.Prism, pipelines.Straight}
	kills := 0
	for round := 0; kills < 5 && round < 8; round++ {
		s, runner := openStore(t), runners[round%2]
		for _, stages := range [][]string{{"ingest", "ingest", "reconcile"}, {"ingest", "reconcile", "publish", "finish"}} {
			c := spawn(t, ep, landing, runner)
			stage, wait := stages[chance.IntN(len(stages))], time.Duration(chance.IntN(150))*time.Millisecond
			if c.until(stage) {
				time.Sleep(wait)
			}
			killed := c.kill()
			if killed {
				kills++
			}
			t.Logf("%s: killed %t, %v after %s began: %q was the last it said", runner, killed, wait, stage, c.said)
			if strings.HasPrefix(c.said, "error:") {
				t.Errorf("the run fails: %s", c.said)
			}
		}
		if said := spawn(t, ep, landing, runner).wait(); said != "done" {
			t.Fatalf("the last run: %s", said)
		}
		same(t, fmt.Sprintf("killed on %s", runner), want, whole(t, cat, s))
		c := config(t, cat, s, landing)
		if n := conserve(t, c, s); n != 17 {
			t.Errorf("%d deliveries, want 17", n)
		}
		leftovers(t, s)
	}
	if kills < 5 {
		t.Errorf("only %d runs were killed", kills)
	}
}

// leftovers checks that the tables aside of killed runs are gone once a run has ended well.
func leftovers(t *testing.T, s *clickhouse.Store) {
	t.Helper()
	var tables []struct {
		Name string `ch:"name"`
	}
	err := s.Select(t.Context(), &tables, `SELECT concat(database, '.', name) AS name FROM system.tables
WHERE match(name, '_r[0-9]{8}t') OR startsWith(name, 'lease_') OR startsWith(name, 'feed_')`)
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) > 0 {
		t.Errorf("left by killed runs: %v", tables)
	}
}

// TestEngineKilled kills the engine in the middle of a run: the run says so or goes on, and
// the next run, after the engine is started again, ends in the same content.
func TestEngineKilled(t *testing.T) {
	cat, landing := demo(t)
	want := demoContent(t)
	home := t.TempDir()
	o := warehouse.Options{Home: home, Child: filepath.Join(home, "jiku-warehouse"), Memory: "1G", Follow: true}
	if err := conntest.BuildChild(o.Child); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := warehouse.Stop(context.Background(), home); err != nil {
			t.Error(err)
		}
	})
	for i, stage := range []string{"ingest", "reconcile"} {
		ep, err := warehouse.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		c := spawn(t, ep, landing, pipelines.Prism)
		if !c.until(stage) {
			t.Fatalf("the run does not come to %s: %s", stage, c.said)
		}
		time.Sleep(time.Duration(20+100*i) * time.Millisecond)
		if err := syscall.Kill(ep.PID, syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		said := c.wait()
		t.Logf("engine killed in %s: %s", stage, said)
		if said != "done" && !strings.HasPrefix(said, "error:") {
			t.Errorf("the run neither ends well nor says why: %q", said)
		}
	}
	ep, err := warehouse.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if said := spawn(t, ep, landing, pipelines.Prism).wait(); said != "done" {
		t.Fatalf("the run after the engine came back: %s", said)
	}
	s, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	same(t, "after the engine was killed", want, whole(t, cat, s))
}
