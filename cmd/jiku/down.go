package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"jiku/connectors/warehouse"
)

func (a *app) downCommand() *cobra.Command {
	return verb{
		use: "down", short: "Stop the embedded warehouse and wait until it has ended",
		long: `
Running queries get a few seconds. A home whose engine does not run is no fault. A server
that JIKU_WAREHOUSE names is never stopped.`,
		example: "jiku down\njiku down --home /srv/jiku",
		exits:   []int{exitDone, exitUsage, exitEnvironment, exitInterrupted, exitTerminated},
		run:     func(ctx context.Context, _ []string) error { return a.down(ctx) },
	}.command()
}

func (a *app) down(ctx context.Context) error {
	home, err := a.homeDir()
	if err != nil {
		return err
	}
	before, err := warehouse.Inspect(ctx, home)
	if err != nil {
		return err
	}
	if err := warehouse.Stop(ctx, home); err != nil {
		return err
	}
	said := "warehouse was not running"
	if before.Running {
		said = fmt.Sprintf("warehouse stopped: process %d has ended", before.PID)
	}
	_, err = fmt.Fprintln(a.out, said)
	return err
}
