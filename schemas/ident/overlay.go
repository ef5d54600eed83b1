package ident

import (
	"errors"
	"regexp/syntax"
)

// ResidentID reads a resident ID number as [ParseResidentID] does. A number of 18 digits whose only fault is its region
// passes when the table has a form for it. A nil table has none.
func (f *Forms) ResidentID(cell []byte) (ResidentID, Reason) {
	id, r := ParseResidentID(cell)
	if r == OK || f == nil || len(f.byKind[KindResidentID]) == 0 {
		return id, r
	}
	var b folded
	fold(&b, cell)
	b.readX()
	if d := (*[18]byte)(b.b[:]); b.n == 18 && seventeenDigits(d) && checkID(d) == Region {
		if _, ok := f.match(KindResidentID, d[:]); ok {
			id = ResidentIDOf(d)
			id.Fixed = b.changed
			return id, OK
		}
	}
	return id, r
}

// OrgCode reads an organization code as [ParseOrgCode] does. A code of a reserved zone passes when the table has a form
// for it. A nil table has none.
func (f *Forms) OrgCode(cell []byte) (OrgCode, Reason) {
	o, r := readOrgCode(cell)
	if r == Reserved && f != nil {
		if _, ok := f.match(KindOrgCode, o.chars[:]); ok {
			r = OK
		}
	}
	if r != OK {
		return OrgCode{}, r
	}
	return o, OK
}

// leastFixed is how many characters a form must spell out, so that it cannot fit what others have issued by accident.
const leastFixed = 2

// Check tests a form that a city adds: its pattern must be a regular expression of numbers of a limited length that
// spells out two characters at least.
func (f Form) Check() error {
	if _, err := compileForm(f); err != nil {
		return err
	}
	tree, err := syntax.Parse(f.Pattern, syntax.Perl)
	if err != nil {
		return err
	}
	if fixed(tree) < leastFixed {
		return errors.New("pattern fits nearly every number: it spells out fewer than two characters")
	}
	return nil
}

// fixed is how many characters of every text that fits are the pattern's own.
func fixed(e *syntax.Regexp) int {
	switch e.Op {
	case syntax.OpLiteral:
		return len(e.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return fixed(e.Sub[0])
	case syntax.OpRepeat:
		return e.Min * fixed(e.Sub[0])
	case syntax.OpConcat:
		n := 0
		for _, s := range e.Sub {
			n += fixed(s)
		}
		return n
	case syntax.OpAlternate:
		n := fixed(e.Sub[0])
		for _, s := range e.Sub[1:] {
			n = min(n, fixed(s))
		}
		return n
	}
	return 0
}
