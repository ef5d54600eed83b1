package schemas

import (
	"bytes"
	"strings"
)

// Link declares that entities of a base have other numbers, which feeds may deliver as keys:
// an organization code, a registration or tax number, a former number of the same kind. What
// claims of establishing feeds say in the item is such a number; nothing else is.
type Link struct {
	// Kind is what feeds list in kinds to deliver such numbers as keys, such as org_code; the
	// kind of the base's own key is for former keys.
	Kind string `yaml:"kind" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	// Title is the number's name in Chinese.
	Title string `yaml:"title"`
	// Item is the item that holds the number, written as keys of the kind are. Without an
	// item the number is part of the key: an organization code of a uscc.
	Item string `yaml:"item,omitempty"`
	// From and Until are date items with the first and last day of the number; without them
	// it is valid from the event time of the claim.
	From  string `yaml:"from,omitempty"`
	Until string `yaml:"until,omitempty"`
}

// kindMark parts the kind of a key from its value.
const kindMark = ':'

// A key of another kind than the base's own is kept with its kind before it, such as
// org_code:MA39X0A12: 15 digits may be a registration number or a tax number, and must never
// be taken for each other, nor for the base's own keys.

// AppendAlias appends a number of a kind as it stands in keys.
func (b *Base) AppendAlias(dst []byte, kind string, value []byte) []byte {
	if kind != string(b.Key.Kind) {
		dst = append(append(dst, kind...), kindMark)
	}
	return append(dst, value...)
}

// KindOf parts a key into its kind and value.
func (b *Base) KindOf(key []byte) (kind string, value []byte) {
	if at := bytes.IndexByte(key, kindMark); at > 0 && len(b.Links) > 0 {
		for i := range b.Links {
			if k := b.Links[i].Kind; len(k) == at && string(key[:at]) == k && k != string(b.Key.Kind) {
				return k, key[at+1:]
			}
		}
	}
	return string(b.Key.Kind), key
}

// KeyKinds are the kinds in which keys of the base may be delivered, the own one first, in
// the order in which a canonical key is chosen.
func (b *Base) KeyKinds() []string {
	out := []string{string(b.Key.Kind)}
	for i := range b.Links {
		known := false
		for _, k := range out {
			known = known || k == b.Links[i].Kind
		}
		if !known {
			out = append(out, b.Links[i].Kind)
		}
	}
	return out
}

// KindTitle is the name of a key kind in Chinese.
func (b *Base) KindTitle(kind string) string {
	for i := range b.Links {
		if b.Links[i].Kind == kind && kind != string(b.Key.Kind) {
			return b.Links[i].Title
		}
	}
	return b.Key.Title
}

// Part says that a number of one kind and length has a number of another kind in it. It is
// arithmetic, so it counts as what the registry says.
type Part struct {
	Of    string // kind of the whole
	Size  int    // its length
	Kind  string // kind of the part
	Start int    // of the part, from 0
	Len   int
}

// parts of GB 32100-2015, and of the tax numbers that organizations had before it: six
// digits of the region and the organization code.
var parts = []Part{
	{Of: string(KeyUSCC), Size: 18, Kind: "org_code", Start: 8, Len: 9},
	{Of: "tax_no", Size: 15, Kind: "org_code", Start: 6, Len: 9},
}

// Parts are the parts of the base's numbers that are numbers of a declared kind.
func (b *Base) Parts() []Part {
	var out []Part
	for _, p := range parts {
		whole, part := p.Of == string(b.Key.Kind), false
		for i := range b.Links {
			whole = whole || b.Links[i].Kind == p.Of
			part = part || b.Links[i].Kind == p.Kind && b.Links[i].Item == ""
		}
		if whole && part {
			out = append(out, p)
		}
	}
	return out
}

// LinkItems are the links that an item of the base holds.
func (b *Base) LinkItems() []*Link {
	var out []*Link
	for i := range b.Links {
		if b.Links[i].Item != "" {
			out = append(out, &b.Links[i])
		}
	}
	return out
}

// OtherKinds reports whether keys of the feed may be of another kind than the base's own.
func (f *Feed) OtherKinds(b *Base) bool {
	for _, p := range f.Key {
		for _, k := range p.Kinds {
			if k != string(b.Key.Kind) {
				return true
			}
		}
	}
	return false
}

// Carries reports whether the feed gives an item of its base.
func (f *Feed) Carries(item string) bool {
	for _, m := range f.Columns {
		if m.Item == item {
			return true
		}
	}
	return false
}

// StatesLinks reports whether claims of the feed say which numbers belong together.
func (f *Feed) StatesLinks(b *Base) bool {
	if !f.Establishes || len(b.Links) == 0 {
		return false
	}
	if len(b.Parts()) > 0 {
		return true
	}
	for _, l := range b.LinkItems() {
		if f.Carries(l.Item) {
			return true
		}
	}
	return false
}

// marked reports whether text begins as a key of another kind does.
func (b *Base) marked(text string) bool {
	kind, _, found := strings.Cut(text, string(kindMark))
	if !found {
		return false
	}
	for i := range b.Links {
		if b.Links[i].Kind == kind {
			return true
		}
	}
	return false
}

// Marked reports whether the base's own key would be taken for one of another kind.
func (b *Base) Marked(key []byte) bool { return len(b.Links) > 0 && b.marked(string(key)) }

// LinkPair is what a claim states: that two numbers, by their place in a list, are of one
// entity, and which of them is the key that the claim is about.
type LinkPair struct{ Alias, Key int32 }

// LinkWhy says why a number is not linked.
type LinkWhy byte

// The reasons of numbers that wait; 0 is none.
const (
	Unlinked LinkWhy = 'u' // No establishing feed says whose it is.
	Disputed LinkWhy = 'd' // It is said of two entities.
	Circular LinkWhy = 'c' // The numbers refer to each other in a circle.
	Unissued LinkWhy = 'i' // Its check character fails and the registrar has not issued it.
)

// LinkWhys lists the reasons.
func LinkWhys() []LinkWhy { return []LinkWhy{Unlinked, Disputed, Circular, Unissued} }

// String is the reason's name.
func (w LinkWhy) String() string {
	switch w {
	case Unlinked:
		return "unlinked"
	case Disputed:
		return "disputed"
	case Circular:
		return "circular"
	case Unissued:
		return "unissued"
	default:
		return ""
	}
}

// Title is the reason's sentence in Chinese.
func (w LinkWhy) Title() string {
	switch w {
	case Unlinked:
		return "登记机关的报送中尚无该号码的对应关系"
	case Disputed:
		return "该号码对应两个以上主体，有争议，不作关联"
	case Circular:
		return "号码互为曾用号码，成环，不作关联"
	case Unissued:
		return "校验码不符，登记机关未报送过该代码"
	default:
		return ""
	}
}

// LinkEnd is what a number resolves to: the place of the canonical key in the list, or its
// own place and why it stays alone; an own key that nothing is said about stays alone
// without a reason.
type LinkEnd struct {
	To  int32
	Why LinkWhy
}

// Alias is another number of an entity as a claim states it.
type Alias struct {
	// Text is the number as it stands in keys.
	Text []byte
	// From and Until are days as yyyymmdd; an open end is 0.
	From, Until uint32
	Feed        string
	Ref
	// Disputed is set when claims keyed by the number are not linked to the entity.
	Disputed bool
}

// ClaimCells is what is read of a claim to find the numbers that it states.
type ClaimCells interface {
	KeyBytes() []byte
	// Text is the value of a textual item, empty without one; Int that of another.
	Text(item int) []byte
	Int(item int) int64
}

// StatedBlock is a block of what claims state: claim i of a key with this hash gives number i,
// as it stands in keys.
type StatedBlock struct {
	KeyHash []uint64
	Alias   Texts
}
