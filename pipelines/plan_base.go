package pipelines

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"time"

	"jiku/connectors"
	"jiku/schemas"
)

// rangeStatements is about how many statements (items of claims) of touched keys one range of
// buckets should have: small enough for flat memory, large enough that a query is worth it.
const rangeStatements = 3_200_000

// taskRanges is how many ranges one task has at most: what is repeated when the store breaks
// off. A task is one INSERT, and with that one part of the stage, or few: where every range
// was a part, merging them in golden rows and history took a fifth of the engine's time.
const taskRanges = 8

// planBases adds what is reconciled to the plan of deliveries.
func (s *Session) planBases(ctx context.Context, p *Plan, known []schemas.DeliveryState) error {
	last, err := s.lastFinished(ctx)
	if err != nil {
		return err
	}
	if last.Day > s.Day {
		return &connectors.Error{Op: "plan", Feed: "run", Code: connectors.Permanent,
			Err:  fmt.Errorf("day %s is before %s, the day of the last run: what was decided on the later day would stay", schemas.Day(s.Day), schemas.Day(last.Day)),
			Hint: fmt.Sprintf("run with --date %s or later", schemas.Day(last.Day))}
	}
	for _, b := range s.Catalogue.Bases {
		p.Bases = append(p.Bases, s.planBase(b, p, known, last))
	}
	return nil
}

func (s *Session) planBase(b *schemas.Base, p *Plan, known []schemas.DeliveryState, last runSummary) PlannedBase {
	pb := PlannedBase{Base: b.Name}
	var (
		all, touched int64
		waiting      = map[string][]schemas.Slot{} // Slots by feed that are not published.
	)
	for _, k := range known {
		f := s.Catalogue.Feed(k.Feed)
		if f == nil || f.Base != b.Name {
			continue
		}
		all += k.Counts.Claims
		if !k.Published && (k.Last == schemas.Accepted || k.Last == schemas.Revoked) {
			touched += k.Counts.Claims
			pb.Touched.Deliveries = append(pb.Touched.Deliveries, k.ID)
			pb.Touched.Deliveries = append(pb.Touched.Deliveries, revisions(schemas.OfSlot(known, k.Feed, k.Slot))...)
			waiting[k.Feed] = append(waiting[k.Feed], k.Slot)
		}
	}
	for _, feed := range slices.Sorted(maps.Keys(waiting)) {
		why := feed + " " + waiting[feed][0].String()
		if n := len(waiting[feed]); n > 1 {
			why += fmt.Sprintf(" 等 %d 期", n)
		}
		pb.Why = append(pb.Why, why+" 尚未发布")
	}
	for _, d := range p.Deliveries {
		if f := s.Catalogue.Feed(d.Delivery.Feed); d.Action == Ingest && f.Base == b.Name {
			// A row of the feeds that cities send has 100 bytes or more.
			all += d.Delivery.Bytes / 100
			touched += d.Delivery.Bytes / 100
		}
	}
	own := len(pb.Touched.Deliveries)
	if last.Run != "" {
		s.touchChanged(&pb, p, known, last)
	}
	if pb.Touched.All || pb.Touched.Due > 0 || len(pb.Touched.Deliveries) > own {
		touched = all
	}
	pb.Ranges = ranges(len(b.Items), all, touched*int64(len(s.Catalogue.FeedsOf(b.Name))))
	return pb
}

// ranges is how many ranges the buckets are cut into, for a base with so many items and claims, of
// which about this many are of touched keys. Where there is work for several cores, all get
// some.
func ranges(items int, all, touched int64) int {
	each := max(rangeStatements/int64(items), 1)
	n := min(all, touched) / each
	if cores := int64(runtime.GOMAXPROCS(0)); all/each >= cores {
		n = max(n, cores)
	}
	return int(min(max(n, 1), 64))
}

// touchChanged touches what changes without a delivery about the key: declarations, the
// day, a snapshot feed that turns stale or fresh, which the slots that this run will read
// may bring about.
func (s *Session) touchChanged(pb *PlannedBase, p *Plan, known []schemas.DeliveryState, last runSummary) {
	b := s.Catalogue.Base(pb.Base)
	if last.Bases[b.Name] != s.Catalogue.BaseDigest(b.Name) {
		pb.Touched.All = true
		pb.Why = append(pb.Why, "规章已变，全部重算")
	}
	if last.Day != s.Day {
		pb.Touched.Due = s.Day
		pb.Why = append(pb.Why, "到期复算")
	}
	for _, f := range s.Catalogue.FeedsOf(b.Name) {
		if f.Kind != schemas.Snapshot {
			continue
		}
		own := ofFeed(known, f.Name)
		now := lastSlot(own)
		newest := newestSlot(p, f.Name, now)
		for _, limit := range s.merges[b.Name].StaleLimits(f.Name) {
			// A new slot may be held, so the last one counts too.
			if s.turns(last, f.Name, now, limit) || s.turns(last, f.Name, newest, limit) {
				pb.Touched.Deliveries = append(pb.Touched.Deliveries, predecessors(own, schemas.Slot{Date: 99991231, Seq: 1})...)
				pb.Why = append(pb.Why, fmt.Sprintf("%s 时效变化", f.Name))
				break
			}
		}
	}
}

// turns reports whether the rows of a feed change under a limit when a slot is its last one.
func (s *Session) turns(last runSummary, feed string, slot schemas.Slot, limit int) bool {
	before := staleAfter(last.Slots[feed], last.Day, limit)
	return before != staleAfter(slot.Date, s.Day, limit) || before && last.Slots[feed] != slot.Date
}

// newestSlot is the newest slot of a feed if all that the plan reads is accepted.
func newestSlot(p *Plan, feed string, last schemas.Slot) schemas.Slot {
	for _, d := range p.Deliveries {
		if d.Action == Ingest && d.Delivery.Feed == feed && last.Before(d.Delivery.Slot) {
			last = d.Delivery.Slot
		}
	}
	return last
}

func lastSlot(own []schemas.DeliveryState) schemas.Slot {
	var last schemas.Slot
	for _, k := range own {
		if k.InForce() && last.Before(k.Slot) {
			last = k.Slot
		}
	}
	return last
}

// staleAfter reports whether a snapshot feed whose last slot has this date is stale on a
// day under a limit in days.
func staleAfter(slot, day uint32, limit int) bool {
	return slot != 0 && daysBetween(slot, day) > limit
}

func daysBetween(from, to uint32) int {
	at := func(d uint32) time.Time {
		return time.Date(int(d/10_000), time.Month(d/100%100), int(d%100), 0, 0, 0, 0, time.UTC)
	}
	return int(at(to).Sub(at(from)).Hours() / 24)
}

// runSummary is what a run leaves for the next one.
type runSummary struct {
	Run     string `json:"run"`
	Day     uint32 `json:"day"`
	Ordinal uint16 `json:"ordinal"`
	// Bases are the digests of what reconcile depended on.
	Bases map[string]string `json:"bases"`
	// Slots are the last slots of snapshot feeds, as dates.
	Slots map[string]uint32 `json:"slots"`
	// Rebuilt are the bases that the run computed again whatever had changed.
	Rebuilt []string `json:"rebuilt,omitempty"`
	// Held is set when a gate held a theme: the next run tries again.
	Held bool `json:"held,omitempty"`
}

// lastFinished is what the last finished run left. A run with other declarations or on
// another day that did not finish since, or that worked beside it, may have published: the
// bases of the summary are unknown then, and all keys are recomputed.
func (s *Session) lastFinished(ctx context.Context) (runSummary, error) {
	runs, err := s.Store.Runs(ctx, 200)
	if err != nil {
		return runSummary{}, err
	}
	var (
		out    runSummary
		last   string
		others []connectors.RunEvent
	)
	for _, r := range runs {
		if r.Run == s.Run {
			continue
		}
		if last == "" && r.Event == connectors.RunFinished {
			last = r.Run
			if err := json.Unmarshal(r.Summary, &out); err != nil {
				return out, fmt.Errorf("read run %s: %w", r.Run, err)
			}
		}
		if r.Run != last {
			others = append(others, r)
		} else if r.Event == connectors.RunStarted {
			break
		}
	}
	for _, l := range others {
		if l.Ordinal != out.Ordinal || l.Day != out.Day {
			out.Run, out.Day, out.Bases = l.Run, max(out.Day, l.Day), nil
		}
	}
	return out, nil
}

// settled reports whether the last run finished on the same day with the same declarations,
// and no other ran beside it or since: then what is computed from the published state stands
// as it is.
func (s *Session) settled(ctx context.Context) (bool, error) {
	runs, err := s.Store.Runs(ctx, 200)
	if err != nil {
		return false, err
	}
	var last runSummary
	for _, r := range runs {
		switch {
		case r.Run == s.Run:
		case last.Run == "" && r.Event == connectors.RunFinished:
			if err := json.Unmarshal(r.Summary, &last); err != nil {
				return false, fmt.Errorf("read run %s: %w", r.Run, err)
			}
		case r.Run != last.Run:
			return false, nil
		case r.Event == connectors.RunStarted:
			return last.Day == s.Day && last.Ordinal == s.Ordinal && !last.Held, nil
		}
	}
	return false, nil
}
