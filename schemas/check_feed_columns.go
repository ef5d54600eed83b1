package schemas

import (
	"slices"
	"strconv"
	"strings"

	"jiku/schemas/codes"
)

// feedKey checks that the feed's key has the parts of the base's, in their order.
func (c *checker) feedKey(f *Feed, b *Base, s scope) {
	parts := b.Key.Parts
	if b.Key.Kind != KeyComposite {
		parts = []string{""}
	}
	if len(f.Key) > 0 && len(f.Key) != len(parts) {
		s.key("key").fail(keyHint(b), "key lists %d of %d parts of base %s", len(f.Key), len(parts), b.Name)
	}
	for i, p := range f.Key {
		at := s.at("key", i)
		c.columnOrValue(at, p.Column, p.Value, "key part")
		c.steps(at, p.Via, nil)
		c.keyKinds(p, b, at)
		if len(f.Key) != len(parts) || p.Part == parts[i] {
			continue
		}
		if b.Key.Kind != KeyComposite {
			at.key("part").fail("remove it", "base %s has no composite key", b.Name)
		} else {
			at.key("part").fail(keyHint(b), "key part %d is %q, base %s has %q", i+1, p.Part, b.Name, parts[i])
		}
	}
}

func keyHint(b *Base) string {
	if b.Key.Kind != KeyComposite {
		return "give one column"
	}
	return "give the parts in order: " + strings.Join(b.Key.Parts, ", ")
}

// columnOrValue checks that a value comes from a column or is a constant.
func (c *checker) columnOrValue(s scope, column, value, what string) {
	switch {
	case column == "" && value == "":
		s.fail("add column: NAME, or value: CONSTANT", "%s has neither a column nor a value", what)
	case column != "" && value != "":
		s.key("value").fail("keep one", "%s has both a column and a value", what)
	}
}

func (c *checker) steps(s scope, steps []Step, item *Item) {
	for i, step := range steps {
		if c.known.Normalizer != nil && step.Name != "" {
			s.at("via", i).accept(c.known.Normalizer(step, item))
		}
	}
}

// columns checks the mapping and lists the items that the feed carries; whole is false if a
// column is meant for an item that there is not.
func (c *checker) columns(f *Feed, b *Base, s scope) (carried []string, whole bool) {
	whole = true
	for i, m := range f.Columns {
		at := s.at("columns", i)
		c.columnOrValue(at, m.Column, m.Value, "mapping")
		if m.Item == "" {
			continue
		}
		index := b.ItemIndex(m.Item)
		switch {
		case index < 0:
			at.key("item").fail(suggest(m.Item, b.itemNames()), "item %q is not declared in base %s", m.Item, b.Name)
			whole = false
			continue
		case slices.Contains(carried, m.Item):
			at.key("item").fail("an item takes one column; keep one", "item %q is mapped twice", m.Item)
		default:
			carried = append(carried, m.Item)
		}
		if !c.documents["base "+b.Name].spoiled(indexPath("items", index)) {
			c.steps(at, m.Via, &b.Items[index])
		}
		c.ownCodes(&f.Columns[i], &b.Items[index], at)
		if m.Required && m.Value != "" {
			at.key("required").fail("remove it", "a constant cannot be blank")
		}
	}
	return carried, whole
}

// ownCodes checks a department's own code table: words that cells can tell apart, codes that
// the item's table has.
func (c *checker) ownCodes(m *ColumnMap, it *Item, s scope) {
	if len(m.Codes) == 0 {
		return
	}
	at := s.key("codes")
	switch {
	case it.Type != TypeCode:
		at.fail("remove it", "item %q of type %s has no code table", it.Name, it.Type)
		return
	case slices.ContainsFunc(m.Via, func(step Step) bool { return step.Args["map"] != nil }):
		at.fail("move the words of map here", "the column has two tables of its own")
		return
	case c.lost["codes"]:
		return
	}
	table, err := c.Codes.Table(it.Table)
	if err != nil {
		return // A problem of the item.
	}
	seen := map[string]string{}
	for _, word := range sortedKeys(m.Codes) {
		cell, code := strings.TrimSpace(word), m.Codes[word]
		if first, taken := seen[cell]; taken {
			at.key(word).fail("keep one: blanks around a cell do not count", "%q and %q are the same word", first, word)
		}
		seen[cell] = word
		if _, ok := table.Label(code); !ok {
			at.key(word).fail(codesHint(table, code), "%q means code %q, which table %s does not have", word, code, it.Table)
		}
	}
}

// codesHint says which code may be meant: that of a label, or all if they are few.
func codesHint(t *codes.Table, word string) string {
	if code, ok := t.Fold([]byte(word)); ok {
		label, _ := t.Label(code)
		return "write " + strconv.Quote(code) + ", " + label
	}
	var known []string
	for e := range t.All() {
		known = append(known, e.Code)
	}
	if hint := suggest("", known); hint != "" {
		return hint
	}
	return "jiku codes " + t.Header().Name + " lists them"
}

// examples checks that the tests of a feed speak of its columns and items and expect
// something. That they hold is for the test runner to find.
func (c *checker) examples(f *Feed, carried []string, s scope) {
	contract := f.ContractColumns()
	for i, t := range f.Tests {
		at := s.at("tests", i)
		for _, column := range sortedKeys(t.Row) {
			if !slices.Contains(contract, column) {
				at.key("row").key(column).fail(suggest(column, contract), "column %q is not in the contract of the feed", column)
			}
		}
		for _, item := range sortedKeys(t.Claim) {
			if !slices.Contains(carried, item) {
				at.key("claim").key(item).fail(suggest(item, carried), "item %q is not carried by the feed", item)
			}
		}
		accepted := t.Key != "" || len(t.Claim) > 0
		switch {
		case len(t.Reject) > 0 && accepted:
			at.key("reject").fail("keep reject, or key and claim", "a rejected row has no claim")
		case !accepted && len(t.Reject) == 0 && len(t.Findings) == 0:
			at.fail("add key, claim, findings or reject", "the example expects nothing")
		}
	}
}
