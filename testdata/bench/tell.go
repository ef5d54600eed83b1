package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
)

// tell prints what was measured, holds it against the goals and writes it as JSON.
func (b *bench) tell() error {
	if len(b.samples) == 0 {
		return nil
	}
	goals := b.goals()
	err := errors.Join(b.table(b.tellSamples), b.table(func(w io.Writer) { tellGoals(w, goals) }), b.table(b.tellStages), b.table(b.tellCounters))
	if err != nil || b.JSON == "" {
		return err
	}
	text, err := json.MarshalIndent(map[string]any{"rows": b.Rows, "seed": b.Seed, "samples": b.samples, "goals": goals,
		"equal_keys": b.compared}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(b.JSON, append(text, '\n'), 0o644)
}

func (b *bench) table(fill func(io.Writer)) error {
	w := tabwriter.NewWriter(b.out, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.DiscardEmptyColumns)
	fmt.Fprintln(b.out)
	fill(w)
	return w.Flush()
}

func (b *bench) tellSamples(w io.Writer) {
	fmt.Fprintln(w, "step\trows\twall s\tCPU-s\tjiku\tengine\tafter\tµs a row\tstatements/s\tjiku MiB\tengine MiB\t")
	for _, s := range b.samples {
		fmt.Fprintf(w, "%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t", s.Step, s.Rows, s.Wall, s.cpu(), s.Jiku, s.Engine, s.Background)
		if s.Rows > 0 {
			fmt.Fprintf(w, "%.2f\t%.0f\t", s.cpu()/float64(s.Rows)*1e6, s.statements()/s.Wall)
		} else {
			fmt.Fprint(w, "–\t–\t")
		}
		fmt.Fprintf(w, "%d\t%d\t\n", s.JikuPeak/mebi, s.EnginePeak/mebi)
	}
}

func tellGoals(w io.Writer, goals []goal) {
	fmt.Fprintln(w, "goal\tmeasured\t\t")
	for _, g := range goals {
		mark := "met"
		if !g.Met {
			mark = "MISSED"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t\n", g.Name, g.Shown, mark)
	}
}

// tellStages shows where jiku's wall time went.
func (b *bench) tellStages(w io.Writer) {
	fmt.Fprintln(w, "stages, wall s\t")
	for _, s := range b.samples {
		if len(s.Stages) == 0 {
			continue
		}
		fmt.Fprintf(w, "%s\t", s.Step)
		for _, st := range s.Stages {
			fmt.Fprintf(w, "%s %.2f\t", st.Stage, st.Seconds)
		}
		fmt.Fprintln(w)
	}
}

// volumes are counters that are shown whatever their size.
var volumes = []string{"InsertedRows", "SelectedRows", "MergedRows", "SelectedParts", "SelectedMarks", "ReadCompressedBytes",
	"CompressedReadBufferBytes", "WriteBufferFromFileDescriptorWriteBytes", "FileSync", "Query"}

// tellCounters shows the engine's own counters: the largest times, then volumes.
func (b *bench) tellCounters(w io.Writer) {
	fmt.Fprint(w, "engine counters\t")
	for _, s := range b.samples {
		fmt.Fprintf(w, "%s\t", s.Step)
	}
	fmt.Fprintln(w)
	const shown = 14
	times := b.times()
	for _, name := range append(times[:min(len(times), shown)], volumes...) {
		fmt.Fprintf(w, "%s\t", name)
		for _, s := range b.samples {
			fmt.Fprintf(w, "%s\t", amount(name, s.Counters[name]))
		}
		fmt.Fprintln(w)
	}
}

// times are the counters of time, the largest first.
func (b *bench) times() []string {
	sum := map[string]float64{}
	for _, s := range b.samples {
		for name, n := range s.Counters {
			if f := perSecond(name); f > 0 {
				sum[name] += float64(n) / f
			}
		}
	}
	out := make([]string, 0, len(sum))
	for name := range sum {
		out = append(out, name)
	}
	slices.SortFunc(out, func(x, y string) int { return cmp.Or(cmp.Compare(sum[y], sum[x]), cmp.Compare(x, y)) })
	return out
}

// perSecond is how many units of a counter are a second, 0 if it counts something else.
func perSecond(name string) float64 {
	switch {
	case strings.HasSuffix(name, "Microseconds"):
		return 1e6
	case strings.HasSuffix(name, "Milliseconds"):
		return 1e3
	}
	return 0
}

func amount(name string, n int64) string {
	if f := perSecond(name); f > 0 {
		return fmt.Sprintf("%.2f s", float64(n)/f)
	}
	if strings.HasSuffix(name, "Bytes") {
		return fmt.Sprintf("%.1f MiB", float64(n)/mebi)
	}
	return fmt.Sprint(n)
}
