package link

import (
	"bytes"

	"jiku/schemas"
)

// Program is the compiled links of one base. It is read-only.
type Program struct {
	base  *schemas.Base
	items []item
	parts []schemas.Part
	ranks map[string]int
	sound func(key []byte) bool
}

type item struct {
	kind              string
	item, from, until int // indexes in the base's items, -1 for none
}

// Compile prepares the links of a base; nil if it declares none. sound tells whether a key of
// the base's own kind has the form of its standard: one that has not is an orphan where
// nobody establishes it.
func Compile(b *schemas.Base, sound func(key []byte) bool) *Program {
	if len(b.Links) == 0 {
		return nil
	}
	p := &Program{base: b, parts: b.Parts(), ranks: map[string]int{}, sound: sound}
	for _, l := range b.LinkItems() {
		p.items = append(p.items, item{l.Kind, b.ItemIndex(l.Item), b.ItemIndex(l.From), b.ItemIndex(l.Until)})
	}
	for i, kind := range b.KeyKinds() {
		p.ranks[kind] = i
	}
	return p
}

// Claim is what States reads of a claim.
type Claim = schemas.ClaimCells

// States emits the other numbers that a claim of an establishing feed gives, as they stand in
// keys, with the days that it gives. What is emitted lives until the next call.
func (p *Program) States(c Claim, emit func(alias []byte, from, until uint32)) {
	key := c.KeyBytes()
	p.Parts(key, func(part []byte) { emit(part, 0, 0) })
	var buf [64]byte
	for _, it := range p.items {
		value := c.Text(it.item)
		if len(value) == 0 {
			continue
		}
		alias := p.base.AppendAlias(buf[:0], it.kind, value)
		if bytes.Equal(alias, key) || bytes.Equal(value, key) {
			continue // The tax number of today is the USCC.
		}
		emit(alias, day(c, it.from), day(c, it.until))
	}
}

func day(c Claim, item int) uint32 {
	if item < 0 {
		return 0
	}
	return uint32(c.Int(item))
}

// Parts emits the numbers of other kinds that are part of a number.
func (p *Program) Parts(key []byte, emit func(part []byte)) {
	if len(p.parts) == 0 {
		return
	}
	kind, value := p.base.KindOf(key)
	for _, part := range p.parts {
		if part.Of == kind && part.Size == len(value) {
			var buf [64]byte
			emit(p.base.AppendAlias(buf[:0], part.Kind, value[part.Start:part.Start+part.Len]))
		}
	}
}

// Own reports whether a key is of the base's own kind: only such keys have rows.
func (p *Program) Own(key []byte) bool {
	_, value := p.base.KindOf(key)
	return len(value) == len(key)
}

// Alone is why claims of a key that no feed establishes are orphans, if they are.
func (p *Program) Alone(key []byte) schemas.LinkWhy {
	switch {
	case !p.Own(key):
		return schemas.Unlinked
	case !p.sound(key):
		return schemas.Unissued
	default:
		return 0
	}
}

// rank orders numbers: the canonical one is that of the least rank.
func (p *Program) rank(key []byte) int {
	kind, value := p.base.KindOf(key)
	return p.ranks[kind]<<2 | p.form(kind, value)
}

// form orders the forms of resident ID numbers: those of citizens (GB 11643), residence
// permits of people from Hong Kong, Macao and Taiwan (81 to 83), the permanent residence cards
// of 2023 (9), and those before them, which have letters and 15 characters.
func (p *Program) form(kind string, value []byte) int {
	switch {
	case kind != string(schemas.KeyResidentID):
		return 0
	case len(value) != 18:
		return 3
	case value[0] == '9':
		return 2
	case value[0] == '8' && value[1] >= '1' && value[1] <= '3':
		return 1
	default:
		return 0
	}
}

// Direct gives the pair in the direction from the number that is given up to the one that
// stays.
func (p *Program) Direct(keys [][]byte, pair schemas.LinkPair) (from, to int32) {
	if p.rank(keys[pair.Alias]) < p.rank(keys[pair.Key]) {
		return pair.Key, pair.Alias
	}
	return pair.Alias, pair.Key
}
