package pipelines

import (
	"testing"

	"jiku/schemas"
)

// Every item of the shipped bases is compared by what its values are: a text item names its
// comparator, and one of each type shows that two ways of writing a value are no conflict.
func TestShippedItemsHaveComparators(t *testing.T) {
	cat, err := Load(schemas.BuiltIn())
	if err != nil {
		t.Fatal(err)
	}
	if len(cat.Bases) < 4 {
		t.Fatalf("%d bases", len(cat.Bases))
	}
	used := map[string]bool{}
	for _, b := range cat.Bases {
		for i := range b.Items {
			it := &b.Items[i]
			c, err := schemas.ComparatorFor(it)
			if err != nil {
				t.Errorf("base %s: %v", b.Name, err)
				continue
			}
			used[c.Name] = true
			if it.Type == schemas.TypeText && it.Comparator == "" {
				t.Errorf("base %s: item %s is text and names no comparator", b.Name, it.Name)
			}
		}
	}
	for _, c := range schemas.Comparators() {
		if !used[c.Name] && c.Name != "exact" {
			t.Errorf("no item of the shipped bases is compared by %s", c.Name)
		}
	}
}
