package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jiku/cmd/jiku/city"
	"jiku/cmd/jiku/judge"
)

// counts are the cells of a tally in the order right, blank, compatible, wrong, missing, invented.
func counts(t judge.Tally) [6]int64 {
	return [6]int64{t.Right, t.Blank, t.Compatible, t.Wrong, t.Missing, t.Invented}
}

// TestJudge holds every figure of a small city against what it is by hand.
func TestJudge(t *testing.T) {
	dir := t.TempDir()
	smallCity(t, dir, unpack(t, dir))
	u := newUser(t, "JIKU_CATALOG="+filepath.Join(dir, "catalog"), "JIKU_LANDING="+filepath.Join(dir, "landing"))
	if early := u.must(exitEnvironment, "judge", dir); !strings.Contains(early.err, "nothing is loaded yet") {
		t.Errorf("before the first run:\n%s", early.err)
	}
	u.must(exitGate, "run", "--date", "2026-11-03") // One delivery of hall_tree is held.
	v := decode[judgeView](t, u.must(0, "judge", dir, "--json").out)
	if v.Day != 20261103 || len(v.Bases) != 2 || v.City.Seed != 1234567890123456789 {
		t.Fatalf("judged: %+v", v.Verdict)
	}
	t.Run("coverage", func(t *testing.T) { judgesCoverage(t, v) })
	t.Run("items", func(t *testing.T) { judgesItems(t, v) })
	t.Run("links", func(t *testing.T) {
		want := judge.Links{Stated: 4, Joined: 3, Lost: 1, Unstated: 1, Collisions: 2, Split: 1, False: 2,
			Recall: part(3, 4), Precision: part(3, 5), Apart: part(1, 2)}
		if diff := cmp.Diff(&want, v.Bases[0].Links); diff != "" {
			t.Error(diff)
		}
		if v.Bases[1].Links != nil {
			t.Errorf("trees have no links: %+v", v.Bases[1].Links)
		}
	})
	t.Run("recall", func(t *testing.T) { judgesKinds(t, v) })
	t.Run("precision", func(t *testing.T) { judgesCodes(t, v) })
	t.Run("rules", func(t *testing.T) { judgesRules(t, v) })
	t.Run("figures", func(t *testing.T) { judgesFigures(t, u.in(t), dir) })
	t.Run("output", func(t *testing.T) { judgeShows(t, u.in(t), dir) })
	t.Run("scratch", func(t *testing.T) { keepsScratch(t, u.in(t), dir) })
	t.Run("nothing is left", func(t *testing.T) {
		if left := u.in(t).must(0, "sql", "SELECT count() FROM system.databases WHERE startsWith(name, 'judge_')").out; left != "count()\n0\n" {
			t.Errorf("scratch databases: %s", left)
		}
	})
	t.Run("damaged truth", func(t *testing.T) { refusesTruth(t, u.in(t), dir) })
}

func part(n, of float64) *float64 {
	share := n / of
	return &share
}

func judgesCoverage(t *testing.T, v judgeView) {
	for i, want := range []judge.Base{
		{Base: "firms", Truth: 3, Golden: 3, Both: 3, Coverage: part(3, 3), Undeclared: []string{"employees"}},
		{Base: "greenery", Truth: 7, Golden: 8, Both: 6, Ended: 1, Unknown: 1, Coverage: part(6, 7)},
	} {
		got := *v.Bases[i]
		got.Title, got.Items, got.Links = "", nil, nil
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(judge.Base{})); diff != "" {
			t.Error(diff)
		}
	}
}

func judgesItems(t *testing.T, v judgeView) {
	type source = struct {
		feed  string
		cells [6]int64
	}
	type cells = [6]int64
	want := map[string]struct {
		golden, vote cells
		best         source
	}{
		"firms.name":            {cells{2, 0, 0, 1, 0, 0}, cells{2, 0, 0, 1, 0, 0}, source{"market_firm", cells{2, 0, 0, 1, 0, 0}}},
		"firms.phone":           {cells{2, 1, 0, 0, 0, 0}, cells{2, 1, 0, 0, 0, 0}, source{"tax_firm", cells{2, 1, 0, 0, 0, 0}}},
		"firms.tax_no":          {cells{0, 3, 0, 0, 0, 0}, cells{0, 3, 0, 0, 0, 0}, source{}},
		"firms.registration_no": {cells{3, 0, 0, 0, 0, 0}, cells{3, 0, 0, 0, 0, 0}, source{"market_firm", cells{3, 0, 0, 0, 0, 0}}},
		"firms.valid_from":      {cells{2, 1, 0, 0, 0, 0}, cells{2, 1, 0, 0, 0, 0}, source{"market_firm", cells{2, 1, 0, 0, 0, 0}}},
		"greenery.species":      {cells{4, 0, 0, 1, 0, 1}, cells{3, 0, 0, 2, 0, 1}, source{"parks_tree", cells{4, 0, 0, 1, 0, 1}}},
		"greenery.height":       {cells{2, 2, 0, 1, 0, 1}, cells{3, 2, 0, 0, 0, 1}, source{"parks_tree", cells{2, 2, 0, 0, 1, 1}}},
		"greenery.planted":      {cells{1, 2, 1, 1, 1, 0}, cells{1, 2, 1, 1, 1, 0}, source{"parks_tree", cells{1, 2, 1, 1, 1, 0}}},
	}
	seen := 0
	for _, b := range v.Bases {
		for _, it := range b.Items {
			seen++
			w, got := want[b.Base+"."+it.Item], source{}
			if it.Best != nil {
				got = source{it.Best.Feed, counts(it.Best.Tally)}
			}
			if counts(it.Golden) != w.golden || counts(it.Vote) != w.vote || got != w.best {
				t.Errorf("%s.%s: golden %v, vote %v, best %v; want %v", b.Base, it.Item, counts(it.Golden), counts(it.Vote), got, w)
			}
			right, all := float64(w.golden[0]+w.golden[1]), float64(b.Both)
			if it.Golden.Accuracy == nil || *it.Golden.Accuracy != right/all {
				t.Errorf("%s.%s: accuracy %v, want %v", b.Base, it.Item, it.Golden.Accuracy, right/all)
			}
			if len(it.Examples) > 0 {
				t.Errorf("%s.%s: nobody asked for examples", b.Base, it.Item)
			}
		}
	}
	if height := v.Bases[1].Items[1].Golden.Valued; seen != len(want) || height == nil || *height != 0.5 {
		t.Errorf("%d items; of the heights that anybody has, %v are right", seen, height)
	}
}

func judgesKinds(t *testing.T, v judgeView) {
	want := []judge.Found{
		{Labels: 4, Found: 1, Held: 1, Absent: 1, Recall: part(1, 4)}, // bad_number
		{Labels: 2, Found: 2, Recall: part(2, 2)},                     // filler
		{Labels: 5, Found: 2, Settled: 2, Unchanged: 1, Recall: part(2, 5)},
		{Labels: 3, Found: 2, Settled: 2, Recall: part(2, 3)}, // stale
		{Labels: 2, Found: 1, Recall: part(1, 2)},             // cut
		{Labels: 1, Found: 1, Recall: part(1, 1)},             // resent
		{Labels: 2, Found: 1, Settled: 1, Recall: part(1, 2)}, // former
		{Labels: 1, Found: 1, Recall: part(1, 1)},             // alone
		{Labels: 1, Found: 1, Recall: part(1, 1)},             // doubled
		{Labels: 1, Settled: 1},                               // unseen
		{},                                                    // unused
	}
	got := make([]judge.Found, len(v.Kinds))
	for i, k := range v.Kinds {
		got[i], got[i].Kind = k, city.Kind{}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func judgesCodes(t *testing.T, v judgeView) {
	want := []judge.Exact{
		{Code: "conflict", Findings: 6, Right: 2, Expected: true, Precision: part(2, 6)},
		{Code: "decimal.form", Findings: 2, Right: 1, Expected: true, Precision: part(1, 2)},
		{Code: "entity.sole_source", Findings: 3, Right: 1, Expected: true, Precision: part(1, 3)},
		{Code: "feed.duplicates", Findings: 1, Right: 1, Expected: true, Precision: part(1, 1)},
		{Code: "uscc.filler", Findings: 2, Right: 2, Expected: true, Precision: part(2, 2)},
	}
	for i := range v.Codes {
		v.Codes[i].Title = ""
	}
	if diff := cmp.Diff(want, v.Codes); diff != "" {
		t.Error(diff)
	}
}

func judgesRules(t *testing.T, v judgeView) {
	want := []judge.Rule{
		{Rule: "entity.sole_source", Of: "rules", Findings: 3, Right: 1, Precision: part(1, 3), Labels: 1, Found: 1, Recall: part(1, 1)},
		{Rule: "decimal", Of: "normalizers", Findings: 2, Right: 1, Precision: part(1, 2), Labels: 3, Found: 1, Recall: part(1, 3)}, // Not the label of a species.,
		{Rule: "key", Of: "keys", Findings: 2, Right: 2, Precision: part(2, 2), Labels: 2, Found: 2, Recall: part(2, 2)},
	}
	for i := range v.Rules {
		v.Rules[i].Title = ""
	}
	if diff := cmp.Diff(want, v.Rules); diff != "" {
		t.Error(diff)
	}
}
