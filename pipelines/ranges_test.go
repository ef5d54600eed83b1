package pipelines_test

import (
	"runtime"
	"testing"

	"jiku/pipelines"
)

// TestRanges: a range holds so many statements, whether a claim has few items or many.
func TestRanges(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	for _, c := range []struct {
		what            string
		items           int
		claims, touched int64
		want            int
	}{
		{"a small base", 57, 10_000, 10_000, 1},
		{"narrow", 8, 4_800_000, 4_800_000, 12},
		{"as many claims of three times the items", 24, 4_800_000, 4_800_000, 36},
		{"few are touched, and both cores get some", 57, 700_000, 100, 2},
		{"no more than 64", 57, 100_000_000, 100_000_000, 64},
	} {
		if got := pipelines.Ranges(c.items, c.claims, c.touched); got != c.want {
			t.Errorf("%s: %d ranges, want %d", c.what, got, c.want)
		}
	}
}
