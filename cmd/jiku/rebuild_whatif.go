package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"jiku/pipelines"
	"jiku/schemas"
)

// whatIfView is what `rebuild --dry-run --json` prints.
type whatIfView struct {
	*pipelines.Outlook
	// Share is the part of the keys that was computed.
	Share   float64 `json:"share"`
	Pending bool    `json:"pending"`
}

// whatIf says what a rebuild would change.
func (a *app) whatIf(ctx context.Context, w *workplace, f rebuildFlags) error {
	if f.date == "" {
		w.Day = 0 // The day of the last run.
	}
	bar := a.meter(!f.json)
	w.Watch = bar.watch
	out, err := pipelines.WhatIf(ctx, w.Config, pipelines.Trial{Bases: f.bases, Percent: f.sample, Examples: f.examples})
	bar.close()
	if err != nil {
		return err
	}
	v := whatIfView{Outlook: out, Share: float64(out.Buckets) / float64(out.Total)}
	for i := range out.Bases {
		v.Pending = v.Pending || out.Bases[i].Any()
	}
	if f.json {
		return writeJSON(a.out, v)
	}
	return v.show(a.out, paletteFor(a.out))
}

func (v *whatIfView) show(out io.Writer, p palette) error {
	scope := "all keys"
	if v.Buckets < v.Total {
		scope = fmt.Sprintf("a sample of %s %% of the keys (%d of %d buckets): counts are those of the sample",
			strconv.FormatFloat(100*v.Share, 'f', 1, 64), v.Buckets, v.Total)
	}
	fmt.Fprintf(out, "%s day %s · %s · nothing is written\n", p.head("what if"), showDay(v.Day), scope)
	for _, t := range []*table{v.bases(), v.items(), v.departments(), v.findings(), v.examples()} {
		if err := section(out, p, t); err != nil {
			return err
		}
	}
	v.notes(out, p)
	return nil
}

// notes say what the tables do not.
func (v *whatIfView) notes(out io.Writer, p palette) {
	computed := 0
	for _, b := range v.Bases {
		if len(b.Blocked) == 0 {
			computed++
			continue
		}
		fmt.Fprintf(out, "\n%s %s cannot be computed before its tables are changed; jiku run or jiku rebuild changes them:\n", p.warn("note:"), b.Base)
		for _, c := range b.Blocked {
			fmt.Fprintln(out, "  table change:", c)
		}
	}
	if v.Moved {
		fmt.Fprintf(out, "\n%s deliveries were judged or published meanwhile, which may be among the changes\n", p.warn("note:"))
	}
	if !v.Pending && computed > 0 {
		fmt.Fprintln(out, "\nnothing would change")
	}
}

func (v *whatIfView) bases() *table {
	t := newTable("BASE", "TITLE", "ROWS NOW>", "ROWS THEN>", "APPEAR>", "GO>", "CHANGE>")
	for _, b := range v.Bases {
		if len(b.Blocked) == 0 {
			t.add(b.Base, b.Title, count(b.Published), count(b.Computed), countOrBlank(b.Appearing), countOrBlank(b.Going), count(b.Changed))
		}
	}
	return t
}

func (v *whatIfView) items() *table {
	t := newTable("BASE", "ITEM", "TITLE", "CELLS CHANGE>", "ONLY DEPARTMENT>", "CONFLICTS OPEN>", "CONFLICTS CLOSE>")
	for _, b := range v.Bases {
		for _, i := range b.Items {
			t.add(b.Base, i.Item, i.Title, countOrBlank(i.Changed), countOrBlank(i.Moved), countOrBlank(i.Opened), countOrBlank(i.Closed))
		}
	}
	return t
}

func (v *whatIfView) departments() *table {
	t := newTable("BASE", "DEPARTMENT", "CELLS GAINED>", "CELLS LOST>")
	for _, b := range v.Bases {
		for _, d := range b.Departments {
			t.add(b.Base, d.Title, countOrBlank(d.Gained), countOrBlank(d.Lost))
		}
	}
	return t
}

func (v *whatIfView) findings() *table {
	t := newTable("BASE", "FINDING", "TITLE", "OPEN>", "CLOSE>")
	for _, b := range v.Bases {
		for _, f := range b.Findings {
			t.add(b.Base, f.Code, f.Title, countOrBlank(f.Opened), countOrBlank(f.Closed))
		}
	}
	return t
}

// examples show keys and values: whoever asked for them wants to see what changes.
func (v *whatIfView) examples() *table {
	t := newTable("BASE", "KEY", "ITEM", "NOW", "BY", "THEN", "BY THEN")
	for _, b := range v.Bases {
		for _, x := range b.Examples {
			t.add(b.Base, x.Key.Reveal(), x.Title, shownCell(x.Before), x.Before.Department, shownCell(x.After), x.After.Department)
		}
	}
	return t
}

func shownCell(c pipelines.ExampleCell) string {
	if c.State != schemas.Valued.String() {
		return "(" + c.State + ")"
	}
	return c.Value
}
