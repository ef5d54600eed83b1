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
	"jiku/schemas/codes"
)

// Load reads a catalogue and checks it against the connectors, normalizers, rules, policies
// and tables that this build has. Defects come back as schemas.Problems.
func Load(fsys fs.FS) (*schemas.Catalogue, error) {
	return schemas.LoadCatalogue(fsys, schemas.Known{
		Connector:  connectors.CheckSource,
		Normalizer: normalize.Check,
		Rule:       quality.CheckRule,
		Table: func(name string) error {
			_, err := codes.Load(name)
			return err
		},
		Policy:     reconcile.CheckPolicy,
		Comparator: schemas.CheckComparator,
	})
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
func Examples(c *schemas.Catalogue) (run int, problems []error) {
	loc, err := time.LoadLocation(c.City.TimeZone)
	if err != nil {
		return 0, []error{fmt.Errorf("load time zone: %w", err)}
	}
	tables := Tables(c)
	for _, f := range c.Feeds {
		p, err := compileFeed(c, f, loc, tables)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		for i, t := range f.Tests {
			run++
			if err := p.example(t); err != nil {
				at := c.Where("feed", f.Name, fmt.Sprintf("tests[%d]", i))
				problems = append(problems, fmt.Errorf("%s: example %s of feed %s: %w", at, t.Name, f.Name, err))
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
	p.checks.Check(rec)
	p.keys.Resolve(rec)
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
