package pipelines

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiku/connectors"
	"jiku/quality"
	"jiku/schemas"
)

// qualityFacts counts, for every feed, what scores are computed from. The rows of a
// snapshot feed are its current state, those of a delta feed are the period's claims; both
// with the rejects of the deliveries concerned. Rows are counted by the whole string of
// item states, of which there are few, so that a million claims cost one scan.
func (s *Session) qualityFacts(ctx context.Context, sql connectors.Querier, period string) ([]quality.Facts, error) {
	known, err := s.Store.Deliveries(ctx, "")
	if err != nil {
		return nil, err
	}
	first, last, err := quality.PeriodDays(period)
	if err != nil {
		return nil, err
	}
	kept, err := s.tallies(ctx, sql)
	if err != nil {
		return nil, err
	}
	var out []quality.Facts
	for _, b := range s.Catalogue.Bases {
		won, err := s.outcomes(ctx, sql, b, kept)
		if err != nil {
			return nil, err
		}
		stored := &repeats{base: b, sql: sql, known: known, seen: map[schemas.DeliveryID]bool{}}
		before := maps.Clone(kept.fresh)
		all := counter{s: s, sql: sql, base: b, won: won, from: first, until: last, kept: kept, repeats: stored, moves: &moves{sql: sql, known: map[string]string{}},
			sums: &sums{base: b, sql: sql, repeats: stored, known: map[schemas.DeliveryID]map[string]int64{}}}
		feeds := all.ofFeeds(s.Catalogue.FeedsOf(b.Name), known)
		rejects, err := rejectCodes(ctx, sql, feeds)
		if err != nil {
			return nil, err
		}
		for _, c := range feeds {
			facts, err := c.count(ctx, period, rejects)
			if err != nil {
				return nil, fmt.Errorf("feed %s: %w", c.feed.Name, err)
			}
			out = append(out, facts)
		}
		same, err := stored.same(ctx)
		if err != nil {
			return nil, err
		}
		// A run that has published meanwhile may be counted or not.
		published, err := publishedRows(ctx, sql, b)
		if err != nil {
			return nil, err
		}
		if !same || !maps.Equal(published, won.Runs) {
			kept.fresh = before // What was counted of this base counts now, and is counted again by the next run.
		}
	}
	return out, kept.keep(ctx, sql, s.Run)
}

// counter counts the facts of one feed.
type counter struct {
	s           *Session
	sql         connectors.Querier
	base        *schemas.Base
	feed        *schemas.Feed
	won         outcomes
	own         []schemas.DeliveryState
	from, until uint32
	kept        *tallies
	repeats     *repeats
	moves       *moves
	sums        *sums
	period      periodDeliveries
}

// ofFeeds are the counters of feeds, with what they will ask for told before any of them asks.
func (c *counter) ofFeeds(feeds []*schemas.Feed, known []schemas.DeliveryState) []*counter {
	var out []*counter
	for _, f := range feeds {
		one := *c
		one.feed, one.own = f, ofFeed(known, f.Name)
		one.period = one.deliveries()
		one.expect(one.period.claims)
		out = append(out, &one)
	}
	return out
}

func (c *counter) count(ctx context.Context, period string, rejects map[schemas.DeliveryID]map[string]int64) (quality.Facts, error) {
	f := quality.Facts{Feed: c.feed.Name, Department: c.feed.Department, Period: period, Rejects: map[string]int64{},
		SlotsDelivered: c.period.slots, Rejected: c.period.rejected}
	due, err := quality.SlotsDue(c.feed.Cadence, period, c.firstSlot(), min(c.s.Day, c.until))
	if err != nil {
		return f, err
	}
	f.SlotsDue = due
	if len(c.period.claims) > 0 {
		if err := c.claims(ctx, &f, c.period.claims); err != nil {
			return f, err
		}
	}
	if err := c.agreements(ctx, &f); err != nil {
		return f, err
	}
	for _, id := range c.period.rejects {
		for code, n := range rejects[id] {
			f.Rejects[code] += n
		}
	}
	f.Rows += f.Rejected
	return f, nil
}

func (c *counter) inForce() []schemas.DeliveryID {
	var out []schemas.DeliveryID
	for _, d := range c.own {
		if d.InForce() {
			out = append(out, d.ID)
		}
	}
	return out
}

func (c *counter) firstSlot() uint32 {
	for _, d := range c.own {
		if d.InForce() {
			return d.Slot.Date
		}
	}
	return 0
}

// periodDeliveries are the deliveries whose claims and whose rejects are counted in a period.
type periodDeliveries struct {
	claims, rejects []schemas.DeliveryID
	rejected        int64
	slots           int
}

func (c *counter) deliveries() periodDeliveries {
	var (
		out   periodDeliveries
		slots = map[schemas.Slot]bool{}
		last  schemas.DeliveryState
	)
	for _, d := range c.own {
		if !d.InForce() || d.Slot.Date > c.until {
			continue
		}
		in := d.Slot.Date >= c.from
		if in {
			slots[d.Slot] = true
		}
		if c.feed.Kind == schemas.Snapshot {
			out.claims, last = append(out.claims, d.ID), d
		} else if in {
			out.claims, out.rejects = append(out.claims, d.ID), append(out.rejects, d.ID)
			out.rejected += d.Counts.Rejects
		}
	}
	if c.feed.Kind == schemas.Snapshot && last.ID != 0 {
		out.rejects = []schemas.DeliveryID{last.ID}
		out.rejected = last.Counts.Rejects
	}
	out.slots = len(slots)
	return out
}

func (c *counter) claims(ctx context.Context, f *quality.Facts, ids []schemas.DeliveryID) error {
	t, err := c.tally(ctx, counted, ids, says)
	if err != nil {
		return err
	}
	f.Rows += t.Rows
	items := make([]quality.ItemFacts, len(c.base.Items))
	for i := range items {
		items[i].Item = c.base.Items[i].Name
	}
	t.eachState(func(item int, state schemas.State, n int64) {
		if item < len(items) {
			items[item].Tally(state, n)
		}
	})
	for _, it := range items {
		if it.Valued+it.None+it.Unknown+it.Void == 0 {
			continue
		}
		if err := c.defaults(ctx, &it, ids); err != nil {
			return err
		}
		f.Items = append(f.Items, it)
	}
	addFailed(f, t.Failed)
	return nil
}

// agreements compares all that the feed says now with what others are entitled to say: the
// keys of golden rows in which another feed's value won, less those in conflict with it.
func (c *counter) agreements(ctx context.Context, f *quality.Facts) error {
	all := c.inForce()
	if len(all) == 0 {
		return nil
	}
	states, err := c.tally(ctx, said, all, says)
	if err != nil {
		return err
	}
	competing := make([]int64, len(c.base.Items))
	states.eachState(func(item int, state schemas.State, n int64) {
		if item < len(competing) && state.Competes() {
			competing[item] += n
		}
	})
	for i, it := range c.base.Items {
		if it.Policy != nil {
			continue // Nobody is entitled to the value.
		}
		if compared := competing[i] - c.won.Wins[c.feed.Name][it.Name]; compared > 0 {
			f.Agreement = append(f.Agreement, quality.Agreement{Item: it.Name, Compared: compared, Agreed: max(compared-c.won.Against[c.feed.Name][it.Name], 0)})
		}
	}
	return nil
}

func (c *counter) defaults(ctx context.Context, it *quality.ItemFacts, ids []schemas.DeliveryID) error {
	values, _ := quality.Fillers(c.feed, c.base, it.Item)
	if len(values) == 0 {
		return nil
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = schemas.Quote(strings.ReplaceAll(v, "-", ""))
		if c.base.Items[c.base.ItemIndex(it.Item)].Type.Textual() {
			quoted[i] = schemas.Quote(v)
		}
	}
	found, err := c.tally(ctx, counted, ids, fmt.Sprintf("toString(%s) IN (%s)", it.Item, strings.Join(quoted, ", ")))
	it.Defaults = found.By["1"]
	return err
}

// addFailed adds findings: reasons that differ in their detail alone are one.
func addFailed(f *quality.Facts, failed map[string]int64) {
	for _, reason := range slices.Sorted(maps.Keys(failed)) {
		why := schemas.ParseReason(reason)
		at := slices.IndexFunc(f.Failed, func(x quality.RuleFacts) bool { return x.Code == why.Code && x.Item == why.Item })
		if at < 0 {
			f.Failed = append(f.Failed, quality.RuleFacts{Code: why.Code, Item: why.Item})
			at = len(f.Failed) - 1
		}
		f.Failed[at].Rows += failed[reason]
	}
}
