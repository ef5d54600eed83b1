package clickhouse

import (
	"strings"
	"testing"

	"jiku/schemas"
)

// TestPublishCounts publishes a stage that must have a row for each of three keys, two of them
// with one hash, and of which one row was staged twice: rows that are missing are not made up
// for by what is repeated, nor are keys counted as one.
func TestPublishCounts(t *testing.T) {
	s, cat := openTest(t)
	base := cat.Bases[0]
	if err := s.Migrate(t.Context(), cat); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		run    string
		rows   int64
		blocks []*schemas.GoldenBlock
		fails  bool
	}{
		{"whole", 3, []*schemas.GoldenBlock{sameHash(benchGolden(base, 0, 3)), benchGolden(base, 2, 1)}, false},
		{"less", 3, []*schemas.GoldenBlock{sameHash(benchGolden(base, 0, 2)), benchGolden(base, 1, 1), benchGolden(base, 1, 1)}, true},
	} {
		w, err := s.Stage(t.Context(), c.run, base)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range c.blocks {
			if err := w.Write(g); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(t.Context(), c.run, base, c.rows); (err != nil) != c.fails || err != nil && !strings.Contains(err.Error(), "run again") {
			t.Errorf("%s: %v", c.run, err)
		}
	}
}

// sameHash gives the first two rows of a block one hash.
func sameHash(g *schemas.GoldenBlock) *schemas.GoldenBlock {
	g.KeyHash[0] = g.KeyHash[1]
	return g
}
