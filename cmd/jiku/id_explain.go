package main

import (
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// identity is what can be said about one identifier.
type identity struct {
	Input     string `json:"input"`
	Kind      string `json:"kind,omitempty"`
	KindTitle string `json:"kind_title,omitempty"`
	Valid     bool   `json:"valid"`
	// Normalized is the form in which the value would be stored.
	Normalized string `json:"normalized,omitempty"`
	// Reason is the code of why it is not valid, Sentence the reason in Chinese.
	Reason   string `json:"reason,omitempty"`
	Sentence string `json:"sentence,omitempty"`
	// Parts are what the number says, in its order.
	Parts []idPart `json:"parts,omitempty"`
	// Notes are what was changed and what is odd without being wrong.
	Notes []string `json:"notes,omitempty"`
	// Candidates are the kinds that an ambiguous number can be.
	Candidates []idCandidate `json:"candidates,omitempty"`
	// Repaired is what a code that is not valid would be if letters were misread or a zero lost.
	Repaired []idCandidate `json:"repaired,omitempty"`
}

// idPart is one thing that a number says.
type idPart struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Value string `json:"value"`
}

// idCandidate is a reading of a value.
type idCandidate struct {
	Kind      string `json:"kind"`
	KindTitle string `json:"kind_title"`
	Value     string `json:"value"`
}

// idReader explains identifiers. It is used by one goroutine.
type idReader struct {
	forms       *ident.Forms
	regions     *codes.Regions
	departments *codes.Table
	categories  *codes.Table
	countries   *codes.Table
	kind        ident.Kind // forced, or KindNone
	today       uint32
	buf         []byte
}

// explain says everything about a value.
func (r *idReader) explain(cell []byte) identity {
	id := identity{Input: string(cell)}
	kind, reason := r.kind, ident.OK
	if kind == ident.KindNone {
		var class ident.Class
		class, reason = r.forms.Classify(cell)
		kind = class.Kind
		if reason == ident.Ambiguous {
			id.Candidates = r.candidates(class.Candidates, cell)
		}
	}
	if kind != ident.KindNone {
		id.Kind, id.KindTitle = kind.String(), kind.Title()
		r.buf, reason = r.forms.Read(r.buf[:0], kind, cell)
	}
	if reason != ident.OK {
		id.Reason, id.Sentence = string(reason), reason.Sentence()
		id.Repaired = repairs(cell, kind)
		return id
	}
	id.Normalized = string(r.buf)
	r.parts(&id, kind, cell)
	id.Valid = id.Reason == ""
	if id.Valid && id.Normalized != id.Input && len(id.Notes) == 0 {
		id.note("书写不规范，已规范")
	}
	return id
}

// candidates reads an ambiguous number as each kind that it can be.
func (r *idReader) candidates(set ident.KindSet, cell []byte) []idCandidate {
	var out []idCandidate
	for _, k := range set.List() {
		if value, reason := r.forms.Read(nil, k, cell); reason == ident.OK {
			out = append(out, candidate(k, string(value)))
		}
	}
	return out
}

func candidate(k ident.Kind, value string) idCandidate {
	return idCandidate{Kind: k.String(), KindTitle: k.Title(), Value: value}
}

// repairs are what feeds that declare it would read a broken code as.
func repairs(cell []byte, kind ident.Kind) []idCandidate {
	var out []idCandidate
	if kind == ident.KindNone || kind == ident.KindUSCC {
		if code, reason := ident.RepairUSCC(cell); reason == ident.OK && code.Repaired {
			out = append(out, candidate(ident.KindUSCC, shown(code)))
		}
	}
	if kind == ident.KindNone || kind == ident.KindOrgCode {
		if code, reason := ident.RestoreOrgCode(cell); reason == ident.OK && code.Restored {
			out = append(out, candidate(ident.KindOrgCode, shown(code)))
		}
	}
	return out
}

// shown is an identifier in clear, for the person who typed it.
func shown(v interface{ Reveal() string }) string { return v.Reveal() }

func (id *identity) part(name, title, value string) {
	if value != "" {
		id.Parts = append(id.Parts, idPart{name, title, value})
	}
}

func (id *identity) note(text string) { id.Notes = append(id.Notes, text) }

// refuse makes a number whose digits are right not valid after all.
func (id *identity) refuse(reason ident.Reason) {
	if reason != ident.OK {
		id.Reason, id.Sentence = string(reason), reason.Sentence()
	}
}

// Province reports whether two digits are those of a province (ident.Places).
func (r *idReader) Province(code []byte) bool {
	return r.regions.Issued(append(code[:2:2], "0000"...), 0, int(r.today/10000)) != codes.RegionUnknown
}

// Country reports whether three digits or letters are those of a country (ident.Places).
func (r *idReader) Country(code []byte) bool {
	_, ok := r.countries.Fold(code)
	return ok
}

// country is the name of a country.
func (r *idReader) country(code []byte) string {
	alpha, ok := r.countries.Fold(code)
	if !ok {
		return string(code)
	}
	label, _ := r.countries.Label(alpha)
	return string(code) + " " + label
}
