package clickhouse

import (
	"context"
	"fmt"
	"strings"

	"jiku/connectors"
	"jiku/schemas"
)

// Compare implements connectors.Comparer.
func (s *Store) Compare(ctx context.Context, to connectors.AppendSpec, c connectors.Comparison) (schemas.Counts, error) {
	q := comparison{base: to.Base, feed: to.Feed.Name, delivery: to.Delivery, spec: c}
	var rows, keys, unchanged, gone, before uint64
	if err := s.conn.QueryRow(ctx, q.countSQL()).Scan(&rows, &keys, &unchanged, &gone, &before); err != nil {
		return schemas.Counts{}, fault("compare snapshot of", q.feed, err)
	}
	return schemas.Counts{Rows: int64(rows), Claims: int64(rows - unchanged), Unchanged: int64(unchanged), Withdrawals: int64(gone),
		Doubled: int64(rows - keys), Before: int64(before)}, nil
}

// Claim implements connectors.Comparer.
func (s *Store) Claim(ctx context.Context, to connectors.AppendSpec, c connectors.Comparison) error {
	q := comparison{base: to.Base, feed: to.Feed.Name, delivery: to.Delivery, spec: c}
	// What an earlier call wrote whose answer was lost; a staged delivery has no other claims.
	if err := s.unwrite(ctx, connectors.AppendSpec{Feed: to.Feed, Delivery: to.Delivery}, "claim."+to.Base.Name, "claim.raw"); err != nil {
		return fault("claim snapshot of", q.feed, err)
	}
	var steps []string
	if c.Counted.Claims > 0 {
		steps = append(steps, q.changedSQL(), q.rawSQL())
	}
	if c.Counted.Withdrawals > 0 {
		steps = append(steps, q.goneSQL())
	}
	for _, sql := range steps {
		if err := s.conn.Exec(ctx, sql); err != nil {
			return fault("claim snapshot of", q.feed, err)
		}
	}
	return nil
}

// Discard implements connectors.Keeper. A table that holds no row of the delivery, the usual
// case, is left alone: a deletion marks rows in every part.
func (s *Store) Discard(ctx context.Context, to connectors.AppendSpec) error {
	if to.Staged {
		return s.unstage(ctx, to)
	}
	if err := s.unwrite(ctx, to, "claim."+to.Base.Name, "claim.raw", "quality.reject"); err != nil {
		return fmt.Errorf("remove rows of %s: %w", to.Feed.Name, err)
	}
	return s.unstage(ctx, to)
}

// unwrite removes the rows of a delivery, or of the positions of a split, from tables.
func (s *Store) unwrite(ctx context.Context, to connectors.AppendSpec, tables ...string) error {
	where := fmt.Sprintf(" WHERE delivery = %d", uint64(to.Delivery))
	if to.First > 0 || to.Last > 0 {
		where += fmt.Sprintf(" AND position >= %d", to.First)
	}
	if to.Last > 0 {
		where += fmt.Sprintf(" AND position <= %d", to.Last)
	}
	counts := make([]string, len(tables))
	for i, t := range tables {
		counts[i] = "assumeNotNull((SELECT count() FROM " + t + where + "))"
	}
	var have []uint64
	if err := s.conn.QueryRow(ctx, "SELECT ["+strings.Join(counts, ", ")+"]").Scan(&have); err != nil {
		return fmt.Errorf("count rows of %s: %w", to.Feed.Name, redact(err))
	}
	for i, t := range tables {
		if have[i] == 0 {
			continue
		}
		if err := s.conn.Exec(ctx, "DELETE FROM "+t+where); err != nil {
			return fmt.Errorf("remove rows from %s: %w", t, redact(err))
		}
	}
	return nil
}

// unstage empties the staging of a snapshot.
func (s *Store) unstage(ctx context.Context, to connectors.AppendSpec) error {
	for _, t := range []string{"claim." + to.Base.Name + "_staged", "claim.raw_staged"} {
		sql := fmt.Sprintf("ALTER TABLE %s DROP PARTITION ID '%s'", t, partitionID(to.Delivery))
		if err := s.conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("empty %s: %w", t, redact(err))
		}
	}
	return nil
}

// partitionID is how the engine names the partition of an integer: the integer itself.
func partitionID(d schemas.DeliveryID) string { return fmt.Sprint(uint64(d)) }

type comparison struct {
	base     *schemas.Base
	feed     string
	delivery schemas.DeliveryID
	spec     connectors.Comparison
}

// keys is a query of the keys on either side: how many staged rows each has (rows), whether
// the predecessor has it (live), and whether its staged rows all equal the predecessor's
// (same). Both sides are read once and grouped together, which takes a fifth of joining
// them; a row that the engine stored twice is one.
func (q comparison) keys() string {
	ids := idList(q.spec.Predecessors)
	if ids == "" {
		ids = "0"
	}
	return fmt.Sprintf(`
  SELECT key_hash, key, length(arrayDistinct(groupArrayIf(position, staged))) AS rows,
    countIf(NOT staged) > 0 AND argMaxIf(gone, o, NOT staged) = 0 AS live,
    rows > 0 AND live AND minIf(row_hash, staged) = maxIf(row_hash, staged) AND minIf(row_hash, staged) = argMaxIf(row_hash, o, NOT staged) AS same
  FROM (
    SELECT key_hash, key, row_hash, position, gone, true AS staged, toUInt64(0) AS o FROM claim.%[1]s_staged WHERE delivery = %[2]d
    UNION ALL
    SELECT key_hash, key, row_hash, position, gone, false AS staged,
      %[4]s AS o
    FROM claim.%[1]s WHERE delivery IN (%[3]s))
  GROUP BY key_hash, key`, q.base.Name, uint64(q.delivery), ids, schemas.ClaimOrder(q.spec.Predecessors))
}

func (q comparison) countSQL() string {
	return "SELECT sum(rows), countIf(rows > 0), sumIf(rows, same), countIf(live AND rows = 0), countIf(live) FROM (" + q.keys() + ")"
}

// changedSQL makes claims of the staged rows of keys that differ.
func (q comparison) changedSQL() string {
	cols := strings.Join(names(q.base.ClaimColumns()), ", ")
	return fmt.Sprintf(`INSERT INTO claim.%[1]s (%[2]s) SELECT %[2]s FROM claim.%[1]s_staged
WHERE delivery = %[3]d AND (key_hash, key) IN (SELECT key_hash, key FROM (%[4]s) WHERE rows > 0 AND NOT same)`,
		q.base.Name, cols, uint64(q.delivery), q.keys())
}

// rawSQL keeps the raw rows of what changedSQL has made claims.
func (q comparison) rawSQL() string {
	return fmt.Sprintf(`INSERT INTO claim.raw (delivery, position, cells) SELECT delivery, position, cells FROM claim.raw_staged
WHERE delivery = %[2]d AND position IN (SELECT position FROM claim.%[1]s WHERE delivery = %[2]d)`, q.base.Name, uint64(q.delivery))
}

// goneSQL withdraws the keys that have no row any more.
func (q comparison) goneSQL() string {
	return fmt.Sprintf(`INSERT INTO claim.%[1]s (key_hash, key, feed, delivery, position, event, gone, states)
SELECT key_hash, key, %[2]s, %[3]d, bitOr(bitShiftLeft(toUInt64(1), 63), bitShiftRight(key_hash, 1)), %[4]d, 1, %[5]s
FROM (%[6]s) WHERE live AND rows = 0`,
		q.base.Name, schemas.Quote(q.feed), uint64(q.delivery), uint64(q.spec.Event),
		schemas.Quote(strings.Repeat(string(rune(schemas.Withdrawn)), len(q.base.Items))), q.keys())
}
