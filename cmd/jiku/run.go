package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"jiku/pipelines"
)

// runFlags are the flags of run and plan.
type runFlags struct {
	feeds  []string
	date   string
	runner string
	report string
	// profile is a folder for profiles; its flag is hidden, since it is for who works on jiku.
	profile string
	dryRun  bool
	strict  bool
	json    bool
}

func (a *app) runCommand() *cobra.Command {
	var f runFlags
	cmd := verb{
		use: "run", short: "Read what is new, reconcile, publish, score",
		long: `
Deliveries are read, checked and keyed, judged by their gates, and reconciled into golden rows;
then findings across bases, themes and scores are computed. A run that is killed is made good by the next one:
run it again. Rows = claims + rejects + unchanged holds for every delivery, or the run fails.

--date is the day of the run in the city's time zone; whatever turns stale or falls due does so
by this day and never by the clock. --runner straight is the plain loop without Apache Beam.`,
		example: `jiku run
jiku run --date 2026-11-01 --report report.html
jiku run --feed police_household --feed civil_marriage --strict --json > run.json`,
		exits: exitsOf(exitGate, exitRejects),
		run: func(ctx context.Context, _ []string) error {
			if f.dryRun {
				return a.plan(ctx, f)
			}
			return a.runNow(ctx, f)
		},
	}.command()
	a.feedFlags(cmd, &f)
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "show the plan and do nothing of it")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "end with exit code 5 when rows were rejected")
	cmd.Flags().StringVar(&f.runner, "runner", string(pipelines.Prism), "what executes the stages: `prism` or straight")
	cmd.Flags().StringVar(&f.report, "report", "", "write the report as HTML to a `file`")
	_ = cmd.RegisterFlagCompletionFunc("runner", cobra.FixedCompletions(runners(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.MarkFlagFilename("report", "html")
	cmd.Flags().StringVar(&f.profile, "profile", "", "write cpu.pprof and heap.pprof, for go tool pprof, to a `folder`")
	_ = cmd.Flags().MarkHidden("profile")
	return cmd
}

// feedFlags are those that choose what a run looks at.
func (a *app) feedFlags(cmd *cobra.Command, f *runFlags) {
	cmd.Flags().StringSliceVar(&f.feeds, "feed", nil, "only this `feed`; may be given several times")
	cmd.Flags().StringVar(&f.date, "date", "", "the `day` of the run, such as 2026-11-01 (default today in the city)")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
	_ = cmd.RegisterFlagCompletionFunc("feed", a.completeFeeds)
}

func runners() []string { return []string{string(pipelines.Prism), string(pipelines.Straight)} }

// runplace is the workplace of a run or a plan.
func (a *app) runplace(ctx context.Context, f runFlags) (*workplace, error) {
	if f.runner != "" && !slices.Contains(runners(), f.runner) {
		return nil, unknown("runner", f.runner, runners())
	}
	// Names are checked before a warehouse is started for them.
	cat, err := a.load()
	if err != nil {
		return nil, err
	}
	for _, name := range f.feeds {
		if cat.Feed(name) == nil {
			return nil, unknown("feed", name, feedsOf(cat))
		}
	}
	w, err := a.workplaceOf(ctx, cat, f.date)
	if err != nil {
		return nil, err
	}
	w.Feeds, w.Runner = f.feeds, pipelines.Runner(f.runner)
	return w, nil
}

func (a *app) runNow(ctx context.Context, f runFlags) error {
	w, err := a.runplace(ctx, f)
	if err != nil {
		return err
	}
	defer w.close()
	bar := a.meter(!f.json)
	var clock stageClock
	w.Watch = func(p pipelines.Progress) {
		clock.note(p)
		bar.watch(p)
	}
	profiled, err := startProfile(f.profile)
	if err != nil {
		return err
	}
	use := startUse(w.endpoint)
	report, err := pipelines.Run(ctx, w.Config)
	bar.close()
	if err := errors.Join(err, profiled()); err != nil {
		return err
	}
	v := runView{Report: report, Stages: clock.stop(), Use: use.stop(report.Seconds, report.Rows)}
	if f.report != "" {
		if err := a.writePage(ctx, w, v, f.report); err != nil {
			return err
		}
	}
	if f.json {
		err = writeJSON(a.out, v)
	} else {
		err = v.show(a.out, paletteFor(a.out), w.Env.Landing)
	}
	if err != nil {
		return err
	}
	return verdict(report, f.strict)
}

// verdict turns what a finished run says about gates and rejects into an error.
func verdict(r *pipelines.Report, strict bool) error {
	if r.Stopped() {
		return &gateError{run: r.Run, what: heldBy(r)}
	}
	if n := r.Rejects(); strict && n > 0 {
		return &rejectsError{run: r.Run, rejects: n}
	}
	return nil
}

// heldBy names what the gates of a run held.
func heldBy(r *pipelines.Report) string {
	var held []string
	for _, d := range r.Deliveries {
		if d.Action == pipelines.Ingest && d.State == "held" {
			held = append(held, "delivery "+d.Slot+" of "+d.Feed)
		}
	}
	for _, t := range r.Themes {
		if t.Held != "" {
			held = append(held, fmt.Sprintf("theme_%s.%s", t.Theme, t.Table))
		}
	}
	return strings.Join(held, ", ")
}
