package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"jiku/pipelines"
	"jiku/schemas"
)

// planView is what `plan --json` prints.
type planView struct {
	Day        uint32            `json:"day"`
	Ordinal    uint16            `json:"ordinal"`
	Pending    bool              `json:"pending"`
	Deliveries []planDelivery    `json:"deliveries"`
	Bases      []planBase        `json:"bases"`
	Changes    []string          `json:"changes"`
	Landing    string            `json:"landing"`
	titles     map[string]string // of bases
}

// planDelivery is a delivery with what a run would do with it.
type planDelivery struct {
	ID       string           `json:"id"`
	Feed     string           `json:"feed"`
	Slot     string           `json:"slot"`
	Revision uint32           `json:"revision"`
	Action   pipelines.Action `json:"action"`
	Compared bool             `json:"compared"`
	Splits   int              `json:"splits"`
	Bytes    int64            `json:"bytes"`
	Name     string           `json:"name"`
	Note     string           `json:"note,omitempty"`
}

// planBase is what would be reconciled whatever is ingested.
type planBase struct {
	Base    string   `json:"base"`
	Touched bool     `json:"touched"`
	All     bool     `json:"all"`
	Ranges  int      `json:"ranges"`
	Why     []string `json:"why"`
}

func (a *app) planCommand() *cobra.Command {
	var f runFlags
	cmd := verb{
		use: "plan", short: "Show what a run would do, and do nothing of it",
		long: `
The deliveries that are there are compared with those that are registered. ingest: it is new,
a revision, or was not finished; repeat: it is registered already; stopped: it is held or
revoked; refused: it comes out of order. The same as jiku run --dry-run.`,
		example: "jiku plan\njiku plan --feed police_household --date 2026-11-01\njiku plan --json | jq '.deliveries[] | select(.action == \"ingest\")'",
		exits:   exitsOf(),
		run:     func(ctx context.Context, _ []string) error { return a.plan(ctx, f) },
	}.command()
	a.feedFlags(cmd, &f)
	return cmd
}

func (a *app) plan(ctx context.Context, f runFlags) error {
	w, err := a.runplace(ctx, f)
	if err != nil {
		return err
	}
	defer w.close()
	p, err := pipelines.DryRun(ctx, w.Config)
	if err != nil {
		return err
	}
	v := viewPlan(p, w)
	if f.json {
		return writeJSON(a.out, v)
	}
	return v.show(a.out, paletteFor(a.out))
}

func viewPlan(p *pipelines.Plan, w *workplace) planView {
	v := planView{Day: p.Day, Ordinal: p.Ordinal, Pending: p.Pending(), Deliveries: []planDelivery{}, Bases: []planBase{},
		Changes: append([]string{}, p.Changes...), Landing: w.Env.Landing, titles: map[string]string{}}
	for _, d := range p.Deliveries {
		v.Deliveries = append(v.Deliveries, planDelivery{ID: d.Delivery.ID.String(), Feed: d.Delivery.Feed, Slot: d.Delivery.Slot.String(),
			Revision: d.Delivery.Revision, Action: d.Action, Compared: d.Staged, Splits: len(d.Splits), Bytes: d.Delivery.Bytes,
			Name: d.Delivery.Name, Note: d.Note})
	}
	for _, b := range p.Bases {
		v.Bases = append(v.Bases, planBase{Base: b.Base, Touched: !b.Touched.Empty(), All: b.Touched.All, Ranges: b.Ranges, Why: append([]string{}, b.Why...)})
		if decl := w.Catalogue.Base(b.Base); decl != nil {
			v.titles[b.Base] = decl.Title
		}
	}
	return v
}

func (v *planView) show(out io.Writer, p palette) error {
	fmt.Fprintf(out, "%s %s · declarations %d\n", p.head("plan"), showDay(v.Day), v.Ordinal)
	t := newTable("FEED", "SLOT", "REV>", "ACTION", "COMPARED", "SPLITS>", "SIZE>", "NAME", "NOTE")
	t.paint = map[string]func(string) string{"ACTION": p.state}
	var again repeats
	for _, d := range v.Deliveries {
		if d.Action == pipelines.Repeat {
			again.add(d.Feed, d.Note)
			continue
		}
		compared := ""
		if d.Compared {
			compared = "with the slot before"
		}
		t.add(d.Feed, d.Slot, blankZero(int64(d.Revision)), string(d.Action), compared, blankZero(int64(d.Splits)),
			humanize.IBytes(uint64(d.Bytes)), d.Name, d.Note)
	}
	if err := showRows(out, p, t, len(v.Deliveries), again, v.Landing); err != nil {
		return err
	}
	bases := newTable("BASE", "TITLE", "RECONCILE", "RANGES>", "WHY")
	for _, b := range v.Bases {
		bases.add(b.Base, v.titles[b.Base], b.scope(), blankZero(int64(b.Ranges)), strings.Join(b.Why, "；"))
	}
	fmt.Fprintln(out)
	if err := bases.write(out, p); err != nil {
		return err
	}
	const few = 5
	for i, c := range v.Changes {
		if i == few && len(v.Changes) > few+1 {
			fmt.Fprintf(out, "and %d more table changes (--json lists all)\n", len(v.Changes)-few)
			break
		}
		fmt.Fprintln(out, "table change:", c)
	}
	if !v.Pending {
		fmt.Fprintln(out, "\nnothing to do")
	}
	return nil
}

// scope says which keys of a base a run would reconcile.
func (b *planBase) scope() string {
	switch {
	case b.All:
		return "all keys"
	case b.Touched:
		return "touched keys"
	default:
		return "what is ingested"
	}
}

// repeats are deliveries that are registered already: how many, and of each feed those that
// were read by other declarations.
type repeats struct {
	n     int
	older map[string]int
}

func (r *repeats) add(feed, note string) {
	if r.n++; note != "" {
		if r.older == nil {
			r.older = map[string]int{}
		}
		r.older[feed]++
	}
}

// note says which deliveries stay as they were read; empty if none does.
func (r *repeats) note() string {
	var feeds []string
	n := 0
	for _, f := range slices.Sorted(maps.Keys(r.older)) {
		n += r.older[f]
		feeds = append(feeds, fmt.Sprintf("%s (%s)", f, count(int64(r.older[f]))))
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s of them read by declarations that have changed since: %s; claims stay as they were read until the deliveries are revoked and come again",
		count(int64(n)), strings.Join(feeds, ", "))
}

// showRows prints a table of deliveries without repeats, and counts these.
func showRows(out io.Writer, p palette, t *table, found int, again repeats, landing string) error {
	if found == 0 {
		_, err := fmt.Fprintf(out, "no deliveries under %s\n", landing)
		return err
	}
	if len(t.rows) > 0 {
		fmt.Fprintln(out)
		if err := t.write(out, p); err != nil {
			return err
		}
	}
	if again.n > 0 {
		fmt.Fprintln(out, p.dim(plural2(again.n, "delivery", "deliveries")+" registered already"))
	}
	if note := again.note(); note != "" {
		fmt.Fprintln(out, p.warn(note))
	}
	return nil
}

func plural2(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(int64(n)) + " " + many
}

// feedsOf lists the feeds of a catalogue by name.
func feedsOf(c *schemas.Catalogue) []string {
	var out []string
	for _, f := range c.Feeds {
		out = append(out, f.Name)
	}
	return out
}
