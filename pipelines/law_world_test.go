package pipelines_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// demoCity is the landing directory of a small fictional city, made once a test binary.
// Runs only read it.
type demoCity struct {
	once sync.Once
	dir  string
	err  error
}

var (
	city     demoCity
	received = time.Date(2026, 11, 15, 8, 0, 0, 0, time.UTC)
)

func demo(tb testing.TB) (*schemas.Catalogue, string) {
	tb.Helper()
	city.once.Do(city.make)
	if city.err != nil {
		tb.Fatal(city.err)
	}
	return builtIn(tb), filepath.Join(city.dir, "landing")
}

func (c *demoCity) make() {
	if c.dir, c.err = os.MkdirTemp("", "jiku-city-*"); c.err != nil {
		return
	}
	feeds := "police_household,civil_marriage,medical_enrolment,hr_pension,hr_employment,street_resident,market_registration,market_status,tax_taxpayer,hr_employer,street_shop,food_permit,market_penalty"
	out, err := exec.Command("go", "run", "../cmd/jiku", "gen", "city", "--persons", "1200", "--days", "7", "--feeds", feeds, "--out", c.dir).CombinedOutput()
	if err != nil {
		c.err = fmt.Errorf("make city: %w: %s", err, out)
		return
	}
	c.err = c.fewer()
}

// fewer leaves the first day and the last of the daily deliveries.
func (c *demoCity) fewer() error {
	days, err := filepath.Glob(filepath.Join(c.dir, "landing", "*", "*_202610[23][6789013].*"))
	for _, day := range days {
		if err == nil {
			err = os.Remove(day)
		}
	}
	return err
}

func (c *demoCity) remove() {
	if c.dir != "" {
		_ = os.RemoveAll(c.dir)
	}
}

func builtIn(tb testing.TB) *schemas.Catalogue {
	tb.Helper()
	cat, err := pipelines.Load(schemas.BuiltIn())
	if err != nil {
		tb.Fatal(err)
	}
	return cat
}

// same compares two contents and shows the first lines that only one has; cmp.Diff of
// thousands of lines takes minutes.
func same(tb testing.TB, what string, want, got []string) {
	tb.Helper()
	missing, extra := only(want, got), only(got, want)
	if len(missing)+len(extra) == 0 {
		return
	}
	tb.Errorf("%s: content differs: %d lines are missing, %d are new", what, len(missing), len(extra))
	for _, l := range missing[:min(len(missing), 8)] {
		tb.Logf("- %s", l)
	}
	for _, l := range extra[:min(len(extra), 8)] {
		tb.Logf("+ %s", l)
	}
}

func only(a, b []string) []string {
	in := make(map[string]int, len(b))
	for _, l := range b {
		in[l]++
	}
	var out []string
	for _, l := range a {
		if in[l]--; in[l] < 0 {
			out = append(out, l)
		}
	}
	return out
}

// derived is what is computed by SQL from the published state: the rows of every theme and
// the findings across bases.
func derived(tb testing.TB, cat *schemas.Catalogue, s *clickhouse.Store) []string {
	tb.Helper()
	var out []string
	add := func(name, sql string) {
		var rows []struct {
			Line string `ch:"line"`
		}
		if err := s.Select(context.Background(), &rows, sql); err != nil {
			tb.Fatalf("read %s: %v", name, err)
		}
		for _, r := range rows {
			out = append(out, name+" "+r.Line)
		}
	}
	for _, t := range cat.Themes {
		for _, table := range t.Tables {
			name := "theme_" + t.Name + "." + table.Name
			add(name, "SELECT toString(tuple(*)) AS line FROM "+name)
		}
	}
	add("cross", "SELECT toString((rule, base, key, item, detail)) AS line FROM quality.cross_finding FINAL")
	slices.Sort(out)
	return out
}

// whole is content and what is derived from it.
func whole(tb testing.TB, cat *schemas.Catalogue, s *clickhouse.Store) []string {
	tb.Helper()
	return append(content(tb, cat, s), derived(tb, cat, s)...)
}

// undisturbed is what one run of the small city leaves, computed once a test binary.
type undisturbed struct {
	once sync.Once
	all  []string
}

var expected undisturbed

// demoContent is the whole content that an undisturbed run over the small city leaves in
// ClickHouse. It empties the shared warehouse the first time.
func demoContent(tb testing.TB) []string {
	tb.Helper()
	expected.once.Do(func() {
		cat, landing := demo(tb)
		s := openStore(tb)
		mustRun(tb, config(tb, cat, s, landing))
		expected.all = whole(tb, cat, s)
	})
	if len(expected.all) == 0 {
		tb.Fatal("the undisturbed run left nothing")
	}
	return expected.all
}

// files writes files into a directory, all with one time, so that deliveries are received
// at the same moment wherever they are written.
func files(tb testing.TB, dir string, text map[string]string) {
	tb.Helper()
	for name, t := range text {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(t), 0o644); err != nil {
			tb.Fatal(err)
		}
		if err := os.Chtimes(path, received, received); err != nil {
			tb.Fatal(err)
		}
	}
}

// statesOf are the deliveries of a store by feed, slot and revision.
func statesOf(tb testing.TB, s connectors.Store) map[string]schemas.DeliveryState {
	tb.Helper()
	list, err := s.Deliveries(context.Background(), "")
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]schemas.DeliveryState{}
	for _, d := range list {
		out[fmt.Sprintf("%s %s r%d", d.Feed, d.Slot, d.Revision)] = d
	}
	return out
}
