package schemas

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"jiku/schemas/ident"
)

// Known checks names and settings that other packages own. A function that is nil accepts
// everything; an error becomes a problem at the place where the name stands.
type Known struct {
	// Connector checks a connector's name and settings.
	Connector func(name string, s Settings) error
	// Slots reports whether a connector gives its deliveries slots itself, as streams do.
	Slots func(connector string) bool
	// Normalizer checks a step; item is nil for key parts and event times.
	Normalizer func(s Step, item *Item) error
	// Rule checks a row or entity rule.
	Rule func(u RuleUse, b *Base) error
	// Policy checks the name of a policy.
	Policy func(u PolicyUse) error
	// Comparator checks a comparator for a type.
	Comparator func(name string, t Type) error
}

// declarationKind is one of the five kinds of declarations; each has a directory, and the
// key that holds the name is the kind's own.
type declarationKind struct {
	name, dir string
	make      func() any
	nameOf    func(any) string
}

var declarationKinds = []*declarationKind{
	{"base", "base", func() any { return new(Base) }, func(v any) string { return v.(*Base).Name }},
	{"feed", "feeds", func() any { return new(Feed) }, func(v any) string { return v.(*Feed).Name }},
	{"theme", "themes", func() any { return new(Theme) }, func(v any) string { return v.(*Theme).Name }},
	{"authority", "authority", func() any { return new(Authority) }, func(v any) string { return v.(*Authority).Name }},
	{"city", "cities", func() any { return new(City) }, func(v any) string { return v.(*City).Name }},
}

// LoadCatalogue reads and checks the declarations base/*.yaml, feeds/*.yaml, themes/*.yaml,
// authority/*.yaml and cities/*.yaml, and the code tables codes/*.tsv. If any of them has a defect the error is Problems,
// with every defect of every file; otherwise the catalogue is complete and read-only.
func LoadCatalogue(fsys fs.FS, known Known) (*Catalogue, error) {
	cat := &Catalogue{documents: make(map[string]*document)}
	var problems Problems
	lost := make(map[string]bool)
	for _, kind := range declarationKinds {
		before := len(problems)
		docs, err := readKind(fsys, kind, &problems)
		if err != nil {
			return nil, fmt.Errorf("load catalogue: %w", err)
		}
		for _, doc := range docs {
			cat.add(doc, &problems)
		}
		if len(problems) > before {
			lost[kind.name] = true
		}
	}
	cat.sort()
	before := len(problems)
	if err := cat.readCodes(fsys, &problems); err != nil {
		return nil, fmt.Errorf("load catalogue: %w", err)
	}
	lost["codes"] = len(problems) > before
	forms, err := ident.LoadForms()
	if err != nil {
		return nil, fmt.Errorf("load catalogue: %w", err)
	}
	cat.Forms = forms
	c := &checker{Catalogue: cat, known: known, problems: &problems, lost: lost}
	c.check()
	if len(problems) > 0 {
		return nil, problems.sorted()
	}
	cat.Warnings = cat.Warnings.sorted()
	cat.Digest = digest(cat.declarations())
	return cat, nil
}

// readKind reads the files of one directory in the order of their names. A directory that
// is not there has no declarations.
func readKind(fsys fs.FS, kind *declarationKind, problems *Problems) ([]*document, error) {
	entries, err := fs.ReadDir(fsys, kind.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []*document
	for _, e := range entries {
		file := path.Join(kind.dir, e.Name())
		switch {
		case e.IsDir():
			continue
		case strings.HasSuffix(e.Name(), ".yml"):
			*problems = append(*problems, Problem{File: file, Message: "declaration is not read",
				Hint: "name it " + strings.TrimSuffix(e.Name(), ".yml") + ".yaml"})
			continue
		case !strings.HasSuffix(e.Name(), ".yaml"):
			continue
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		if doc := readDocument(kind, file, data, problems); doc != nil {
			out = append(out, doc)
		}
	}
	return out, nil
}

// add takes a declaration into the catalogue, unless its name is taken.
func (c *Catalogue) add(doc *document, problems *Problems) {
	name := doc.kind.nameOf(doc.value)
	if name == "" {
		return // A problem already; nothing can refer to it.
	}
	id := doc.kind.name + " " + name
	if first := c.documents[id]; first != nil {
		scope{doc, doc.kind.name, problems}.fail("rename one, or remove it",
			"%s %s is declared already in %s", doc.kind.name, name, first.place(doc.kind.name))
		return
	}
	c.documents[id] = doc
	switch v := doc.value.(type) {
	case *Base:
		c.Bases = append(c.Bases, v)
	case *Feed:
		c.Feeds = append(c.Feeds, v)
	case *Theme:
		c.Themes = append(c.Themes, v)
	case *Authority:
		c.Authorities = append(c.Authorities, v)
	case *City:
		if c.City != nil {
			scope{doc, doc.kind.name, problems}.fail("keep one file in cities", "a second city is declared: %s is in force", c.City.Name)
			return
		}
		c.City = v
	}
}

// sort orders declarations by name, so that nothing depends on names of files.
func (c *Catalogue) sort() {
	slices.SortFunc(c.Bases, func(a, b *Base) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(c.Feeds, func(a, b *Feed) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(c.Themes, func(a, b *Theme) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(c.Authorities, func(a, b *Authority) int { return strings.Compare(a.Name, b.Name) })
}

// place is file:line:col of a path.
func (d *document) place(path string) string {
	at := d.find(path)
	return fmt.Sprintf("%s:%d:%d", d.file, at.line, at.column)
}

// Where is file:line:col of a part of a declaration: kind is base, feed, theme, authority
// or city, path is like tests[0].claim or empty for the whole. It is empty for a
// declaration that the catalogue does not have.
func (c *Catalogue) Where(kind, name, path string) string {
	doc := c.documents[kind+" "+name]
	if doc == nil {
		return ""
	}
	if path == "" {
		path = kind
	}
	return doc.place(path)
}
