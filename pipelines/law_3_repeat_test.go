package pipelines_test

import (
	"os"
	"testing"

	"jiku/connectors"
	"jiku/pipelines"
)

// TestRepeat holds law 3 on the small city: a second run over the same input finds nothing
// to do and leaves everything as it was.
func TestRepeat(t *testing.T) {
	cat, landing := demo(t)
	memory := connectors.NewMemory()
	c := config(t, cat, memory, landing)
	mustRun(t, c)
	want := content(t, cat, memory)
	idle(t, mustRun(t, c))
	same(t, "memory", want, content(t, cat, memory))

	s := openStore(t)
	c = config(t, cat, s, landing)
	c.Runner = pipelines.Prism
	first := mustRun(t, c)
	want = whole(t, cat, s)
	second := mustRun(t, c)
	idle(t, second)
	same(t, "ClickHouse", want, whole(t, cat, s))
	if len(second.Themes) != len(first.Themes) || scored(second) != scored(first) {
		t.Errorf("the second report shows %d themes and %d scorecards, the first %d and %d",
			len(second.Themes), scored(second), len(first.Themes), scored(first))
	}

	// Copied elsewhere, with another time of receipt, it is the same input still.
	c.Env.Landing = t.TempDir()
	copyCity(t, landing, c.Env.Landing)
	idle(t, mustRun(t, c))
	same(t, "copied", want, whole(t, cat, s))
}

// scored counts the departments that have a score; those of which nothing is due yet are told by the run that counts.
func scored(r *pipelines.Report) int {
	n := 0
	for _, c := range r.Scorecards {
		if len(c.Feeds) > 0 {
			n++
		}
	}
	return n
}

func idle(t *testing.T, r *pipelines.Report) {
	t.Helper()
	if len(r.Deliveries) != 26 {
		t.Errorf("%d deliveries, want the 26 of the city", len(r.Deliveries))
	}
	for _, d := range r.Deliveries {
		if d.Action != pipelines.Repeat {
			t.Errorf("%s %s: %s, want %s", d.Feed, d.Slot, d.Action, pipelines.Repeat)
		}
	}
	for _, b := range r.Bases {
		if b.Reconciled != 0 || len(b.Why) > 0 {
			t.Errorf("%s: %d keys are computed again: %v", b.Base, b.Reconciled, b.Why)
		}
		if b.Golden == 0 {
			t.Errorf("%s: the report shows no golden row", b.Base)
		}
	}
}

// copyCity copies the files of a landing directory; their times are those of the copying.
func copyCity(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}
