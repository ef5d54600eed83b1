package pipelines

import (
	"fmt"
	"io/fs"
	"time"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/normalize"
	"jiku/pipelines/reconcile"
	"jiku/quality"
	"jiku/schemas"
)

// Load reads a catalogue and checks it against the connectors, normalizers, rules, policies
// and tables that this build has. Defects come back as schemas.Problems.
func Load(fsys fs.FS) (*schemas.Catalogue, error) {
	cat, err := schemas.LoadCatalogue(fsys, schemas.Known{
		Connector:  connectors.CheckSource,
		Normalizer: normalize.Check,
		Rule:       quality.CheckRule,
		Policy:     reconcile.CheckPolicy,
		Comparator: schemas.CheckComparator,
	})
	if err != nil {
		return nil, err
	}
	if problems := checkSteps(cat); len(problems) > 0 {
		return nil, problems
	}
	return cat, nil
}

// checkSteps checks the normalizers of all feeds against the code tables, which the city may
// add regions to: so they are known only when the catalogue is whole.
func checkSteps(c *schemas.Catalogue) schemas.Problems {
	var out schemas.Problems
	env := normalize.Env{Table: c.Codes.Table, Regions: c.Codes.Regions, Forms: c.Forms}
	for _, f := range c.Feeds {
		check := func(path string, steps []schemas.Step, item *schemas.Item) {
			for i, step := range steps {
				at := fmt.Sprintf("%s.via[%d]", path, i)
				out = append(out, c.ProblemsAt("feed", f.Name, at, normalize.CheckIn(step, item, env))...)
			}
		}
		for i, k := range f.Key {
			check(fmt.Sprintf("key[%d]", i), k.Via, nil)
		}
		if f.Event != nil {
			check("event", f.Event.Via, nil)
		}
		b := c.Base(f.Base)
		for i, m := range f.Columns {
			check(fmt.Sprintf("columns[%d]", i), m.Via, &b.Items[b.ItemIndex(m.Item)])
		}
	}
	return out
}

// Infos documents every reason code, by code.
func Infos() map[string]schemas.ReasonInfo {
	var normal, keys []schemas.ReasonInfo
	for _, r := range normalize.Reasons() {
		normal = append(normal, *r)
	}
	for _, r := range key.Reasons() {
		keys = append(keys, *r)
	}
	return quality.Catalog(connectors.Reasons(), normal, keys, quality.Infos(), []schemas.ReasonInfo{quality.Repeated})
}

// Examples runs the examples inside the feeds of a catalogue and says how many there are
// and which fail.
func Examples(c *schemas.Catalogue) (run int, problems schemas.Problems) {
	loc, err := time.LoadLocation(c.City.TimeZone)
	if err != nil {
		return 0, c.ProblemsAt("city", c.City.Name, "time_zone", fmt.Errorf("load time zone: %w", err))
	}
	for _, f := range c.Feeds {
		p, err := compileFeed(c, f, loc)
		if err != nil {
			problems = append(problems, c.ProblemsAt("feed", f.Name, "feed", err)...)
			continue
		}
		for i, t := range f.Tests {
			run++
			if err := p.example(t); err != nil {
				err = &schemas.PartError{Part: fmt.Sprintf("tests[%d]", i), Hint: "correct the example, or what it shows to be wrong",
					Err: fmt.Errorf("example %s: %w", t.Name, err)}
				problems = append(problems, c.ProblemsAt("feed", f.Name, "", err)...)
			}
		}
	}
	return run, problems
}

// example runs one example of a feed as ingest would.
func (p *program) example(t schemas.RowTest) error {
	columns := p.normal.Columns()
	row := schemas.Row{Cells: make([][]byte, len(columns))}
	known := map[string]bool{}
	for i, c := range columns {
		known[c] = true
		if v, ok := t.Row[c]; ok {
			row.Cells[i] = []byte(v)
		}
	}
	for c := range t.Row {
		if !known[c] {
			return fmt.Errorf("column %s is not in the contract", c)
		}
	}
	rec := schemas.NewRecord(p.base, len(p.feed.Key))
	p.normal.Row(&row, rec)
	p.keys.Resolve(rec)
	p.checks.Check(rec)
	return p.compare(t, rec)
}

func (p *program) compare(t schemas.RowTest, rec *schemas.Record) error {
	if rec.Rejected() != (len(t.Reject) > 0) {
		return fmt.Errorf("rejected is %v, want %v (findings: %v)", rec.Rejected(), len(t.Reject) > 0, codesOf(rec))
	}
	for _, want := range append(append([]string(nil), t.Reject...), t.Findings...) {
		if !codesOf(rec)[want] {
			return fmt.Errorf("finding %s is missing (found: %v)", want, codesOf(rec))
		}
	}
	if len(t.Reject) > 0 {
		return nil
	}
	if t.Key != "" && string(rec.Key) != t.Key {
		return fmt.Errorf("the key is not the expected one")
	}
	for item, want := range t.Claim {
		i := p.base.ItemIndex(item)
		if i < 0 {
			return fmt.Errorf("item %s is not in base %s", item, p.base.Name)
		}
		if got := normalize.Render(rec, i); got != want {
			return fmt.Errorf("item %s is %q, want %q", item, got, want)
		}
	}
	return nil
}

func codesOf(rec *schemas.Record) map[string]bool {
	out := map[string]bool{}
	for _, f := range rec.Findings {
		out[f.Code] = true
	}
	return out
}
