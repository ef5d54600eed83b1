package codes

import "strings"

// newTable makes a table of layers: the shipped entries, then each overlay. Codes are never taken by words; of words,
// those of a later layer win, and within a layer synonyms over labels over words of the past, since a synonym is how a
// table settles a label that several codes share.
func newTable(h Header, layers [][]Entry) *Table {
	t := &Table{header: h, layers: layers, byCode: map[string]int{}}
	for _, layer := range layers {
		for _, e := range layer {
			t.merge(e)
		}
	}
	all := make(map[string]word, 4*len(t.entries))
	for _, e := range t.entries {
		all[e.Code] = word{e.Code, e.Code, SameCode}
	}
	codes := rank{Word, map[string]string{}}
	for _, e := range t.entries {
		codes.spell(e.Code, e.Code)
	}
	codes.into(all)
	for i := len(layers) - 1; i >= 0; i-- {
		for _, r := range ranksOf(layers[i]) {
			r.into(all)
		}
	}
	t.words = newWords(all)
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
	if len(e.Next) > 0 {
		old.Next = e.Next
	}
	old.Synonyms = append(old.Synonyms[:len(old.Synonyms):len(old.Synonyms)], e.Synonyms...)
	old.Historic = append(old.Historic[:len(old.Historic):len(old.Historic)], e.Historic...)
}

// rank holds the words of a layer that count alike: word to code, empty when the word means several.
type rank struct {
	how   Match
	words map[string]string
}

// ranksOf are the words of a layer, the strongest first.
func ranksOf(layer []Entry) []rank {
	synonyms, labels, historic := rank{Word, map[string]string{}}, rank{Word, map[string]string{}}, rank{HistoricWord, map[string]string{}}
	for _, e := range layer {
		if e.Code == "" {
			continue
		}
		for _, s := range e.Synonyms {
			synonyms.spell(s, e.Code)
		}
		labels.spell(e.Label, e.Code)
		for _, s := range e.Historic {
			historic.spell(s, e.Code)
		}
	}
	return []rank{synonyms, labels, historic}
}

// spell notes that a word, in each of its variants, means a code.
func (r rank) spell(s, code string) {
	for _, v := range variants(s) {
		if old, ok := r.words[v]; ok && old != code {
			r.words[v] = ""
		} else {
			r.words[v] = code
		}
	}
}

// into adds the words that are not taken yet.
func (r rank) into(all map[string]word) {
	for s, code := range r.words {
		if _, taken := all[s]; taken {
			continue
		}
		w := word{s, code, r.how}
		if code == "" {
			w.how = SharedWord
		}
		all[s] = w
	}
}

var (
	halfWidth = strings.NewReplacer("（", "(", "）", ")", "，", ",")
	fullWidth = strings.NewReplacer("(", "（", ")", "）", ",", "，")
)

// variants are the ways in which a word is accepted, the word itself first.
func variants(s string) []string {
	if s == "" {
		return nil
	}
	out := append(make([]string, 0, 5), s)
	for _, v := range []string{halfWidth.Replace(s), fullWidth.Replace(s), strings.ToUpper(s), strings.ToLower(s)} {
		if v != s {
			out = append(out, v)
		}
	}
	return out
}
