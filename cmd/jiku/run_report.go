package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"

	"jiku/pipelines"
	"jiku/quality"
)

// runView is what `run --json` prints: the report, and what the run took of the machine.
type runView struct {
	*pipelines.Report
	Stages []stageTime `json:"stages"`
	Use    machineUse  `json:"use"`
}

func (v runView) show(out io.Writer, p palette, landing string) error {
	fmt.Fprintf(out, "%s %s · day %s · declarations %d\n", p.head("run"), v.Run, showDay(v.Day), v.Ordinal)
	parts := []func(io.Writer, palette) error{
		func(out io.Writer, p palette) error { return v.showDeliveries(out, p, landing) },
		v.showBases, v.showThemes, v.showScores,
	}
	for _, show := range parts {
		if err := show(out, p); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "\n%s\n", v.Use.line(v.Seconds, v.Rows))
	return err
}

// showDeliveries prints law 1 as a line a delivery: rows = claims + rejects + unchanged.
func (v runView) showDeliveries(out io.Writer, p palette, landing string) error {
	t := newTable("FEED", "SLOT", "REV>", "STATE", "ROWS>", "= CLAIMS>", "+ REJECTS>", "+ UNCHANGED>", "+ ERASED>", "WITHDRAWN>", "NOTE")
	t.paint = map[string]func(string) string{"STATE": p.state, "+ REJECTS>": p.warn}
	var again repeats
	for _, d := range v.Deliveries {
		c, state := d.Counts, string(d.State)
		switch d.Action {
		case pipelines.Repeat:
			again.add(d.Feed, d.Note)
			continue
		case pipelines.Refused:
			state = string(d.Action)
		}
		rows, claims := count(c.Rows), count(c.Claims)
		if d.Action != pipelines.Ingest {
			rows, claims = countOrBlank(c.Rows), countOrBlank(c.Claims)
		}
		t.add(d.Feed, d.Slot, blankZero(int64(d.Revision)), state, rows, claims, countOrBlank(c.Rejects),
			countOrBlank(c.Unchanged), countOrBlank(c.Erased), countOrBlank(c.Withdrawals), d.Note)
	}
	return showRows(out, p, t, len(v.Deliveries), again, landing)
}

func (v runView) showBases(out io.Writer, p palette) error {
	t := newTable("BASE", "TITLE", "GOLDEN ROWS>", "CONFLICTS>", "LINKED>", "ORPHANS>", "RECONCILED>", "WHY")
	t.paint = map[string]func(string) string{"ORPHANS>": p.warn}
	for _, b := range v.Bases {
		t.add(b.Base, b.Title, count(b.Golden), count(b.Conflicts), countOrBlank(b.Links), countOrBlank(b.Orphans), count(b.Reconciled), strings.Join(b.Why, "；"))
	}
	return section(out, p, t)
}

func (v runView) showThemes(out io.Writer, p palette) error {
	t := newTable("THEME", "TITLE", "ROWS>", "HELD BY")
	t.paint = map[string]func(string) string{"HELD BY": p.bad}
	for _, th := range v.Themes {
		t.add("theme_"+th.Theme+"."+th.Table, th.Title, count(th.Rows), th.Held)
	}
	return section(out, p, t)
}

func (v runView) showScores(out io.Writer, p palette) error {
	t := newTable("PERIOD", "DEPARTMENT", "SCORE>", "GRADE", "95 %>", "ROWS>", "REJECTED>", "ACCURACY>", "WORTH MOST")
	for _, c := range v.Scorecards {
		if len(c.Feeds) == 0 {
			t.add(c.Period, c.Title, "", "", "", "", "", "", "本期尚无应报")
			continue
		}
		accuracy := ""
		if c.Accuracy != nil {
			accuracy = points(c.Accuracy.Score)
		}
		t.add(c.Period, c.Title, points(c.Score), c.Grade, points(c.Interval.Low)+"–"+points(c.Interval.High), count(c.Rows),
			countOrBlank(c.Rejected), accuracy, topFix(c.Fixes))
	}
	return section(out, p, t)
}

// topFix is the one thing that would gain a department most points.
func topFix(fixes []quality.Fix) string {
	if len(fixes) == 0 {
		return ""
	}
	f := fixes[0]
	what := strings.TrimRight(f.Title, "。")
	if f.ItemTitle != "" {
		what = f.ItemTitle + "：" + what
	}
	return fmt.Sprintf("+%s %s", points(f.Points), what)
}

// section prints a table after a blank line; an empty one is left out.
func section(out io.Writer, p palette, t *table) error {
	if len(t.rows) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	return t.write(out, p)
}

// points is a score as people are shown it, with one decimal.
func points(score float64) string { return strconv.FormatFloat(score, 'f', 1, 64) }

// line says what a run took: time, pace, processor and memory.
func (u machineUse) line(seconds float64, rows int64) string {
	parts := []string{fmt.Sprintf("%.1f s", seconds), plural(int(rows), "row")}
	if u.RowsPerSecond > 0 {
		parts = append(parts, count(int64(u.RowsPerSecond))+" rows/s")
	}
	parts = append(parts, "jiku "+u.Jiku.String())
	if u.Engine != nil {
		parts = append(parts, "engine "+u.Engine.String())
	}
	return strings.Join(parts, " · ")
}

// String is processor time and peak memory.
func (u processUse) String() string {
	return fmt.Sprintf("%.1f CPU-s, peak %s", u.CPUSeconds, humanize.IBytes(uint64(u.PeakBytes)))
}
