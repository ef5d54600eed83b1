package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // A city's days must not depend on what the machine has installed.

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/warehouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// homeDir is --home, JIKU_HOME or the user's data folder (XDG base directories).
func (a *app) homeDir() (string, error) {
	if dir := setting(a.home, "JIKU_HOME"); dir != "" {
		return dir, nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "jiku"), nil
	}
	user, err := os.UserHomeDir()
	if err != nil {
		return "", &hintError{err: missing{fmt.Errorf("find home: %w", err)}, hint: "name a folder with --home or JIKU_HOME"}
	}
	return filepath.Join(user, ".local", "share", "jiku"), nil
}

// missing classes an error as one of the environment: something that should be there is not.
type missing struct{ error }

// Is makes the classifier see a file that is not there.
func (missing) Is(target error) bool { return target == fs.ErrNotExist }

// Unwrap is the cause.
func (m missing) Unwrap() error { return m.error }

func (a *app) catalogueDir() string { return setting(a.catalogue, "JIKU_CATALOG") }

// declarations are the files of the catalogue.
func (a *app) declarations() (fs.FS, error) {
	dir := a.catalogueDir()
	if dir == "" {
		return schemas.BuiltIn(), nil
	}
	if err := isFolder(dir); err != nil {
		return nil, &hintError{err: fmt.Errorf("read catalogue: %w", err),
			hint: "name the folder that holds base, feeds and authority with --catalog or JIKU_CATALOG"}
	}
	return os.DirFS(dir), nil
}

// load reads the catalogue. Its problems are listed on standard error.
func (a *app) load() (*schemas.Catalogue, error) {
	files, err := a.declarations()
	if err != nil {
		return nil, err
	}
	cat, err := pipelines.Load(files)
	var problems schemas.Problems
	if errors.As(err, &problems) {
		printProblems(a.err, a.catalogueDir(), problems)
		return nil, usagef("correct the declarations; jiku check says whether they are right", "load catalogue: %s", plural(len(problems), "problem"))
	}
	return cat, err
}

// landingDir is where deliveries land. One that was named must be there.
func (a *app) landingDir(home string) (string, error) {
	dir := setting(a.landing, "JIKU_LANDING")
	if dir == "" {
		return filepath.Abs(filepath.Join(home, "landing"))
	}
	if err := isFolder(dir); err != nil {
		return "", &hintError{err: fmt.Errorf("read landing directory: %w", err), hint: "create or mount it, or name another with --landing or JIKU_LANDING"}
	}
	return filepath.Abs(dir)
}

func isFolder(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		return missing{fmt.Errorf("%s is not a folder", dir)}
	}
	return err
}

// location is the city's time zone; a catalogue without a city has Beijing time (GB/T 7408).
func location(cat *schemas.Catalogue) (*time.Location, error) {
	if cat.City == nil {
		return time.FixedZone("UTC+8", 8*60*60), nil
	}
	loc, err := time.LoadLocation(cat.City.TimeZone)
	if err != nil {
		return nil, usagef("correct time_zone of the city, such as Asia/Shanghai", "load catalogue: %s", err)
	}
	return loc, nil
}

// parseDay reads a day as people and files write it; empty is today in the city.
func parseDay(text string, loc *time.Location) (uint32, error) {
	day := time.Now().In(loc)
	if text != "" {
		var err error
		if day, err = time.Parse(time.DateOnly, text); err != nil {
			if day, err = time.Parse("20060102", text); err != nil {
				return 0, usagef("write it as --date 2026-11-01", "read --date %q: it is no day", text)
			}
		}
	}
	return uint32(day.Year()*10_000 + int(day.Month())*100 + day.Day()), nil
}

// showDay is a yyyymmdd as people read it.
func showDay(day uint32) string { return schemas.FormatInt(schemas.TypeDate, int64(day)) }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%s %ss", count(int64(n)), noun)
}

// engine says which warehouse is meant.
func (a *app) engine() (warehouse.Options, error) {
	home, err := a.homeDir()
	o := warehouse.Environment(home)
	o.Log = a.log
	return o, err
}

// open gives the warehouse, started if it is the embedded one and does not run.
func (a *app) open(ctx context.Context) (warehouse.Endpoint, error) {
	o, err := a.engine()
	if err != nil {
		return warehouse.Endpoint{}, err
	}
	bar := a.meter(true)
	defer bar.close()
	o.Progress = bar.bytes("fetch the ClickHouse library")
	return warehouse.Open(ctx, o)
}

// store opens the warehouse as the user who may write.
func (a *app) store(ctx context.Context) (*clickhouse.Store, warehouse.Endpoint, error) {
	ep, err := a.open(ctx)
	if err != nil {
		return nil, ep, err
	}
	c := clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password}
	if ep.Embedded {
		c.Wake = func(ctx context.Context) (string, error) {
			o, err := a.engine()
			if err != nil {
				return "", err
			}
			now, err := warehouse.Revive(ctx, o)
			return now.URL, err
		}
	}
	s, err := clickhouse.Open(ctx, c)
	return s, ep, err
}

// workplace is what a run, a plan or a question works on.
type workplace struct {
	pipelines.Config
	store    *clickhouse.Store
	endpoint warehouse.Endpoint
}

func (w *workplace) close() { _ = w.store.Close() }

// workplace loads the catalogue and opens the warehouse, for a day as --date gives it.
func (a *app) workplace(ctx context.Context, date string) (*workplace, error) {
	cat, err := a.load()
	if err != nil {
		return nil, err
	}
	return a.workplaceOf(ctx, cat, date)
}

func (a *app) workplaceOf(ctx context.Context, cat *schemas.Catalogue, date string) (*workplace, error) {
	home, err := a.homeDir()
	if err != nil {
		return nil, err
	}
	landing, err := a.landingDir(home)
	if err != nil {
		return nil, err
	}
	w, err := a.warehouseOf(ctx, cat, date)
	if err == nil {
		w.Env.Landing = landing
	}
	return w, err
}

// warehouseOf is a workplace without a landing directory, for verbs that read no delivery.
func (a *app) warehouseOf(ctx context.Context, cat *schemas.Catalogue, date string) (*workplace, error) {
	loc, err := location(cat)
	if err != nil {
		return nil, err
	}
	day, err := parseDay(date, loc)
	if err != nil {
		return nil, err
	}
	s, ep, err := a.store(ctx)
	if err != nil {
		return nil, err
	}
	return &workplace{store: s, endpoint: ep, Config: pipelines.Config{Catalogue: cat, Store: s, Day: day, Log: a.log,
		Env: connectors.Env{Location: loc, Log: a.log}}}, nil
}

// isNew reports whether an error of a query says that no run has made the tables yet.
func isNew(err error) bool {
	code := clickhouse.Code(err)
	return code == 60 || code == 81 // UNKNOWN_TABLE, UNKNOWN_DATABASE
}
