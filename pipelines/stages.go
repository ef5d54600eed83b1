package pipelines

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"jiku/connectors"
	"jiku/schemas"
)

// RangeTask is the reconcile work on ranges of buckets of a base, one after the other. It
// travels as JSON.
type RangeTask struct {
	Base    string          `json:"base"`
	Ranges  []schemas.Range `json:"ranges"`
	Touched schemas.Touched `json:"touched"`
}

// RangeAck says that the golden rows of the ranges of a task are staged.
type RangeAck struct {
	Base      string `json:"base"`
	Rows      int64  `json:"rows"`
	Gone      int64  `json:"gone"`
	Conflicts int64  `json:"conflicts"`
	Findings  int64  `json:"findings"`
	// Seen says, for each delivery that touched the ranges, how many events of it the rows
	// know of; what happened to it later is not in them.
	Seen map[schemas.DeliveryID]uint32 `json:"seen"`
}

// cutRanges cuts the buckets into n ranges.
func cutRanges(n int) []schemas.Range {
	out := make([]schemas.Range, n)
	for i := range n {
		out[i] = schemas.Range{First: uint8(i * schemas.Buckets / n), Last: uint8((i+1)*schemas.Buckets/n - 1)}
	}
	return out
}

// merge joins what is touched for several reasons.
func merge(list ...schemas.Touched) schemas.Touched {
	var out schemas.Touched
	for _, t := range list {
		out.All = out.All || t.All
		out.Due = max(out.Due, t.Due)
		out.Hashes = append(out.Hashes, t.Hashes...)
		out.Deliveries = append(out.Deliveries, t.Deliveries...)
	}
	slices.Sort(out.Hashes)
	out.Hashes = slices.Compact(out.Hashes)
	slices.Sort(out.Deliveries)
	out.Deliveries = slices.Compact(out.Deliveries)
	return out
}

// tasks are the range tasks of a base for what is touched.
func (s *Session) tasks(p *Plan, base string, t schemas.Touched) []RangeTask {
	if t.Empty() {
		return nil
	}
	for _, b := range p.Bases {
		if b.Base == base {
			var out []RangeTask
			for r := range slices.Chunk(cutRanges(b.Ranges), s.rangesEach(b.Ranges)) {
				out = append(out, RangeTask{Base: base, Ranges: r, Touched: t})
			}
			return out
		}
	}
	return nil
}

// rangesEach is how many of n ranges one task has: every core gets some.
func (s *Session) rangesEach(n int) int { return min(taskRanges, (n+cap(s.slots)-1)/cap(s.slots)) }

// reconcile computes the golden rows of the touched keys in some ranges and stages them. When
// the store breaks off, all of them are computed again: a row that is staged twice is one.
func (s *Session) reconcile(ctx context.Context, t RangeTask) (RangeAck, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return RangeAck{}, err
	}
	defer leave()
	var ack RangeAck
	err = s.Store.Again(ctx, func(ctx context.Context) error {
		var err error
		ack, err = s.reconcileOnce(ctx, t)
		return err
	})
	return ack, err
}

func (s *Session) reconcileOnce(ctx context.Context, t RangeTask) (RangeAck, error) {
	base := s.Catalogue.Base(t.Base)
	ack := RangeAck{Base: t.Base, Seen: map[schemas.DeliveryID]uint32{}}
	v, err := s.once(ctx)
	if err != nil {
		return ack, err
	}
	for _, id := range t.Touched.Deliveries {
		ack.Seen[id] = v.events[id]
	}
	touched := v.narrow(t.Base, t.Touched)
	links, err := s.linksOf(ctx, base, v, touched)
	if err != nil {
		return ack, err
	}
	out, err := s.Store.Stage(ctx, s.Run, base)
	if err != nil {
		return ack, err
	}
	work, told := rangeWork{base: base, links: links, worker: s.worker(t.Base, v)}, int64(0)
	for _, work.span = range t.Ranges {
		if err = s.reconcileRange(ctx, work, touched, ack.counting(out)); err != nil {
			break
		}
		s.progress("reconcile", s.golden.Add(ack.Rows-told), 0)
		told = ack.Rows
	}
	if closing := out.Close(); err == nil {
		err = closing
	}
	if err != nil {
		s.golden.Add(-told)
		return ack, fmt.Errorf("reconcile %s: %w", t.Base, err)
	}
	s.rest(t.Base, work.worker)
	return ack, nil
}

// reconcileRange emits the golden rows of the touched keys in one range.
func (s *Session) reconcileRange(ctx context.Context, w rangeWork, t schemas.Touched, emit func(*schemas.GoldenBlock) error) error {
	w.links.aside(w.worker)
	for block, err := range s.Store.Scan(ctx, connectors.ScanSpec{Base: w.base, Range: w.span, Touched: t}) {
		if err != nil {
			return err
		}
		w.worker.Add(block)
	}
	return s.drain(ctx, w, emit)
}

// counting stages blocks and counts what is in them.
func (a *RangeAck) counting(out connectors.GoldenWriter) func(*schemas.GoldenBlock) error {
	return func(g *schemas.GoldenBlock) error {
		a.Rows += int64(g.Len())
		for _, gone := range g.Gone {
			if gone {
				a.Gone++
			}
		}
		a.Conflicts += int64(len(g.Conflicts))
		a.Findings += int64(len(g.Findings.Items))
		return out.Write(g)
	}
}

// publish makes the staged rows of the run visible, base by base, and records that the
// touched deliveries are in them.
func (s *Session) publish(ctx context.Context, acks []RangeAck) error {
	s.dismiss()
	newest, err := s.Store.Ordinal(ctx, s.Run, "")
	if err != nil {
		return err
	}
	if newest != s.Ordinal {
		return fmt.Errorf("publish: the declarations were changed by another run (ordinal %d, this run has %d): run again with the newest catalogue", newest, s.Ordinal)
	}
	byBase := map[string][]RangeAck{}
	for _, a := range acks {
		byBase[a.Base] = append(byBase[a.Base], a)
	}
	for _, b := range s.Catalogue.Bases {
		list := byBase[b.Name]
		if len(list) == 0 {
			continue
		}
		var rows int64
		for _, a := range list {
			rows += a.Rows
		}
		if err := s.Store.Publish(ctx, s.Run, b, rows); err != nil {
			return err
		}
		if err := s.Store.Record(ctx, s.publishedEvents(list)...); err != nil {
			return err
		}
		s.progress("publish", 1, int64(len(byBase)))
	}
	return nil
}

// publishedEvents say of each touched delivery what all ranges knew of it.
func (s *Session) publishedEvents(list []RangeAck) []schemas.DeliveryEvent {
	seen := map[schemas.DeliveryID]uint32{}
	for _, a := range list {
		for id, n := range a.Seen {
			if known, ok := seen[id]; !ok || n < known {
				seen[id] = n
			}
		}
	}
	now, out := time.Now(), make([]schemas.DeliveryEvent, 0, len(seen))
	for _, id := range slices.Sorted(maps.Keys(seen)) {
		out = append(out, schemas.DeliveryEvent{Delivery: id, Event: schemas.Published, Seq: seen[id], At: now, Run: s.Run})
	}
	return out
}
