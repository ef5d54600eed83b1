package schemas

import (
	"slices"
	"testing"
)

// TestRegistrarsComeFirst holds for bases whose entities are each established by one department: every such department
// that carries an item is in the register for it, before those that only know the entity. Otherwise a department that
// copied the item would win over the register that it copied from.
func TestRegistrarsComeFirst(t *testing.T) {
	cat, err := LoadCatalogue(BuiltIn(), Known{})
	if err != nil {
		t.Fatal(err)
	}
	for _, base := range []string{"legal_entity", "certificate", "credit"} {
		var registrars []string
		for _, f := range cat.FeedsOf(base) {
			if f.Establishes && !slices.Contains(registrars, f.Department) {
				registrars = append(registrars, f.Department)
			}
		}
		if len(registrars) < 4 {
			t.Errorf("%s: departments %v establish entities, want four or more", base, registrars)
		}
		for _, e := range cat.Entries(base) {
			lead := e.Item
			for _, g := range cat.Base(base).Groups {
				if g.Name == e.Group {
					lead = g.Lead
				}
			}
			ladder := append([]string{e.Source}, e.Fallbacks...)
			others := slices.IndexFunc(ladder, func(d string) bool { return !slices.Contains(registrars, d) })
			for _, d := range registrars {
				at := slices.Index(ladder, d)
				if carried := carriedBy(cat, base, d, lead); carried && (at < 0 || others >= 0 && at > others) {
					t.Errorf("%s %s: %s establishes entities and carries it, but stands at %d of %v", base, e.subject(), d, at, ladder)
				}
			}
		}
	}
}

func carriedBy(cat *Catalogue, base, department, item string) bool {
	return slices.ContainsFunc(cat.FeedsOf(base), func(f *Feed) bool {
		return f.Department == department && slices.ContainsFunc(f.Columns, func(m ColumnMap) bool { return m.Item == item })
	})
}
