package pipelines_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/pipelines"
)

// TestUnpublished plans what a run has accepted and not published, as one that was killed leaves
// it: a feed is told once, however many of its slots wait.
func TestUnpublished(t *testing.T) {
	s, dir := openStore(t), t.TempDir()
	files(t, dir, map[string]string{"market_20261101.csv": "code,name,phone\nS1,甲店,11\n", "market_20261108.csv": "code,name,phone\nS1,甲店,12\n",
		"tax_20261101.csv": "code,op,name,staff\nS1,,甲店,1\n"})
	conf := config(t, shops(t, 64<<20), s, dir)
	mustRun(t, conf)
	if err := s.Exec(t.Context(), "DELETE FROM ops.delivery_event WHERE event = 'published'"); err != nil {
		t.Fatal(err)
	}
	p, err := pipelines.DryRun(t.Context(), conf)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"market 20261101 等 2 期 尚未发布", "tax 20261101 尚未发布"}, p.Bases[0].Why); d != "" {
		t.Errorf("why (-want +planned): %s", d)
	}
	if r := mustRun(t, conf); r.Bases[0].Reconciled != 1 {
		t.Errorf("%d rows are computed again, want that of S1", r.Bases[0].Reconciled)
	}
}
