package codes

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func regions(t testing.TB) *Regions {
	t.Helper()
	r, err := LoadRegions()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCurrent(t *testing.T) {
	r := regions(t)
	for _, c := range []struct {
		name, code string
		year       int
		want       []string
		resolved   string
		exact      bool
	}{
		{"county to district", "110224", 1990, []string{"110115"}, "110115", true},
		{"born before the history", "110224", 1965, []string{"110115"}, "110115", true},
		{"asked long after", "110224", 2020, []string{"110115"}, "110115", true},
		{"city of a prefecture", "522101", 1990, []string{"520302"}, "520302", true},
		{"divided", "520321", 2000, []string{"520302", "520303", "520304"}, "520300", false},
		{"took back what it had lost", "231021", 1984, []string{"231084"}, "231084", true},
		{"merged 2016", "330204", 2000, []string{"330212"}, "330212", true},
		{"merged 2012", "320502", 2000, []string{"320508"}, "320508", true},
		{"through a reused code", "512301", 1990, []string{"500102"}, "500102", true},
		{"the reused code then", "511402", 1996, []string{"500102"}, "500102", true},
		{"the reused code now", "511402", 2010, []string{"511402"}, "511402", true},
		{"two steps", "632121", 1990, []string{"630203"}, "630203", true},
		{"prefecture renumbered", "342225", 1990, []string{"341324"}, "341324", true},
		{"Chongqing", "510202", 1990, []string{"500103"}, "500103", true},
		{"in force", "433101", 2020, []string{"433101"}, "433101", true},
		{"in force since 2015", "513201", 2026, []string{"513201"}, "513201", true},
		{"in force since 2023", "659012", 2026, []string{"659012"}, "659012", true},
		{"city without districts", "460400", 2026, []string{"460400"}, "460400", true},
		{"one code, two places: first", "362302", 1982, []string{"360602"}, "360602", true},
		{"one code, two places: later", "362302", 1995, []string{"361181"}, "361181", true},
		{"one code, two places: between", "362302", 1983, []string{"361181"}, "361181", true},
		{"dissolved prefecture", "522100", 1990, nil, "", false},
		{"never in force", "999999", 1990, nil, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, r.Current([]byte(c.code), c.year)); diff != "" {
				t.Error(diff)
			}
			if got, exact := r.Resolve([]byte(c.code), c.year); got != c.resolved || exact != c.exact {
				t.Errorf("resolves to %q %v, want %q %v", got, exact, c.resolved, c.exact)
			}
		})
	}
}

func TestNames(t *testing.T) {
	r := regions(t)
	for _, c := range []struct {
		code       string
		year       int
		name, full string
	}{
		{"513200", 1985, "阿坝藏族自治州", "四川省阿坝藏族自治州"},
		{"513200", 2020, "阿坝藏族羌族自治州", "四川省阿坝藏族羌族自治州"},
		{"362302", 1982, "鹰潭市", "江西省上饶地区鹰潭市"},
		{"362302", 1986, "", ""},
		{"362302", 1995, "德兴市", "江西省上饶地区德兴市"},
		{"110224", 2000, "大兴县", "北京市大兴县"},
		{"110224", 2001, "", ""},
		{"110000", 2024, "北京市", "北京市"},
		{"390101", 2020, "", ""},
	} {
		name, ok := r.Name([]byte(c.code), c.year)
		full, _ := r.FullName([]byte(c.code), c.year)
		if name != c.name || full != c.full || ok != (c.name != "") || ok != r.InForce([]byte(c.code), c.year) {
			t.Errorf("%s in %d: %q, %q, want %q, %q", c.code, c.year, name, full, c.name, c.full)
		}
	}
}

func TestIssued(t *testing.T) {
	r := regions(t)
	for _, c := range []struct {
		name, code string
		birth      int
		want       RegionStatus
	}{
		{"in force", "433101", 1990, RegionListed},
		{"abolished after birth", "110224", 1965, RegionListed},
		{"abolished in the year of birth", "110224", 2001, RegionListed},
		{"abolished before birth", "110224", 2002, RegionEarlier},
		{"never listed", "330199", 1990, RegionUnlisted},
		{"Taiwan province", "710000", 1990, RegionUnlisted},
		{"no province", "390101", 1990, RegionUnknown},
		{"short", "33", 1990, RegionUnlisted},
		{"empty", "", 1990, RegionUnknown},
	} {
		if got := r.Issued([]byte(c.code), c.birth, 2026); got != c.want {
			t.Errorf("%s: %s born %d: %d, want %d", c.name, c.code, c.birth, got, c.want)
		}
	}
	if got := r.Issued([]byte("659012"), 1990, 2020); got != RegionEarlier {
		t.Errorf("a code of 2023 is %d in 2020", got)
	}
}

func TestRegionsWith(t *testing.T) {
	base := regions(t)
	city := base.With([]Region{
		{Code: "390000", Name: "样例省", From: 1981},
		{Code: "390100", Name: "样例市", From: 1981},
		{Code: "390101", Name: "旧城区", City: "样例市", From: 1981, Until: 2010, Next: []Successor{{"390102", 2010}, {"390103", 2010}}},
		{Code: "390102", Name: "东城区", City: "样例市", From: 2010},
		{Code: "390103", Name: "西城区", City: "样例市", From: 2010},
		{Code: "433101", Name: "吉首新市", City: "湘西土家族苗族自治州", From: 2025},
	})
	if got, exact := city.Resolve([]byte("390101"), 1970); got != "390100" || exact {
		t.Errorf("resolves to %q %v", got, exact)
	}
	if got := city.Issued([]byte("390101"), 1965, 2026); got != RegionListed {
		t.Errorf("status %d", got)
	}
	if got := city.Issued([]byte("390199"), 1965, 2026); got != RegionUnlisted {
		t.Errorf("status %d of an unlisted county", got)
	}
	table := city.Table()
	wantFold(t, table, "样例省样例市东城区", "390102")
	wantFold(t, table, "3901", "390100")
	wantFold(t, table, "吉首新市", "433101")
	if _, ok := table.Fold([]byte("吉首市")); ok || table.Len() != base.Table().Len()+4 {
		t.Error("the row in force is not replaced")
	}
	if _, ok := table.Fold([]byte("390101")); ok {
		t.Error("an ended division is in the table")
	}
	if g, _ := table.Group("390102"); g != "390100" {
		t.Errorf("group %q", g)
	}
	if name, _ := base.Name([]byte("433101"), 2024); name != "吉首市" || base.InForce([]byte("390100"), 2000) {
		t.Error("the history below changed")
	}
	if city.Digest() == base.Digest() || base.Digest() != regions(t).Digest() {
		t.Error("digests do not follow the content")
	}
}

// Of 3,610 ended rows, 200 have no successor (dissolved prefectures) and 479 several: counted independently.
func TestSuccessorTotals(t *testing.T) {
	r := regions(t)
	ended, none, several := 0, 0, 0
	for i, row := range r.rows {
		if row.Until == 0 {
			continue
		}
		ended++
		switch n := len(r.current[i][0].codes); {
		case n == 0:
			none++
		case n > 1:
			several++
		}
	}
	if ended != 3610 || none != 200 || several != 479 || r.Through() != 2024 || r.Table().Len() != 3213 {
		t.Errorf("%d ended, %d without successor, %d with several, through %d, %d in force", ended, none, several, r.Through(), r.Table().Len())
	}
}

// The embedded table is the published one, row by row.
func TestRegionSource(t *testing.T) {
	f, err := os.Open("../../../shared/data/regions/area-codes-1981-2024.csv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the published table is not here: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := regions(t).rows
	if len(rows) != len(records)-1 {
		t.Fatalf("%d rows, published %d", len(rows), len(records)-1)
	}
	for i, c := range records[1:] {
		row, next := rows[i], []string{}
		for _, s := range row.Next {
			if s.Year == row.Until {
				next = append(next, s.Code)
			} else {
				next = append(next, s.Code+"["+strconv.Itoa(s.Year)+"]")
			}
		}
		until := ""
		if row.Until != 0 {
			until = strconv.Itoa(row.Until)
		}
		got := []string{row.Code, row.Name, strconv.Itoa(row.From), until, strings.Join(next, ";")}
		if diff := cmp.Diff([]string{c[0], c[3], c[6], c[7], c[8]}, got); diff != "" {
			t.Fatalf("row %d: %s", i+1, diff)
		}
	}
}

func TestCounty(t *testing.T) {
	for cell, want := range map[string]string{
		"390101001": "390101", "390101001002": "390101", "390101": "390101", "39": "39", "39010100a": "39010100a", "": "",
	} {
		if got := string(County([]byte(cell))); got != want {
			t.Errorf("County(%q) = %q, want %q", cell, got, want)
		}
	}
}
