package pipelines_test

import (
	"strings"
	"testing"

	"jiku/connectors"
	"jiku/pipelines"
)

// TestDeltaBecomesSnapshot declares a feed as a delta and then as a snapshot. The rows of the
// delta have no hash, so the first snapshot finds all of them changed, whether they are or not,
// and the next one finds what changed.
func TestDeltaBecomesSnapshot(t *testing.T) {
	const snapshot = "kind: snapshot\n"
	was := shopsWith(t, 30, snapshot, "kind: delta\n", "gates: {shrink: {strong: 0.6}}\n", "")
	is := shops(t, 30)
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		landing := t.TempDir()
		c := config(t, was, store, landing)
		c.Runner = runner
		deliver := func(day, text string, claims, unchanged, withdrawn int64) {
			t.Helper()
			files(t, landing, map[string]string{"market_" + day + ".csv": text})
			mustRun(t, c)
			got := statesOf(t, store)["market "+day+" r0"].Counts
			if got.Claims != claims || got.Unchanged != unchanged || got.Withdrawals != withdrawn {
				t.Errorf("slot %s: %d claims, %d unchanged, %d withdrawn; want %d, %d, %d", day, got.Claims, got.Unchanged, got.Withdrawals, claims, unchanged, withdrawn)
			}
		}
		deliver("20261101", "code,name,phone\nS1,甲店,11\nS2,乙店,12\nS3,丙店,13\n", 3, 0, 0)
		c.Catalogue = is
		deliver("20261108", "code,name,phone\nS1,甲店,11\nS2,乙店,22\nS4,丁店,14\n", 3, 0, 1)
		deliver("20261110", "code,name,phone\nS1,甲店,11\nS2,乙店,22\nS4,丁店,44\n", 1, 2, 0)
		var keys []string
		for _, line := range goldenLines(content(t, is, store)) {
			keys = append(keys, strings.Fields(line)[2])
		}
		if got := strings.Join(keys, " "); got != "S1 S2 S4" {
			t.Errorf("golden rows of %s, want S1 S2 S4", got)
		}
	})
}
