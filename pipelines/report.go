package pipelines

import (
	"context"
	"slices"
	"time"

	"jiku/connectors"
	"jiku/quality"
	"jiku/schemas"
)

// Report is what a run did.
type Report struct {
	Run        string           `json:"run"`
	Day        uint32           `json:"day"`
	Ordinal    uint16           `json:"ordinal"`
	Started    time.Time        `json:"started"`
	Seconds    float64          `json:"seconds"`
	Deliveries []DeliveryReport `json:"deliveries"`
	Bases      []BaseReport     `json:"bases"`
	Themes     []ThemeReport    `json:"themes,omitempty"`
	// Rows are the rows read.
	Rows       int64               `json:"rows"`
	Scorecards []quality.Scorecard `json:"scorecards,omitempty"`
}

// DeliveryReport is what became of one delivery.
type DeliveryReport struct {
	Feed       string         `json:"feed"`
	Department string         `json:"department"`
	Delivery   string         `json:"delivery"`
	Slot       string         `json:"slot"`
	Revision   uint32         `json:"revision"`
	Name       string         `json:"name"`
	Action     Action         `json:"action"`
	State      schemas.Event  `json:"state"`
	Counts     schemas.Counts `json:"counts"`
	Note       string         `json:"note,omitempty"`
}

// BaseReport is what a base holds after the run and what the run did to it.
type BaseReport struct {
	Base      string `json:"base"`
	Title     string `json:"title"`
	Golden    int64  `json:"golden"`
	Conflicts int64  `json:"conflicts"`
	// Links and orphans, where the base declares links.
	connectors.LinkCounts
	// Reconciled are the keys that the run computed.
	Reconciled int64    `json:"reconciled"`
	Why        []string `json:"why,omitempty"`
}

// ThemeReport is a table of a theme after the run.
type ThemeReport struct {
	Theme string `json:"theme"`
	Table string `json:"table"`
	Title string `json:"title"`
	Rows  int64  `json:"rows"`
	// Held says which gate kept the former table live.
	Held string `json:"held,omitempty"`
}

// Reconciled are the keys that this run computed.
func (r *Report) Reconciled() int64 {
	var n int64
	for _, b := range r.Bases {
		n += b.Reconciled
	}
	return n
}

// Rejects are the rejects of the deliveries that this run read.
func (r *Report) Rejects() int64 {
	var n int64
	for _, d := range r.Deliveries {
		if d.Action == Ingest {
			n += d.Counts.Rejects
		}
	}
	return n
}

// Stopped reports whether a gate held a delivery of this run or a theme, or a delivery came
// out of order and was refused.
func (r *Report) Stopped() bool {
	return slices.ContainsFunc(r.Deliveries, func(d DeliveryReport) bool {
		return d.Action == Refused || d.Action == Ingest && d.State == schemas.Held
	}) ||
		slices.ContainsFunc(r.Themes, func(t ThemeReport) bool { return t.Held != "" })
}

func newReport(s *Session) *Report {
	return &Report{Run: s.Run, Day: s.Day, Ordinal: s.Ordinal, Started: time.Now()}
}

func (r *Report) planned(p *Plan) {
	for _, d := range p.Deliveries {
		r.Deliveries = append(r.Deliveries, DeliveryReport{Feed: d.Delivery.Feed, Delivery: d.Delivery.ID.String(), Slot: d.Delivery.Slot.String(),
			Revision: d.Delivery.Revision, Name: d.Delivery.Name, Action: d.Action, Note: d.Note})
	}
	for _, b := range p.Bases {
		r.Bases = append(r.Bases, BaseReport{Base: b.Base, Why: b.Why})
	}
}

func (r *Report) staged(acks []RangeAck) {
	for i := range r.Bases {
		for _, a := range acks {
			if a.Base == r.Bases[i].Base {
				r.Bases[i].Reconciled += a.Rows
			}
		}
	}
}

// complete fills in what the ledger and the bases say now.
func (r *Report) complete(ctx context.Context, s *Session, known []schemas.DeliveryState) error {
	var err error
	states := make(map[string]*schemas.DeliveryState, len(known))
	for i := range known {
		states[known[i].ID.String()] = &known[i]
	}
	for i := range r.Deliveries {
		d := &r.Deliveries[i]
		d.Department = s.Catalogue.DepartmentTitle(s.Catalogue.Feed(d.Feed).Department)
		if k := states[d.Delivery]; k != nil {
			d.State, d.Counts = k.Last, k.Counts
			if k.Note != "" {
				d.Note = k.Note
			}
		}
		if d.Action == Ingest {
			r.Rows += d.Counts.Rows
		}
	}
	for i := range r.Bases {
		b := s.Catalogue.Base(r.Bases[i].Base)
		r.Bases[i].Title = b.Title
		if sums, counted := s.totals[b.Name]; counted {
			r.Bases[i].Golden, r.Bases[i].Conflicts = sums.golden, sums.conflicts
		} else if r.Bases[i].Golden, r.Bases[i].Conflicts, err = s.Store.Totals(ctx, b); err != nil {
			return err
		}
		if len(b.Links) > 0 {
			if r.Bases[i].LinkCounts, err = s.Store.Linked(ctx, b); err != nil {
				return err
			}
		}
	}
	r.Seconds = time.Since(r.Started).Seconds()
	return nil
}
