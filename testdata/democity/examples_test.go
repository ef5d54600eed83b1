package main

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiku/pipelines/normalize"
	"jiku/schemas"
)

// TestFeedExamples runs the examples inside the shipped feeds.
func TestFeedExamples(t *testing.T) {
	r := newReader(t, t.TempDir())
	for _, f := range r.cat.Feeds {
		p := r.compile(t, f)
		if len(f.Tests) < 2 {
			t.Errorf("feed %s has %d examples, want 2 or more", f.Name, len(f.Tests))
		}
		for _, example := range f.Tests {
			t.Run(f.Name+"/"+example.Name, func(t *testing.T) {
				d := schemas.Delivery{Slot: schemas.Slot{Date: uint32(secondSlot)}, Received: secondSlot.time().Add(time.Hour)}
				p.normal.Begin(d)
				p.checks.Begin(d)
				checkExample(t, &example, p, r.cat.Base(f.Base))
			})
		}
	}
}

func checkExample(t *testing.T, example *schemas.RowTest, p *program, b *schemas.Base) {
	t.Helper()
	var row schemas.Row
	for _, name := range p.normal.Columns() {
		row.Cells = append(row.Cells, []byte(example.Row[name]))
	}
	rec := p.row(&row)
	var got []string
	for _, f := range rec.Findings {
		got = append(got, f.Reason.Code)
	}
	slices.Sort(got)
	got = slices.Compact(got) // A column that is the key and an item has its findings twice.
	want := append(slices.Clone(example.Findings), example.Reject...)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if rec.Rejected() != (len(example.Reject) > 0) {
		t.Errorf("rejected is %t", rec.Rejected())
	}
	if example.Key != "" && string(rec.Key) != example.Key {
		t.Error("the key is another one")
	}
	for item, want := range example.Claim {
		if got := normalize.Render(rec, b.ItemIndex(item)); got != want {
			t.Errorf("%s is %q, want %q", item, got, want)
		}
	}
}
