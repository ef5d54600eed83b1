package codes

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Region is an administrative division under one code and name. The same code can come back for another place, and a
// place can change its name under one code: each is a Region of its own.
type Region struct {
	Code  string
	Name  string
	City  string      // the name of the city, prefecture or league that a county belongs to; empty if to none
	From  int         // the first year at whose end it was in force
	Until int         // the year in which it ended; 0 while it is in force
	Next  []Successor // what it became, each from a year
}

// Successor is a code that a division became, from a year on.
type Successor struct {
	Code string
	Year int
}

// Regions is the history of the administrative divisions (GB/T 2260). It never changes.
type Regions struct {
	header  Header
	rows    []Region
	byCode  map[string][]int // rows of a code, oldest first
	current [][]became       // per row, by the year that is asked for
	through int
	offices *Table // codes in use beside the history
}

// LoadRegions reads the shipped history, 1981 to the year that Through gives. Load once and hand it on.
func LoadRegions() (*Regions, error) {
	f, err := shipped(regionTable)
	if err != nil {
		return nil, err
	}
	through, err := strconv.Atoi(f.through)
	if err != nil {
		return nil, fmt.Errorf("read code table %s: header: through: %w", regionTable, err)
	}
	rows := f.regions()
	if len(f.defects) > 0 {
		return nil, fmt.Errorf("read code table %s: %w", regionTable, f.defects)
	}
	offices, err := Load(officeTable)
	if err != nil {
		return nil, err
	}
	return newRegions(f.header, rows, through).WithOffices(offices), nil
}

func newRegions(h Header, rows []Region, through int) *Regions {
	r := &Regions{header: h, rows: rows, byCode: make(map[string][]int, len(rows)), through: through}
	for i, row := range rows {
		r.byCode[row.Code] = append(r.byCode[row.Code], i)
	}
	for _, is := range r.byCode {
		slices.SortFunc(is, func(a, b int) int { return rows[a].From - rows[b].From })
	}
	r.current = make([][]became, len(rows))
	for i := range rows {
		r.current[i] = r.follow(i)
	}
	return r
}

// became is what a division has become by today, for who means its extent at the end of the year from or later.
type became struct {
	from  int
	codes []string // in force, sorted; none if it was dissolved
}

// follow finds what row i has become. Parts that it lost while it was in force make its extent differ by year.
func (r *Regions) follow(i int) []became {
	from := []int{0}
	for _, next := range r.rows[i].Next {
		if next.Year < r.rows[i].Until {
			from = append(from, next.Year)
		}
	}
	slices.Sort(from)
	from = slices.Compact(from)
	out := make([]became, len(from))
	for k, year := range from {
		out[k].from = year
		r.collect(i, year, &out[k].codes)
		slices.Sort(out[k].codes)
		out[k].codes = slices.Compact(out[k].codes)
	}
	return out
}

// collect adds the codes in force that row i has become since a year. Successors are looked up in the year of the
// change, never by code alone: 511402 was 枳城区 from 1995 to 1997 and is 东坡区 of another city since 2000. Only later
// changes count, so that every chain ends: 231021 lost 231019 in 1986 and took it back in 1987.
func (r *Regions) collect(i, year int, codes *[]string) {
	if r.rows[i].Until == 0 {
		*codes = append(*codes, r.rows[i].Code)
		return
	}
	for _, next := range r.rows[i].Next {
		if next.Year <= year {
			continue
		}
		if j, ok := r.at([]byte(next.Code), next.Year); ok {
			r.collect(j, next.Year, codes)
		}
	}
}

// at finds the row of a code that was in force at the end of a year.
func (r *Regions) at(code []byte, year int) (int, bool) {
	for _, i := range r.byCode[string(code)] {
		if row := &r.rows[i]; row.From <= year && (row.Until == 0 || year < row.Until) {
			return i, true
		}
	}
	return 0, false
}

// With gives a history with a city's own divisions added: codes that its departments use and GB/T 2260 does not have,
// such as registrars and development zones. A row in force replaces the row in force of the same code; a county that
// names no city gets the one that its code says.
func (r *Regions) With(overlay []Region) *Regions {
	replaced := map[string]bool{}
	for _, o := range overlay {
		if o.Until == 0 {
			replaced[o.Code] = true
		}
	}
	rows := make([]Region, 0, len(r.rows)+len(overlay))
	for _, row := range r.rows {
		if row.Until != 0 || !replaced[row.Code] {
			rows = append(rows, row)
		}
	}
	for _, o := range overlay {
		o.Next = slices.Clone(o.Next)
		rows = append(rows, o)
	}
	added := rows[len(rows)-len(overlay):]
	for i := range added {
		if o := &added[i]; o.City == "" && !strings.HasSuffix(o.Code, "00") {
			o.City = cityOf(rows, o.Code)
		}
	}
	return newRegions(r.header, rows, r.through).WithOffices(r.offices)
}

// cityOf is the name of the city, in force, that the first four digits of a code say.
func cityOf(rows []Region, code string) string {
	for _, row := range rows {
		if row.Until == 0 && row.Code == code[:4]+"00" {
			return row.Name
		}
	}
	return ""
}

// Digest is a fingerprint of the whole history, as Table.Digest is of a table.
func (r *Regions) Digest() string {
	h := sha256.New()
	for _, row := range r.rows {
		_, _ = fmt.Fprintf(h, "%q %q %q %d %d %v\n", row.Code, row.Name, row.City, row.From, row.Until, row.Next)
	}
	if r.offices != nil {
		_, _ = io.WriteString(h, r.offices.Digest())
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Through is the last year that the shipped history covers; later changes are unknown to it.
func (r *Regions) Through() int { return r.through }

// Table gives the divisions in force: codes by label (the name), by full name and, for provinces and cities, by their
// first two and four digits. The group of a county is its city or province, of a city its province.
func (r *Regions) Table() *Table {
	var entries []Entry
	for i := range r.rows {
		row := &r.rows[i]
		if row.Until != 0 {
			continue
		}
		e := Entry{Code: row.Code, Label: row.Name, Group: r.group(row.Code)}
		if full := r.fullName(row); full != row.Name {
			e.Synonyms = append(e.Synonyms, full)
		}
		if row.City != "" {
			e.Synonyms = append(e.Synonyms, row.City+row.Name)
		}
		switch short := strings.TrimSuffix(row.Code, "00"); {
		case len(row.Code) != 6:
		case strings.HasSuffix(row.Code, "0000"):
			e.Synonyms = append(e.Synonyms, row.Code[:2])
		case len(short) == 4:
			e.Synonyms = append(e.Synonyms, short)
		}
		entries = append(entries, e)
	}
	return newTable(r.header, [][]Entry{entries})
}

// group is the nearest wider division in force.
func (r *Regions) group(code string) string {
	if len(code) != 6 {
		return ""
	}
	for _, wider := range []string{code[:4] + "00", code[:2] + "0000"} {
		for _, i := range r.byCode[wider] {
			if wider != code && r.rows[i].Until == 0 {
				return wider
			}
		}
	}
	return ""
}
