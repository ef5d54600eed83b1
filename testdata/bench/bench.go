package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// bench is one run of the program.
type bench struct {
	options
	out     io.Writer
	samples []sample
	// compared are the keys for which jiku and the SQL said the same.
	compared int64
	// differs says where they did not; measuring goes on meanwhile.
	differs []error
	slot    int
}

func (b *bench) home() string         { return filepath.Join(b.Work, "home") }
func (b *bench) landing() string      { return filepath.Join(b.Work, "landing") }
func (b *bench) declarations() string { return filepath.Join(b.Work, "catalogue") }

// day is that of the runs: after all slots, with no item stale.
func (b *bench) day() string { return "2026-11-15" }

func (b *bench) wants(part string) bool { return slices.Contains(b.Only, part) }

// note keeps a sample and says at once what it was, since a bench takes minutes.
func (b *bench) note(s sample) {
	b.samples = append(b.samples, s)
	fmt.Fprintf(b.out, "%-14s %7.2f s wall, %7.2f CPU-s jiku, %7.2f engine, %6.2f after\n", s.Step, s.Wall, s.Jiku, s.Engine, s.Background)
}

// round runs the chosen parts once.
func (b *bench) round(ctx context.Context) error {
	if b.wants("build") || b.wants("sql") || b.wants("again") || b.wants("delta") {
		if err := b.main(ctx); err != nil {
			return err
		}
	}
	if b.wants("beam") {
		if err := b.beam(ctx); err != nil {
			return err
		}
	}
	if b.wants("flat") {
		if err := b.flat(ctx); err != nil {
			return err
		}
	}
	if b.wants("city") {
		return b.cities(ctx)
	}
	return nil
}

// main is a build, SQL beside it, and what comes after a build.
func (b *bench) main(ctx context.Context) error {
	if err := b.fresh(ctx, b.Rows); err != nil {
		return err
	}
	e, err := b.up(ctx)
	if err != nil {
		return err
	}
	s, err := b.runJiku(ctx, e, "build", "prism")
	if err != nil {
		return err
	}
	b.note(s)
	if b.wants("sql") {
		if err := b.beside(ctx, s.Rows, sqlForms...); err != nil {
			return err
		}
	}
	if e, err = b.up(ctx); err != nil {
		return err
	}
	if b.wants("again") {
		if err := b.later(ctx, e, "nothing new"); err != nil {
			return err
		}
	}
	if !b.wants("delta") {
		return nil
	}
	if err := errors.Join(b.delta(ctx, e, "delta", 1), b.delta(ctx, e, "delta, spread", feeds)); err != nil || !b.wants("check") {
		return err
	}
	return b.beside(ctx, s.Rows+2*int64(b.Rows*feeds/100), sqlLatest)
}

// beside runs the SQL on the same files, each form on an engine that has just started, and
// compares its tables with the published base of the same warehouse.
func (b *bench) beside(ctx context.Context, rows int64, forms ...sqlForm) error {
	for _, form := range forms {
		if err := b.down(ctx); err != nil {
			return err
		}
		e, err := b.openEngine(ctx, true)
		if err != nil {
			return err
		}
		s, err := b.runSQL(ctx, e, form)
		if err != nil {
			return err
		}
		s.Rows = rows
		b.note(s)
		if err := b.compare(ctx, e, form); err != nil {
			return err
		}
		if _, err := e.exec(ctx, "DROP DATABASE bench_sql SYNC"); err != nil {
			return err
		}
	}
	return b.down(ctx)
}

func (b *bench) later(ctx context.Context, e engine, step string) error {
	s, err := b.runJiku(ctx, e, step, "prism")
	if err == nil {
		b.note(s)
	}
	return err
}

// delta measures a run over new deliveries of so many feeds, 1 % of all rows together.
func (b *bench) delta(ctx context.Context, e engine, step string, from int) error {
	b.slot++
	var list []delivery
	for f := range from {
		list = append(list, delivery{feed: f, slot: b.slot, rows: b.Rows * feeds / 100 / from, keys: b.Rows})
	}
	if err := write(b.landing(), b.Seed, list, runtime.NumCPU()); err != nil {
		return err
	}
	return b.later(ctx, e, step)
}

// beam measures builds on Prism and on the plain loop in turn, so that a machine that gets
// slower or faster does both alike.
func (b *bench) beam(ctx context.Context) error {
	for _, runner := range []string{"prism", "straight", "prism", "straight"} {
		if err := b.build(ctx, "runner "+runner, runner, b.Rows); err != nil {
			return err
		}
	}
	return nil
}

// sizeStep begins the names of flat's steps.
const sizeStep = "rows "

// flat measures builds of three sizes: with the default, 1, 5 and 20 million claims.
func (b *bench) flat(ctx context.Context) error {
	for _, times := range []float64{0.2, 1, 4} {
		rows := int(float64(b.Rows) * times)
		if err := b.build(ctx, fmt.Sprintf("%s%d", sizeStep, rows), "prism", rows); err != nil {
			return err
		}
	}
	return nil
}

// build measures one build in a fresh home, which it removes again.
func (b *bench) build(ctx context.Context, step, runner string, rows int) error {
	if err := b.fresh(ctx, rows); err != nil {
		return err
	}
	e, err := b.up(ctx)
	if err != nil {
		return err
	}
	s, err := b.runJiku(ctx, e, step, runner)
	if err != nil {
		return err
	}
	b.note(s)
	return b.forget(ctx)
}

// fresh leaves no warehouse, and a landing folder with one delivery of each feed.
func (b *bench) fresh(ctx context.Context, rows int) error {
	if err := b.clean(ctx); err != nil {
		return err
	}
	b.slot = 0
	if err := writeCatalogue(b.declarations(), b.Establishing); err != nil {
		return err
	}
	if err := write(b.landing(), b.Seed, everyKey(rows), runtime.NumCPU()); err != nil {
		return err
	}
	// Files that have only just been written are read again by the next run.
	time.Sleep(2 * time.Second)
	return nil
}

// forget stops the engine and removes its home.
func (b *bench) forget(ctx context.Context) error {
	if _, err := os.Stat(b.home()); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	if err := b.down(ctx); err != nil {
		return err
	}
	return os.RemoveAll(b.home())
}

// clean removes what this program wrote, unless -keep asks for it at the end.
func (b *bench) clean(ctx context.Context) error {
	if err := b.forget(ctx); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(b.landing()), os.RemoveAll(b.declarations()))
}
