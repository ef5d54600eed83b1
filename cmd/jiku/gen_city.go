package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"jiku/cmd/jiku/city"
)

func (a *app) genCityCommand() *cobra.Command {
	var (
		o         city.Options
		asJSON    bool
		overwrite bool
	)
	cmd := verb{
		use: "city --out DIR", short: "Make a synthetic city with known truth",
		long: `
Writes what the departments of a fictional city deliver: persons and organizations, their
certificates and credit records, each as its department would send it, with labelled mistakes.

  DIR/landing   deliveries, as --landing of jiku run wants them
  DIR/catalog   the declarations that read them, as --catalog wants them
  DIR/truth     what is true of every entity and item, since when; and every mistake (Parquet)
  DIR/city.json what was written, the shares that were aimed at, the mix of mistakes

The same persons, seed, days and build of jiku give the same bytes on any number of processors.
jiku judge DIR compares what jiku made of it with the truth.`,
		example: `jiku gen city --persons 50000 --seed 1 --out city
jiku gen city --persons 20000 --days 30 --out city   # and thirty days of deliveries after the first load
jiku run --catalog city/catalog --landing city/landing --date 2026-11-24; jiku judge city`,
		exits: []int{exitDone, exitFailed, exitUsage, exitEnvironment, exitInterrupted, exitTerminated},
		run: func(ctx context.Context, _ []string) error {
			if err := fits(&o, overwrite); err != nil {
				return err
			}
			return a.genCity(ctx, o, asJSON)
		},
	}.command()
	f := cmd.Flags()
	f.IntVar(&o.Persons, "persons", 50_000, "number of persons, up to 8,000,000; organizations are an eighth of it")
	f.Uint64Var(&o.Seed, "seed", 1, "seed of all chance")
	f.IntVar(&o.Days, "days", 0, "days of deliveries after the first full load, up to 366")
	f.StringVar(&o.Out, "out", "", "`folder` to write; it is made if it is not there")
	f.StringVar(&o.Registrations, "registrations", "", "`file` (.csv.gz) of registrations that the market regulator delivers, too")
	f.StringSliceVar(&o.Feeds, "feeds", nil, "write these `feeds` alone")
	f.BoolVar(&o.Stream, "stream", false, "write the rows of deltas also as messages, under DIR/stream")
	f.IntVar(&o.Workers, "workers", 0, "neighborhoods made at once; 0 is as many as there are processors")
	f.BoolVar(&overwrite, "overwrite", false, "write into a folder that has a city already, which is removed first")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	_ = cmd.MarkFlagDirname("out")
	_ = cmd.RegisterFlagCompletionFunc("feeds", cobra.FixedCompletions(city.Feeds(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// fits checks the flags, and that nothing of anybody is overwritten.
func fits(o *city.Options, overwrite bool) error {
	const hint = "jiku gen city --help"
	switch {
	case o.Out == "":
		return usagef("jiku gen city --out city", "jiku gen city: --out is missing")
	case o.Persons < 1 || o.Persons > city.MaxPersons:
		return usagef(hint, "jiku gen city: --persons: want 1 to %s", humanize.Comma(city.MaxPersons))
	case o.Days < 0 || o.Days > 366:
		return usagef(hint, "jiku gen city: --days: want 0 to 366")
	case unknownFeed(o.Feeds) != "":
		return unknown("feed", unknownFeed(o.Feeds), city.Feeds())
	case o.Workers < 0:
		return usagef(hint, "jiku gen city: --workers: want 0 or more")
	case o.Registrations != "" && len(o.Feeds) > 0 && !slices.Contains(o.Feeds, "market_registration"):
		return usagef("jiku gen city --feeds market_registration,…", "jiku gen city: --registrations: the feed market_registration is not written")
	}
	if o.Registrations != "" {
		if err := city.CheckRegistrations(o.Registrations); err != nil {
			return usagef("name a .csv.gz file with the columns of market_registration", "jiku gen city: --registrations: %s", err)
		}
	}
	there, err := os.ReadDir(o.Out)
	if os.IsNotExist(err) || err == nil && len(there) == 0 {
		return nil
	}
	if err != nil {
		return usagef("name a folder", "jiku gen city: --out: %s", err)
	}
	if _, err := os.Stat(filepath.Join(o.Out, city.SummaryFile)); err != nil {
		return usagef("name a folder that is empty or not there", "jiku gen city: --out: the folder has something else than a city")
	}
	if !overwrite {
		return usagef("jiku gen city --overwrite", "jiku gen city: --out: the folder has a city already")
	}
	return city.Remove(o.Out)
}

// unknownFeed is the first name that is no feed of the city.
func unknownFeed(names []string) string {
	for _, name := range names {
		if !slices.Contains(city.Feeds(), name) {
			return name
		}
	}
	return ""
}

// genMemory is what the garbage collector keeps to while a city is made; half of it is in use.
const genMemory = 320 << 20

func (a *app) genCity(ctx context.Context, o city.Options, asJSON bool) error {
	m := a.meter(!asJSON)
	// What is collected late would look like memory that grows with the city.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(genMemory))
	sum, err := city.Generate(ctx, o, func(done, blocks int) { m.show("generate", int64(done), int64(blocks)) })
	m.close()
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return &hintError{err: err, hint: "name a folder that can be written to, with --out; --overwrite replaces what was begun"}
	}
	if err != nil {
		return err
	}
	if asJSON {
		out := json.NewEncoder(a.out)
		out.SetIndent("", "  ")
		return out.Encode(sum)
	}
	t := newTable("FEED", "DELIVERIES>", "LAST FILE", "ROWS>", "BYTES>", "FAULT")
	for _, f := range byFeed(sum.Files) {
		t.add(f.Feed, strconv.Itoa(f.deliveries), f.Path, humanize.Comma(f.Rows), humanize.Comma(f.Bytes), f.Fault)
	}
	if err := t.write(a.out, paletteFor(a.out)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "\n%s persons, %s organizations · %s rows in %s deliveries, %s · %s labels\n→ jiku run --catalog %[7]s/catalog --landing %[7]s/landing --date %[8]s, then jiku judge %[7]s\n", humanize.Comma(int64(sum.Persons)),
		humanize.Comma(int64(sum.Organizations)), humanize.Comma(sum.Rows), strconv.Itoa(len(sum.Files)), humanize.Bytes(uint64(sum.Bytes)), humanize.Comma(sum.Labels), o.Out, written(sum.Last))
	return err
}

// feedFiles are the deliveries of a feed: the sums, the last file, and all faults.
type feedFiles struct {
	city.File
	deliveries int
}

func byFeed(files []city.File) []feedFiles {
	var out []feedFiles
	for _, f := range files {
		last := len(out) - 1
		if last < 0 || out[last].Feed != f.Feed {
			out = append(out, feedFiles{f, 1})
			continue
		}
		sum := &out[last]
		sum.Rows, sum.Bytes, sum.Path, sum.deliveries = sum.Rows+f.Rows, sum.Bytes+f.Bytes, f.Path, sum.deliveries+1
		sum.Fault = strings.TrimSpace(sum.Fault + " " + f.Fault)
	}
	return out
}

// written is a day as --date wants it.
func written(yyyymmdd uint32) string {
	return fmt.Sprintf("%04d-%02d-%02d", yyyymmdd/10000, yyyymmdd/100%100, yyyymmdd%100)
}
