package codes

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Successor chains end: every change is looked up in its year, changes follow each other, and what is reached is in force.
func TestChainsEnd(t *testing.T) {
	r := regions(t)
	lost := map[string]bool{}
	var walk func(i, year int)
	walk = func(i, year int) {
		row := &r.rows[i]
		for _, next := range row.Next {
			if row.Until != 0 && next.Year > year {
				if j, ok := r.at([]byte(next.Code), next.Year); ok {
					walk(j, next.Year)
				} else {
					lost[row.Code+" "+next.Code] = true
				}
			}
		}
	}
	for i := range r.rows {
		walk(i, 0)
		for _, b := range r.current[i] {
			for _, code := range b.codes {
				if !r.InForce([]byte(code), r.through) {
					t.Errorf("%s became %s, which is not in force", r.rows[i].Code, code)
				}
			}
		}
	}
	if len(lost) > 0 {
		t.Errorf("successors that were not in force in the year of the change: %v", lost)
	}
}

// Forty times a code was given to another place, while the first went on under another code; meanings never overlap.
func TestReusedCodes(t *testing.T) {
	r := regions(t)
	reused := 0
	for code, is := range r.byCode {
		for k := 1; k < len(is); k++ {
			before, now := r.rows[is[k-1]], r.rows[is[k]]
			if before.Until == 0 || before.Until > now.From {
				t.Errorf("%s has two meanings in %d", code, now.From)
			}
			if len(before.Next) > 0 && !slices.ContainsFunc(before.Next, func(s Successor) bool { return s.Code == code }) {
				reused++
			}
		}
	}
	if reused != 40 {
		t.Errorf("%d codes were given to another place, want 40", reused)
	}
}

// Canonical codes stay as they are; whatever a code leads to is in force, in the same way again.
func TestTodayIsStable(t *testing.T) {
	r := regions(t)
	rapid.Check(t, func(t *rapid.T) {
		code := r.rows[rapid.IntRange(0, len(r.rows)-1).Draw(t, "row")].Code
		year := rapid.IntRange(FirstYear, r.through+1).Draw(t, "year")
		current, how := r.Today([]byte(code), year)
		if how == RegionLost {
			t.Fatalf("%s of %d is lost", code, year)
		}
		again, how := r.Today([]byte(current), r.through)
		if again != current || how != RegionSame || !r.InForce([]byte(current), r.through) {
			t.Fatalf("%s of %d leads to %s, that to %s (%d)", code, year, current, again, how)
		}
	})
}

func TestToday(t *testing.T) {
	r := regions(t)
	for _, c := range []struct {
		code string
		year int
		want string
		how  RegionMove
	}{
		{"330106", 2026, "330106", RegionSame}, {"110224", 2026, "110115", RegionMoved}, {"520321", 2026, "520300", RegionDivided},
		{"511402", 1996, "500102", RegionMoved}, {"511402", 2026, "511402", RegionSame}, {"522100", 1990, "520000", RegionDivided},
		{"440101", 2026, "440100", RegionOffice}, {"220101", 2026, "220100", RegionOffice}, {"330201", 2026, "330200", RegionOffice},
		{"320594", 2026, "320500", RegionOffice}, {"320691", 2026, "320600", RegionOffice}, {"610131", 2026, "610100", RegionOffice},
		{"130171", 2026, "130100", RegionOffice}, {"110100", 2026, "110000", RegionOffice}, {"999999", 2026, "", RegionLost},
		{"330199", 2026, "", RegionLost},
	} {
		if got, how := r.Today([]byte(c.code), c.year); got != c.want || how != c.how {
			t.Errorf("%s of %d: %q %d, want %q %d", c.code, c.year, got, how, c.want, c.how)
		}
	}
}

func TestRegistered(t *testing.T) {
	r := regions(t)
	for code, want := range map[string]RegionStatus{"100000": RegionListed, "330106": RegionListed, "110224": RegionListed,
		"440101": RegionListed, "610131": RegionListed, "330199": RegionUnlisted, "390101": RegionUnknown, "33": RegionUnknown} {
		if got := r.Registered([]byte(code)); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
}

// Of the real registrations, so many name a registrar that is in no table: without the table of registrars and zones,
// and with it.
func TestRealRegistrars(t *testing.T) {
	f, err := os.Open("../../../shared/data/cn-enterprise/part-a.csv.gz")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the registrations are not here: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	with := regions(t)
	without := with.WithOffices(nil)
	in := csv.NewReader(z)
	in.ReuseRecord, in.FieldsPerRecord = true, -1
	var total, before, after, lost int
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(row[1]) != 18 {
			continue
		}
		total++
		code := []byte(row[1][2:8])
		if without.Registered(code) != RegionListed {
			before++
		}
		switch with.Registered(code) {
		case RegionUnlisted:
			after++
		case RegionUnknown:
			lost++
		}
	}
	if total != 149371 || before != 5561 || after != 3127 || lost != 0 {
		t.Errorf("%d codes, %d unknown before, %d after, %d in no province", total, before, after, lost)
	}
}
