package clickhouse

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"jiku/connectors"
	"jiku/schemas"
)

// Register implements connectors.Ledger.
func (s *Store) Register(ctx context.Context, run string, list ...schemas.Delivery) error {
	if len(list) == 0 {
		return nil
	}
	batch, err := s.conn.PrepareBatch(ctx, `INSERT INTO ops.delivery_receipt
(delivery, feed, slot_date, slot_seq, revision, location, name, bytes, digest, received, declared_rows, columns, run, at)`)
	if err != nil {
		return fmt.Errorf("register deliveries: %w", redact(err))
	}
	now := time.Now().UTC()
	for _, d := range list {
		if err := batch.Append(uint64(d.ID), d.Feed, d.Slot.Date, d.Slot.Seq, d.Revision, d.Location, d.Name, d.Bytes, d.Digest,
			d.Received.UTC(), d.Rows, d.Columns, run, now); err != nil {
			return fmt.Errorf("register deliveries: %w", err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("register deliveries: %w", redact(err))
	}
	return nil
}

// Record implements connectors.Ledger.
func (s *Store) Record(ctx context.Context, list ...schemas.DeliveryEvent) error {
	if len(list) == 0 {
		return nil
	}
	batch, err := s.conn.PrepareBatch(ctx, `INSERT INTO ops.delivery_event
(delivery, event, at, run, rows, claims, rejects, unchanged, erased, withdrawals, contract, note)`)
	if err != nil {
		return fmt.Errorf("record delivery events: %w", redact(err))
	}
	for _, e := range list {
		c := e.Counts
		if err := batch.Append(uint64(e.Delivery), string(e.Event), e.At.UTC(), e.Run, c.Rows, c.Claims, c.Rejects, c.Unchanged, c.Erased,
			c.Withdrawals, e.Contract, e.Note); err != nil {
			return fmt.Errorf("record delivery events: %w", err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("record delivery events: %w", redact(err))
	}
	return nil
}

// Deliveries implements connectors.Ledger.
func (s *Store) Deliveries(ctx context.Context, feed string) ([]schemas.DeliveryState, error) {
	rows, err := s.conn.Query(ctx, `SELECT delivery, feed, slot_date, slot_seq, revision, location, name, bytes, digest, received, declared_rows, columns,
  last, in_force, published, facts, rows, claims, rejects, unchanged, erased, withdrawals, contract, note
FROM ops.delivery WHERE ? = '' OR feed = ? ORDER BY feed, slot_date, slot_seq, revision`, feed, feed)
	if noTable(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", redact(err))
	}
	defer rows.Close()
	var out []schemas.DeliveryState
	for rows.Next() {
		var (
			d                  schemas.DeliveryState
			id                 uint64
			last               string
			inForce, published uint8
		)
		if err := rows.Scan(&id, &d.Feed, &d.Slot.Date, &d.Slot.Seq, &d.Revision, &d.Location, &d.Name, &d.Bytes, &d.Digest, &d.Received,
			&d.Rows, &d.Columns, &last, &inForce, &published, &d.Events, &d.Counts.Rows, &d.Counts.Claims, &d.Counts.Rejects,
			&d.Counts.Unchanged, &d.Counts.Erased, &d.Counts.Withdrawals, &d.Contract, &d.Note); err != nil {
			return nil, fmt.Errorf("read deliveries: %w", redact(err))
		}
		d.ID, d.Last, d.Published = schemas.DeliveryID(id), schemas.Event(last), published == 1
		d.Superseded = d.Last == schemas.Accepted && inForce == 0
		out = append(out, d)
	}
	return out, redact(rows.Err())
}

// Ordinal implements connectors.RunLog.
func (s *Store) Ordinal(ctx context.Context, run, digest string) (uint16, error) {
	ordinal, newest, err := s.newestDeclaration(ctx)
	if err != nil || digest == "" || newest == digest {
		return ordinal, err
	}
	ordinal++
	return ordinal, s.Insert(ctx, "ops.declaration", []string{"ordinal", "digest", "run", "at"}, [][]any{{ordinal, digest, run, time.Now().UTC()}})
}

func (s *Store) newestDeclaration(ctx context.Context) (uint16, string, error) {
	var (
		ordinal uint16
		digest  string
	)
	err := s.conn.QueryRow(ctx, "SELECT max(ordinal), argMax(digest, (ordinal, at)) FROM ops.declaration").Scan(&ordinal, &digest)
	if noTable(err) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", fmt.Errorf("read declarations: %w", redact(err))
	}
	return ordinal, digest, nil
}

// RecordRun implements connectors.RunLog.
func (s *Store) RecordRun(ctx context.Context, e connectors.RunEvent) error {
	return s.Insert(ctx, "ops.run_event", []string{"run", "event", "at", "day", "ordinal", "summary"},
		[][]any{{e.Run, e.Event, e.At.UTC(), e.Day, e.Ordinal, string(e.Summary)}})
}

// Runs implements connectors.RunLog.
func (s *Store) Runs(ctx context.Context, n int) ([]connectors.RunEvent, error) {
	rows, err := s.conn.Query(ctx, "SELECT run, event, at, day, ordinal, summary FROM ops.run_event ORDER BY at DESC LIMIT ?", n)
	if noTable(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", redact(err))
	}
	defer rows.Close()
	var out []connectors.RunEvent
	for rows.Next() {
		var (
			e       connectors.RunEvent
			summary string
		)
		if err := rows.Scan(&e.Run, &e.Event, &e.At, &e.Day, &e.Ordinal, &summary); err != nil {
			return nil, fmt.Errorf("read runs: %w", redact(err))
		}
		e.Summary = json.RawMessage(summary)
		out = append(out, e)
	}
	return out, redact(rows.Err())
}

// Stored implements connectors.Auditor.
func (s *Store) Stored(ctx context.Context, base *schemas.Base, d schemas.DeliveryID, exact bool) (schemas.Counts, error) {
	count := "count()"
	if exact {
		count = "uniqExact(position)"
	}
	var claims, rejects, withdrawals uint64
	err := s.conn.QueryRow(ctx, fmt.Sprintf(`SELECT
  (SELECT %[3]s FROM claim.%[1]s WHERE delivery = %[2]d AND position < bitShiftLeft(toUInt64(1), 63)),
  (SELECT %[3]s FROM quality.reject WHERE delivery = %[2]d),
  (SELECT %[3]s FROM claim.%[1]s WHERE delivery = %[2]d AND position >= bitShiftLeft(toUInt64(1), 63))`,
		base.Name, uint64(d), count)).Scan(&claims, &rejects, &withdrawals)
	if err != nil {
		return schemas.Counts{}, fmt.Errorf("count stored rows: %w", redact(err))
	}
	return schemas.Counts{Claims: int64(claims), Rejects: int64(rejects), Withdrawals: int64(withdrawals)}, nil
}

// noTable reports whether a query met a warehouse that has no tables yet: nothing is there.
func noTable(err error) bool {
	const unknownTable, unknownDatabase = 60, 81
	code := Code(redact(err))
	return code == unknownTable || code == unknownDatabase
}
