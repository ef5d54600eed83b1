package pipelines

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jiku/connectors"
	"jiku/schemas"
)

// Trial says what a what-if computes.
type Trial struct {
	// Bases limits it to these; all if empty.
	Bases []string
	// Percent is the share of the buckets, above 0 and up to 100; 0 is all of them.
	Percent float64
	// Examples is how many changed cells of each item are shown, with key and values.
	Examples int
}

// Outlook is what a rebuild would change, as a what-if finds it.
type Outlook struct {
	Day uint32 `json:"day"`
	// Of Total buckets, Buckets were computed: counts are those of the sample.
	Buckets int `json:"buckets"`
	Total   int `json:"total_buckets"`
	// Moved is set when deliveries were judged or published meanwhile: what that changed may
	// be among the changes.
	Moved bool         `json:"moved"`
	Bases []BaseChange `json:"bases"`
}

// WhatIf computes golden rows from the stored claims under the catalogue as it is now and
// compares them with the published ones. It writes nothing: no stage, no number for the
// declarations, no table. A day of 0 is that of the last finished run, so that what the
// declarations change is not mixed with what time changes. A base whose tables would be
// changed first is not computed, and says so.
//
// A sample is some of the buckets, spread evenly and always the same ones: keys are spread
// over buckets by a keyed hash, so a bucket is a random sample of keys.
func WhatIf(ctx context.Context, c Config, t Trial) (*Outlook, error) {
	bases, err := chooseBases(c.Catalogue, t.Bases)
	if err != nil {
		return nil, err
	}
	s := newSession(c)
	if err := s.prepareBases(); err != nil {
		return nil, err
	}
	last, err := s.lastFinished(ctx)
	if err != nil {
		return nil, err
	}
	if last.Run == "" {
		return nil, &connectors.Error{Op: "compare", Feed: "bases", Code: connectors.Missing, Err: errors.New("no run has published anything yet"), Hint: "jiku run"}
	}
	if s.HashKey[0], s.HashKey[1], err = s.Store.HashKey(ctx); err != nil {
		return nil, err
	}
	if s.Day == 0 {
		s.Day = last.Day
	}
	changes, err := s.Store.Changes(ctx, c.Catalogue)
	if err != nil {
		return nil, err
	}
	if s.Ordinal, err = s.Store.Ordinal(ctx, s.Run, ""); err != nil {
		return nil, err
	}
	out := &Outlook{Day: s.Day, Total: schemas.Buckets, Bases: []BaseChange{}}
	for _, r := range spread(1, t.Percent) {
		out.Buckets += int(r.Last) - int(r.First) + 1
	}
	return out, s.fill(ctx, out, trial{t, bases, changes})
}

// trial is a Trial with the table changes that the declarations bring.
type trial struct {
	Trial
	bases   []*schemas.Base
	changes []string
}

// fill computes the bases of an outlook from one view of the ledger.
func (s *Session) fill(ctx context.Context, out *Outlook, t trial) error {
	known, err := s.Store.Deliveries(ctx, "")
	if err != nil {
		return err
	}
	v, err := s.look(ctx)
	if err != nil {
		return err
	}
	for _, b := range t.bases {
		d := newDifference(s.Catalogue, b)
		d.examples = t.Examples
		if d.total.Blocked = concerning(b, t.changes); len(d.total.Blocked) == 0 {
			ranges := s.planBase(b, &Plan{}, known, runSummary{}).Ranges
			if err := s.compare(ctx, d, v, spread(ranges, t.Percent)); err != nil {
				return fmt.Errorf("compare %s: %w", b.Name, err)
			}
		}
		out.Bases = append(out.Bases, d.change())
	}
	after, err := s.Store.Deliveries(ctx, "")
	out.Moved = !slices.EqualFunc(known, after, func(a, b schemas.DeliveryState) bool {
		return a.ID == b.ID && a.Events == b.Events && a.Published == b.Published
	})
	return err
}

// spread are the ranges of a sample: single buckets at even distances; all buckets in n
// ranges if there is no sample.
func spread(n int, percent float64) []schemas.Range {
	if percent == 0 || percent >= 100 {
		return cutRanges(n)
	}
	n = max(1, int(percent/100*schemas.Buckets+0.5))
	out := make([]schemas.Range, n)
	for i := range out {
		at := uint8(i * schemas.Buckets / n)
		out[i] = schemas.Range{First: at, Last: at}
	}
	return out
}

// concerning are the table changes that concern the tables of a base.
func concerning(b *schemas.Base, changes []string) []string {
	var out []string
	for _, o := range b.Objects() {
		for _, c := range changes {
			if strings.HasPrefix(c, o.FullName()+"：") {
				out = append(out, c)
			}
		}
	}
	return out
}

// compare computes the golden rows of a base range by range, so that memory stays flat, and
// holds them against the published ones: first those of keys that stand alone, then those of
// families.
func (s *Session) compare(ctx context.Context, d *difference, v view, ranges []schemas.Range) error {
	worker := s.merges[d.base.Name].Worker(v.facts)
	links, err := s.linksOf(ctx, d.base, v, schemas.Touched{All: true})
	if err != nil {
		return err
	}
	for i, r := range ranges {
		links.aside(worker)
		for block, err := range s.Store.Scan(ctx, connectors.ScanSpec{Base: d.base, Range: r, Touched: schemas.Touched{All: true}}) {
			if err != nil {
				return err
			}
			worker.Add(block)
		}
		kin := schemas.NewGoldenBlock(d.base)
		for block, err := range s.Store.Golden(ctx, d.base, r) {
			if err != nil {
				return err
			}
			d.published(block, links, kin)
		}
		d.order()
		if err := worker.Drain(d.computed); err != nil {
			return err
		}
		d.rest()
		if links != nil {
			d.published(kin, nil, nil)
			d.order()
			if err := s.drain(ctx, rangeWork{d.base, r, links, worker}, d.computed); err != nil {
				return err
			}
			d.rest()
		}
		s.progress("compare "+d.base.Name, int64(i+1), int64(len(ranges)))
	}
	return nil
}
