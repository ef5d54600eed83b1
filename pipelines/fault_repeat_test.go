package pipelines_test

import (
	"slices"
	"testing"
)

// TestFaultRepeats stores the rows of one feed or of all twice, as an INSERT can that breaks when the engine has
// already taken a block which jiku sends again: content and scores are those without.
func TestFaultRepeats(t *testing.T) {
	cat := shops(t, 64<<20)
	first := map[string]string{
		"market_20261101.csv": "code,name,phone\nS1,甲店,11\nS2,乙店,\nS3,丙店,13\n",
		"tax_20261101.csv":    "code,op,name,staff\nS1,,甲店,1\nS3,,,3\nS4,,丁店,\n,,戊店,5\n,,戊店,6\n"}
	later := map[string]string{"visit_20261101.csv": "code,at,name,phone,staff\nS1,2026-11-01,丁店,13,2\n"}
	var want, scored []string
	for _, twice := range []string{"none", "market", "tax", "all"} {
		s := openStore(t)
		dir := t.TempDir()
		files(t, dir, first)
		conf := config(t, cat, s, dir)
		mustRun(t, conf)
		// Without its tallies the next run counts the rows that are there twice.
		of := " WHERE delivery IN (SELECT delivery FROM ops.delivery WHERE '" + twice + "' IN (feed, 'all'))"
		for _, sql := range []string{"INSERT INTO claim.shops SELECT * FROM claim.shops" + of, "INSERT INTO quality.reject SELECT * FROM quality.reject" + of,
			"TRUNCATE TABLE quality.tally"} {
			if err := s.Exec(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
		files(t, dir, later)
		mustRun(t, conf)
		if twice == "none" {
			want, scored = whole(t, cat, s), scores(t, s)
			continue
		}
		same(t, twice+" twice", want, whole(t, cat, s))
		if got := scores(t, s); !slices.Equal(scored, got) {
			t.Errorf("%s twice: scores differ: %v\n%v", twice, only(scored, got), only(got, scored))
		}
	}
}
