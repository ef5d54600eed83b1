package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"jiku/pipelines"
	"jiku/quality/report"
)

func (a *app) reportCommand() *cobra.Command {
	var file string
	cmd := verb{
		use: "report --out FILE", short: "Write the state after the last run as one HTML page",
		long: `
The page needs nothing else: no network, no other file. It shows deliveries, bases, conflicts,
themes and the scorecards of departments. FILE - is standard output.`,
		example: "jiku report --out report.html\njiku report --out - | gzip > report.html.gz",
		exits:   exitsOf(),
		run: func(ctx context.Context, _ []string) error {
			if file == "" {
				return usagef("jiku report --out report.html", "jiku report: --out is missing")
			}
			w, err := a.workplace(ctx, "")
			if err != nil {
				return err
			}
			defer w.close()
			r, err := lastReport(ctx, w)
			if isNew(err) {
				return nothingYet("write report", err)
			}
			if err != nil {
				return err
			}
			return a.writePage(ctx, w, runView{Report: r}, file)
		},
	}.command()
	cmd.Flags().StringVar(&file, "out", "", "the `file` to write, - for standard output")
	_ = cmd.MarkFlagFilename("out", "html")
	return cmd
}

// writePage renders the page of a run.
func (a *app) writePage(ctx context.Context, w *workplace, v runView, file string) error {
	c := w.Config
	c.Day = v.Day // What is explained is explained as of the run.
	page, err := pipelines.Page(ctx, c, v.Report)
	if err != nil {
		return err
	}
	page.Warehouse = fmt.Sprintf("%s (ClickHouse %s)", w.endpoint.URL, w.endpoint.Version)
	page.Stages = titled(v.Stages)
	page.CPUSeconds, page.PeakBytes = v.Use.total()
	if file == "-" {
		return report.Render(a.out, page)
	}
	return writeFile(file, func(out io.Writer) error { return report.Render(out, page) })
}

// writeFile replaces a file as a whole: whoever reads it never sees half of it.
func writeFile(file string, render func(io.Writer) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+"-*")
	if err != nil {
		return &hintError{err: fmt.Errorf("write %s: %w", file, err), hint: "name a file in a folder that is there and can be written to"}
	}
	defer os.Remove(tmp.Name())
	buffered := bufio.NewWriter(tmp)
	err = render(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = tmp.Chmod(0o644)
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	return nil
}

// nothingYet says that a warehouse has seen no run.
func nothingYet(doing string, cause error) error {
	return &hintError{err: missing{fmt.Errorf("%s: nothing is loaded yet: %w", doing, cause)}, hint: "jiku run"}
}
