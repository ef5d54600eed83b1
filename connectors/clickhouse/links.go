package clickhouse

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/connectors"
	"jiku/schemas"
)

// Stated implements connectors.LinkReader: one query, in which the numbers in use are joined
// inside the engine, so that only pairs that matter travel.
func (s *Store) Stated(ctx context.Context, q connectors.LinkSpec) iter.Seq2[*schemas.StatedBlock, error] {
	return func(yield func(*schemas.StatedBlock, error) bool) {
		ask := stated(q)
		if ask.sql == "" {
			return
		}
		var block schemas.StatedBlock
		cols := []named{{"key_hash", wordColumn[uint64]{&block.KeyHash, proto.ColumnTypeUInt64}}, {"alias", textColumn{&block.Alias}}}
		stopped := false
		err := s.bulk.scan(ctx, ask, cols, func(int) error {
			if !yield(&block, nil) {
				stopped = true
				return errStopped
			}
			return nil
		})
		if err != nil && !stopped {
			yield(nil, fault("find links of", q.Base.Name, err))
		}
	}
}

// stated is the question, empty where nothing can be linked.
func stated(q connectors.LinkSpec) question {
	var (
		with   []external
		used   []string // queries of the numbers in use
		unions []string
	)
	table := "claim." + q.Base.Name
	parts := partExprs(q.Base)
	if len(q.Keyed) > 0 {
		keyed := externalIDs("keyed", q.Keyed)
		with = append(with, keyed)
		from := fmt.Sprintf("FROM %s WHERE %s AND (%s)", table, keyed.in(), otherKind(q.Base))
		used = append(used, "SELECT arrayJoin(["+strings.Join(append([]string{"key"}, parts...), ", ")+"]) AS number "+from)
		if len(parts) > 0 {
			unions = append(unions, "SELECT key_hash, arrayJoin(["+strings.Join(parts, ", ")+"]) AS alias "+from)
		}
	}
	if len(q.Asked) > 0 {
		var texts schemas.Texts
		for _, a := range q.Asked {
			texts.Append(a)
		}
		with = append(with, external{"asked", named{"alias", textColumn{&texts}}})
		used = append(used, "SELECT alias AS number FROM asked")
		for _, p := range parts {
			used = append(used, "SELECT "+p+" AS number FROM (SELECT alias AS key FROM asked)")
		}
	}
	if len(q.Stating) > 0 {
		own, other := aliasExprs(q.Base)
		stating := externalIDs("stating", q.Stating)
		with = append(with, stating)
		from := fmt.Sprintf("FROM %s WHERE %s", table, stating.in())
		if len(own) > 0 {
			unions = append(unions, "SELECT key_hash, arrayJoin(["+strings.Join(own, ", ")+"]) AS alias "+from)
		}
		if other = append(other, parts...); len(other) > 0 && len(used) > 0 {
			unions = append(unions, fmt.Sprintf("SELECT key_hash, alias FROM (SELECT key_hash, arrayJoin([%s]) AS alias %s) WHERE alias IN (%s)",
				strings.Join(other, ", "), from, strings.Join(used, " UNION ALL ")))
		}
	}
	if len(unions) == 0 {
		return question{}
	}
	return question{"SELECT key_hash, alias FROM (" + strings.Join(unions, " UNION ALL ") + ") WHERE alias != ''", with}
}

// otherKind holds for keys of another kind than the base's own.
func otherKind(b *schemas.Base) string {
	out := []string{"0"}
	for _, k := range b.KeyKinds()[1:] {
		out = append(out, "startsWith(key, "+schemas.Quote(string(b.AppendAlias(nil, k, nil)))+")")
	}
	return strings.Join(out, " OR ")
}

// partExprs are the numbers that are part of a key, as they stand in keys; empty without one.
func partExprs(b *schemas.Base) []string {
	var out []string
	for _, p := range b.Parts() {
		prefix := string(b.AppendAlias(nil, p.Of, nil))
		is := "startsWith(key, " + schemas.Quote(prefix) + ")"
		if prefix == "" {
			is = "NOT (" + otherKind(b) + ")"
		}
		out = append(out, fmt.Sprintf("if(length(key) = %d AND %s, concat(%s, substring(key, %d, %d)), '')", len(prefix)+p.Size, is,
			schemas.Quote(string(b.AppendAlias(nil, p.Kind, nil))), len(prefix)+p.Start+1, p.Len))
	}
	return out
}

// aliasExprs are the numbers that items hold, as they stand in keys: those of the base's own
// kind, and others.
func aliasExprs(b *schemas.Base) (own, other []string) {
	for _, l := range b.LinkItems() {
		if prefix := string(b.AppendAlias(nil, l.Kind, nil)); prefix == "" {
			own = append(own, l.Item)
		} else {
			other = append(other, fmt.Sprintf("if(%[1]s = '', '', concat(%[2]s, %[1]s))", l.Item, schemas.Quote(prefix)))
		}
	}
	return own, other
}

// Among implements connectors.LinkReader.
func (s *Store) Among(ctx context.Context, q connectors.ScanSpec, hashes []uint64) ([]uint64, error) {
	t := q.Touched
	if t.All {
		return hashes, nil
	}
	var out, found []uint64
	for _, h := range hashes {
		if slices.Contains(t.Hashes, h) {
			out = append(out, h)
		}
	}
	keys := externalHashes("touched", hashes)
	with := []external{keys}
	var queries []string
	if len(t.Deliveries) > 0 {
		deliveries := externalIDs("deliveries", t.Deliveries)
		with = append(with, deliveries)
		queries = append(queries, fmt.Sprintf("SELECT DISTINCT key_hash FROM claim.%s WHERE %s AND %s", q.Base.Name, keys.in(), deliveries.in()))
	}
	if t.Due > 0 {
		queries = append(queries, fmt.Sprintf("SELECT DISTINCT key_hash FROM %s.golden WHERE %s AND due BETWEEN 1 AND %d", q.Base.Name, keys.in(), t.Due))
	}
	if len(queries) == 0 || len(hashes) == 0 {
		return out, nil
	}
	cols := []named{{"key_hash", wordColumn[uint64]{&found, proto.ColumnTypeUInt64}}}
	ask := question{"SELECT key_hash FROM (" + strings.Join(queries, " UNION ALL ") + ")", with}
	err := s.bulk.scan(ctx, ask, cols, func(int) error {
		out = append(out, found...)
		return nil
	})
	if err != nil {
		return nil, fault("find links of", q.Base.Name, err)
	}
	return out, nil
}

// Waiting implements connectors.LinkTeller. Rows without an entity are gone, so their newest
// version is looked up.
func (s *Store) Waiting(ctx context.Context, base *schemas.Base) iter.Seq2[*schemas.GoldenBlock, error] {
	return s.goldenRows(ctx, base, "FROM ("+base.Linked("*", "waiting > 0")+")")
}

// Linked implements connectors.LinkTeller.
func (s *Store) Linked(ctx context.Context, base *schemas.Base) (connectors.LinkCounts, error) {
	var orphans, links uint64
	err := s.conn.QueryRow(ctx, base.Linked("sum(length(waiting_feed)), countIf(linked != '')", "(waiting > 0 OR linked != '')")).Scan(&orphans, &links)
	if err != nil {
		return connectors.LinkCounts{}, fmt.Errorf("count links of %s: %w", base.Name, redact(err))
	}
	return connectors.LinkCounts{Orphans: int64(orphans), Links: int64(links)}, nil
}

// linkColumns spread what links add to golden rows over columns.
type linkColumns struct {
	alias                  schemas.Texts
	from, until            []uint32
	feed, waitFeed         []string
	delivery, waitDelivery []schemas.DeliveryID
	position, waitPosition []uint64
	disputed               []bool
	ends                   [7][]uint32
	waitEnds               [3][]uint32
	feedDict, waitDict     dictionary
}

func (c *linkColumns) take(g *schemas.GoldenBlock) {
	c.alias.Truncate(0)
	c.from, c.until, c.feed, c.delivery, c.position, c.disputed = c.from[:0], c.until[:0], c.feed[:0], c.delivery[:0], c.position[:0], c.disputed[:0]
	for i := range g.Aliases {
		a := &g.Aliases[i]
		c.alias.Append(a.Text)
		c.from, c.until, c.feed = append(c.from, a.From), append(c.until, a.Until), append(c.feed, a.Feed)
		c.delivery, c.position, c.disputed = append(c.delivery, a.Delivery), append(c.position, a.Position), append(c.disputed, a.Disputed)
	}
	c.waitFeed, c.waitDelivery, c.waitPosition = c.waitFeed[:0], c.waitDelivery[:0], c.waitPosition[:0]
	for _, x := range g.Waiting {
		c.waitFeed, c.waitDelivery, c.waitPosition = append(c.waitFeed, x.Feed), append(c.waitDelivery, x.Delivery), append(c.waitPosition, x.Position)
	}
	for k := range c.ends {
		c.ends[k] = append(c.ends[k][:0], g.AliasEnds...)
	}
	for k := range c.waitEnds {
		c.waitEnds[k] = append(c.waitEnds[k][:0], g.WaitingEnds...)
	}
}

func (c *linkColumns) give(g *schemas.GoldenBlock) {
	g.Aliases, g.Waiting = g.Aliases[:0], g.Waiting[:0]
	for i, f := range c.feed {
		g.Aliases = append(g.Aliases, schemas.Alias{Text: slices.Clone(c.alias.At(i)), From: c.from[i], Until: c.until[i], Feed: f,
			Ref: schemas.Ref{Delivery: c.delivery[i], Position: c.position[i]}, Disputed: c.disputed[i]})
	}
	for i, f := range c.waitFeed {
		g.Waiting = append(g.Waiting, schemas.Winner{Feed: f, Ref: schemas.Ref{Delivery: c.waitDelivery[i], Position: c.waitPosition[i]}})
	}
	g.AliasEnds = append(g.AliasEnds[:0], c.ends[0]...)
	g.WaitingEnds = append(g.WaitingEnds[:0], c.waitEnds[0]...)
}

// columns are in the order of the base's columns.
func (c *linkColumns) columns(g *schemas.GoldenBlock) []column {
	return []column{
		arrayColumn{textColumn{&c.alias}, &c.ends[0]},
		arrayColumn{dayColumn[uint32]{&c.from}, &c.ends[1]}, arrayColumn{dayColumn[uint32]{&c.until}, &c.ends[2]},
		listColumn{&c.feed, &c.ends[3], &c.feedDict},
		arrayColumn{wordColumn[schemas.DeliveryID]{&c.delivery, proto.ColumnTypeUInt64}, &c.ends[4]},
		arrayColumn{wordColumn[uint64]{&c.position, proto.ColumnTypeUInt64}, &c.ends[5]},
		arrayColumn{flagColumn[bool]{&c.disputed}, &c.ends[6]},
		textColumn{&g.Linked}, flagColumn[schemas.LinkWhy]{&g.WaitingWhy},
		listColumn{&c.waitFeed, &c.waitEnds[0], &c.waitDict},
		arrayColumn{wordColumn[schemas.DeliveryID]{&c.waitDelivery, proto.ColumnTypeUInt64}, &c.waitEnds[1]},
		arrayColumn{wordColumn[uint64]{&c.waitPosition, proto.ColumnTypeUInt64}, &c.waitEnds[2]},
	}
}
