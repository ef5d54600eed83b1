package pipelines_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

func everyBucket(uint8) bool { return true }

// TestWhatIfLaw draws histories and two catalogues: what a what-if of the second says after a
// run with the first is the difference of what runs with each leave.
func TestWhatIfLaw(t *testing.T) {
	const rule = "items:\n  - {name: name, title: 店名"
	cats := []*schemas.Catalogue{
		shops(t, 64<<20),
		shopsWith(t, 64<<20, "source: market, fallbacks: [tax], checkers: {of: [tax, street], agree: 1}", "source: tax, fallbacks: [market]"),
		shopsWith(t, 64<<20, "stale_after: 20", "stale_after: 5"),
		shopsWith(t, 64<<20, "fallbacks: [street], stale_after: 20", "stale_after: 20"),
		shopsWith(t, 64<<20, "kind: delta\nestablishes: true", "kind: delta"),
		shopsWith(t, 64<<20, rule, "rules:\n  - {rule: entity.sole_source, items: [name]}\n"+rule),
	}
	rapid.Check(t, func(rt *rapid.T) {
		a := history(rt)
		from, to := rapid.SampledFrom(cats).Draw(rt, "from"), rapid.SampledFrom(cats).Draw(rt, "to")
		steps := a.cut(allAtOnce)
		before, after := config(t, from, connectors.NewMemory(), ""), config(t, to, connectors.NewMemory(), "")
		for _, c := range []pipelines.Config{before, after} {
			if _, err := play(t, c, steps); err != nil {
				rt.Fatal(err)
			}
		}
		percent := rapid.SampledFrom([]float64{0, 100, 50, 30}).Draw(rt, "percent")
		trial := before
		trial.Catalogue, trial.Day = to, 0
		got, err := pipelines.WhatIf(context.Background(), trial, pipelines.Trial{Percent: percent})
		if err != nil {
			rt.Fatal(err)
		}
		keep := everyBucket
		if percent > 0 {
			keep = sampled(percent)
		}
		base := from.Bases[0]
		want := oracle(base, pictureOf(t, before, base, keep), pictureOf(t, after, base, keep))
		if d := agree(want, got.Bases[0]); d != "" || got.Moved || got.Day != day {
			rt.Fatalf("what-if is wrong on day %d, moved %v (-want +got):\n%s\n%s", got.Day, got.Moved, d, describe(steps))
		}
		if from == to && got.Bases[0].Any() {
			rt.Fatalf("the same catalogue changes %+v", got.Bases[0])
		}
	})
}

// sampled says which buckets a sample has.
func sampled(percent float64) func(uint8) bool {
	n := int(percent*256/100 + 0.5)
	in := map[uint8]bool{}
	for i := range n {
		in[uint8(i*256/n)] = true
	}
	return func(b uint8) bool { return in[b] }
}

// builtInWith is the built-in catalogue with other text in one file.
func builtInWith(tb testing.TB, file string, changes ...string) *schemas.Catalogue {
	tb.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(schemas.BuiltIn(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(schemas.BuiltIn(), path)
		for i := 0; path == file && i < len(changes); i += 2 {
			if !bytes.Contains(text, []byte(changes[i])) {
				return fmt.Errorf("%s has no %q", file, changes[i])
			}
			text = bytes.Replace(text, []byte(changes[i]), []byte(changes[i+1]), 1)
		}
		files[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	cat, err := pipelines.Load(files)
	if err != nil {
		tb.Fatal(err)
	}
	return cat
}

// footprint is everything that the engine has: tables, numbers of declarations, row counts.
func footprint(tb testing.TB, s *clickhouse.Store) []string {
	tb.Helper()
	var rows []struct {
		Line string `ch:"line"`
	}
	if err := s.Select(tb.Context(), &rows, `SELECT toString((database, name, total_rows, comment, create_table_query)) AS line FROM system.tables
WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') ORDER BY database, name`); err != nil {
		tb.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, r.Line)
	}
	return out
}

// TestWhatIf asks what another register would change in the demo city, and then does it: the
// what-if was right, and changed nothing itself.
func TestWhatIf(t *testing.T) {
	cat, landing := demo(t)
	s := openStore(t)
	c := config(t, cat, s, landing)
	if _, err := pipelines.WhatIf(t.Context(), c, pipelines.Trial{}); connectors.CodeOf(err) != connectors.Missing {
		t.Errorf("what-if in an empty warehouse gives %v, want code missing", err)
	}
	mustRun(t, c)
	changed := c
	changed.Catalogue = builtInWith(t, "authority/legal_entity.yaml", `
    source: market_regulation
    fallbacks: [staffing, civil_affairs, justice, data_bureau, tax, human_resources]
    checkers: {of: [tax, human_resources, street_office], agree: 2}`, `
    source: tax
    fallbacks: [market_regulation, human_resources]`)
	content, prints := whole(t, cat, s), footprint(t, s)
	ask := func(c pipelines.Config, trial pipelines.Trial) *pipelines.Outlook {
		t.Helper()
		out, err := pipelines.WhatIf(t.Context(), c, trial)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, b := range ask(c, pipelines.Trial{}).Bases {
		if b.Any() || b.Published == 0 || b.Computed != b.Published {
			t.Errorf("the same catalogue changes %+v", b)
		}
	}
	all, quarter := ask(changed, pipelines.Trial{Examples: 2}), ask(changed, pipelines.Trial{Percent: 25, Bases: []string{"legal_entity"}})
	if all.Buckets != 256 || quarter.Buckets != 64 || len(all.Bases) != 4 || len(quarter.Bases) != 1 {
		t.Fatalf("%d and %d buckets, %d and %d bases", all.Buckets, quarter.Buckets, len(all.Bases), len(quarter.Bases))
	}
	same(t, "after what-ifs", content, whole(t, cat, s))
	same(t, "the engine after what-ifs", prints, footprint(t, s))

	old := map[string]picture{}
	for _, b := range cat.Bases {
		old[b.Name] = pictureOf(t, c, b, everyBucket)
	}
	oldQuarter := pictureOf(t, c, cat.Base("legal_entity"), sampled(25))
	mustRun(t, changed)
	for i, b := range cat.Bases {
		now := pictureOf(t, changed, b, everyBucket)
		exemplary(t, changed, all.Bases[i], old[b.Name], now)
		want := oracle(b, old[b.Name], now)
		if d := agree(want, all.Bases[i]); d != "" {
			t.Errorf("%s (-want +got):\n%s", b.Name, d)
		}
		if any := all.Bases[i].Any(); any != (b.Name == "legal_entity") {
			t.Errorf("%s: changes %v", b.Name, any)
		}
	}
	want := oracle(cat.Base("legal_entity"), oldQuarter, pictureOf(t, changed, cat.Base("legal_entity"), sampled(25)))
	if d := agree(want, quarter.Bases[0]); d != "" {
		t.Errorf("a quarter (-want +got):\n%s", d)
	}
}

// TestWhatIfBlocked asks for a new item: its base waits for the tables, the others do not.
func TestWhatIfBlocked(t *testing.T) {
	cat, landing := demo(t)
	s := openStore(t)
	c := config(t, cat, s, landing)
	c.Feeds = []string{"civil_marriage"}
	mustRun(t, c)
	prints := footprint(t, s)
	c.Catalogue = builtInWith(t, "base/credit.yaml", "groups:\n", "  - {name: remark, title: 备注, type: text, comparator: exact, sensitivity: internal}\ngroups:\n")
	out, err := pipelines.WhatIf(t.Context(), c, pipelines.Trial{})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range out.Bases {
		if blocked := len(b.Blocked) > 0; blocked != (b.Base == "credit") || b.Any() {
			t.Errorf("%s: %+v", b.Base, b)
		}
	}
	same(t, "the engine after a what-if", prints, footprint(t, s))
}
