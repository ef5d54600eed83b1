package main

import (
	"context"
	"fmt"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/quality"
	"jiku/schemas"
)

// lastReport puts the report of the last finished run together again from what the
// warehouse holds now.
func lastReport(ctx context.Context, w *workplace) (*pipelines.Report, error) {
	events, err := w.store.Runs(ctx, 200)
	if err != nil {
		return nil, err
	}
	r := &pipelines.Report{}
	for _, run := range foldRuns(events) {
		if run.State == connectors.RunFinished {
			r.Run, r.Day, r.Ordinal, r.Seconds = run.Run, run.Day, run.Ordinal, run.Seconds
			if run.Started != nil {
				r.Started = *run.Started
			}
			break
		}
	}
	if r.Run == "" {
		return nil, nothingYet("write report", fmt.Errorf("no run has finished"))
	}
	for _, add := range []func(context.Context, *workplace, *pipelines.Report) error{lastDeliveries, lastBases, lastThemes, lastScores} {
		if err := add(ctx, w, r); err != nil {
			return nil, fmt.Errorf("gather report: %w", err)
		}
	}
	return r, nil
}

// lastDeliveries lists the deliveries of feeds that are declared, and which of them the run
// read.
func lastDeliveries(ctx context.Context, w *workplace, r *pipelines.Report) error {
	var judged []struct {
		Delivery uint64 `ch:"delivery"`
	}
	err := w.store.Select(ctx, &judged, "SELECT DISTINCT delivery FROM ops.delivery_event WHERE event IN ('accepted', 'held') AND run = "+schemas.Quote(r.Run))
	if err != nil {
		return err
	}
	read := map[schemas.DeliveryID]bool{}
	for _, j := range judged {
		read[schemas.DeliveryID(j.Delivery)] = true
	}
	known, err := w.store.Deliveries(ctx, "")
	for _, d := range known {
		f := w.Catalogue.Feed(d.Feed)
		if f == nil {
			continue
		}
		action := pipelines.Repeat
		if read[d.ID] {
			action = pipelines.Ingest
			r.Rows += d.Counts.Rows
		}
		r.Deliveries = append(r.Deliveries, pipelines.DeliveryReport{Feed: d.Feed, Department: w.Catalogue.DepartmentTitle(f.Department),
			Delivery: d.ID.String(), Slot: d.Slot.String(), Revision: d.Revision, Name: d.Name, Action: action, State: d.Last,
			Counts: d.Counts, Note: d.Note})
	}
	return err
}

// tally is a count that a statement gives.
type tally struct {
	N uint64 `ch:"n"`
}

func countRows(ctx context.Context, w *workplace, from string) (int64, error) {
	var n []tally
	err := w.store.Select(ctx, &n, "SELECT count() AS n FROM "+from)
	if err != nil || len(n) == 0 {
		return 0, err
	}
	return int64(n[0].N), nil
}

func lastBases(ctx context.Context, w *workplace, r *pipelines.Report) error {
	for _, b := range w.Catalogue.Bases {
		golden, conflicts, err := w.store.Totals(ctx, b)
		if err != nil {
			return err
		}
		reconciled, err := countRows(ctx, w, b.Name+".golden FINAL WHERE run = "+schemas.Quote(r.Run))
		if err != nil {
			return err
		}
		of := pipelines.BaseReport{Base: b.Name, Title: b.Title, Golden: golden, Conflicts: conflicts, Reconciled: reconciled}
		if len(b.Links) > 0 {
			if of.LinkCounts, err = w.store.Linked(ctx, b); err != nil {
				return err
			}
		}
		r.Bases = append(r.Bases, of)
	}
	return nil
}

// lastThemes counts the tables that are live; one that its gate never let through is not
// there.
func lastThemes(ctx context.Context, w *workplace, r *pipelines.Report) error {
	for _, t := range w.Catalogue.Themes {
		for _, table := range t.Tables {
			rows, err := countRows(ctx, w, "theme_"+t.Name+"."+table.Name)
			if isNew(err) {
				continue
			}
			if err != nil {
				return err
			}
			r.Themes = append(r.Themes, pipelines.ThemeReport{Theme: t.Name, Table: table.Name, Title: table.Title, Rows: rows})
		}
	}
	return nil
}

// lastScores scores the frozen facts of the newest period.
func lastScores(ctx context.Context, w *workplace, r *pipelines.Report) error {
	var rows []struct {
		Period string `ch:"period"`
		Feed   string `ch:"feed"`
		Inputs string `ch:"inputs"`
	}
	err := w.store.Select(ctx, &rows, `SELECT period, feed, inputs FROM quality.score_rows FINAL
WHERE inputs != '' AND period = (SELECT max(period) FROM quality.score_rows) ORDER BY department, feed`)
	if err != nil {
		return err
	}
	frozen := make([]quality.ScoreRow, len(rows))
	for i, x := range rows {
		frozen[i] = quality.ScoreRow{Period: x.Period, Feed: x.Feed, Inputs: x.Inputs}
	}
	facts, err := quality.Thaw(frozen)
	r.Scorecards = quality.Score(facts, w.Catalogue, pipelines.Infos())
	return err
}
