package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// built is a bench with programs of its own.
func built(t *testing.T, rows int) *bench {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"jiku", "jiku-warehouse"} {
		cmd := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(dir, name), "jiku/cmd/"+name)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("build %s: %v: %s", name, err, out)
		}
	}
	t.Setenv("JIKU_ENGINE_MEMORY", "4G")
	b := &bench{options: options{Binary: filepath.Join(dir, "jiku"), Work: filepath.Join(dir, "work"), Rows: rows, Seed: 7, Establishing: feeds,
		Settle: time.Second, Only: []string{"build", "sql", "again", "delta", "check"}}, out: t.Output()}
	t.Cleanup(func() {
		if err := b.clean(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return b
}

// TestBench runs the whole bench, small, on the real engine: what jiku publishes is what
// all forms of SQL find, for every key and item, after a build and after two more slots.
func TestBench(t *testing.T) {
	const rows = 3000
	b := built(t, rows)
	b.Profile = filepath.Join(b.Work, "profiles")
	if err := b.round(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, err := range b.differs {
		t.Error(err)
	}
	if b.compared != rows {
		t.Errorf("%d keys are compared, want %d", b.compared, rows)
	}
	if err := b.tell(); err != nil {
		t.Error(err)
	}
	want := map[string]int64{"build": feeds * rows, "SQL, best": feeds * rows, "SQL, exact": feeds * rows, "SQL, pairs": feeds * rows, "SQL, latest": feeds*rows + rows/10, "nothing new": 0, "delta": rows / 20, "delta, spread": rows / 20}
	for step, n := range want {
		got := b.of(step)
		if len(got) != 1 || got[0].Rows != n {
			t.Errorf("%s: %+v, want one sample of %d rows", step, got, n)
			continue
		}
		if s := got[0]; s.Wall <= 0 || s.Engine < 0 || s.EnginePeak == 0 || len(s.Counters) == 0 || strings.HasPrefix(step, "SQL") != (s.Jiku == 0) {
			t.Errorf("%s: %+v", step, s)
		}
	}
	for _, name := range []string{"cpu.pprof", "heap.pprof"} {
		if info, err := os.Stat(filepath.Join(b.Profile, "build", name)); err != nil || info.Size() == 0 {
			t.Errorf("profile %s: %v", name, err)
		}
	}
}

// TestCompareSees changes one thing of what the SQL found at a time.
func TestCompareSees(t *testing.T) {
	b := built(t, 200)
	b.Only = []string{"build"}
	if err := b.round(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.down(t.Context()); err != nil {
		t.Fatal(err)
	}
	e, err := b.openEngine(t.Context(), true)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ name, change, want string }{
		{"nothing", "SELECT 1", ""},
		{"a value", "ALTER TABLE bench_sql.winner UPDATE addr = 'x' WHERE key = (SELECT min(key) FROM bench_sql.winner)", "of 200 keys these differ: addr_value 1"},
		{"an origin", "ALTER TABLE bench_sql.winner UPDATE phone_from = phone_from + 1 WHERE key = (SELECT min(key) FROM bench_sql.winner)", "phone_origin 1"},
		{"a conflict", "ALTER TABLE bench_sql.winner UPDATE sex_differs = 1 - sex_differs WHERE 1", "sex_conflict 200"},
		{"a key", "DELETE FROM bench_sql.winner WHERE key = (SELECT max(key) FROM bench_sql.winner)", "missing_in_sql 1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if _, err := b.runSQL(t.Context(), e, sqlForms[0]); err != nil {
				t.Fatal(err)
			}
			if _, err := e.exec(t.Context(), "SYSTEM START MERGES"); err != nil { // Mutations need them.
				t.Fatal(err)
			}
			if _, err := e.exec(t.Context(), c.change+" SETTINGS mutations_sync = 1, lightweight_deletes_sync = 1"); err != nil {
				t.Fatal(err)
			}
			b.differs = nil
			if err := b.compare(t.Context(), e, sqlForms[0]); err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(b.differs); (c.want == "") != (len(b.differs) == 0) || !strings.Contains(got, c.want) {
				t.Errorf("says %s, want %q", got, c.want)
			}
		})
	}
}

// TestRows: a row does not depend on when or where it is made; each key comes once.
func TestRows(t *testing.T) {
	dirs := []string{t.TempDir(), t.TempDir()}
	for i, dir := range dirs {
		if err := write(dir, 1, everyKey(1000), 1+3*i); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range everyKey(1000) {
		one, err1 := os.ReadFile(filepath.Join(dirs[0], d.name()))
		two, err2 := os.ReadFile(filepath.Join(dirs[1], d.name()))
		if err1 != nil || err2 != nil || string(one) != string(two) {
			t.Fatalf("%s differs: %v %v", d.name(), err1, err2)
		}
		keys := map[string]bool{}
		for line := range strings.Lines(string(one)) {
			if strings.Count(line, ",") != itemCount+1 {
				t.Fatalf("%s: a row of %d columns", d.name(), strings.Count(line, ",")+1)
			}
			keys[line[:17]] = true
		}
		if len(keys) != 1001 { // The header is one.
			t.Errorf("%s has %d keys, want 1000", d.name(), len(keys)-1)
		}
	}
}

// TestGoals: shares are of medians, and what is missed says so.
func TestGoals(t *testing.T) {
	b := &bench{samples: []sample{
		{Step: "build", Rows: 10, Jiku: 1, Engine: 2, JikuPeak: 600 * mebi, EnginePeak: mebi}, {Step: "build", Rows: 10, Jiku: 9}, {Step: "build", Rows: 10, Jiku: 3},
		{Step: "SQL, best", Engine: 3, EnginePeak: 9 << 10 * mebi}, {Step: "delta", Jiku: 1},
		{Step: sizeStep + "1", Rows: 10, Jiku: 1}, {Step: sizeStep + "2", Rows: 100, Jiku: 11},
	}}
	want := map[string]string{
		"build, CPU-s, to the best SQL": "1.000 of 1.20 true", "delta of one feed, CPU-s, to the build": "0.333 of 0.10 false",
		"cost of a claim, dearest to cheapest size": "1.100 of 1.20 true", "jiku, peak memory": "600 of 512 MiB false",
		"engine, peak memory while jiku runs": "1 of 3072 MiB true",
	}
	got := b.goals()
	for _, g := range got {
		if said := fmt.Sprint(g.Shown, " ", g.Met); said != want[g.Name] {
			t.Errorf("%s: %s, want %s", g.Name, said, want[g.Name])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d goals, want %d", len(got), len(want))
	}
}
