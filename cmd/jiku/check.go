package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"jiku/pipelines"
	"jiku/schemas"
)

// checkResult is what `check --json` prints.
type checkResult struct {
	Catalogue string        `json:"catalogue"`
	Bases     int           `json:"bases"`
	Feeds     int           `json:"feeds"`
	Themes    int           `json:"themes"`
	Examples  int           `json:"examples"`
	Problems  []problemView `json:"problems"`
	Warnings  []problemView `json:"warnings"`

	listed schemas.Problems
	warned schemas.Problems
	failed schemas.Problems
}

// problemView is a defect with its place.
type problemView struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func (a *app) checkCommand() *cobra.Command {
	var asJSON bool
	cmd := verb{
		use: "check", short: "Check the declarations and run the examples inside them",
		long: `
Every defect of every file is listed as file:line:column: message (what to do). Then the
example rows of each feed are read, checked and keyed as a run would, and compared with what
the feed says becomes of them. No warehouse is needed.`,
		example: "jiku check\njiku check --catalog ./city\njiku check --catalog ./city --json | jq .problems",
		exits:   []int{exitDone, exitUsage, exitEnvironment},
		run: func(context.Context, []string) error {
			r, err := a.check()
			if err != nil {
				return err
			}
			return a.showCheck(r, asJSON)
		},
	}.command()
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (a *app) check() (*checkResult, error) {
	files, err := a.declarations()
	if err != nil {
		return nil, err
	}
	r := &checkResult{Catalogue: a.catalogueDir(), Problems: []problemView{}, Warnings: []problemView{}}
	if r.Catalogue == "" {
		r.Catalogue = "built-in"
	}
	cat, err := pipelines.Load(files)
	var problems schemas.Problems
	switch {
	case errors.As(err, &problems):
		r.listed, r.Problems = problems, a.views(problems)
		r.countFiles(files)
		return r, nil
	case err != nil:
		return nil, err
	}
	r.Bases, r.Feeds, r.Themes = len(cat.Bases), len(cat.Feeds), len(cat.Themes)
	r.warned, r.Warnings = cat.Warnings, a.views(cat.Warnings)
	r.Examples, r.failed = pipelines.Examples(cat)
	r.Problems = append(r.Problems, a.views(r.failed)...)
	return r, nil
}

// countFiles counts the declarations of a catalogue that does not load.
func (r *checkResult) countFiles(files fs.FS) {
	for dir, n := range map[string]*int{"base": &r.Bases, "feeds": &r.Feeds, "themes": &r.Themes} {
		list, _ := fs.Glob(files, dir+"/*.yaml")
		*n = len(list)
	}
}

func (a *app) views(list schemas.Problems) []problemView {
	out := make([]problemView, len(list))
	for i, p := range list {
		out[i] = problemView{File: p.File, Line: p.Line, Column: p.Column, Message: p.Message, Hint: p.Hint}
		if dir := a.catalogueDir(); dir != "" {
			out[i].File = filepath.Join(dir, filepath.FromSlash(p.File))
		}
	}
	return out
}

func (a *app) showCheck(r *checkResult, asJSON bool) error {
	if asJSON {
		if err := writeJSON(a.out, r); err != nil {
			return err
		}
	} else {
		printProblems(a.out, a.catalogueDir(), r.listed)
		printProblems(a.out, a.catalogueDir(), r.failed)
		for _, w := range r.warned {
			w.Message = "warning: " + w.Message
			printProblems(a.out, a.catalogueDir(), schemas.Problems{w})
		}
		fmt.Fprintf(a.out, "%s: %s, %s, %s, %s run: %s\n", r.Catalogue, plural(r.Bases, "base"), plural(r.Feeds, "feed"),
			plural(r.Themes, "theme"), plural(r.Examples, "example"), plural(len(r.Problems), "problem"))
	}
	if len(r.Problems) > 0 {
		return usagef("correct them and run jiku check again", "check catalogue: %s", plural(len(r.Problems), "problem"))
	}
	return nil
}
