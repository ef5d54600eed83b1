package pipelines_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
	"jiku/pipelines"
	"jiku/schemas"
)

// TestNothingPersonalShows holds law 8: runs over marked deliveries, good, held, unreadable
// and failing ones, and no mark in any log line at any level, report, plan, error, table of
// ops, comment of a table, query text, file name, log of the engine or command line.
func TestNothingPersonalShows(t *testing.T) {
	cat, from := demo(t)
	landing, s := t.TempDir(), openStore(t)
	copyCity(t, from, landing)
	files(t, landing, marked())
	registerMarked(t, landing)
	c := config(t, cat, s, landing)
	var said bytes.Buffer
	log := logrus.New()
	log.SetOutput(&said)
	log.SetLevel(logrus.TraceLevel)
	c.Log, c.Env.Log, c.Runner = log, log, pipelines.Prism
	queries := watchQueries(t)

	plan, err := pipelines.DryRun(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	report := mustRun(t, c)
	states := statesOf(t, s)
	for name, want := range map[string]schemas.Event{"street_resident 20261108 r0": schemas.Accepted, "street_resident 20261109 r0": schemas.Held,
		"street_resident 20261110 r0": schemas.Held, "civil_marriage 20261108 r0": schemas.Held} {
		if states[name].Last != want {
			t.Errorf("%s is %s (%s), want %s", name, states[name].Last, states[name].Note, want)
		}
	}
	question := pipelines.Question{Key: "390101196504300012"}
	if a, err := pipelines.Explain(context.Background(), c, question); err != nil || len(a) == 0 {
		t.Fatalf("explain: %d answers, %v", len(a), err)
	}
	c.Catalogue = withBrokenTheme(t)
	failed, err := pipelines.Run(context.Background(), c)
	if err == nil {
		t.Fatal("the broken theme does not fail")
	}
	keys := keysOf(t, s)
	for e := err; e != nil; {
		leaks(t, "an error", fmt.Sprintf("%v %+v %#v %s %q", e, e, e, e, e), keys)
		u, ok := e.(interface{ Unwrap() error })
		if !ok {
			break
		}
		e = u.Unwrap()
	}
	for name, v := range map[string]any{"the plan": plan, "the report": report, "the report of the failed run": failed, "the question": question} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		leaks(t, name, string(text)+fmt.Sprintf("%v %+v", v, v), keys)
	}
	leaks(t, "the log", said.String(), keys)
	if !strings.Contains(said.String(), "delivery judged") {
		t.Error("the log was not looked at: it does not say that deliveries are judged")
	}
	leaks(t, "a query", queries(), keys)
	searchEngine(t, s, keys)
}

// keysOf are all keys of the bases.
func keysOf(t *testing.T, s *clickhouse.Store) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, base := range []string{"population", "legal_entity"} {
		var rows []struct {
			Key string `ch:"key"`
		}
		if err := s.Select(t.Context(), &rows, "SELECT DISTINCT key FROM claim."+base); err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			out[r.Key] = true
		}
	}
	if len(out) < 500 {
		t.Fatalf("only %d keys", len(out))
	}
	return out
}

// watchQueries looks at the queries that the engine is working on until the result is asked
// for.
func watchQueries(t *testing.T) (all func() string) {
	t.Helper()
	ep := conntest.Warehouse(t)
	s, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var group sync.WaitGroup
	t.Cleanup(func() { stop(); group.Wait() })
	seen := map[string]bool{}
	group.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(2 * time.Millisecond) {
			var rows []struct {
				Query string `ch:"query"`
			}
			if err := s.Select(context.Background(), &rows, "SELECT query FROM system.processes"); err != nil {
				t.Error(err)
				return
			}
			for _, r := range rows {
				seen[r.Query] = true
			}
		}
	})
	return func() string {
		stop()
		group.Wait()
		_ = s.Close()
		if len(seen) < 10 {
			t.Errorf("only %d queries were seen", len(seen))
		}
		return strings.Join(slices.Sorted(maps.Keys(seen)), "\n")
	}
}

// searchEngine looks at what the engine keeps and shows beside the data: every table of
// ops, what tables are called and say of themselves, query logs, its log, its files' names.
func searchEngine(t *testing.T, s *clickhouse.Store, keys map[string]bool) {
	t.Helper()
	var tables []struct {
		Name string `ch:"name"`
		Text string `ch:"text"`
	}
	if err := s.Select(t.Context(), &tables, `SELECT concat(database, '.', name) AS name, concat(comment, create_table_query) AS text FROM system.tables
WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') OR endsWith(name, '_log')`); err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, x := range tables {
		leaks(t, "the definition of "+x.Name, x.Name+x.Text, keys)
		if !strings.HasPrefix(x.Name, "ops.") && !strings.HasPrefix(x.Name, "system.") {
			continue
		}
		var rows []struct {
			Line string `ch:"line"`
		}
		if err := s.Select(t.Context(), &rows, "SELECT toString(tuple(*)) AS line FROM "+x.Name); err != nil {
			t.Fatalf("read %s: %v", x.Name, err)
		}
		looked += len(rows)
		for _, r := range rows {
			leaks(t, x.Name, r.Line, keys)
		}
	}
	if looked < 50 {
		t.Errorf("only %d rows of ops were looked at", looked)
	}
	searchFiles(t, keys)
}

// searchFiles looks at the log of the engine, the names of its files, and the command lines
// of all processes.
func searchFiles(t *testing.T, keys map[string]bool) {
	t.Helper()
	home, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", conntest.Warehouse(t).PID))
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(filepath.Join(home, "engine.log"))
	if err != nil {
		t.Fatal(err)
	}
	leaks(t, "engine.log", string(log), keys)
	names := 0
	_ = filepath.WalkDir(home, func(path string, _ fs.DirEntry, err error) error {
		if err == nil {
			names++
			leaks(t, "a file name", strings.TrimPrefix(path, home), keys)
		}
		return nil
	})
	if names < 100 {
		t.Errorf("only %d files of the engine were looked at", names)
	}
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil || len(lines) == 0 {
		t.Fatalf("%d command lines, %v", len(lines), err)
	}
	for _, p := range lines {
		text, _ := os.ReadFile(p) // a process may be gone
		leaks(t, "a command line", string(text), keys)
	}
}
