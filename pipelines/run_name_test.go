package pipelines

import "testing"

// TestRunNames names runs faster than the clock ticks: no two have one name.
func TestRunNames(t *testing.T) {
	seen := map[string]bool{}
	for range 10_000 {
		name := newRunID()
		if seen[name] {
			t.Fatal("two runs have one name")
		}
		seen[name] = true
	}
}
