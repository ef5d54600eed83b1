package codes

import "strings"

func newTable(h Header, layers [][]Entry) *Table {
	t := &Table{header: h, layers: layers, byCode: map[string]int{}, folded: map[string]string{}}
	for _, layer := range layers {
		for _, e := range layer {
			t.merge(e)
		}
	}
	for _, e := range t.entries {
		t.folded[e.Code] = e.Code
	}
	for _, e := range t.entries {
		for _, s := range variants(e.Code) {
			t.spell(t.folded, s, e.Code)
		}
	}
	for i := len(layers) - 1; i >= 0; i-- {
		t.index(layers[i])
	}
	return t
}

// merge adds an entry or lays it over the one with the same code.
func (t *Table) merge(e Entry) {
	if e.Code == "" {
		return
	}
	i, ok := t.byCode[e.Code]
	if !ok {
		t.byCode[e.Code] = len(t.entries)
		t.entries = append(t.entries, e)
		return
	}
	old := &t.entries[i]
	if e.Label != "" {
		old.Label = e.Label
	}
	if e.Group != "" {
		old.Group = e.Group
	}
	old.Synonyms = append(old.Synonyms[:len(old.Synonyms):len(old.Synonyms)], e.Synonyms...)
}

// index adds the spellings of one layer that are not taken yet: synonyms first, since a synonym is how a table
// settles a label that several codes share.
func (t *Table) index(layer []Entry) {
	synonyms, labels := map[string]string{}, map[string]string{}
	for _, e := range layer {
		if e.Code == "" {
			continue
		}
		for _, s := range e.Synonyms {
			t.spellAll(synonyms, s, e.Code)
		}
		t.spellAll(labels, e.Label, e.Code)
	}
	for _, found := range []map[string]string{synonyms, labels} {
		for s, code := range found {
			if _, taken := t.folded[s]; !taken {
				t.folded[s] = code
			}
		}
	}
}

func (t *Table) spellAll(m map[string]string, s, code string) {
	t.spell(m, s, code)
	for _, v := range variants(s) {
		t.spell(m, v, code)
	}
}

// spell notes that s means code; when it already means another one of the same rank, it means nothing.
func (t *Table) spell(m map[string]string, s, code string) {
	if s == "" {
		return
	}
	if old, ok := m[s]; ok && old != code {
		if _, isCode := t.byCode[s]; !isCode {
			m[s] = ""
		}
		return
	}
	m[s] = code
}

var (
	halfWidth = strings.NewReplacer("（", "(", "）", ")", "，", ",")
	fullWidth = strings.NewReplacer("(", "（", ")", "）", ",", "，")
)

// variants are the ways in which a spelling is also accepted.
func variants(s string) []string {
	out := make([]string, 0, 4)
	for _, v := range []string{halfWidth.Replace(s), fullWidth.Replace(s), strings.ToUpper(s), strings.ToLower(s)} {
		if v != s {
			out = append(out, v)
		}
	}
	return out
}
