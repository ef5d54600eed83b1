package schemas

import (
	"fmt"
	"slices"
	"testing"
)

// TestGrow appends to a block that has grown: nothing is allocated for rows like those that it
// had, and these are what they were.
func TestGrow(t *testing.T) {
	base := &Base{Items: []Item{{Name: "name", Type: TypeText}, {Name: "sex", Type: TypeCode}, {Name: "born", Type: TypeDate}, {Name: "note", Type: TypeText}}}
	b, rec := NewClaimBlock(base), NewRecord(base, 1)
	add := func(i int) {
		rec.Begin()
		rec.Key = rec.Keep(fmt.Appendf(nil, "K%06d", i))
		rec.Text[0], rec.Text[1], rec.Int[2] = rec.Keep([]byte("某某")), rec.Keep([]byte("1")), int64(i)
		b.Raw.AppendString("K000000\x1f某某\x1f1")
		b.AppendRecord(rec, Ref{Delivery: 1, Position: uint64(i)}, uint64(i), 0)
	}
	b.Grow(1000) // Of what size is not known.
	for i := range 100 {
		add(i)
	}
	before := slices.Clone(b.Position)
	b.Grow(900)
	if room := cap(b.KeyHash); room < 1000 || !slices.Equal(before, b.Position) || string(b.Items[0].Text.At(99)) != "某某" {
		t.Fatalf("room for %d claims, positions %v", room, b.Position)
	}
	caps := func() []int {
		return []int{cap(b.Key.Bytes), cap(b.Key.Ends), cap(b.KeyHash), cap(b.Delivery), cap(b.Position), cap(b.Event), cap(b.RowHash), cap(b.Gone),
			cap(b.States), cap(b.Failed.Ends), cap(b.Raw.Bytes), cap(b.Raw.Ends), cap(b.Items[0].Text.Bytes), cap(b.Items[1].Text.Ends), cap(b.Items[2].Int)}
	}
	grown := caps()
	for i := range 900 {
		add(100 + i)
	}
	if now := caps(); !slices.Equal(grown, now) {
		t.Errorf("columns had room for %v and have it for %v", grown, now)
	}
	if b.Grow(0); !slices.Equal(caps(), grown) {
		t.Error("a block with room has grown")
	}
}
