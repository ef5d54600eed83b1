package pipelines

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiku/connectors"
	"jiku/quality"
	"jiku/schemas"
)

// accept judges the deliveries for one base, each feed's in slot order, after all their splits
// are stored: control totals, gates, and for a snapshot the comparison with its predecessor.
// It returns the deliveries whose keys are touched. It may run again after a failure. Under
// the lease of the feed nobody else judges. Judgements are recorded together, since one costs
// as much as hundreds, but not so late that a failure makes much of it necessary again.
func (s *Session) accept(ctx context.Context, base *schemas.Base, planned []PlannedDelivery, acks []Ack) ([]schemas.DeliveryID, error) {
	var (
		known   = map[string][]schemas.DeliveryState{} // By feed.
		touched []schemas.DeliveryID
		judged  []judgement
		since   = time.Now()
		of      = map[schemas.DeliveryID][]Ack{}
	)
	for _, a := range acks {
		of[a.Delivery] = append(of[a.Delivery], a)
	}
	for _, d := range planned {
		feed := s.Catalogue.Feed(d.Delivery.Feed)
		own, found := known[feed.Name]
		if !found {
			own = ofFeed(s.ledger, feed.Name)
			known[feed.Name] = own
		}
		in, err := evidenceOf(d, own, of[d.Delivery.ID])
		var j judgement
		if err == nil {
			j, err = s.decide(ctx, feed, d, in)
		}
		if err != nil {
			if connectors.CodeOf(err) != connectors.Temporary { // Else the store is gone.
				_ = s.settle(ctx, base, judged)
			}
			return nil, fmt.Errorf("accept %s: delivery %s: %w", feed.Name, d.Delivery.Slot, err)
		}
		judged = append(judged, j)
		if j.event.Event == schemas.Accepted {
			touched = append(append(touched, revisions(schemas.OfSlot(own, feed.Name, d.Delivery.Slot))...), d.Delivery.ID)
		}
		schemas.Happen(own, d.Delivery.Slot, j.event)
		if time.Since(since) > settleAfter {
			if err := s.settle(ctx, base, judged); err != nil {
				return nil, err
			}
			judged, since = judged[:0], time.Now()
		}
	}
	return touched, s.settle(ctx, base, judged)
}

// decide decides what becomes of a delivery.
func (s *Session) decide(ctx context.Context, feed *schemas.Feed, d PlannedDelivery, in evidence) (judgement, error) {
	event := schemas.DeliveryEvent{Delivery: d.Delivery.ID, Feed: feed.Name, Seq: nextSeq(in.slot, d.Delivery.ID), Run: s.Run,
		Contract: s.contract(feed, d.Delivery.Rows)}
	var err error
	if in.fault != "" {
		event.Event, event.Note = schemas.Held, in.fault
		err = s.removeUnread(ctx, feed, d)
	} else {
		event.Event, event.Note, event.Counts, err = s.judge(ctx, feed, d, in)
	}
	event.At = time.Now()
	return judgement{event, d.Delivery.Slot}, err
}

// sumAcks adds the acks of a delivery, one a split; a runner may hand out an ack twice. A
// delivery without splits, which its header condemns, has an ack with a negative index.
func sumAcks(d PlannedDelivery, acks []Ack) (schemas.Counts, error) {
	var (
		counts schemas.Counts
		seen   = map[int]bool{}
	)
	for _, a := range acks {
		if a.Index >= 0 && !seen[a.Index] {
			seen[a.Index] = true
			counts.Add(a.Counts)
		}
	}
	if len(seen) != len(d.Splits) {
		return counts, fmt.Errorf("accept delivery %s: %d of %d splits are stored", d.Delivery.Slot, len(seen), len(d.Splits))
	}
	return counts, nil
}

// evidence is what a delivery is judged by: what the ledger knows of its feed and of its slot,
// and what its splits say of it.
type evidence struct {
	known   []schemas.DeliveryState
	slot    []schemas.DeliveryState
	counts  schemas.Counts
	rejects []quality.RejectCount
	// fault is why it cannot be read.
	fault string
}

func evidenceOf(d PlannedDelivery, known []schemas.DeliveryState, acks []Ack) (evidence, error) {
	counts, err := sumAcks(d, acks)
	return evidence{known: known, slot: schemas.OfSlot(known, d.Delivery.Feed, d.Delivery.Slot), counts: counts, rejects: rejectsOf(acks), fault: faultOf(d, acks)}, err
}

// judge decides what becomes of a delivery that was read to its end. Its claims are there when
// it returns, all but the word that they count.
func (s *Session) judge(ctx context.Context, feed *schemas.Feed, d PlannedDelivery, in evidence) (schemas.Event, string, schemas.Counts, error) {
	base, counts := s.Catalogue.Base(feed.Base), in.counts
	failed := func(err error) (schemas.Event, string, schemas.Counts, error) { return "", "", counts, err }
	to := connectors.AppendSpec{Base: base, Feed: feed, Delivery: d.Delivery.ID}
	cmp := connectors.Comparison{Event: schemas.EventTimeOfDay(d.Delivery.Slot.Date)}
	before := int64(-1)
	if d.Staged {
		cmp.Predecessors = predecessors(in.known, d.Delivery.Slot)
		staged, err := s.Store.Compare(ctx, to, cmp)
		if err != nil {
			return failed(err)
		}
		cmp.Counted = staged
		counts.Claims, counts.Unchanged, counts.Withdrawals, counts.Doubled = staged.Claims, staged.Unchanged, staged.Withdrawals, staged.Doubled
		if len(cmp.Predecessors) > 0 {
			before = staged.Before
		}
	}
	if n := replaced(in.slot); n > 0 {
		// A revision is held against what it replaces, too.
		before = max(before, n)
	}
	if feed.Kind == schemas.Snapshot && !d.Staged {
		n, err := s.Store.Doubled(ctx, base, d.Delivery.ID)
		if err != nil {
			return failed(err)
		}
		counts.Doubled = n
	}
	verdict := quality.FeedGate(quality.GateInput{Feed: feed, Counts: counts, Before: before, Declared: d.Delivery.Rows, Header: d.Header, Rejects: in.rejects})
	event := schemas.Accepted
	if verdict.Hold {
		event = schemas.Held
	} else if d.Staged {
		if err := s.claim(ctx, to, cmp, counts); err != nil {
			return failed(err)
		}
	}
	if d.Staged {
		to.Staged = true
		if err := s.Store.Discard(ctx, to); err != nil {
			return failed(err)
		}
	}
	return event, strings.Join(verdict.Notes, ""), counts, nil
}

// claim makes the rows of a staged snapshot claims. What is written replaces what an earlier
// try left, so nobody else may have accepted the delivery meanwhile, and its stage must be
// whole.
func (s *Session) claim(ctx context.Context, to connectors.AppendSpec, cmp connectors.Comparison, counts schemas.Counts) error {
	if err := s.Store.Holds(ctx, s.Run, to.Feed.Name); err != nil {
		return err
	}
	if err := balanced(counts); err != nil {
		return err
	}
	return s.Store.Claim(ctx, to, cmp)
}

// unreadable says, for the department, why a delivery cannot be read as a whole: its bytes
// are not what the feed declares. It is empty for errors that are not the sender's.
func unreadable(err error) string {
	if connectors.CodeOf(err) != connectors.Malformed {
		return ""
	}
	return connectors.Note(err)
}

// rejectsOf sums the rejects of a delivery by reason, with their sentences.
func rejectsOf(acks []Ack) []quality.RejectCount {
	var (
		out  []quality.RejectCount
		seen = map[int]bool{}
	)
	for _, a := range acks {
		if a.Index >= 0 && !seen[a.Index] {
			seen[a.Index] = true
			out = quality.AddRejects(out, a.Rejects)
		}
	}
	if len(out) > 0 {
		infos := Infos()
		for i := range out {
			out[i].Title = infos[out[i].Code].Title
		}
	}
	return out
}

// faultOf is why a delivery cannot be read, as its plan or the first of its splits says.
func faultOf(d PlannedDelivery, acks []Ack) string {
	fault, at := d.Fault, len(d.Splits)
	for _, a := range acks {
		if a.Fault != "" && a.Index < at {
			fault, at = a.Fault, a.Index
		}
	}
	return fault
}

// removeUnread removes what was read of a delivery that cannot be read to its end.
func (s *Session) removeUnread(ctx context.Context, feed *schemas.Feed, d PlannedDelivery) error {
	if err := s.Store.Holds(ctx, s.Run, feed.Name); err != nil {
		return err
	}
	return s.Store.Discard(ctx, connectors.AppendSpec{Base: s.Catalogue.Base(feed.Base), Feed: feed, Delivery: d.Delivery.ID})
}

// predecessors are the deliveries in force before a slot, oldest first.
func predecessors(known []schemas.DeliveryState, slot schemas.Slot) []schemas.DeliveryID {
	var out []schemas.DeliveryID
	for _, k := range known {
		if k.InForce() && k.Slot.Before(slot) {
			out = append(out, k.ID)
		}
	}
	return out
}

// nextSeq is the place of a new event in the log of a delivery.
func nextSeq(known []schemas.DeliveryState, id schemas.DeliveryID) uint32 {
	for _, k := range known {
		if k.ID == id {
			return k.Events + 1
		}
	}
	return 1
}

// replaced is how many rows the delivery in force of a slot says there are, 0 without one.
func replaced(slot []schemas.DeliveryState) int64 {
	for _, k := range slot {
		if k.InForce() {
			return k.Counts.Claims + k.Counts.Unchanged
		}
	}
	return 0
}

// contract names what a delivery was read and judged by: what ingest depends on, and the
// gates and the declared count.
func (s *Session) contract(f *schemas.Feed, declared int64) string {
	return fmt.Sprintf("%s gates %+v rows %d", s.readBy(f), f.Gates, declared)
}

// readBy is the digest of what ingest of a feed depends on: its declarations and the code tables that it uses.
func (s *Session) readBy(f *schemas.Feed) string {
	if p := s.programs[f.Name]; p != nil {
		return p.contract
	}
	return f.IngestDigest(s.Catalogue.Base(f.Base))
}

// revisions are the accepted deliveries of a slot: what a new revision replaces.
func revisions(slot []schemas.DeliveryState) []schemas.DeliveryID {
	var out []schemas.DeliveryID
	for _, k := range slot {
		if k.Last == schemas.Accepted {
			out = append(out, k.ID)
		}
	}
	return slices.Clip(out)
}
