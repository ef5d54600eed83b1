package pipelines_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// registrationFiles are real registrations, each as a delivery of a feed. They may not be
// shipped, so they are not in the repository.
var registrationFiles = map[string]string{
	"part-a.csv.gz":         "market/registration_20261101.csv.gz",
	"bad-check-digit-a.csv": "market/issued_20261101.csv",
	"no-uscc-a.csv.gz":      "market/numbered_20261101.csv.gz",
}

// registrationsCatalogue is the shipped catalogue with the feeds of testdata/registrations,
// and one more: the tax office says what the registrar says of the issued codes.
func registrationsCatalogue(t *testing.T) *schemas.Catalogue {
	t.Helper()
	cat := fstest.MapFS{}
	for _, fsys := range []fs.FS{schemas.BuiltIn(), os.DirFS("../testdata/registrations")} {
		paths, err := fs.Glob(fsys, "*/*.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			data, err := fs.ReadFile(fsys, p)
			if err != nil {
				t.Fatal(err)
			}
			cat[p] = &fstest.MapFile{Data: data}
		}
	}
	issued := string(cat["feeds/market_issued.yaml"].Data)
	issued, _, _ = strings.Cut(issued, "tests:\n")
	copied := strings.NewReplacer("feed: market_issued", "feed: tax_issued", "department: market_regulation", "department: tax",
		"establishes: true\n", "gates: {rejects: {strong: 1}}\n").Replace(issued)
	cat["feeds/tax_issued.yaml"] = &fstest.MapFile{Data: []byte(copied)}
	c, err := pipelines.Load(cat)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestRegistrationFeeds runs the examples of the feeds; it needs no real file.
func TestRegistrationFeeds(t *testing.T) {
	c := registrationsCatalogue(t)
	if n, problems := pipelines.Examples(c); n == 0 || len(problems) > 0 {
		t.Errorf("%d examples, problems %v", n, problems)
	}
}

// TestRegistrations accounts for every row of the real files: rows = claims + rejects, row by
// row, and by reason.
func TestRegistrations(t *testing.T) {
	const dir = "../../shared/data/cn-enterprise"
	landing := t.TempDir()
	for from, to := range registrationFiles {
		data, err := os.ReadFile(filepath.Join(filepath.FromSlash(dir), from))
		if os.IsNotExist(err) {
			t.Skip("the real registrations in ../shared/data are not here: they may not be shipped with the repository")
		}
		if err != nil {
			t.Fatal(err)
		}
		files(t, landing, map[string]string{to: string(data)})
	}
	s := openStore(t)
	c := config(t, registrationsCatalogue(t), s, landing)
	mustRun(t, c)
	if n := conserve(t, c, s); n != 4 {
		t.Errorf("%d deliveries, want 4", n)
	}
	got := map[string]string{}
	for name, d := range statesOf(t, s) {
		got[name] = fmt.Sprintf("%s: rows %d = claims %d + rejects %d %v", d.Last, d.Counts.Rows, d.Counts.Claims, d.Counts.Rejects, reasonsOf(t, s, d.ID))
	}
	want := map[string]string{
		"market_issued 20261101 r0":       "accepted: rows 102 = claims 102 + rejects 0 map[]",
		"market_numbered 20261101 r0":     "accepted: rows 3954 = claims 3945 + rejects 9 map[key.missing:6 uscc.length:2 uscc.truncated:1]",
		"market_registration 20261101 r0": "accepted: rows 149371 = claims 149371 + rejects 0 map[]",
		"tax_issued 20261101 r0":          "accepted: rows 102 = claims 102 + rejects 0 map[]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("deliveries (-want +got):\n%s", diff)
	}
	orphanedRegistrations(t, s)
	var flagged []struct {
		N uint64 `ch:"n"`
	}
	if err := s.Select(t.Context(), &flagged, "SELECT count() AS n FROM quality.finding WHERE feed = 'market_issued' AND code = 'uscc.checksum_issued'"); err != nil {
		t.Fatal(err)
	}
	if flagged[0].N != 102 {
		t.Errorf("%d issued codes have the finding uscc.checksum_issued, want all 102", flagged[0].N)
	}
}

// reasonsOf counts the rejects of a delivery by reason.
func reasonsOf(t *testing.T, s connectors.Store, id schemas.DeliveryID) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, r := range rejects(t, s) {
		if r.Delivery == id {
			out[strings.Join(codesOf(r.Reasons), " ")]++
		}
	}
	return out
}

// orphanedRegistrations: numbers wait by kind, since the register has no row that gives them;
// the tax office's rows of issued codes are in the rows that the registrar establishes.
func orphanedRegistrations(t *testing.T, s *clickhouse.Store) {
	t.Helper()
	var rows []struct {
		Line string `ch:"line"`
	}
	for _, sql := range []string{
		"SELECT concat('orphan ', feed, ' ', kind, ' ', reason, ' ', toString(count())) AS line FROM legal_entity.orphan GROUP BY feed, kind, reason ORDER BY line",
		"SELECT concat('link of ', splitByChar(':', key)[1], ' ', toString(count())) AS line FROM (SELECT key, argMax(linked, version) AS l FROM legal_entity.golden GROUP BY key) WHERE l != '' GROUP BY splitByChar(':', key)[1] ORDER BY line",
		"SELECT concat('aliases ', kind, ' ', state, ' ', toString(count())) AS line FROM legal_entity.alias GROUP BY kind, state ORDER BY line",
		"SELECT concat('rows with two feeds ', toString(uniqExact(key))) AS line FROM claim.legal_entity WHERE feed = 'tax_issued' AND key IN (SELECT uscc FROM legal_entity.organization)",
	} {
		var some []struct {
			Line string `ch:"line"`
		}
		if err := s.Select(t.Context(), &some, sql); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, some...)
	}
	var got []string
	for _, r := range rows {
		got = append(got, r.Line)
	}
	want := []string{
		"orphan market_numbered org_code unlinked 2",
		"orphan market_numbered registration_no unlinked 3943",
		"aliases org_code linked 149468",
		"rows with two feeds 102",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("orphans and links (-want +got):\n%s", diff)
	}
}
