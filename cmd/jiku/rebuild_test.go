package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// swapped is the built-in catalogue with the tax office as the source of organizations' names.
func swapped(t *testing.T) string {
	t.Helper()
	const name = `
    source: market_regulation
    fallbacks: [staffing, civil_affairs, justice, data_bureau, tax, human_resources]
    checkers: {of: [tax, human_resources, street_office], agree: 2}`
	return declared(t, "authority/legal_entity.yaml", name, "\n    source: tax\n    fallbacks: [market_regulation, human_resources]")
}

// declared is a folder of the built-in declarations with another text in one file.
func declared(t *testing.T, name, text, with string) string {
	t.Helper()
	dir := t.TempDir()
	copyBuiltIn(t, dir)
	file := filepath.Join(dir, filepath.FromSlash(name))
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(was), text, with, 1)
	if changed == string(was) {
		t.Fatalf("%s does not say %q any more", name, text)
	}
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// asksWhatIf asks what the declarations as they are would change, and what others would.
func asksWhatIf(t *testing.T, u *user) {
	if same := u.must(0, "rebuild", "--dry-run").out; !strings.Contains(same, "day 2026-11-01 · all keys") || !strings.Contains(same, "nothing would change") {
		t.Errorf("the same declarations:\n%s", same)
	}
	dir := swapped(t)
	table := u.must(0, "rebuild", "--dry-run", "--catalog", dir).out
	for _, want := range []string{"法人单位基础信息库", "机构名称", "市税务局", "市市场监督管理局", "CELLS GAINED"} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is not in the what-if:\n%s", want, table)
		}
	}
	keys := regexp.MustCompile(`9[1-3]39[0-9A-Z]{14}`)
	if shown := u.must(0, "rebuild", "--dry-run", "--catalog", dir, "--examples", "1").out; keys.MatchString(table) || !keys.MatchString(shown) || !strings.Contains(shown, "BY THEN") {
		t.Errorf("keys are shown without --examples, or not with it:\n%s", shown)
	}
	v := decode[whatIfView](t, u.must(0, "rebuild", "--dry-run", "--catalog", dir, "--base", "legal_entity", "--sample", "50", "--json").out)
	if !v.Pending || v.Share != 0.5 || len(v.Bases) != 1 || len(v.Bases[0].Departments) != 2 {
		t.Fatalf("half of the organizations: %+v", v.Bases)
	}
	// Which of them are in the sample depends on the warehouse's own hash key.
	if b := v.Bases[0]; b.Published < 50 || b.Published > 150 || b.Departments[0].Gained+b.Departments[0].Lost > b.Published {
		t.Errorf("half of 200 organizations: %+v", b)
	}
}

// declaresOtherwise plans by declarations that changed after a run.
func declaresOtherwise(t *testing.T, u *user) {
	const note = "read by declarations that have changed since"
	if same := u.must(0, "plan", "--date", "2026-11-01").out; strings.Contains(same, note) {
		t.Errorf("the same declarations:\n%s", same)
	}
	normalizer := declared(t, "feeds/police_household.yaml", "item: former_name, via: [person_name]", "item: former_name, via: [trim]")
	if table := u.must(0, "plan", "--date", "2026-11-01", "--catalog", normalizer).out; !strings.Contains(table, note+": police_household (2); ") {
		t.Errorf("another normalizer is not told:\n%s", table)
	}
	item := declared(t, "base/population.yaml", "\nitems:\n", "\nitems:\n  - {name: nickname, title: 昵称, type: text, sensitivity: personal, comparator: exact}\n")
	for _, verb := range []string{"plan", "run"} {
		got := u.must(2, verb, "--date", "2026-11-01", "--catalog", item)
		if !strings.Contains(got.err, "→ keep the items of the base in the order in which they came, and add new ones at the end") {
			t.Errorf("%s with a new item in front of others:\n%s", verb, got.err)
		}
	}
}

// rebuilds computes bases again, from a place without deliveries.
func rebuilds(t *testing.T, u *user, first runView) {
	nowhere := u.with("JIKU_LANDING=/nowhere/at/all")
	v := decode[runView](t, nowhere.must(0, "rebuild", "--base", "population", "--date", "2026-11-01", "--json").out)
	if len(v.Deliveries) != 0 || v.Ordinal != first.Ordinal || len(v.Bases) != len(first.Bases) {
		t.Fatalf("rebuilt: %+v", v.Report)
	}
	for i, b := range v.Bases {
		if b.Golden != first.Bases[i].Golden || b.Conflicts != first.Bases[i].Conflicts || (b.Reconciled > 0) != (b.Base == "population") {
			t.Errorf("rebuilt %+v, the run left %+v", b, first.Bases[i])
		}
	}
	if table := nowhere.must(0, "rebuild", "--date", "2026-11-01", "--runner", "straight").out; !strings.Contains(table, "重新计算") || strings.Contains(table, "no deliveries") {
		t.Errorf("the report of a rebuild:\n%s", table)
	}
	if early := nowhere.must(1, "rebuild", "--date", "2026-10-01"); !strings.Contains(early.err, "--date 2026-11-01 or later") {
		t.Errorf("an earlier day:\n%s", early.err)
	}
}
