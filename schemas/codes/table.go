package codes

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"slices"
	"strings"
)

// Entry is one code of a table.
type Entry struct {
	Code     string
	Label    string
	Synonyms []string
	// Historic are labels and codes that the standard has given up, such as 毛难族: still read, and told apart.
	Historic []string
	// Group is the code of the wider class, in this table or in the one that Header.Group names; often empty.
	Group string
	// Next is what the code became in the table that Header.Next names: one code, or several where it was divided.
	Next []string
}

// Header says where a table comes from.
type Header struct {
	Name, Title, Standard, Edition, Source, Licence string
	// Group names the table that the groups of the entries are codes of, if there are any.
	Group string
	// Next names the table of the later edition that the entries lead to, if there is one.
	Next string
}

// Table is a code table. It never changes.
type Table struct {
	header  Header
	layers  [][]Entry      // the shipped entries, then each overlay
	entries []Entry        // one per code, in the order in which codes first came
	byCode  map[string]int // index into entries
	words   *Words
}

// Header says where the table comes from.
func (t *Table) Header() Header { return t.header }

// Len is the number of codes.
func (t *Table) Len() int { return len(t.entries) }

// All yields the entries in the order of the table; the slices in them belong to the table.
func (t *Table) All() iter.Seq[Entry] { return slices.Values(t.entries) }

// Find gives the code that a cell means and says how the cell names it: as a code, a label or a synonym, exactly or
// with brackets and commas of the other width or Latin letters of the other case, or as a word of the past. The cell
// is expected without blanks around it. Find does not allocate.
func (t *Table) Find(cell []byte) (code string, how Match) { return t.words.Find(cell) }

// Fold is Find for callers to whom every way of naming a code is right.
func (t *Table) Fold(cell []byte) (code string, ok bool) {
	code, how := t.words.Find(cell)
	return code, how.Found()
}

// Entry gives the entry of a code.
func (t *Table) Entry(code string) (Entry, bool) {
	i, ok := t.byCode[code]
	if !ok {
		return Entry{}, false
	}
	return t.entries[i], true
}

// Label gives the label of a code.
func (t *Table) Label(code string) (string, bool) {
	i, ok := t.byCode[code]
	if !ok {
		return "", false
	}
	return t.entries[i].Label, true
}

// Group gives the wider class of a code; ok is false when the code is unknown or stands at the top.
func (t *Table) Group(code string) (string, bool) {
	i, ok := t.byCode[code]
	if !ok || t.entries[i].Group == "" {
		return "", false
	}
	return t.entries[i].Group, true
}

// With gives a table with the entries of an overlay on top. A new code is added; a known code gets the label and
// group of the overlay where they are not empty, and its words besides those that it has. Words of the overlay win
// over those below, never over a code. Entries without a code are ignored.
func (t *Table) With(overlay []Entry) *Table {
	layers := make([][]Entry, 0, len(t.layers)+1)
	layers = append(append(layers, t.layers...), cloneEntries(overlay))
	return newTable(t.header, layers)
}

// Digest is a fingerprint of all that the table folds and says, the same in every process: when it changes, cells that
// were folded with the table may fold otherwise.
func (t *Table) Digest() string {
	h := sha256.New()
	for _, layer := range t.layers {
		for _, e := range layer {
			_, _ = io.WriteString(h, strings.Join([]string{e.Code, e.Label, e.Group, strings.Join(e.Synonyms, "\x1f"),
				strings.Join(e.Historic, "\x1f"), strings.Join(e.Next, "\x1f")}, "\x1e"))
			_, _ = h.Write([]byte{'\n'})
		}
		_, _ = h.Write([]byte{'\f'})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func cloneEntries(es []Entry) []Entry {
	out := slices.Clone(es)
	for i := range out {
		out[i].Synonyms, out[i].Historic = slices.Clone(out[i].Synonyms), slices.Clone(out[i].Historic)
		out[i].Next = slices.Clone(out[i].Next)
	}
	return out
}
