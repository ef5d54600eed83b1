package schemas

import (
	"cmp"
	"slices"
)

// States folds the ledger: it gives each delivery with all that happened to it, ordered by
// feed, slot and revision. Of several receipts of a delivery the first stands, and so does
// the first of several events with the same number; events of other deliveries are passed
// over. The view ops.delivery says the same in SQL.
func States(receipts []Delivery, events []DeliveryEvent) []DeliveryState {
	of := make(map[DeliveryID][]DeliveryEvent, len(receipts))
	for _, e := range events {
		of[e.Delivery] = append(of[e.Delivery], e)
	}
	out := make([]DeliveryState, 0, len(receipts))
	folded := make(map[DeliveryID]bool, len(receipts))
	for _, d := range receipts {
		if !folded[d.ID] {
			folded[d.ID] = true
			out = append(out, state(d, of[d.ID]))
		}
	}
	slices.SortFunc(out, func(a, b DeliveryState) int {
		return cmp.Or(cmp.Compare(a.Feed, b.Feed), cmp.Compare(a.Slot.Date, b.Slot.Date), cmp.Compare(a.Slot.Seq, b.Slot.Seq),
			cmp.Compare(a.Revision, b.Revision), cmp.Compare(a.ID, b.ID))
	})
	supersede(out)
	return out
}

// state folds the events of one delivery, whatever their order.
func state(d Delivery, events []DeliveryEvent) DeliveryState {
	slices.SortStableFunc(events, func(a, b DeliveryEvent) int { return cmp.Compare(a.Seq, b.Seq) })
	s := DeliveryState{Delivery: d, Last: Received}
	published, seen := false, uint32(0)
	for _, e := range events {
		switch {
		case e.Event == Published:
			published, seen = true, max(seen, e.Seq)
		case e.Seq > s.Events:
			s.Events, s.Last, s.Note, s.Contract = e.Seq, e.Event, e.Note, e.Contract
			if e.Event == Accepted || e.Event == Held {
				s.Counts = e.Counts
			}
		}
	}
	s.Published = published && seen >= s.Events
	return s
}

// supersede marks what a later accepted revision of the same slot replaces, in ordered states.
func supersede(list []DeliveryState) {
	for i := len(list) - 1; i >= 0; {
		slot, newest := list[i], uint32(0)
		for ; i >= 0 && list[i].Feed == slot.Feed && list[i].Slot == slot.Slot; i-- {
			if d := &list[i]; d.Last == Accepted {
				d.Superseded, newest = d.Revision < newest, max(newest, d.Revision)
			}
		}
	}
}
