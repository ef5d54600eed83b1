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
	// Group is the code of the wider class, in this table or in the one that Header.Group names; often empty.
	Group string
}

// Header says where a table comes from.
type Header struct {
	Name, Title, Standard, Source, Licence string
	// Group names the table that the groups of the entries are codes of, if there are any.
	Group string
}

// Table is a code table. It never changes.
type Table struct {
	header  Header
	layers  [][]Entry         // the shipped entries, then each overlay
	entries []Entry           // one per code, in the order in which codes first came
	byCode  map[string]int    // index into entries
	folded  map[string]string // every accepted spelling to its code
}

// Header says where the table comes from.
func (t *Table) Header() Header { return t.header }

// Len is the number of codes.
func (t *Table) Len() int { return len(t.entries) }

// All yields the entries in the order of the table; the slices in them belong to the table.
func (t *Table) All() iter.Seq[Entry] { return slices.Values(t.entries) }

// Fold gives the code that a cell means: the cell is a code, a label or a synonym, exactly or with brackets and
// commas of the other width or Latin letters of the other case. A label that several codes share means none of them.
// The cell is expected without blanks around it. Fold does not allocate.
func (t *Table) Fold(cell []byte) (code string, ok bool) {
	code, ok = t.folded[string(cell)]
	return code, ok && code != ""
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
// group of the overlay where they are not empty, and its synonyms besides those that it has. Spellings of the overlay
// win over labels and synonyms below, never over a code. Entries without a code are ignored.
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
			_, _ = io.WriteString(h, strings.Join([]string{e.Code, e.Label, e.Group, strings.Join(e.Synonyms, "\x1f")}, "\x1e"))
			_, _ = h.Write([]byte{'\n'})
		}
		_, _ = h.Write([]byte{'\f'})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func cloneEntries(es []Entry) []Entry {
	out := slices.Clone(es)
	for i := range out {
		out[i].Synonyms = slices.Clone(out[i].Synonyms)
	}
	return out
}
