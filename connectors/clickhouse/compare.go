package clickhouse

import (
	"context"
	"fmt"
	"strings"

	"jiku/connectors"
	"jiku/schemas"
)

// Compare implements connectors.ClaimStore: the staged rows of a snapshot against the
// state that the predecessor's claims make, by row hash and key. A key with one staged row
// that equals its predecessor is unchanged; every other staged row becomes a claim; a key
// that is gone becomes a withdrawal. Rows that share a key become claims unless all of
// them equal the predecessor, so that the later one can win.
func (s *Store) Compare(ctx context.Context, to connectors.AppendSpec, c connectors.Comparison) (schemas.Counts, error) {
	q := comparison{base: to.Base, feed: to.Feed.Name, delivery: to.Delivery, spec: c}
	var counts schemas.Counts
	row := s.conn.QueryRow(ctx, q.countSQL())
	var rows, unchanged, gone, before uint64
	if err := row.Scan(&rows, &unchanged, &gone, &before); err != nil {
		return counts, fault("compare snapshot of", q.feed, err)
	}
	counts = schemas.Counts{Rows: int64(rows), Claims: int64(rows - unchanged), Unchanged: int64(unchanged), Withdrawals: int64(gone), Before: int64(before)}
	if c.DryRun {
		return counts, nil
	}
	// What an earlier call wrote whose answer was lost; a staged delivery has no other claims.
	if err := s.unwrite(ctx, connectors.AppendSpec{Delivery: to.Delivery}, "claim."+to.Base.Name, "claim.raw"); err != nil {
		return counts, fault("compare snapshot of", q.feed, err)
	}
	for _, sql := range []string{q.changedSQL("claim."+to.Base.Name, "claim."+to.Base.Name+"_staged"), q.changedSQL("claim.raw", "claim.raw_staged"), q.goneSQL()} {
		if err := s.conn.Exec(ctx, sql); err != nil {
			return counts, fault("compare snapshot of", q.feed, err)
		}
	}
	return counts, nil
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
	for _, t := range tables {
		var n uint64
		err := s.conn.QueryRow(ctx, "SELECT count() FROM "+t+where).Scan(&n)
		if err == nil && n > 0 {
			err = s.conn.Exec(ctx, "DELETE FROM "+t+where)
		}
		if err != nil {
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

// with are the two sides: st, the staged keys; pr, the predecessor's live keys.
func (q comparison) with() string {
	ids := idList(q.spec.Predecessors)
	if ids == "" {
		ids = "0"
	}
	return fmt.Sprintf(`WITH st AS (
  SELECT key_hash, key, uniqExact(row_hash) AS forms, any(row_hash) AS hash, uniqExact(position) AS n
  FROM claim.%[1]s_staged WHERE delivery = %[2]d GROUP BY key_hash, key
), pr AS (
  SELECT key_hash, key, hash FROM (
    SELECT key_hash, key,
      argMax(row_hash, (indexOf([%[3]s], delivery), position)) AS hash, argMax(gone, (indexOf([%[3]s], delivery), position)) AS left
    FROM claim.%[1]s WHERE delivery IN (%[3]s) GROUP BY key_hash, key
  ) WHERE left = 0
), same AS (
  SELECT st.key_hash AS key_hash, st.key AS key, st.n AS n FROM st INNER JOIN pr ON st.key_hash = pr.key_hash AND st.key = pr.key
  WHERE st.forms = 1 AND st.hash = pr.hash
)`, q.base.Name, uint64(q.delivery), ids)
}

func (q comparison) countSQL() string {
	return q.with() + `
SELECT (SELECT sum(n) FROM st), (SELECT sum(n) FROM same),
  (SELECT count() FROM pr LEFT ANTI JOIN st ON st.key_hash = pr.key_hash AND st.key = pr.key),
  (SELECT count() FROM pr)`
}

func (q comparison) changedSQL(into, from string) string {
	filter := "(key_hash, key) NOT IN (SELECT key_hash, key FROM same)"
	cols := strings.Join(names(q.base.ClaimColumns()), ", ")
	if into == "claim.raw" {
		filter = fmt.Sprintf("position IN (SELECT position FROM claim.%[1]s_staged WHERE delivery = %[2]d AND %[3]s)",
			q.base.Name, uint64(q.delivery), filter)
		cols = "delivery, position, cells"
	}
	return fmt.Sprintf("INSERT INTO %s (%s) %s SELECT %s FROM %s WHERE delivery = %d AND %s", into, cols, q.with(), cols, from, uint64(q.delivery), filter)
}

func (q comparison) goneSQL() string {
	return fmt.Sprintf(`INSERT INTO claim.%[1]s (key_hash, key, feed, delivery, position, event, gone, states)
%[2]s SELECT pr.key_hash, pr.key, %[3]s, %[4]d, bitOr(bitShiftLeft(toUInt64(1), 63), bitShiftRight(pr.key_hash, 1)), %[5]d, 1, %[6]s
FROM pr LEFT ANTI JOIN st ON st.key_hash = pr.key_hash AND st.key = pr.key`,
		q.base.Name, q.with(), schemas.Quote(q.feed), uint64(q.delivery), uint64(q.spec.Event),
		schemas.Quote(strings.Repeat(string(rune(schemas.Withdrawn)), len(q.base.Items))))
}
