package clickhouse

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/connectors"
	"jiku/schemas"
)

// Append implements connectors.ClaimStore: one INSERT for claims, one for raw rows, one
// for rejects, each open as long as the splits are read.
func (s *Store) Append(ctx context.Context, to ...connectors.AppendSpec) (connectors.Appender, error) {
	base, feeds := to[0].Base, map[schemas.DeliveryID]string{}
	claims, raw := "claim."+base.Name, "claim.raw"
	if to[0].Staged {
		claims, raw = claims+"_staged", "claim.raw_staged"
	}
	for _, t := range to {
		feeds[t.Delivery] = t.Feed.Name
		if !t.Again {
			continue
		}
		if err := s.unwrite(ctx, t, claims, raw, "quality.reject"); err != nil {
			return nil, fault("append to", t.Feed.Name, err)
		}
	}
	return &appender{
		base: base.Name, feeds: feeds,
		claims:  s.bulk.insert(ctx, claims, names(base.ClaimColumns())),
		raw:     s.bulk.insert(ctx, raw, []string{"delivery", "position", "cells"}),
		rejects: s.bulk.insert(ctx, "quality.reject", names(schemas.RejectColumns())),
		codes:   newClaimColumns(base),
	}, nil
}

func names(cols []schemas.Col) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.Name
	}
	return out
}

type appender struct {
	base                 string
	feeds                map[schemas.DeliveryID]string
	claims, raw, rejects *inserter
	codes                *claimColumns
	failed               bool
}

func (a *appender) Claims(b *schemas.ClaimBlock) error {
	cols := a.codes.input(b, a.feeds)
	if err := a.claims.write(b.Len(), cols); err != nil {
		a.failed = true
		return fault("append claims of", a.base, err)
	}
	raw := []proto.InputColumn{
		{Name: "delivery", Data: wordColumn[schemas.DeliveryID]{&b.Delivery, proto.ColumnTypeUInt64}},
		{Name: "position", Data: wordColumn[uint64]{&b.Position, proto.ColumnTypeUInt64}},
		{Name: "cells", Data: textColumn{&b.Raw}},
	}
	if err := a.raw.write(b.Len(), raw); err != nil {
		a.failed = true
		return fault("append raw rows of", a.base, err)
	}
	return nil
}

func (a *appender) Rejects(r []schemas.Reject) error {
	var (
		deliveries []schemas.DeliveryID
		positions  []uint64
		lines      []uint64
		raw        schemas.Texts
		reasons    schemas.Lists
	)
	for i := range r {
		deliveries, positions, lines = append(deliveries, r[i].Delivery), append(positions, r[i].Position), append(lines, r[i].Line)
		raw.Append(r[i].Raw)
		for _, why := range r[i].Reasons {
			reasons.Items = append(reasons.Items, why.String())
		}
		reasons.Ends = append(reasons.Ends, uint32(len(reasons.Items)))
	}
	cols := []proto.InputColumn{
		{Name: "delivery", Data: wordColumn[schemas.DeliveryID]{&deliveries, proto.ColumnTypeUInt64}},
		{Name: "position", Data: wordColumn[uint64]{&positions, proto.ColumnTypeUInt64}},
		{Name: "feed", Data: feedColumn{&deliveries, a.feeds, &dictionary{}}},
		{Name: "line", Data: wordColumn[uint64]{&lines, proto.ColumnTypeUInt64}},
		{Name: "raw", Data: textColumn{&raw}},
		{Name: "reasons", Data: listColumn{&reasons.Items, &reasons.Ends, &dictionary{}}},
	}
	if err := a.rejects.write(len(r), cols); err != nil {
		a.failed = true
		return fault("append rejects of", a.base, err)
	}
	return nil
}

func (a *appender) Close(commit bool) error {
	var first error
	for _, i := range []*inserter{a.claims, a.raw, a.rejects} {
		if err := i.close(commit && !a.failed); err != nil && first == nil {
			first = fault("end append of", a.base, err)
		}
	}
	return first
}

// claimColumns binds blocks of one base to wire columns.
type claimColumns struct {
	base *schemas.Base
	dict []dictionary
	feed dictionary
	list dictionary
}

func newClaimColumns(base *schemas.Base) *claimColumns {
	return &claimColumns{base: base, dict: make([]dictionary, len(base.Items))}
}

func (c *claimColumns) item(i int, col *schemas.Column) column {
	switch c.base.Items[i].Type {
	case schemas.TypeCode:
		return codeColumn{&col.Text, &c.dict[i]}
	case schemas.TypeDate:
		return dayColumn[int64]{&col.Int}
	case schemas.TypeInteger:
		return wordColumn[int64]{&col.Int, proto.ColumnTypeInt64}
	case schemas.TypeDecimal:
		return wordColumn[int64]{&col.Int, "Decimal(18, 4)"}
	default:
		return textColumn{&col.Text}
	}
}

// scanned are the columns that reconcile needs; the feed follows from the delivery.
func (c *claimColumns) scanned(b *schemas.ClaimBlock) []named {
	cols := []named{
		{"key_hash", wordColumn[uint64]{&b.KeyHash, proto.ColumnTypeUInt64}},
		{"key", textColumn{&b.Key}},
		{"delivery", wordColumn[schemas.DeliveryID]{&b.Delivery, proto.ColumnTypeUInt64}},
		{"position", wordColumn[uint64]{&b.Position, proto.ColumnTypeUInt64}},
		{"event", wordColumn[schemas.EventTime]{&b.Event, proto.ColumnTypeUInt64}},
		{"gone", flagColumn[bool]{&b.Gone}},
		{"states", fixedTextColumn{&b.States, len(c.base.Items)}},
	}
	for i := range b.Items {
		cols = append(cols, named{c.base.Items[i].Name, c.item(i, &b.Items[i])})
	}
	return cols
}

// rest are the columns that concern the row alone.
func (c *claimColumns) rest(b *schemas.ClaimBlock) []named {
	return []named{
		{"row_hash", wordColumn[uint64]{&b.RowHash, proto.ColumnTypeUInt64}},
		{"failed", listColumn{&b.Failed.Items, &b.Failed.Ends, &c.list}},
	}
}

func (c *claimColumns) input(b *schemas.ClaimBlock, feeds map[schemas.DeliveryID]string) []proto.InputColumn {
	out := []proto.InputColumn{{Name: "feed", Data: feedColumn{&b.Delivery, feeds, &c.feed}}}
	for _, col := range append(c.scanned(b), c.rest(b)...) {
		out = append(out, proto.InputColumn{Name: col.name, Data: col.column})
	}
	return out
}

func (c *claimColumns) result(b *schemas.ClaimBlock, whole bool) []named {
	cols := c.scanned(b)
	if whole {
		cols = append(cols, c.rest(b)...)
	}
	return cols
}

// Scan implements connectors.ClaimStore.
func (s *Store) Scan(ctx context.Context, q connectors.ScanSpec) iter.Seq2[*schemas.ClaimBlock, error] {
	return func(yield func(*schemas.ClaimBlock, error) bool) {
		if q.Touched.Empty() {
			return
		}
		block := s.block(q.Base)
		defer s.release(block)
		cols := newClaimColumns(q.Base).result(block, q.Whole)
		list := make([]string, len(cols))
		for i := range cols {
			list[i] = cols[i].name
		}
		where, with := scanWhere(q)
		sql := fmt.Sprintf("SELECT %s FROM claim.%s WHERE %s", strings.Join(list, ", "), q.Base.Name, where)
		stopped := false
		err := s.bulk.scan(ctx, question{sql, with}, cols, func(int) error {
			if !yield(block, nil) {
				stopped = true
				return errStopped
			}
			return nil
		})
		if err != nil && !stopped {
			yield(nil, fault("scan claims of", q.Base.Name, err))
		}
	}
}

// block is an empty block of a base, with the memory of a former scan if there is one.
func (s *Store) block(base *schemas.Base) *schemas.ClaimBlock {
	select {
	case b := <-s.blocks:
		if b.Base == base {
			b.Reset()
			return b
		}
	default:
	}
	return schemas.NewClaimBlock(base)
}

func (s *Store) release(b *schemas.ClaimBlock) {
	select {
	case s.blocks <- b:
	default:
	}
}

var errStopped = fmt.Errorf("reader stopped")

// scanWhere selects the buckets and the touched keys. Hashes travel as a table beside the
// query, never as literals; keys do not travel at all.
func scanWhere(q connectors.ScanSpec) (string, []external) {
	span := rangeWhere(q.Range)
	t := q.Touched
	if t.All {
		return span, nil
	}
	var (
		touched []string
		with    []external
	)
	if len(t.Hashes) > 0 {
		keys := externalHashes("touched", t.Hashes)
		with, touched = append(with, keys), append(touched, keys.in())
	}
	if len(t.Deliveries) > 0 {
		deliveries := externalIDs("deliveries", t.Deliveries)
		with = append(with, deliveries)
		touched = append(touched, fmt.Sprintf("key_hash IN (SELECT key_hash FROM claim.%s WHERE %s AND %s)", q.Base.Name, span, deliveries.in()))
	}
	if t.Due > 0 {
		touched = append(touched, fmt.Sprintf("key_hash IN (SELECT key_hash FROM %s.golden WHERE %s AND due BETWEEN 1 AND %d)",
			q.Base.Name, span, t.Due))
	}
	return span + " AND (" + strings.Join(touched, " OR ") + ")", with
}

func rangeWhere(r schemas.Range) string {
	return fmt.Sprintf("key_hash BETWEEN %d AND %d", uint64(r.First)<<56, uint64(r.Last)<<56|(1<<56-1))
}

func idList(ids []schemas.DeliveryID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = fmt.Sprint(uint64(id))
	}
	return strings.Join(out, ", ")
}
