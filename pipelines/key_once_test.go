package pipelines

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiku/pipelines/key"
	"jiku/schemas"
)

// TestKeyReadOnce: a resident ID number that its normalizer has read is the key as it stands.
// Reading it again, as the key of a feed without a normalizer is, gives the same key and finds
// nothing more, whatever the department wrote.
func TestKeyReadOnce(t *testing.T) {
	cat := builtInWith(t, "", "")
	feed := cat.Feed("civil_relief")
	if via := feed.Key[0].Via; len(via) != 1 || via[0].Name != "resident_id" {
		t.Fatalf("the feed's key has the steps %v", via)
	}
	p, err := compileFeed(cat, feed, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	bare := *feed
	bare.Key = []schemas.KeyPart{{Part: feed.Key[0].Part, Column: feed.Key[0].Column}}
	again, err := key.Compile(p.base, &bare, cat.Forms)
	if err != nil {
		t.Fatal(err)
	}
	numbers := []string{"390101196504300012", "39010119880808002X", "39010119880808002x", "390101650430001", "390101981231997", "810000199408230021",
		"830000199201300022", "939840198505200014", "CAN110081080310", "390101196504300013", "3901**********0012", "111111111111111111", "3.90101E+17", "", "无"}
	noise := []string{" ", "\t", "'", "　", "*", "-", "X", "1", "\u200b", "２"}
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.SampledFrom(numbers).Draw(t, "number")
		for range rapid.IntRange(0, 3).Draw(t, "changes") {
			at := rapid.IntRange(0, len(cell)).Draw(t, "at")
			keep := min(len(cell), at+rapid.IntRange(0, 1).Draw(t, "replaced"))
			cell = cell[:at] + rapid.SampledFrom(noise).Draw(t, "noise") + cell[keep:]
		}
		row := schemas.Row{Cells: make([][]byte, len(p.normal.Columns()))}
		for i, name := range p.normal.Columns() {
			if row.Cells[i] = []byte{}; name == feed.Key[0].Column {
				row.Cells[i] = []byte(cell)
			}
		}
		read := func(r *key.Resolver) string {
			rec := schemas.NewRecord(p.base, 1)
			p.normal.Row(&row, rec)
			r.Resolve(rec)
			findings := []string{}
			for _, f := range rec.Findings {
				findings = append(findings, fmt.Sprintf("%s %s", f.Severity, f.Reason.String()))
			}
			return fmt.Sprintf("%q %s", rec.Key, strings.Join(findings, ", "))
		}
		if once, twice := read(p.keys), read(again); once != twice {
			t.Fatalf("read once %s\nread twice %s", once, twice)
		}
	})
}
