package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"jiku/pipelines"
	"jiku/schemas"
)

// rebuildFlags are the flags of rebuild.
type rebuildFlags struct {
	bases  []string
	date   string
	runner string
	dryRun bool
	sample float64
	// examples are personal data.
	examples int
	json     bool
}

func (a *app) rebuildCommand() *cobra.Command {
	var f rebuildFlags
	cmd := verb{
		use: "rebuild", short: "Compute golden rows again from the stored claims",
		long: `
Every golden row of the bases is reconciled again from the claims in the warehouse, published as
a run does, and followed by findings, themes and scores. No delivery is looked at and nothing is
thrown away, so it may work beside runs. It makes damaged golden tables whole, and brings changed
declarations into force without waiting for deliveries. What is pending in bases that are not
named with --base is computed as a run would. Claims stay as they were read: what changed in
normalizers, code tables and rules of feeds does not reach them.

--dry-run is a what-if: it computes all golden rows, or those of a sample of buckets, under the
declarations as they are now, compares them with the published ones, and writes nothing. Its day is
that of the last finished run, so that it shows what the declarations change and not what time does;
--date chooses another. Its counts are those of the sample; the same sample is taken each time.
Keys and values are shown with --examples alone; --json has the values and hides the keys.`,
		example: `jiku rebuild
jiku rebuild --base population --date 2026-11-01
jiku rebuild --dry-run --sample 5 --catalog changed/
jiku rebuild --dry-run --base legal_entity --examples 3
jiku rebuild --dry-run --json > whatif.json`,
		exits: exitsOf(exitGate),
		run:   func(ctx context.Context, _ []string) error { return a.rebuild(ctx, f) },
	}.command()
	cmd.Flags().StringSliceVar(&f.bases, "base", nil, "only this `base`; may be given several times")
	cmd.Flags().StringVar(&f.date, "date", "", "the `day` of the computation, such as 2026-11-01 (default today in the city)")
	cmd.Flags().StringVar(&f.runner, "runner", string(pipelines.Prism), "what executes the stages: `prism` or straight")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would change, and change nothing")
	cmd.Flags().Float64Var(&f.sample, "sample", 100, "with --dry-run, compute only this `percentage` of the keys")
	cmd.Flags().IntVar(&f.examples, "examples", 0, "with --dry-run, show this `number` of changed cells of each item: personal data")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
	_ = cmd.RegisterFlagCompletionFunc("base", a.completeBases)
	_ = cmd.RegisterFlagCompletionFunc("runner", cobra.FixedCompletions(runners(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// check finds what is wrong with the command line before a warehouse is started for it.
func (f *rebuildFlags) check(cat *schemas.Catalogue) error {
	var known []string
	for _, b := range cat.Bases {
		known = append(known, b.Name)
	}
	for _, name := range f.bases {
		if !slices.Contains(known, name) {
			return unknown("base", name, known)
		}
	}
	switch {
	case !slices.Contains(runners(), f.runner):
		return unknown("runner", f.runner, runners())
	case !(f.sample > 0 && f.sample <= 100): // Not a number is out of it, too.
		return usagef("write it as --sample 5", "read --sample %v: want a percentage above 0 and up to 100", f.sample)
	case f.examples < 0:
		return usagef("write it as --examples 3", "read --examples %d: want 0 or more", f.examples)
	case (f.sample < 100 || f.examples > 0) && !f.dryRun:
		return usagef("jiku rebuild --dry-run --sample 5", "--sample and --examples go with --dry-run: a rebuild computes all keys of a base")
	}
	return nil
}

func (a *app) rebuild(ctx context.Context, f rebuildFlags) error {
	cat, err := a.load()
	if err != nil {
		return err
	}
	if err := f.check(cat); err != nil {
		return err
	}
	w, err := a.warehouseOf(ctx, cat, f.date)
	if err != nil {
		return err
	}
	defer w.close()
	if f.dryRun {
		return a.whatIf(ctx, w, f)
	}
	w.Runner = pipelines.Runner(f.runner)
	bar := a.meter(!f.json)
	var clock stageClock
	w.Watch = func(p pipelines.Progress) {
		clock.note(p)
		bar.watch(p)
	}
	use := startUse(w.endpoint)
	report, err := pipelines.Rebuild(ctx, w.Config, f.bases...)
	bar.close()
	if err != nil {
		return err
	}
	v := runView{Report: report, Stages: clock.stop(), Use: use.stop(report.Seconds, report.Reconciled())}
	if f.json {
		err = writeJSON(a.out, v)
	} else {
		err = v.showRebuilt(a.out, paletteFor(a.out))
	}
	if err != nil {
		return err
	}
	return verdict(report, false)
}

// showRebuilt prints what a rebuild did: as for a run, without deliveries.
func (v runView) showRebuilt(out io.Writer, p palette) error {
	fmt.Fprintf(out, "%s %s · day %s · declarations %d\n", p.head("rebuild"), v.Run, showDay(v.Day), v.Ordinal)
	for _, show := range []func(io.Writer, palette) error{v.showBases, v.showThemes, v.showScores} {
		if err := show(out, p); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "\n%s\n", v.Use.line(v.Seconds, v.Reconciled()))
	return err
}
