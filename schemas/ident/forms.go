package ident

import (
	"bufio"
	"bytes"
	_ "embed" // The table of forms.
	"fmt"
	"io"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"sync"
)

//go:embed forms.tsv
var formsFile []byte

// Form is one pattern of a kind of identifier.
type Form struct {
	Kind    Kind
	Pattern string // a regular expression of the whole number in half width and capital letters
	Key     int    // how many characters stand for the person over renewals; 0 for all
	Basis   string // S seen in public text, R remembered by practitioners
	Note    string // what it is, in Chinese
}

// Forms is a table of patterns. It never changes and is safe for any number of goroutines.
type Forms struct {
	list   []Form
	byKind [kindCount][]pattern
	lent   sync.Pool // of *[maxDocument]byte
}

// pattern is a form that is ready to match.
type pattern struct {
	re       *regexp.Regexp
	key      int
	min, max int // length in characters
}

// LoadForms reads the shipped table. It parses it each time: load once and hand it on.
func LoadForms() (*Forms, error) { return ReadForms(bytes.NewReader(formsFile)) }

// ReadForms reads a table of the columns kind, pattern, key, basis, note, with a line of these names and comments (#)
// before it.
func ReadForms(r io.Reader) (*Forms, error) {
	var (
		list  []Form
		lines = bufio.NewScanner(r)
		head  = false
	)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSuffix(lines.Text(), "\r")
		switch {
		case line == "" || line[0] == '#':
			continue
		case !head:
			if line != "kind\tpattern\tkey\tbasis\tnote" {
				return nil, fmt.Errorf("read forms: line %d: want the columns kind, pattern, key, basis, note", n)
			}
			head = true
			continue
		}
		form, err := parseForm(strings.Split(line, "\t"))
		if err != nil {
			return nil, fmt.Errorf("read forms: line %d: %w", n, err)
		}
		list = append(list, form)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read forms: %w", err)
	}
	return newForms(list)
}

func parseForm(cells []string) (Form, error) {
	if len(cells) != 5 {
		return Form{}, fmt.Errorf("%d columns, want 5", len(cells))
	}
	kind, ok := KindOf(cells[0])
	if !ok || !kind.Formed() {
		return Form{}, fmt.Errorf("column kind: %q is no kind of identifier that has forms", cells[0])
	}
	form := Form{Kind: kind, Pattern: cells[1], Basis: cells[3], Note: cells[4]}
	if cells[2] != "" {
		var err error
		if form.Key, err = strconv.Atoi(cells[2]); err != nil || form.Key < 1 {
			return Form{}, fmt.Errorf("column key: %q is no number of characters", cells[2])
		}
	}
	return form, nil
}

// Formed reports whether patterns say how the kind is written.
func (k Kind) Formed() bool { return k >= KindDisability && k < KindPhone }

// Open reports whether a city may add forms to a kind: what fits one is then a number although the kind's own rules
// refuse it. A check digit must hold all the same.
func (k Kind) Open() bool {
	return k.Formed() || k == KindResidentID || k == KindOrgCode || k == KindPhone
}

func newForms(list []Form) (*Forms, error) {
	f := &Forms{list: list}
	f.lent.New = func() any { return new([maxDocument]byte) }
	for i, form := range list {
		p, err := compileForm(form)
		if err != nil {
			return nil, fmt.Errorf("compile form %d of %s: %w", i+1, form.Kind, err)
		}
		f.byKind[form.Kind] = append(f.byKind[form.Kind], p)
	}
	return f, nil
}

func compileForm(form Form) (pattern, error) {
	tree, err := syntax.Parse(form.Pattern, syntax.Perl)
	if err != nil {
		return pattern{}, err
	}
	p := pattern{key: form.Key}
	p.min, p.max = lengths(tree)
	if p.max > maxDocument {
		return pattern{}, fmt.Errorf("pattern takes more than %d characters", maxDocument)
	}
	p.re, err = regexp.Compile(`^(?:` + form.Pattern + `)$`)
	return p, err
}

// endless is the length of a pattern without an end.
const endless = 1 << 20

// lengths gives how many characters a pattern takes.
func lengths(e *syntax.Regexp) (low, high int) {
	switch e.Op {
	case syntax.OpLiteral:
		return len(e.Rune), len(e.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1, 1
	case syntax.OpCapture:
		return lengths(e.Sub[0])
	case syntax.OpStar, syntax.OpPlus:
		low, _ = lengths(e.Sub[0])
		if e.Op == syntax.OpStar {
			low = 0
		}
		return low, endless
	case syntax.OpQuest:
		_, high = lengths(e.Sub[0])
		return 0, high
	case syntax.OpRepeat:
		low, high = lengths(e.Sub[0])
		if e.Max < 0 {
			return low * e.Min, endless
		}
		return low * e.Min, high * e.Max
	case syntax.OpConcat, syntax.OpAlternate:
		for i, s := range e.Sub {
			l, h := lengths(s)
			switch {
			case e.Op == syntax.OpConcat:
				low, high = low+l, min(high+h, endless)
			case i == 0:
				low, high = l, h
			default:
				low, high = min(low, l), max(high, h)
			}
		}
	}
	return low, high
}

// With gives a table in which the kinds of the list have its forms and no others.
func (f *Forms) With(list []Form) (*Forms, error) {
	var own KindSet
	for _, form := range list {
		if !form.Kind.Formed() {
			return nil, fmt.Errorf("add form: %s has no forms", form.Kind)
		}
		own = own.With(form.Kind)
	}
	var all []Form
	for _, form := range f.list {
		if !own.Has(form.Kind) {
			all = append(all, form)
		}
	}
	return newForms(append(all, list...))
}

// Add gives a table in which the kinds of the list have its forms beside those that they have: what one city alone
// accepts.
func (f *Forms) Add(list []Form) (*Forms, error) {
	for _, form := range list {
		if !form.Kind.Open() {
			return nil, fmt.Errorf("add form: %s takes none", form.Kind)
		}
	}
	return newForms(append(f.All(), list...))
}

// All lists the forms in the order of the table.
func (f *Forms) All() []Form { return append([]Form(nil), f.list...) }

// match finds the pattern of a kind that the text fits. What regexp is given escapes, so it gets a lent copy.
func (f *Forms) match(kind Kind, text []byte) (p pattern, ok bool) {
	lent := f.lent.Get().(*[maxDocument]byte)
	n := copy(lent[:], text)
	for _, p = range f.byKind[kind] {
		if ok = p.re.Match(lent[:n]); ok {
			break
		}
	}
	f.lent.Put(lent)
	return p, ok
}
