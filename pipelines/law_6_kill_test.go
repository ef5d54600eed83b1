package pipelines_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
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
	seed, need := killSeed(t), killCount(t, 5)
	chance := rand.New(rand.NewPCG(seed, 6))
	runners := []pipelines.Runner{pipelines.Prism, pipelines.Straight}
	kills := 0
	for round := 0; kills < need && round < need+3; round++ {
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
		if n := conserve(t, c, s); n != 26 {
			t.Errorf("%d deliveries, want 26", n)
		}
		leftovers(t, s)
	}
	if kills < need {
		t.Errorf("only %d runs were killed", kills)
	}
}

// killsEnv asks for more kills than the few of make test; killSeedEnv repeats those of a
// seed that a test has logged, as far as timing lets it.
const killsEnv, killSeedEnv = "JIKU_KILLS", "JIKU_KILL_SEED"

func killCount(t *testing.T, few int) int {
	t.Helper()
	text := os.Getenv(killsEnv)
	if text == "" {
		return few
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("read %s: %v", killsEnv, err)
	}
	return n
}

func killSeed(t *testing.T) uint64 {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv(killSeedEnv); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("read %s: %v", killSeedEnv, err)
		}
	}
	t.Logf("seed %d (%s=%d repeats it)", seed, killSeedEnv, seed)
	return seed
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

// TestKilledAtPoints kills a run at each point between two durable steps; the next run ends
// in the content of an undisturbed one.
func TestKilledAtPoints(t *testing.T) {
	cat, landing := demo(t)
	want := demoContent(t)
	ep := conntest.Warehouse(t)
	for i, c := range []struct {
		point string
		nth   int64
	}{
		{afterAppend, 4}, {afterAccept, 26}, {whileStaging, 2}, {afterPublish, 1},
	} {
		t.Run(c.point, func(t *testing.T) {
			s, runner := openStore(t), []pipelines.Runner{pipelines.Prism, pipelines.Straight}[i%2]
			dead := start(t, ep, childTask{Landing: landing, Runner: runner, Point: c.point, Nth: c.nth})
			if said := dead.wait(); said == "done" || strings.HasPrefix(said, "error:") {
				t.Fatalf("the run does not die there: %s", said)
			}
			if said := spawn(t, ep, landing, runner).wait(); said != "done" {
				t.Fatalf("the next run: %s", said)
			}
			same(t, c.point, want, whole(t, cat, s))
			leftovers(t, s)
		})
	}
}

// engineOfOwn starts an engine in a home of a test's own, which may be killed.
func engineOfOwn(t *testing.T, home string) (warehouse.Options, warehouse.Endpoint) {
	t.Helper()
	o := warehouse.Options{Home: home, Child: filepath.Join(t.TempDir(), "jiku-warehouse"), Memory: "1G", Follow: true}
	if err := conntest.BuildChild(o.Child); err != nil {
		t.Fatal(err)
	}
	ep, err := warehouse.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := warehouse.Stop(context.Background(), home); err != nil {
			t.Error(err)
		}
	})
	return o, ep
}

// TestEngineKilled kills the engine at random moments of a run, again and again: the run
// starts it anew and ends in the content of an undisturbed one, without another run.
func TestEngineKilled(t *testing.T) {
	cat, landing := demo(t)
	want := demoContent(t)
	seed, kills := killSeed(t), killCount(t, 2)
	chance := rand.New(rand.NewPCG(seed, 7))
	o, ep := engineOfOwn(t, t.TempDir())
	for done, round := 0, 0; done < kills && round < kills+3; round++ {
		empty(t, ep)
		c := start(t, ep, childTask{Landing: landing, Runner: []pipelines.Runner{pipelines.Prism, pipelines.Straight}[round%2], Home: o.Home, Program: o.Child})
		for _, stage := range [][]string{{"ingest"}, {"ingest", "reconcile"}, {"reconcile", "finish"}}[chance.IntN(3)] {
			wait := time.Duration(chance.IntN(300)) * time.Millisecond
			if !c.until(stage) {
				break
			}
			time.Sleep(wait)
			st, err := warehouse.Inspect(t.Context(), o.Home)
			if err != nil {
				t.Fatal(err)
			}
			if st.PID == 0 || syscall.Kill(st.PID, syscall.SIGKILL) != nil {
				continue // It is down already and the run has not come to need it.
			}
			done++
			t.Logf("kill %d of %d: the engine, %v after %s began", done, kills, wait, stage)
		}
		if said := c.wait(); said != "done" {
			t.Fatalf("the run that lost its engine: %s", said)
		}
		var err error
		if ep, err = warehouse.Open(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		s, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "after the engine was killed", want, whole(t, cat, s))
		s.Close()
	}
}

// empty drops all that runs have made on an engine.
func empty(t *testing.T, ep warehouse.Endpoint) {
	t.Helper()
	s, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dropAll(t, s)
}
