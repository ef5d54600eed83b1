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

// Load reads a table as it is shipped. It parses the file each time: load once and hand the table on, or use a Set.
// The table region holds the divisions in force; their history is in Regions.
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
	f, err := shipped(name)
	if err != nil {
		return nil, err
	}
	entries := f.entries()
	if len(f.defects) > 0 {
		return nil, fmt.Errorf("load code table %s: %w", name, f.defects)
	}
	return newTable(f.header, [][]Entry{entries}), nil
}

// shipped reads the form of an embedded file.
func shipped(name string) (*file, error) {
	raw, err := files.ReadFile("tables/" + name + ".tsv")
	if err != nil {
		return nil, fmt.Errorf("read code table %s: %w", name, err)
	}
	f := readFile(string(raw))
	if f.header.Name != name {
		f.fail(place{1, 1}, "name it "+name, "header names %q", f.header.Name)
	}
	if len(f.defects) > 0 {
		return nil, fmt.Errorf("read code table %s: %w", name, f.defects)
	}
	return f, nil
}
