package normalize

import (
	"testing"

	"pgregory.net/rapid"

	"jiku/schemas/codes"
)

// TestCanonical compares the set with the table it was made of, for its codes, for words
// near them and for anything else.
func TestCanonical(t *testing.T) {
	for _, name := range codes.Names() {
		table, err := codes.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		own, first, i := map[string]string{}, "", 0
		for e := range table.All() {
			if first == "" {
				first = e.Code
			}
			if i++; i%7 == 3 {
				own[e.Code] = first
			}
		}
		set := canonicalCodes(own, table)
		want := func(cell string) bool {
			code, ok := own[cell]
			if !ok {
				code, ok = table.Fold([]byte(cell))
			}
			return ok && code == cell && len(cell) <= 8
		}
		for e := range table.All() {
			for _, cell := range []string{e.Code, e.Code + "0", "0" + e.Code, e.Label} {
				if _, ok := table.Label(cell); ok && set.has([]byte(cell)) != want(cell) {
					t.Errorf("table %s: has %q is %v", name, cell, set.has([]byte(cell)))
				}
				if !want(cell) && set.has([]byte(cell)) {
					t.Errorf("table %s: %q is taken for a code", name, cell)
				}
			}
		}
		rapid.Check(t, func(t *rapid.T) {
			cell := rapid.String().Draw(t, "cell")
			if set.has([]byte(cell)) && !want(cell) {
				t.Fatalf("%q is taken for a code of %s", cell, name)
			}
		})
	}
}
