package ident

import (
	"bytes"
	"unicode/utf8"
)

// maxDocument is how many characters the number of a document may have.
const maxDocument = 64

// Document is the number of a document that has a form but no check digit: a passport, a travel permit, a certificate.
// The zero value is none.
type Document struct {
	text  [maxDocument]byte
	n     uint8
	key   uint8 // bytes that stand for the person
	kind  Kind
	Fixed bool // the cell was written in another way: width, case, blanks
}

// Document reads the number of a document of a kind. A number that has the form of another kind is named as such,
// never taken: no check digit would tell.
func (f *Forms) Document(kind Kind, cell []byte) (Document, Reason) {
	d := Document{kind: kind}
	if r := d.fold(cell); r != OK {
		return Document{}, r
	}
	text := d.text[:d.n]
	p, ok := f.match(kind, text)
	if !ok {
		return Document{}, f.failed(kind, text)
	}
	d.key = d.n
	if p.key > 0 && p.key < int(d.n) {
		d.key = uint8(p.key)
	}
	if fillerTail(text) || fillerTail(text[:d.key]) {
		return Document{}, Filler
	}
	return d, OK
}

// fold reads the cell as text: half width, capital letters, no blanks; Chinese characters stay.
func (d *Document) fold(cell []byte) Reason {
	n := 0
	for i := 0; i < len(cell); {
		c, size := asciiFolds[cell[i]], 1
		if c == unfolded {
			c, size = foldOther(cell[i:])
		}
		raw := cell[i : i+size]
		i += size
		switch {
		case c == ' ', c == '\'' && n == 0:
			continue
		case c == foreign && size > 1:
		default:
			raw = []byte{c}
		}
		if n+len(raw) > len(d.text) {
			return Length
		}
		n += copy(d.text[n:], raw)
	}
	b := d.text[:n]
	switch {
	case n == 0:
		return Empty
	case bytes.IndexByte(b, '*') >= 0:
		return Masked
	case scientific(b):
		return Scientific
	case !utf8.Valid(b):
		return Character
	}
	if n > 2 && string(b[n-2:]) == ".0" && digits(b[:n-2]) {
		n -= 2
	}
	d.n, d.Fixed = uint8(n), !bytes.Equal(d.text[:n], cell)
	return OK
}

// failed says why a text has no form of a kind.
func (f *Forms) failed(kind Kind, text []byte) Reason {
	switch n := len(text); {
	case filler(text) || fillerTail(text):
		return Filler
	case n == 18 && seventeenDigits((*[18]byte)(text)) && checkID((*[18]byte)(text)) == OK:
		return ResidentNumber
	case creditCodeChecks(text):
		return CreditCode
	}
	for k := KindOldRegNo; k < kindCount; k++ {
		if k != kind && !kindInfos[k].loose {
			if _, ok := f.match(k, text); ok {
				return OtherDocument
			}
		}
	}
	return f.misfit(kind, text)
}

// misfit tells a number of a wrong length from one with wrong characters.
func (f *Forms) misfit(kind Kind, text []byte) Reason {
	n, shortest := utf8.RuneCount(text), endless
	for _, p := range f.byKind[kind] {
		if n >= p.min && n <= p.max {
			return Character
		}
		shortest = min(shortest, p.min)
	}
	if n == shortest-1 {
		return Truncated
	}
	return Length
}

// Kind is the kind of document that the number was read as.
func (d Document) Kind() Kind { return d.kind }

// JoinKey reports whether the number may link rows of different feeds. Those of military documents are free text, and
// those of foreign passports are unique together with the country alone.
func (d Document) JoinKey() bool {
	switch d.kind {
	case KindMilitary, KindForeignPassport, KindHousehold:
		return false
	}
	return d.Valid()
}

// AppendKey appends what stands for the person over renewals: a permit of nine characters without the number of its
// issue.
func (d Document) AppendKey(dst []byte) []byte { return append(dst, d.text[:d.key]...) }

// Valid reports whether the value holds a number at all.
func (d Document) Valid() bool { return d.n != 0 }

// Reveal gives the number in clear.
func (d Document) Reveal() string { return string(d.AppendTo(nil)) }

// AppendTo appends the number in clear.
func (d Document) AppendTo(dst []byte) []byte { return append(dst, d.text[:d.n]...) }
