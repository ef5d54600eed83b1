package pipelines

import (
	"context"

	"jiku/pipelines/reconcile"
	"jiku/schemas"
)

// view is the ledger at one moment.
type view struct {
	facts *reconcile.Facts
	// events are how many events of each delivery are known; what happens later is not seen.
	events map[schemas.DeliveryID]uint32
	// claims are the claims of each delivery, by base.
	claims map[string]map[schemas.DeliveryID]int64
}

// once reads the ledger once for all ranges of the run: they follow all acceptances, and
// what happens to a delivery later is left to a later run.
func (s *Session) once(ctx context.Context) (view, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.seen.facts != nil {
		return s.seen, nil
	}
	v, err := s.look(ctx)
	if err == nil {
		s.seen = v
		s.forget()
	}
	return v, err
}

// forget gives back the memory of ingest, which is over.
func (s *Session) forget() {
	for _, blocks := range s.blocks {
		for len(blocks) > 0 {
			<-blocks
		}
	}
}

// slotOf names a slot of a feed.
type slotOf struct {
	feed string
	slot schemas.Slot
}

// look reads the ledger: what reconcile knows beside claims.
func (s *Session) look(ctx context.Context) (view, error) {
	v := view{events: map[schemas.DeliveryID]uint32{}, claims: map[string]map[schemas.DeliveryID]int64{}}
	list, err := s.Store.Deliveries(ctx, "")
	if err != nil {
		return v, err
	}
	f := &reconcile.Facts{Day: s.Day, Ordinal: s.Ordinal, Deliveries: map[schemas.DeliveryID]reconcile.Delivery{}, LastSlot: map[string]schemas.Slot{}}
	// What happens to a revision decides whether the others of its slot are in force, so it
	// is a fact about their keys too: a key that the new revision drops gets a new version.
	events := map[slotOf]uint32{}
	for _, d := range list {
		events[slotOf{d.Feed, d.Slot}] += d.Events
		v.events[d.ID] = d.Events
	}
	for _, d := range list {
		feed := s.Catalogue.Feed(d.Feed)
		if feed == nil {
			continue
		}
		f.Deliveries[d.ID] = reconcile.Delivery{Feed: feed, Slot: d.Slot, Revision: d.Revision, Received: d.Received, InForce: d.InForce(),
			Events: events[slotOf{d.Feed, d.Slot}], Waiting: d.Last != schemas.Accepted && d.Last != schemas.Revoked}
		if d.InForce() && f.LastSlot[d.Feed].Before(d.Slot) {
			f.LastSlot[d.Feed] = d.Slot
		}
		if v.claims[feed.Base] == nil {
			v.claims[feed.Base] = map[schemas.DeliveryID]int64{}
		}
		v.claims[feed.Base][d.ID] = d.Counts.Claims + d.Counts.Withdrawals
	}
	v.facts = f
	return v, nil
}

// narrow replaces deliveries that hold most claims of a base by all keys: looking up which
// keys they touch would cost more than it saves.
func (v view) narrow(base string, t schemas.Touched) schemas.Touched {
	var all, own int64
	for _, n := range v.claims[base] {
		all += n
	}
	for _, id := range t.Deliveries {
		own += v.claims[base][id]
	}
	if own*2 >= all {
		t.All = true
	}
	return t
}
