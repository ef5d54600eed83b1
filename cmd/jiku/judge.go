package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"jiku/cmd/jiku/judge"
	"jiku/pipelines"
	"jiku/schemas"
)

// judgeFlags are the flags of judge.
type judgeFlags struct {
	against string
	write   string
	report  string
	// examples are personal data.
	examples int
	json     bool
}

// judgeView is what `judge --json` prints.
type judgeView struct {
	*judge.Verdict
	// Lower are the figures that are lower than in the file that --against names.
	Lower []judge.Lower `json:"lower,omitempty"`
}

func (a *app) judgeCommand() *cobra.Command {
	var f judgeFlags
	cmd := verb{
		use: "judge DIR", short: "Compare the bases with the truth of a synthetic city",
		long: `
DIR is what jiku gen city wrote; its deliveries must have been run. The state after the last run is
compared with the truth of that run's day. Per item: the accuracy of golden rows, beside it that of
a majority vote of departments and of the best single feed, all three over the entities that have
both truth and a golden row; a cell where neither has a value is right. Per kind of error: how many
of those that were injected were found; per reason code: how many of its findings have an injected
error behind them; both once more per rule and normalizer; other numbers joined, and kept apart where
several entities have one.

--write FILE stores the figures; --against FILE ends with code 4 if one is lower than there, and
lists it. Truth is held in a scratch database of the warehouse meanwhile, which the embedded engine
hides from its read-only user. Keys and values are shown with --examples alone; --json hides the keys.`,
		example: `jiku judge city/
jiku judge city/ --report judge.html --json > verdict.json
jiku judge city/ --against figures.json
jiku judge city/ --write figures.json --examples 3`,
		exits: exitsOf(exitGate),
		args:  cobra.ExactArgs(1),
		run:   func(ctx context.Context, args []string) error { return a.judge(ctx, args[0], f) },
	}.command()
	cmd.Flags().StringVar(&f.against, "against", "", "compare with the figures of this `file`")
	cmd.Flags().StringVar(&f.write, "write", "", "write the figures to this `file`")
	cmd.Flags().StringVar(&f.report, "report", "", "write an HTML page to this `file`, - for standard output")
	cmd.Flags().IntVar(&f.examples, "examples", 0, "show this `number` of wrong cells of each item: personal data")
	cmd.Flags().BoolVar(&f.json, "json", false, "print JSON")
	_ = cmd.MarkFlagFilename("against", "json")
	_ = cmd.MarkFlagFilename("write", "json")
	_ = cmd.MarkFlagFilename("report", "html")
	return cmd
}

func (a *app) judge(ctx context.Context, dir string, f judgeFlags) error {
	if f.examples < 0 {
		return usagef("write it as --examples 3", "read --examples %d: want 0 or more", f.examples)
	}
	if f.report == "-" && f.json {
		return usagef("jiku judge DIR --json --report judge.html", "jiku judge: --report - and --json both want standard output")
	}
	city, err := judge.ReadCity(dir)
	if err != nil {
		return err
	}
	var was *judge.Figures
	if f.against != "" {
		if was, err = readFigures(f.against); err != nil {
			return err
		}
	}
	cat, err := a.load()
	if err != nil {
		return err
	}
	verdict, err := a.verdictOn(ctx, cat, judge.Case{Catalogue: cat, Dir: dir, City: city, Examples: f.examples}, !f.json)
	if err != nil {
		return err
	}
	v := judgeView{Verdict: verdict}
	if was != nil {
		if v.Lower, err = verdict.Figures().Against(was); err != nil {
			return usagef("name the figures of this city, or write them with --write", "compare with %s: %s", f.against, err)
		}
	}
	if err := a.tell(v, f, cat); err != nil {
		return err
	}
	if len(v.Lower) > 0 {
		return &lowerError{len(v.Lower), f.against}
	}
	return nil
}

// verdictOn asks the warehouse.
func (a *app) verdictOn(ctx context.Context, cat *schemas.Catalogue, c judge.Case, wanted bool) (*judge.Verdict, error) {
	w, err := a.warehouseOf(ctx, cat, "")
	if err != nil {
		return nil, err
	}
	defer w.close()
	bar := a.meter(wanted)
	defer bar.close()
	c.Watch = func(stage string, done, total int64) {
		bar.watch(pipelines.Progress{Stage: stage, Done: done, Total: total})
	}
	v, err := judge.Judge(ctx, w.store, c)
	if isNew(err) {
		return nil, nothingYet("judge city", err)
	}
	return v, err
}

// tell writes everything that is wanted.
func (a *app) tell(v judgeView, f judgeFlags, cat *schemas.Catalogue) error {
	if f.write != "" {
		if err := writeFile(f.write, func(out io.Writer) error { return writeJSON(out, v.Figures()) }); err != nil {
			return err
		}
	}
	if f.report != "" {
		render := func(out io.Writer) error { return judge.Render(out, v.Verdict, v.Lower, cat) }
		if f.report == "-" {
			return render(a.out)
		}
		if err := writeFile(f.report, render); err != nil {
			return err
		}
	}
	if f.json {
		return writeJSON(a.out, v)
	}
	return v.show(a.out, paletteFor(a.out))
}

func readFigures(file string) (*judge.Figures, error) {
	data, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return nil, &hintError{err: fmt.Errorf("read figures: %w", err), hint: "jiku judge DIR --write FILE writes them"}
	}
	var f judge.Figures
	read := json.NewDecoder(bytes.NewReader(data))
	read.DisallowUnknownFields()
	err = read.Decode(&f)
	if err == nil && len(f.Accuracy) == 0 {
		err = errors.New("there is no accuracy in it")
	}
	if err != nil {
		return nil, usagef("jiku judge DIR --write FILE writes them anew", "read figures of %s: %s", file, err)
	}
	return &f, nil
}
