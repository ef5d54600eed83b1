package key

import (
	"bytes"
	"fmt"
	"slices"

	"jiku/schemas"
	"jiku/schemas/ident"
)

// Resolver resolves the keys of one feed. One goroutine uses it.
type Resolver struct {
	base *schemas.Base
	kind schemas.KeyKind
	// kinds are those of the feed's numbers, where they may be other than the base's own.
	kinds []string
	// forms are those of numbers, with the city's own; nil where the parsers alone decide.
	forms *ident.Forms
	// order gives, for each part of the base's key, its position in Record.KeyParts.
	order []int
	// names are the names of the parts, in the same order; a single part has none.
	names []string
	// issues is set for feeds that establish the entities of their base.
	issues bool
	// canonical is set where the feed's own normalizer has read and written the number.
	canonical bool
	buf       []byte
}

// Compile prepares the keys of a feed. Without a feed, key parts are expected in the order
// of the base, and nothing establishes. Forms are those of the city; nil takes the shipped ones.
func Compile(b *schemas.Base, f *schemas.Feed, forms *ident.Forms) (*Resolver, error) {
	r := &Resolver{base: b, kind: b.Key.Kind, forms: forms}
	parts := 1
	switch b.Key.Kind {
	case schemas.KeyResidentID, schemas.KeyUSCC, schemas.KeyText:
	case schemas.KeyComposite:
		if parts = len(b.Key.Parts); parts == 0 {
			return nil, fmt.Errorf("compile key of base %s: a composite key without parts", b.Name)
		}
	default:
		return nil, fmt.Errorf("compile key of base %s: kind %q: no such kind", b.Name, b.Key.Kind)
	}
	if f == nil {
		for i := range parts {
			r.order = append(r.order, i)
		}
		r.names = append(b.Key.Parts, "")[:parts]
		return r, nil
	}
	r.issues = f.Establishes
	if len(f.Key) != parts {
		return nil, fmt.Errorf("compile key of feed %s: %d parts, base %s has %d", f.Name, len(f.Key), b.Name, parts)
	}
	if b.Key.Kind != schemas.KeyComposite {
		r.order, r.names, r.kinds = []int{0}, []string{""}, f.Key[0].Kinds
		if n := len(f.Key[0].Via); n > 0 && b.Key.Kind == schemas.KeyResidentID {
			r.canonical = f.Key[0].Via[n-1].Name == "resident_id"
		}
		if r.forms != nil || !slices.Contains(r.kinds, "registration_no") {
			return r, nil
		}
		var err error
		if r.forms, err = ident.LoadForms(); err != nil {
			return nil, fmt.Errorf("compile key of feed %s: %w", f.Name, err)
		}
		return r, nil
	}
	r.names = b.Key.Parts
	for _, name := range b.Key.Parts {
		at := partIndex(f.Key, name)
		if at < 0 {
			return nil, fmt.Errorf("compile key of feed %s: part %s of base %s is not declared", f.Name, name, b.Name)
		}
		r.order = append(r.order, at)
	}
	return r, nil
}

func partIndex(key []schemas.KeyPart, name string) int {
	for i := range key {
		if key[i].Part == name {
			return i
		}
	}
	return -1
}

// Resolve sets rec.Key from rec.KeyParts, or adds the reasons why it cannot. A part that
// is missing because a normalizer found fault with it is not reported twice.
func (r *Resolver) Resolve(rec *schemas.Record) {
	rec.Key = nil
	if !r.complete(rec) {
		return
	}
	if part := rec.KeyParts[r.order[0]]; len(r.kinds) > 0 {
		r.other(rec, part)
	} else {
		r.own(rec, part)
	}
	if rec.Rejected() {
		rec.Key = nil
	}
}

// own resolves a key of the base's own kind.
func (r *Resolver) own(rec *schemas.Record, part []byte) {
	switch r.kind {
	case schemas.KeyResidentID:
		r.residentID(rec, part)
	case schemas.KeyUSCC:
		r.uscc(rec, part)
	case schemas.KeyText:
		switch part = trim(part); {
		case !r.clear(rec):
		case r.base.Marked(part):
			rec.Fail(-1, reasonMarked, "")
		default:
			rec.Key = rec.Keep(part)
		}
	default:
		if r.clear(rec) {
			r.join(rec)
		}
	}
}

// complete reports that no part of the key is missing, or says which are.
func (r *Resolver) complete(rec *schemas.Record) bool {
	whole := true
	for n, i := range r.order {
		if len(trim(rec.KeyParts[i])) > 0 {
			continue
		}
		whole = false
		if !faulted(rec, r.names[n]) {
			rec.Fail(-1, reasonMissing, r.names[n])
		}
	}
	return whole
}

// faulted reports whether a normalizer has rejected the row for this part of the key.
func faulted(rec *schemas.Record, part string) bool {
	for i := range rec.Findings {
		if f := &rec.Findings[i]; f.Severity == schemas.RowError && f.Item == "" && f.Detail == part {
			return true
		}
	}
	return false
}

// clear reports that no part of the key is masked, or says so.
func (r *Resolver) clear(rec *schemas.Record) bool {
	open := true
	for n, i := range r.order {
		if p := rec.KeyParts[i]; bytes.IndexByte(p, '*') >= 0 || bytes.Contains(p, []byte("＊")) {
			rec.Fail(-1, reasonMasked, r.names[n])
			open = false
		}
	}
	return open
}

// join makes a composite key.
func (r *Resolver) join(rec *schemas.Record) {
	r.buf = r.buf[:0]
	for n, i := range r.order {
		if n > 0 {
			r.buf = append(r.buf, separator)
		}
		r.buf = appendEscaped(r.buf, trim(rec.KeyParts[i]))
	}
	rec.Key = rec.Keep(r.buf)
}
