package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// options are the flags.
type options struct {
	Binary  string
	Work    string
	Rows    int
	Repeat  int
	Persons int
	Only    []string
	Seed    uint64
	Settle  time.Duration
	Profile string
	JSON    string
	Keep    bool
	// Establishing is how many of the feeds establish.
	Establishing int
}

// parts are what -only chooses from, in the order in which they run. sql, again and delta
// work on what build leaves, check on what delta leaves.
var parts = []string{"build", "sql", "again", "delta", "check", "beam", "flat", "city"}

func main() {
	o := options{Only: []string{"build", "sql", "again", "delta", "beam", "city"}}
	flag.StringVar(&o.Binary, "jiku", "bin/jiku", "the built program; jiku-warehouse lies beside it")
	flag.StringVar(&o.Work, "work", "build/bench", "folder for data and warehouses; what is written there is removed at the end")
	flag.IntVar(&o.Rows, "rows", 1_000_000, "rows a feed, of five feeds")
	flag.IntVar(&o.Establishing, "establishing", feeds, "how many feeds establish; SQL knows no other keys than all, so with fewer there is no sql")
	flag.IntVar(&o.Repeat, "repeat", 1, "how often the chosen parts run; the table shows each, goals take medians")
	flag.Func("only", "parts to run, of "+strings.Join(parts, ",")+" (default all but check and flat)", func(v string) error {
		o.Only = strings.Split(v, ",")
		return nil
	})
	flag.IntVar(&o.Persons, "persons", 5_000_000, "persons of the large city; it takes 500 bytes of disk a person")
	flag.Uint64Var(&o.Seed, "seed", 1, "seed of the data")
	flag.DurationVar(&o.Settle, "settle", 20*time.Second, "how long to wait for background merges at most")
	flag.StringVar(&o.Profile, "profile", "", "folder for processor and heap profiles of jiku")
	flag.StringVar(&o.JSON, "json", "", "file for the samples and goals as JSON")
	flag.BoolVar(&o.Keep, "keep", false, "keep data and warehouse")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (o options) check() error {
	for _, p := range o.Only {
		if !slices.Contains(parts, p) {
			return fmt.Errorf("read flags: -only: %q is none of %s", p, strings.Join(parts, ", "))
		}
	}
	switch {
	case o.Rows < 100 || o.Rows > maxKeys:
		return fmt.Errorf("read flags: -rows: want 100 to %d", maxKeys)
	case o.Persons < 1 && slices.Contains(o.Only, "city"):
		return errors.New("read flags: -persons: want 1 or more")
	case o.Establishing < 1 || o.Establishing > feeds:
		return fmt.Errorf("read flags: -establishing: want 1 to %d", feeds)
	case o.Establishing < feeds && (slices.Contains(o.Only, "sql") || slices.Contains(o.Only, "check")):
		return errors.New("read flags: -establishing: leave sql and check out with -only, such as -only build,again,delta")
	case o.Repeat < 1:
		return errors.New("read flags: -repeat: want 1 or more")
	}
	if _, err := os.Stat(o.Binary); err != nil {
		return fmt.Errorf("read flags: -jiku: %w; make build makes it", err)
	}
	return nil
}

// run does the chosen parts and prints what it measured, also where a part fails.
func run(ctx context.Context, o options, out io.Writer) error {
	if err := o.check(); err != nil {
		return err
	}
	b := &bench{options: o, out: out}
	var err error
	if b.Work, err = filepath.Abs(o.Work); err != nil {
		return err
	}
	if b.Binary, err = filepath.Abs(o.Binary); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d feeds × %d rows × %d items, seed %d, %d processors\n", feeds, o.Rows, itemCount, o.Seed, runtime.NumCPU())
	for range o.Repeat {
		if err = b.round(ctx); err != nil {
			break
		}
	}
	if !o.Keep {
		err = errors.Join(err, b.clean(ctx))
	}
	return errors.Join(err, b.tell(), errors.Join(b.differs...))
}
