package schemas

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestHappen adds events one by one: the states are those that all events together make, in
// whatever order they are read.
func TestHappen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var receipts []Delivery
		for id := range rapid.IntRange(1, 4).Draw(t, "deliveries") {
			receipts = append(receipts, Delivery{ID: DeliveryID(id + 1), Feed: rapid.SampledFrom([]string{"f", "g"}).Draw(t, "feed"),
				Slot: Slot{Date: 20261101 + uint32(rapid.IntRange(0, 1).Draw(t, "day"))}, Revision: uint32(rapid.IntRange(0, 3).Draw(t, "revision"))})
		}
		states := States(receipts, nil)
		var events []DeliveryEvent
		for range rapid.IntRange(0, 24).Draw(t, "events") {
			d := rapid.SampledFrom(states).Draw(t, "delivery")
			e := DeliveryEvent{Delivery: d.ID, Feed: d.Feed, Event: rapid.SampledFrom([]Event{Accepted, Held, Revoked, Published}).Draw(t, "event"), Seq: d.Events,
				Counts: Counts{Rows: int64(len(events))}, Note: d.Feed}
			if e.Event != Published {
				e.Seq++
			}
			events = append(events, e)
			Happen(states, d.Slot, e)
		}
		want := States(receipts, rapid.Permutation(events).Draw(t, "read"))
		if d := cmp.Diff(want, states); d != "" {
			t.Errorf("folded at once and one by one (-at once +one by one): %s", d)
		}
	})
}
