package codes

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Defect is one thing wrong with a file of a code table, where it stands and what to do. Line and column count from 1,
// columns in characters.
type Defect struct {
	Line, Column  int
	Message, Hint string
}

// Defects are all that is wrong with a file.
type Defects []Defect

// Error lists the defects, one a line.
func (d Defects) Error() string {
	lines := make([]string, len(d))
	for i, x := range d {
		lines[i] = fmt.Sprintf("line %d column %d: %s (%s)", x.Line, x.Column, x.Message, x.Hint)
	}
	return strings.Join(lines, "\n")
}

// file is a table as it is stored: comment lines "# field: value", a line of column names, rows.
type file struct {
	header  Header
	through string
	columns []string
	named   int // the line of the column names
	rows    []row
	defects Defects
}

// row is one line of a file.
type row struct {
	line  int
	cells []string
}

// readFile reads the form of a file; what is wrong stands in defects.
func readFile(text string) *file {
	f := &file{}
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		number++
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		switch {
		case !utf8.ValidString(line):
			f.fail(place{number, 1}, "save the file as UTF-8", "text is not UTF-8")
		case strings.HasPrefix(line, "#"):
			f.comment(number, line)
		case strings.TrimSpace(line) == "":
		case f.columns == nil:
			f.columns, f.named = strings.Split(line, "\t"), number
		default:
			f.row(number, line)
		}
	}
	if f.columns == nil {
		f.fail(place{max(number, 1), 1}, "write the line code, label, synonyms with tabs between", "file has no line of column names")
	}
	return f
}

// place is a line and a column of a file.
type place struct{ line, column int }

func (f *file) fail(at place, hint, format string, args ...any) {
	f.defects = append(f.defects, Defect{at.line, at.column, fmt.Sprintf(format, args...), hint})
}

// at is the place of a cell of the row.
func (r row) at(column int) place {
	at := 1
	for _, c := range r.cells[:column] {
		at += utf8.RuneCountInString(c) + 1
	}
	return place{r.line, at}
}

func (f *file) row(number int, line string) {
	cells := strings.Split(line, "\t")
	if len(cells) > len(f.columns) {
		f.fail(place{number, 1}, "separate cells by one tab, synonyms by |", "line has %d cells, want %d", len(cells), len(f.columns))
		return
	}
	for len(cells) < len(f.columns) { // Editors drop tabs at the end of a line.
		cells = append(cells, "")
	}
	r := row{number, cells}
	for i, c := range cells {
		if c != strings.TrimSpace(c) {
			f.fail(r.at(i), "remove them", "%s has blanks around it", f.columns[i])
		}
	}
	f.rows = append(f.rows, r)
}

// headerFields are the fields of the header, in the order in which files write them.
var headerFields = []string{"name", "title", "standard", "edition", "source", "licence", "group", "next", "through"}

func (f *file) comment(number int, line string) {
	key, value, ok := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, "#")), ":")
	value = strings.TrimSpace(value)
	if !ok || !slices.Contains(headerFields, key) {
		return // A remark.
	}
	h := &f.header
	to := map[string]*string{"name": &h.Name, "title": &h.Title, "standard": &h.Standard, "edition": &h.Edition, "source": &h.Source,
		"licence": &h.Licence, "group": &h.Group, "next": &h.Next, "through": &f.through}[key]
	if *to != "" {
		f.fail(place{number, 1}, "keep one", "header has %q twice", key)
	}
	*to = value
}

// want checks the names of the columns and gives the position of each known one, -1 where it is left out.
func (f *file) want(required, optional []string) map[string]int {
	at := map[string]int{}
	known := append(slices.Clone(required), optional...)
	for _, k := range known {
		at[k] = -1
	}
	for i, c := range f.columns {
		old, ok := at[c]
		switch {
		case !ok:
			f.fail(place{f.named, 1}, "columns are "+strings.Join(known, ", "), "column %q is not known", c)
		case old >= 0:
			f.fail(place{f.named, 1}, "keep one", "column %q stands twice", c)
		default:
			at[c] = i
		}
	}
	for _, k := range required {
		if f.columns != nil && at[k] < 0 {
			f.fail(place{f.named, 1}, "columns are "+strings.Join(known, ", "), "column %q is missing", k)
		}
	}
	return at
}

// entries reads the rows of a code table.
func (f *file) entries() []Entry {
	at := f.want([]string{"code", "label"}, []string{"synonyms", "group", "historic", "next"})
	if at["code"] < 0 || at["label"] < 0 {
		return nil
	}
	cell := func(r row, column string) string {
		if i := at[column]; i >= 0 {
			return r.cells[i]
		}
		return ""
	}
	list := func(r row, column string) []string {
		if s := cell(r, column); s != "" {
			return strings.Split(s, "|")
		}
		return nil
	}
	first := map[string]int{}
	out := make([]Entry, 0, len(f.rows))
	for _, r := range f.rows {
		e := Entry{Code: cell(r, "code"), Label: cell(r, "label"), Synonyms: list(r, "synonyms"), Group: cell(r, "group"),
			Historic: list(r, "historic"), Next: list(r, "next")}
		switch {
		case e.Code == "":
			f.fail(r.at(at["code"]), "give one, or remove the line", "code is blank")
		case first[e.Code] > 0:
			f.fail(r.at(at["code"]), "keep one", "code %q stands twice, first on line %d", e.Code, first[e.Code])
		default:
			first[e.Code] = r.line
			out = append(out, e)
		}
	}
	return out
}
