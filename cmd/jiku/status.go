package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"jiku/connectors/warehouse"
)

// warehouseStatus is what `status --json` prints; it has no password.
type warehouseStatus struct {
	// Kind is embedded or server.
	Kind    string `json:"kind"`
	Running bool   `json:"running"`
	URL     string `json:"url,omitempty"`
	PID     int    `json:"pid,omitempty"`
	Version string `json:"version,omitempty"`
	// DiskBytes and UptimeSeconds are of the embedded engine.
	DiskBytes     int64  `json:"disk_bytes"`
	UptimeSeconds int64  `json:"uptime_seconds,omitempty"`
	Data          string `json:"data,omitempty"`
}

func (a *app) statusCommand() *cobra.Command {
	var asJSON bool
	cmd := verb{
		use: "status", short: "Show the warehouse: address, process, version, size and uptime",
		long: `
Nothing is started. The exit code is 0 whether the embedded engine runs or not; --json tells.
Passwords are not shown.`,
		example: "jiku status\njiku status --json | jq .running",
		exits:   []int{exitDone, exitUsage, exitEnvironment},
		run: func(ctx context.Context, _ []string) error {
			st, err := a.status(ctx)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, st)
			}
			return a.showStatus(st)
		},
	}.command()
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (a *app) status(ctx context.Context) (warehouseStatus, error) {
	home, err := a.homeDir()
	if err != nil {
		return warehouseStatus{}, err
	}
	if o := warehouse.Environment(home); o.DSN != "" {
		ep, err := warehouse.Open(ctx, o)
		return warehouseStatus{Kind: "server", Running: err == nil, URL: ep.URL, Version: ep.Version}, err
	}
	st, err := warehouse.Inspect(ctx, home)
	return warehouseStatus{Kind: "embedded", Running: st.Running, URL: st.URL, PID: st.PID, Version: st.Version,
		DiskBytes: st.Disk, UptimeSeconds: int64(st.Uptime / time.Second), Data: st.Data}, err
}

func (a *app) showStatus(st warehouseStatus) error {
	p := paletteFor(a.out)
	t := newTable("WAREHOUSE", st.Kind)
	state := "stopped"
	if st.Running {
		state = "running"
	}
	t.add("state", p.state(state))
	for _, row := range [][2]string{{"url", st.URL}, {"pid", blankZero(int64(st.PID))}, {"version", st.Version}} {
		if row[1] != "" {
			t.add(row[0], row[1])
		}
	}
	if st.Kind == "embedded" {
		if st.Running {
			t.add("uptime", (time.Duration(st.UptimeSeconds) * time.Second).String())
		}
		t.add("size", humanize.IBytes(uint64(st.DiskBytes)))
		t.add("data", st.Data)
	}
	if err := t.write(a.out, p); err != nil {
		return err
	}
	if !st.Running {
		fmt.Fprintln(a.err, "  → jiku up starts it")
	}
	return nil
}

// blankZero is a plain number, or nothing for 0.
func blankZero(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
