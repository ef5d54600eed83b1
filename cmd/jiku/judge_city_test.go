package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cityFigures are what judging a city of 20,000 persons came to when they were last written.
const cityFigures = "testdata/city_20000.json"

// TestCityFigures makes a city of 20,000 persons, loads it and judges it: no figure may be lower than the committed one.
// After a change that moves figures for a reason, UPDATE_FIGURES=1 writes them anew.
func TestCityFigures(t *testing.T) {
	figures, err := filepath.Abs(cityFigures)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "city")
	u := newUser(t)
	u.must(0, "gen", "city", "--persons", "20000", "--seed", "1", "--days", "8", "--out", dir)
	// Two deliveries are held, as they should be.
	u.must(exitGate, "run", "--date", "2026-11-02", "--catalog", filepath.Join(dir, "catalog"), "--landing", filepath.Join(dir, "landing"))
	judged := []string{"judge", dir, "--catalog", filepath.Join(dir, "catalog"), "--quiet"}
	if os.Getenv("UPDATE_FIGURES") != "" {
		u.must(0, append(judged, "--write", figures)...)
	}
	got := u.must(0, append(judged, "--against", figures)...)
	t.Log(got.out)

	// The warehouse has not read another city, so there is nothing to judge.
	other := filepath.Join(t.TempDir(), "other")
	u.must(0, "gen", "city", "--persons", "500", "--seed", "2", "--out", other)
	if got := u.must(exitEnvironment, "judge", other); !strings.Contains(got.err, "the warehouse has not read 35 of 35") {
		t.Errorf("another city: %s", got.err)
	}
}
