package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) upCommand() *cobra.Command {
	return verb{
		use: "up", short: "Start the embedded warehouse, or see that the named server answers",
		long: `
The engine belongs to the home and outlives this command; other verbs start it by
themselves. Its library is fetched once. Where JIKU_WAREHOUSE names a server nothing is
started. JIKU_CLICKHOUSE runs a ClickHouse binary of the machine instead of the library,
JIKU_ENGINE_MEMORY sets a ceiling such as 6G or 50%.`,
		example: "jiku up\njiku up --home /srv/jiku\nJIKU_WAREHOUSE='clickhouse://USER:PASSWORD@HOST:8123/' jiku up",
		exits:   []int{exitDone, exitUsage, exitEnvironment, exitInterrupted, exitTerminated},
		run:     func(ctx context.Context, _ []string) error { return a.up(ctx) },
	}.command()
}

func (a *app) up(ctx context.Context) error {
	ep, err := a.open(ctx)
	if err != nil {
		return err
	}
	if ep.Embedded {
		_, err = fmt.Fprintf(a.out, "warehouse ready at %s: ClickHouse %s, process %d\n", ep.URL, ep.Version, ep.PID)
	} else {
		_, err = fmt.Fprintf(a.out, "warehouse ready at %s: ClickHouse %s, a server\n", ep.URL, ep.Version)
	}
	return err
}
