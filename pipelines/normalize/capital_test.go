package normalize

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"jiku/schemas"
)

// realRegistrations is the sample of enterprise registrations; it may not be shipped, so
// it is not in the repository.
const realRegistrations = "../../../shared/data/cn-enterprise/part-a.csv.gz"

// The column 注册资金 of real registrations has 46 spellings of the unit. At least 99.9 %
// of its cells must be understood, amount and currency.
func TestCapitalOnRealColumn(t *testing.T) {
	column := realColumn(t, "注册资金")
	amount, err := registry["capital"].Compile(nil, nil, testEnv())
	if err != nil {
		t.Fatal(err)
	}
	currency, err := registry["capital_currency"].Compile(nil, nil, testEnv())
	if err != nil {
		t.Fatal(err)
	}
	var c Cell
	no := &nulls{blank: schemas.Unknown}
	values, unknown := 0, 0
	currencies := map[string]int{}
	for _, cell := range column {
		c.run(cell, []Func{amount}, no)
		state := c.State
		c.run(cell, []Func{currency}, no)
		switch {
		case state == schemas.Valued && c.State == schemas.Valued:
			values++
			currencies[string(c.Text)]++
		case state == schemas.Unknown && c.State == schemas.Unknown:
			unknown++
		}
	}
	failed := len(column) - values - unknown
	t.Logf("%d cells: %d amounts, %d unknown, %d not understood; currencies %v", len(column), values, unknown, failed, currencies)
	if len(column) < 100_000 || failed*1000 > len(column) {
		t.Errorf("%d of %d cells are not understood", failed, len(column))
	}
	if unknown < 34_000 || values < 110_000 {
		t.Errorf("%d amounts and %d unknown", values, unknown)
	}
	for code, least := range map[string]int{"156": 110_000, "840": 1400, "344": 300, "392": 20, "978": 20, "276": 2, "702": 2, "036": 1, "826": 1} {
		if currencies[code] < least {
			t.Errorf("%d amounts in %s, want at least %d", currencies[code], code, least)
		}
	}
}

// realColumn reads one column of the real registrations.
func realColumn(t *testing.T, name string) [][]byte {
	t.Helper()
	f, err := os.Open(filepath.FromSlash(realRegistrations))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the real registrations in ../shared/data are not here: they may not be shipped with the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(z)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	r.ReuseRecord = true
	at := -1
	var out [][]byte
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case at >= 0 && at < len(row):
			out = append(out, []byte(row[at]))
		case at < 0:
			for i := range row {
				if row[i] == name {
					at = i
				}
			}
		}
	}
}

// An amount is never negative, and brackets and blanks around its words change nothing.
func FuzzCapital(f *testing.F) {
	for _, e := range registry["capital"].Examples {
		f.Add([]byte(e.In))
	}
	step, err := registry["capital"].Compile(nil, nil, testEnv())
	if err != nil {
		f.Fatal(err)
	}
	no := &nulls{blank: schemas.Unknown}
	f.Fuzz(func(t *testing.T, in []byte) {
		var c, d Cell
		c.run(in, []Func{step}, no)
		if c.State != schemas.Valued {
			return
		}
		if c.Int < 0 {
			t.Fatalf("%q gives %d", in, c.Int)
		}
		d.run(append(bytes.Clone(c.Text), " ( )"...), []Func{step}, no)
		if d.State != c.State || d.Int != c.Int {
			t.Fatalf("%q gives %d, with empty brackets %d (%v)", in, c.Int, d.Int, d.State)
		}
	})
}
