package codes

import (
	"slices"
	"strconv"
	"strings"
)

// regions reads the rows of a history: code, name, city, from, until, next. next is "520303[2003];520302", a year
// where it is not until.
func (f *file) regions() []Region {
	at := f.want([]string{"code", "name", "from"}, []string{"city", "until", "next"})
	if at["code"] < 0 || at["name"] < 0 || at["from"] < 0 {
		return nil
	}
	out := make([]Region, 0, len(f.rows))
	for _, r := range f.rows {
		out = append(out, f.region(r, at))
	}
	return out
}

func (f *file) region(r row, at map[string]int) Region {
	cell := func(column string) string {
		if i := at[column]; i >= 0 {
			return r.cells[i]
		}
		return ""
	}
	x := Region{Code: cell("code"), Name: cell("name"), City: cell("city"), From: f.year(r, at["from"])}
	if !isRegionCode(x.Code) {
		f.fail(r.at(at["code"]), "write six digits (GB/T 2260)", "code %q is no code of a division", x.Code)
	}
	if x.Name == "" {
		f.fail(r.at(at["name"]), "give one", "name is blank")
	}
	if cell("until") != "" {
		if x.Until = f.year(r, at["until"]); x.Until <= x.From && x.From > 0 && x.Until > 0 {
			f.fail(r.at(at["until"]), "give the year in which it ended", "until %d is not after from %d", x.Until, x.From)
		}
	}
	if cell("next") == "" {
		return x
	}
	for next := range strings.SplitSeq(cell("next"), ";") {
		s := Successor{Code: next, Year: x.Until}
		if code, year, ok := strings.Cut(strings.TrimSuffix(next, "]"), "["); ok {
			n, err := strconv.Atoi(year)
			s = Successor{Code: code, Year: n}
			if err != nil {
				f.fail(r.at(at["next"]), "write it as 520303[2003]", "year %q of a successor is no year", year)
			}
		}
		if !isRegionCode(s.Code) {
			f.fail(r.at(at["next"]), "write six digits, ; between several", "successor %q is no code of a division", s.Code)
		}
		x.Next = append(x.Next, s)
	}
	if x.Until == 0 && !slices.ContainsFunc(x.Next, func(s Successor) bool { return s.Year > 0 }) {
		f.fail(r.at(at["next"]), "give until, or remove next", "a division in force has a successor")
	}
	return x
}

func (f *file) year(r row, column int) int {
	n, err := strconv.Atoi(r.cells[column])
	if err != nil || n < 1949 || n > 9999 {
		f.fail(r.at(column), "write four digits", "%s %q is no year", f.columns[column], r.cells[column])
		return 0
	}
	return n
}

func isRegionCode(s string) bool { return len(s) == 6 && digits([]byte(s)) }

// digits reports whether a text is digits alone.
func digits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}
