package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jiku/cmd/jiku/judge"
)

// judgesFigures writes figures, holds them against themselves, and against better ones.
func judgesFigures(t *testing.T, u *user, dir string) {
	file := filepath.Join(t.TempDir(), "figures.json")
	u.must(0, "judge", dir, "--write", file, "--json")
	if same := u.must(0, "judge", dir, "--against", file); strings.Contains(same.out, "LOWER") {
		t.Errorf("the same figures:\n%s", same.out)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	better := decode[judge.Figures](t, string(text))
	if better.Majority["greenery.height"] != 5./6 || better.RuleRecall["decimal"] != 1./3 || better.RulePrecision["decimal"] != 0.5 {
		t.Errorf("the majority or the rules are not among the figures:\n%s", text)
	}
	better.Majority["greenery.height"] = 1 // To look at alone.
	better.Accuracy["greenery.planted"] += 0.01
	better.Recall["stale"] += 1e-10 // No difference.
	better.Precision["date.order"] = 0.5
	write := func(f judge.Figures) {
		data, err := json.Marshal(f)
		if err == nil {
			err = os.WriteFile(file, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write(better)
	got := u.must(exitGate, "judge", dir, "--against", file)
	for _, want := range []string{"accuracy           greenery.planted  0.510000000  0.500000000", "precision          date.order        0.500000000         gone"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is not said:\n%s", want, got.out)
		}
	}
	if !strings.Contains(got.err, "2 figures lower than in ") || strings.Contains(got.out, "stale  0.") {
		t.Errorf("the verdict:\n%s%s", got.out, got.err)
	}
	page := filepath.Join(t.TempDir(), "lower.html")
	u.must(exitGate, "judge", dir, "--against", file, "--report", page)
	if text, err := os.ReadFile(page); err != nil || !strings.Contains(string(text), "有 2 个指标低于既定值") {
		t.Errorf("the page does not say what is lower: %v", err)
	}
	better.Days = 9
	write(better)
	if other := u.must(exitUsage, "judge", dir, "--against", file); !strings.Contains(other.err, "seed 1234567890123456789, 9 days, the city is of 7 persons") {
		t.Errorf("another city:\n%s", other.err)
	}
}

// judgeShows looks at what is printed: keys and values where they were asked for alone.
func judgeShows(t *testing.T, u *user, dir string) {
	page := filepath.Join(t.TempDir(), "judge.html")
	plain := u.must(0, "judge", dir, "--report", page)
	html, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	whole := u.must(0, "judge", dir, "--examples", "2")
	asJSON := u.must(0, "judge", dir, "--examples", "1", "--json").out
	for _, secret := range []string{"P3", "92390101MA39X0B271", "嘉瑞", "槐树", "390100123456788"} {
		for name, text := range map[string]string{"table": plain.out + plain.err, "page": string(html), "standard error": whole.err} {
			if strings.Contains(text, secret) {
				t.Errorf("the %s shows %q", name, secret)
			}
		}
	}
	for _, want := range []string{"greenery  species  P3                  国槐        槐树", "greenery  species  P5                  柏树", "firms     name     92390101MA39X0B271"} {
		if !strings.Contains(whole.out, want) {
			t.Errorf("%q is not among the examples:\n%s", want, whole.out)
		}
	}
	if !strings.Contains(asJSON, `"key": "<key>"`) || strings.Contains(asJSON, "92390101") || !strings.Contains(asJSON, "嘉瑞建材商店") {
		t.Errorf("JSON has values and hides keys:\n%s", asJSON)
	}
	for _, want := range []string{"古树名木库", "园林局：古树台账", "尚无规则", "85.71%", "孤证", "83.33%（更高）", `<code class="soft">decimal</code></th><td>规范化步骤</td>`, "规则发现率和准确率", "</html>"} {
		if !strings.Contains(string(html), want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	for _, want := range []string{"no rule yet", "truth of firms has employees", "85.71%", "parks_tree", "worse than the majority", "entity.sole_source  rules "} {
		if !strings.Contains(plain.out, want) {
			t.Errorf("%q is not in the tables:\n%s", want, plain.out)
		}
	}
}

// keepsScratch looks at the scratch database while a judge works, and after it was interrupted.
func keepsScratch(t *testing.T, u *user, dir string) {
	a := newApp(streams{strings.NewReader(""), io.Discard, io.Discard})
	a.home, a.catalogue = u.home, filepath.Join(dir, "catalog")
	cat, err := a.load()
	if err != nil {
		t.Fatal(err)
	}
	city, err := judge.ReadCity(dir)
	if err != nil {
		t.Fatal(err)
	}
	w, err := a.warehouseOf(t.Context(), cat, "")
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	scratch := func() []string {
		var found []struct {
			Name string `ch:"name"`
		}
		if err := w.store.Select(t.Context(), &found, "SELECT name FROM system.databases WHERE startsWith(name, 'judge_')"); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, f := range found {
			out = append(out, f.Name)
		}
		return out
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	looked := false
	_, err = judge.Judge(ctx, w.store, judge.Case{Catalogue: cat, Dir: dir, City: city, Watch: func(stage string, done, _ int64) {
		if stage != "compare" || done != 3 {
			return
		}
		looked = true
		db := scratch()
		if len(db) != 1 {
			t.Fatalf("scratch databases: %v", db)
		}
		got := u.must(1, "sql", "SELECT count() FROM "+db[0]+".truth_greenery")
		if !strings.Contains(got.err, "Not enough privileges") {
			t.Errorf("the reader asks for truth:\n%s", got.err)
		}
		cancel()
	}})
	if !errors.Is(err, context.Canceled) || !looked {
		t.Errorf("an interrupted judge ends with %v", err)
	}
	if db := scratch(); len(db) > 0 {
		t.Errorf("after an interrupt: %v", db)
	}
	// One that a killed judge left stays until it is a day old; a base with such a name stays for good.
	for _, sql := range []string{"CREATE DATABASE judge_young COMMENT 'jiku judge: dropped at its end'", "CREATE TABLE judge_young.x (x UInt8) ENGINE = Memory", "CREATE DATABASE judge_base"} {
		if err := w.store.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	u.must(0, "judge", dir)
	if db := scratch(); !slices.Contains(db, "judge_young") || !slices.Contains(db, "judge_base") {
		t.Errorf("of a judge that may be at work and of a base are left: %v", db)
	}
	for _, name := range []string{"judge_young", "judge_base"} {
		if err := w.store.Exec(t.Context(), "DROP DATABASE "+name+" SYNC"); err != nil {
			t.Fatal(err)
		}
	}
}

// refusesTruth spoils the truth in several ways.
func refusesTruth(t *testing.T, u *user, dir string) {
	cases := []struct {
		name, file string
		sheet      *sheet
		code       int
		says       string
	}{
		{"a file is gone", "labels", nil, exitEnvironment, "labels.parquet"},
		{"a column is gone", "greenery", &sheet{columns: []string{"key", "state_from", "state_until", "species", "height"}, ints: []string{"state_from", "state_until"}}, exitFailed, "it has no column planted"},
		{"a column is of another type", "greenery", &sheet{columns: []string{"key", "state_from", "state_until", "species", "height", "planted"}, rows: [][]string{{"P1", "x", "y", "", "", ""}}}, exitFailed, "column state_from is not of type Int64"},
		{"two states at once", "greenery", &sheet{columns: []string{"key", "state_from", "state_until", "species", "height", "planted"}, ints: []string{"state_from", "state_until"},
			rows: [][]string{{"P1", "0", "99991231", "", "", ""}, {"P1", "20261001", "99991231", "", "", ""}}}, exitFailed, "1 keys have more than one state on 2026-11-03"},
		{"a date of another form", "greenery", &sheet{columns: []string{"key", "state_from", "state_until", "species", "height", "planted"}, ints: []string{"state_from", "state_until"},
			rows: [][]string{{"P1", "0", "99991231", "", "", "1890/3/5"}}}, exitFailed, "truth of planted: a value is no date as golden rows write it"},
		{"an unknown kind", "labels", &sheet{columns: []string{"feed", "file", "slot", "seq", "position", "item", "kind", "true_value"}, ints: []string{"slot", "seq", "position"},
			rows: [][]string{{"parks_tree", "parks_20261101.csv", "20261101", "0", "0", "", "gremlin", ""}}}, exitFailed, "kind gremlin is not in city.json"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			spoiled := t.TempDir()
			if err := os.CopyFS(spoiled, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(spoiled, "truth", c.file+".parquet")
			if c.sheet == nil {
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			} else {
				c.sheet.write(t, file)
			}
			got := u.in(t).must(c.code, "judge", spoiled)
			if !strings.Contains(got.err, c.says) || !strings.Contains(got.err, "jiku gen city") || strings.Contains(got.err, "1890/3/5") {
				t.Errorf("%q is not said:\n%s", c.says, got.err)
			}
		})
	}
	if left := u.must(0, "sql", "SELECT count() FROM system.databases WHERE startsWith(name, 'judge_')").out; left != "count()\n0\n" {
		t.Errorf("scratch databases are left: %s", left)
	}
}

// TestJudgeUsage looks at command lines that no warehouse is started for.
func TestJudgeUsage(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(dir, "city.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const kinds = `{"complete": true, "persons": 1, "seed": 2, "days": 0, "kinds": [%s]}`
	cases := []struct {
		name, city string
		args       []string
		code       int
		says       string
	}{
		{"no folder", "", nil, exitUsage, "accepts 1 arg"},
		{"no city.json", "", []string{dir}, exitEnvironment, "jiku gen city --persons N --seed S --out DIR"},
		{"not JSON", "{", []string{dir}, exitFailed, "read city.json"},
		{"no kinds", `{"complete": true, "persons": 1}`, []string{dir}, exitFailed, "it lists no kinds of errors"},
		{"an unknown outcome", strings.Replace(kinds, "%s", `{"id": "a", "outcome": "luck"}`, 1), []string{dir}, exitFailed, `unknown outcome "luck"`},
		{"a kind twice", strings.Replace(kinds, "%s", `{"id": "a", "outcome": "fix"}, {"id": "a", "outcome": "fix"}`, 1), []string{dir}, exitFailed, `kind "a" is there twice`},
		{"no figures", strings.Replace(kinds, "%s", `{"id": "a", "outcome": "fix"}`, 1), []string{dir, "--against", filepath.Join(dir, "none.json")}, exitEnvironment, "--write FILE writes them"},
		{"figures that are none", strings.Replace(kinds, "%s", `{"id": "a", "outcome": "fix"}`, 1), []string{dir, "--against", "judge_test.go"}, exitUsage, "read figures of judge_test.go"},
		{"not written to its end", `{"complete": false}`, []string{dir}, exitFailed, "not written to its end"},
		{"figures without any", strings.Replace(kinds, "%s", `{"id": "a", "outcome": "fix"}`, 1), []string{dir, "--against", filepath.Join(dir, "city.json")}, exitUsage, "read figures of"},
		{"fewer than no examples", "{", []string{dir, "--examples", "-1"}, exitUsage, "want 0 or more"},
		{"two things on one output", "{", []string{dir, "--report", "-", "--json"}, exitUsage, "both want standard output"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.city != "" {
				write(c.city)
			}
			got := inside(t, append([]string{"judge"}, c.args...)...)
			if got.code != c.code || !strings.Contains(got.err, c.says) {
				t.Errorf("ends with %d, want %d:\n%s", got.code, c.code, got.err)
			}
		})
	}
}
