package pipelines_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFacts holds what scores are computed from to what was counted by hand: of a snapshot feed
// the rows of the newest slot that say something (S1 to S3, of which S2 has a wrong number) and
// its reject; of a delta feed the rows and rejects of both deliveries, one of which has two
// reasons, and no row that deletes; of a feed in the order of events a row with two findings.
func TestFacts(t *testing.T) {
	s, dir := openStore(t), t.TempDir()
	files(t, dir, map[string]string{
		"market_20261101.csv": "code,name,phone,staff\nS1,甲店,11,x\nS2,乙店,,2\n,丙店,13,3\nS4,丁\x00店,14\n",
		"market_20261108.csv": "code,name,phone,staff\nS1,甲店,11,1\nS2,乙店,,y\nS3,丙店,13,3\n,,,\n",
		"tax_20261101.csv":    "code,op,name,staff\nS1,,甲店,x\nS2,,乙店,2\nS5,,戊店,5\nS6,,己店\n,,无名,1\n",
		"tax_20261108.csv":    "code,op,name,staff\nS1,,无,1\nS3,注销,,\nS2,,乙店,2\nS4,,丁店\n,,无名,z\n,,无名,1\n",
		"visit_20261101.csv":  "code,at,name,phone,staff\nS1,2026-11-01,甲店,11,x\nS2,无,乙店,11,x\n",
	})
	mustRun(t, config(t, tallyShops(t), s, dir))
	var rows []struct {
		Feed  string `ch:"feed"`
		Facts string `ch:"inputs"`
	}
	if err := s.Select(t.Context(), &rows, "SELECT feed, inputs FROM quality.score_rows FINAL WHERE inputs != ''"); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range rows {
		got[r.Feed] = r.Facts
	}
	want := map[string]string{
		"market": `{"feed":"market","department":"market","period":"2026-11","slots_due":2,"slots_delivered":2,"rows":4,"rejected":1,` +
			`"rejects":{"key.missing":1},` +
			`"items":[{"item":"name","valued":3},{"item":"phone","valued":2,"unknown":1},{"item":"staff","valued":2,"void":1}],` +
			`"failed":[{"code":"integer.form","item":"staff","rows":1}]}`,
		"tax": `{"feed":"tax","department":"tax","period":"2026-11","slots_due":2,"slots_delivered":2,"rows":10,"rejected":5,` +
			`"rejects":{"integer.form":1,"key.missing":3,"row.columns":2},` +
			`"items":[{"item":"name","valued":4,"none":1},{"item":"staff","valued":4,"void":1}],` +
			`"failed":[{"code":"integer.form","item":"staff","rows":1}],` +
			`"agreement":[{"item":"name","compared":2,"agreed":1},{"item":"staff","compared":1,"agreed":1}]}`,
		"visit": `{"feed":"visit","department":"street","period":"2026-11","slots_due":2,"slots_delivered":1,"rows":2,` +
			`"items":[{"item":"name","valued":2},{"item":"phone","valued":2},{"item":"staff","valued":0,"void":2}],` +
			`"failed":[{"code":"event.form","rows":1},{"code":"integer.form","item":"staff","rows":2}],` +
			`"agreement":[{"item":"name","compared":2,"agreed":2},{"item":"phone","compared":1,"agreed":1}]}`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-by hand +counted):\n%s", diff)
	}
}
