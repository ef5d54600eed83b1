package codes

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed tables/*.tsv
var files embed.FS

// regionTable is the name of the table that Regions.Table gives.
const regionTable = "region"

// Names lists the tables, sorted.
func Names() []string {
	dir, err := files.ReadDir("tables")
	if err != nil {
		return nil
	}
	names := make([]string, 0, len(dir))
	for _, f := range dir {
		names = append(names, strings.TrimSuffix(f.Name(), ".tsv"))
	}
	slices.Sort(names)
	return names
}

// Load reads a table. It parses the file each time: load once and hand the table on. The table region holds the
// divisions in force; their history is in Regions.
func Load(name string) (*Table, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("load code table %q: no such table, want one of %s", name, strings.Join(Names(), ", "))
	}
	if name == regionTable {
		r, err := LoadRegions()
		if err != nil {
			return nil, err
		}
		return r.Table(), nil
	}
	f, err := readFile(name)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(f.rows))
	for _, row := range f.rows {
		e := Entry{Code: row[0], Label: row[1]}
		if row[2] != "" {
			e.Synonyms = strings.Split(row[2], "|")
		}
		if len(row) > 3 {
			e.Group = row[3]
		}
		entries = append(entries, e)
	}
	return newTable(f.header, [][]Entry{entries}), nil
}

// file is a table as it is stored: comment lines "# field: value", a line of column names, rows.
type file struct {
	header  Header
	through string
	rows    [][]string
}

func readFile(name string) (file, error) {
	var f file
	raw, err := files.ReadFile("tables/" + name + ".tsv")
	if err != nil {
		return f, fmt.Errorf("read code table %s: %w", name, err)
	}
	columns := 0
	number := 0
	for line := range strings.Lines(string(raw)) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if field, ok := strings.CutPrefix(line, "# "); ok {
			f.set(field)
			continue
		}
		cells := strings.Split(line, "\t")
		if columns == 0 {
			columns = len(cells)
			continue
		}
		if len(cells) != columns || cells[0] == "" {
			return f, fmt.Errorf("read code table %s: line %d: %d columns, want %d and a code", name, number, len(cells), columns)
		}
		f.rows = append(f.rows, cells)
	}
	if f.header.Name != name || columns < 3 {
		return f, fmt.Errorf("read code table %s: header names %q with %d columns", name, f.header.Name, columns)
	}
	return f, nil
}

func (f *file) set(field string) {
	key, value, _ := strings.Cut(field, ": ")
	switch key {
	case "name":
		f.header.Name = value
	case "title":
		f.header.Title = value
	case "standard":
		f.header.Standard = value
	case "source":
		f.header.Source = value
	case "licence":
		f.header.Licence = value
	case "group":
		f.header.Group = value
	case "through":
		f.through = value
	}
}
