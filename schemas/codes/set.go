package codes

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Set is the code tables of a city: the shipped ones with what the city's files and declarations lay over them. It
// never changes; a table is read when it is first asked for. All methods are safe from any number of goroutines.
type Set struct {
	over    map[string]*overlay
	regions []Region // over the history

	mu     sync.Mutex
	tables map[string]*Table
	of     *Regions
	// digests are those that were asked for: every feed of a run asks for the same ones.
	digests sync.Map
}

// overlay is a city's own file.
type overlay struct {
	header  Header
	entries []Entry
	regions []Region
}

// National is the set of the tables as they are shipped.
func National() *Set { return &Set{tables: map[string]*Table{}} }

// Overlaid says what a Set has over the national tables.
type Overlaid struct {
	// Files are the texts of files by the name of their table. A file with the name of a shipped table adds codes and
	// words to it or changes labels; another name makes a table of the city's own, which needs a title.
	Files map[string]string
	// Regions are divisions over the national history (GB/T 2260).
	Regions []Region
}

// NewSet gives the national tables with a city's own over them. What is wrong with the files comes back by table; the
// set is then nil.
func NewSet(o Overlaid) (*Set, map[string]Defects) {
	s := &Set{over: map[string]*overlay{}, regions: o.Regions, tables: map[string]*Table{}}
	wrong := map[string]Defects{}
	for name, text := range o.Files {
		f := readFile(text)
		own := &overlay{header: f.header}
		if name == regionTable {
			own.regions = f.regions()
		} else {
			own.entries = f.entries()
			f.checkOwn(name)
		}
		if len(f.defects) > 0 {
			wrong[name] = f.defects
		}
		s.over[name] = own
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	for name, own := range s.over {
		if d := s.links(name, own); len(d) > 0 {
			wrong[name] = d
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return s, nil
}

// checkOwn demands what a reader of the table needs.
func (f *file) checkOwn(name string) {
	if f.header.Name != "" && f.header.Name != name {
		f.fail(place{1, 1}, "name it "+name+", or rename the file", "header names %q", f.header.Name)
	}
	if f.header.Source == "" {
		f.fail(place{1, 1}, "add a line # source: where the codes come from", "header names no source")
	}
	if slices.Contains(Names(), name) {
		return
	}
	if f.header.Title == "" {
		f.fail(place{1, 1}, "add a line # title: the table's name in Chinese; to change a shipped table, name the file as jiku codes lists it",
			"header names no title")
	}
	at := slices.Index(f.columns, "label")
	for _, r := range f.rows {
		if at >= 0 && r.cells[at] == "" {
			f.fail(r.at(at), "give one", "label is blank")
		}
	}
}

// links checks that the tables that a file's header names are there.
func (s *Set) links(name string, own *overlay) Defects {
	var out Defects
	for _, to := range []string{own.header.Group, own.header.Next} {
		if to != "" && to != name && !slices.Contains(s.Names(), to) {
			out = append(out, Defect{1, 1, fmt.Sprintf("header names the table %q, which is not there", to), "jiku codes lists the tables"})
		}
	}
	return out
}

// Names lists the tables, sorted.
func (s *Set) Names() []string {
	names := Names()
	for name := range s.over {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Overlaid reports whether the city has a say in a table.
func (s *Set) Overlaid(name string) bool {
	return s.over[name] != nil || name == regionTable && len(s.regions) > 0
}

// Table gives a table.
func (s *Set) Table(name string) (*Table, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.tables[name]; t != nil {
		return t, nil
	}
	t, err := s.make(name)
	if err != nil {
		return nil, err
	}
	s.tables[name] = t
	return t, nil
}

func (s *Set) make(name string) (*Table, error) {
	if name == regionTable {
		r, err := s.history()
		if err != nil {
			return nil, err
		}
		return r.Table(), nil
	}
	own := s.over[name]
	if !slices.Contains(Names(), name) {
		if own == nil {
			return nil, fmt.Errorf("load code table %q: no such table, want one of %s", name, strings.Join(s.Names(), ", "))
		}
		own.header.Name = name
		return newTable(own.header, [][]Entry{own.entries}), nil
	}
	t, err := Load(name)
	if err != nil || own == nil {
		return t, err
	}
	return t.With(own.entries), nil
}

// Regions gives the history of the divisions.
func (s *Set) Regions() (*Regions, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.history()
}

// history is Regions for who holds the lock.
func (s *Set) history() (*Regions, error) {
	if s.of != nil {
		return s.of, nil
	}
	r, err := LoadRegions()
	if err != nil {
		return nil, err
	}
	var more []Region
	if own := s.over[regionTable]; own != nil {
		more = own.regions
	}
	if more = append(slices.Clone(more), s.regions...); len(more) > 0 {
		r = r.With(more)
	}
	if s.over[officeTable] != nil {
		offices, err := s.make(officeTable)
		if err != nil {
			return nil, err
		}
		r = r.WithOffices(offices)
	}
	s.of = r
	return r, nil
}

// Digest is a fingerprint of a table, of the whole history for region: see Table.Digest. It is empty for a table that
// the set does not have.
func (s *Set) Digest(name string) string {
	if known, ok := s.digests.Load(name); ok {
		return known.(string)
	}
	digest := s.digest(name)
	s.digests.Store(name, digest)
	return digest
}

func (s *Set) digest(name string) string {
	if name == regionTable {
		if r, err := s.Regions(); err == nil {
			return r.Digest()
		}
		return ""
	}
	t, err := s.Table(name)
	if err != nil {
		return ""
	}
	return t.Digest()
}
