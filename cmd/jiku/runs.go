package main

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"jiku/connectors"
)

// runEntry is one run of the log.
type runEntry struct {
	Run     string `json:"run"`
	Day     uint32 `json:"day"`
	Ordinal uint16 `json:"ordinal"`
	// State is finished, failed or unfinished: running now, or killed.
	State   string          `json:"state"`
	Started *time.Time      `json:"started,omitempty"`
	Ended   *time.Time      `json:"ended,omitempty"`
	Seconds float64         `json:"seconds,omitempty"`
	Summary json.RawMessage `json:"summary,omitempty"`
}

func (a *app) runsCommand() *cobra.Command {
	var (
		asJSON bool
		most   int
	)
	cmd := verb{
		use: "runs", short: "List the newest runs",
		long: `
finished and failed are what a run said at its end; unfinished is a run that is going on or was
killed: the next run makes it good.`,
		example: "jiku runs\njiku runs -n 5 --json",
		exits:   exitsOf(),
		run: func(ctx context.Context, _ []string) error {
			if most < 1 {
				return usagef("jiku runs -n 20", "jiku runs: -n %d: want 1 or more", most)
			}
			list, err := a.runs(ctx, most)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, list)
			}
			return a.showRuns(list)
		},
	}.command()
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().IntVarP(&most, "number", "n", 20, "how many runs")
	return cmd
}

func (a *app) runs(ctx context.Context, most int) ([]runEntry, error) {
	s, _, err := a.store(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	events, err := s.Runs(ctx, 2*most) // A run has two events at most.
	if isNew(err) {
		return []runEntry{}, nil
	}
	if err != nil {
		return nil, err
	}
	list := foldRuns(events)
	return list[:min(most, len(list))], nil
}

// foldRuns joins the events of each run, newest first.
func foldRuns(events []connectors.RunEvent) []runEntry {
	out := []runEntry{}
	at := map[string]int{}
	for _, e := range events {
		i, found := at[e.Run]
		if !found {
			i = len(out)
			at[e.Run] = i
			out = append(out, runEntry{Run: e.Run, Day: e.Day, Ordinal: e.Ordinal, State: "unfinished"})
		}
		r, moment := &out[i], e.At
		if e.Event == connectors.RunStarted {
			r.Started = &moment
		} else {
			r.State, r.Ended = e.Event, &moment
			if json.Valid(e.Summary) {
				r.Summary = e.Summary
			}
		}
		if r.Started != nil && r.Ended != nil {
			r.Seconds = r.Ended.Sub(*r.Started).Seconds()
		}
	}
	return out
}

func (a *app) showRuns(list []runEntry) error {
	p := paletteFor(a.out)
	t := newTable("RUN", "DAY", "DECLARATIONS>", "STATE", "STARTED", "SECONDS>")
	t.paint = map[string]func(string) string{"STATE": p.state}
	for _, r := range list {
		started, seconds := "", ""
		if r.Started != nil {
			started = r.Started.Local().Format(time.DateTime)
		}
		if r.Ended != nil && r.Started != nil {
			seconds = strconv.FormatFloat(r.Seconds, 'f', 1, 64)
		}
		t.add(r.Run, showDay(r.Day), strconv.Itoa(int(r.Ordinal)), r.State, started, seconds)
	}
	return t.write(a.out, p)
}
