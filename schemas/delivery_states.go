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

// OfSlot are the deliveries of a feed's slot among states that are ordered as States has them.
func OfSlot(list []DeliveryState, feed string, slot Slot) []DeliveryState {
	at := func(d DeliveryState, after int) int {
		return cmp.Or(cmp.Compare(d.Feed, feed), cmp.Compare(d.Slot.Date, slot.Date), cmp.Compare(d.Slot.Seq, slot.Seq), after)
	}
	first, _ := slices.BinarySearchFunc(list, 1, at)
	last, _ := slices.BinarySearchFunc(list, -1, at)
	return list[first:last:last]
}

// Happen adds to states, ordered as States has them, what has happened to a delivery of a slot.
func Happen(list []DeliveryState, slot Slot, e DeliveryEvent) {
	same := OfSlot(list, e.Feed, slot)
	for i := range same {
		if same[i].ID == e.Delivery {
			same[i].apply(e)
		}
		same[i].Superseded = false
	}
	supersede(same)
}

// state folds the events of one delivery, whatever their order.
func state(d Delivery, events []DeliveryEvent) DeliveryState {
	slices.SortStableFunc(events, func(a, b DeliveryEvent) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(published(a), published(b)))
	})
	s := DeliveryState{Delivery: d, Last: Received}
	for _, e := range events {
		s.apply(e)
	}
	return s
}

// published is 1 for an event that says what was seen, which is after what it saw.
func published(e DeliveryEvent) int {
	if e.Event == Published {
		return 1
	}
	return 0
}

// apply is one step of the fold: nothing happens that is older than what has happened.
func (d *DeliveryState) apply(e DeliveryEvent) {
	switch {
	case e.Event == Published:
		d.Published = d.Published || e.Seq >= d.Events
	case e.Seq > d.Events:
		d.Events, d.Last, d.Note, d.Contract, d.Published = e.Seq, e.Event, e.Note, e.Contract, false
		if e.Event == Accepted || e.Event == Held {
			d.Counts = e.Counts
		}
	}
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
