package pipelines

import (
	"context"
	"fmt"
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
	var out []quality.Facts
	for _, b := range s.Catalogue.Bases {
		won, err := s.outcomes(ctx, sql, b)
		if err != nil {
			return nil, err
		}
		repeats, err := repeated(ctx, sql, b, known)
		if err != nil {
			return nil, err
		}
		for _, f := range s.Catalogue.FeedsOf(b.Name) {
			c := &counter{s: s, sql: sql, base: b, feed: f, won: won, own: ofFeed(known, f.Name), from: first, until: last, repeats: repeats, asked: map[string][]stateCount{}}
			facts, err := c.count(ctx, period)
			if err != nil {
				return nil, fmt.Errorf("feed %s: %w", f.Name, err)
			}
			out = append(out, facts)
		}
	}
	return out, nil
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
	asked       map[string][]stateCount
	// repeats are the deliveries some of whose claims are stored twice.
	repeats map[schemas.DeliveryID]bool
}

func (c *counter) count(ctx context.Context, period string) (quality.Facts, error) {
	f := quality.Facts{Feed: c.feed.Name, Department: c.feed.Department, Period: period, Rejects: map[string]int64{}}
	counted, rejecting := c.deliveries(&f)
	due, err := quality.SlotsDue(c.feed.Cadence, period, c.firstSlot(), min(c.s.Day, c.until))
	if err != nil {
		return f, err
	}
	f.SlotsDue = due
	if len(counted) > 0 {
		if err := c.claims(ctx, &f, counted); err != nil {
			return f, err
		}
	}
	if err := c.agreements(ctx, &f); err != nil {
		return f, err
	}
	if len(rejecting) > 0 {
		if err := c.rejects(ctx, &f, rejecting); err != nil {
			return f, err
		}
	}
	f.Rows += f.Rejected
	return f, nil
}

func (c *counter) firstSlot() uint32 {
	for _, d := range c.own {
		if d.InForce() {
			return d.Slot.Date
		}
	}
	return 0
}

// deliveries chooses the deliveries whose claims and whose rejects are counted.
func (c *counter) deliveries(f *quality.Facts) (claims, rejects []schemas.DeliveryID) {
	slots := map[schemas.Slot]bool{}
	var last schemas.DeliveryState
	for _, d := range c.own {
		if !d.InForce() || d.Slot.Date > c.until {
			continue
		}
		in := d.Slot.Date >= c.from
		if in {
			slots[d.Slot] = true
		}
		if c.feed.Kind == schemas.Snapshot {
			claims, last = append(claims, d.ID), d
		} else if in {
			claims, rejects = append(claims, d.ID), append(rejects, d.ID)
			f.Rejected += d.Counts.Rejects
		}
	}
	if c.feed.Kind == schemas.Snapshot && last.ID != 0 {
		rejects = []schemas.DeliveryID{last.ID}
		f.Rejected = last.Counts.Rejects
	}
	f.SlotsDelivered = len(slots)
	return claims, rejects
}

func (c *counter) claims(ctx context.Context, f *quality.Facts, ids []schemas.DeliveryID) error {
	rows, err := c.states(ctx, c.counted(ids, "states"), "")
	if err != nil {
		return err
	}
	items := make([]quality.ItemFacts, len(c.base.Items))
	for i := range items {
		items[i].Item = c.base.Items[i].Name
	}
	for _, r := range rows {
		f.Rows += int64(r.N)
		for i := range min(len(items), len(r.States)) {
			items[i].Tally(schemas.State(r.States[i]), int64(r.N))
		}
	}
	for _, it := range items {
		if it.Valued+it.None+it.Unknown+it.Void == 0 {
			continue
		}
		if err := c.defaults(ctx, &it, ids); err != nil {
			return err
		}
		f.Items = append(f.Items, it)
	}
	return c.failed(ctx, f, ids)
}

// stateCount is how many claims have these states, one byte an item.
type stateCount struct {
	States string `ch:"states"`
	N      uint64 `ch:"n"`
}

// states counts the claims of a query by their states. The claims that are counted are often
// all that the feed says: the same query is asked once.
func (c *counter) states(ctx context.Context, claims, where string) ([]stateCount, error) {
	sql := fmt.Sprintf("SELECT states, count() AS n FROM (%s)%s GROUP BY states", claims, where)
	if rows, asked := c.asked[sql]; asked {
		return rows, nil
	}
	var rows []stateCount
	if err := c.sql.Select(ctx, &rows, sql); err != nil {
		return nil, err
	}
	c.asked[sql] = rows
	return rows, nil
}

// agreements compares all that the feed says now with what others are entitled to say: the
// keys of golden rows in which another feed's value won, less those in conflict with it.
func (c *counter) agreements(ctx context.Context, f *quality.Facts) error {
	var all []schemas.DeliveryID
	for _, d := range c.own {
		if d.InForce() {
			all = append(all, d.ID)
		}
	}
	if len(all) == 0 {
		return nil
	}
	where := ""
	if !c.feed.Establishes {
		// What an establishing feed says has a golden row; other claims may wait for one.
		entity := "gone = 0"
		if len(c.base.Links) > 0 {
			entity += " OR linked != ''" // Claims with other keys of an entity are in its row.
		}
		where = fmt.Sprintf(" WHERE key_hash IN (SELECT key_hash FROM %s.golden WHERE %s)", c.base.Name, entity)
	}
	rows, err := c.states(ctx, c.current(all, "states"), where)
	if err != nil {
		return err
	}
	for i, it := range c.base.Items {
		var said int64
		for _, r := range rows {
			if i < len(r.States) && schemas.State(r.States[i]).Competes() {
				said += int64(r.N)
			}
		}
		if it.Policy != nil {
			continue // Nobody is entitled to the value.
		}
		k := [2]string{c.feed.Name, it.Name}
		if compared := said - c.won.wins[k]; compared > 0 {
			f.Agreement = append(f.Agreement, quality.Agreement{Item: it.Name, Compared: compared, Agreed: max(compared-c.won.conflicts[k], 0)})
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
	var n []struct {
		N uint64 `ch:"n"`
	}
	err := c.sql.Select(ctx, &n, fmt.Sprintf("SELECT countIf(toString(%s) IN (%s)) AS n FROM (%s)", it.Item, strings.Join(quoted, ", "), c.counted(ids, it.Item)))
	if err == nil && len(n) == 1 {
		it.Defaults = int64(n[0].N)
	}
	return err
}

func (c *counter) failed(ctx context.Context, f *quality.Facts, ids []schemas.DeliveryID) error {
	var rows []struct {
		Failed string `ch:"f"`
		N      uint64 `ch:"n"`
	}
	err := c.sql.Select(ctx, &rows, fmt.Sprintf("SELECT f, count() AS n FROM (%s) ARRAY JOIN failed AS f GROUP BY f ORDER BY f", c.counted(ids, "failed")))
	if err != nil {
		return err
	}
	for _, r := range rows {
		why := schemas.ParseReason(r.Failed)
		at := slices.IndexFunc(f.Failed, func(x quality.RuleFacts) bool { return x.Code == why.Code && x.Item == why.Item })
		if at < 0 {
			f.Failed = append(f.Failed, quality.RuleFacts{Code: why.Code, Item: why.Item})
			at = len(f.Failed) - 1
		}
		f.Failed[at].Rows += int64(r.N)
	}
	return nil
}

func (c *counter) rejects(ctx context.Context, f *quality.Facts, ids []schemas.DeliveryID) error {
	var rows []struct {
		Code string `ch:"code"`
		N    uint64 `ch:"n"`
	}
	err := c.sql.Select(ctx, &rows, fmt.Sprintf(`SELECT splitByChar(':', r)[1] AS code, uniqExact(delivery, position) AS n
FROM quality.reject ARRAY JOIN reasons AS r WHERE delivery IN (%s) GROUP BY code`, idList(ids)))
	for _, r := range rows {
		f.Rejects[r.Code] = int64(r.N)
	}
	return err
}
