package clickhouse

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
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
(delivery, feed, slot_date, slot_seq, revision, location, name, bytes, digest, stamp, received, declared_rows, columns, run, at)`)
	if err != nil {
		return fmt.Errorf("register deliveries: %w", redact(err))
	}
	now := time.Now().UTC()
	for _, d := range list {
		if err := batch.Append(uint64(d.ID), d.Feed, d.Slot.Date, d.Slot.Seq, d.Revision, d.Location, d.Name, d.Bytes, d.Digest, d.Stamp,
			d.Received.UTC(), d.Rows, d.Columns, run, now); err != nil {
			return fmt.Errorf("register deliveries: %w", redact(err))
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("register deliveries: %w", redact(err))
	}
	return nil
}

// deliveryEvent is a row of ops.delivery_event.
type deliveryEvent struct {
	Delivery    uint64 `json:"delivery"`
	Event       string `json:"event"`
	Seq         uint32 `json:"seq"`
	At          int64  `json:"at"`
	Run         string `json:"run"`
	Rows        int64  `json:"rows"`
	Claims      int64  `json:"claims"`
	Rejects     int64  `json:"rejects"`
	Unchanged   int64  `json:"unchanged"`
	Erased      int64  `json:"erased"`
	Withdrawals int64  `json:"withdrawals"`
	Doubled     int64  `json:"doubled"`
	Contract    string `json:"contract"`
	Note        string `json:"note"`
}

const deliveryEventInput = "delivery UInt64, event String, seq UInt32, at Int64, run String, rows Int64, claims Int64, " +
	"rejects Int64, unchanged Int64, erased Int64, withdrawals Int64, doubled Int64, contract String, note String"

// Record implements connectors.Ledger. An event that is recorded twice has the same number
// twice and changes nothing.
func (s *Store) Record(ctx context.Context, list ...schemas.DeliveryEvent) error {
	var (
		body   bytes.Buffer
		out    = json.NewEncoder(&body)
		judged = map[string]map[string]bool{} // The feeds by run.
	)
	for _, e := range list {
		c := e.Counts
		if err := out.Encode(deliveryEvent{uint64(e.Delivery), string(e.Event), e.Seq, e.At.UnixMicro(), e.Run, c.Rows, c.Claims, c.Rejects,
			c.Unchanged, c.Erased, c.Withdrawals, c.Doubled, e.Contract, e.Note}); err != nil {
			return fmt.Errorf("record delivery events: %w", err)
		}
		if e.Event.Judges() {
			if judged[e.Run] == nil {
				judged[e.Run] = map[string]bool{}
			}
			judged[e.Run][e.Feed] = true
		}
	}
	if len(list) == 0 {
		return nil
	}
	where := "1"
	for run, feeds := range judged {
		where += " AND " + underLease(run, slices.Sorted(maps.Keys(feeds)))
	}
	err := s.bulk.post(ctx, fmt.Sprintf(`INSERT INTO ops.delivery_event
(delivery, event, seq, at, run, rows, claims, rejects, unchanged, erased, withdrawals, doubled, contract, note)
SELECT delivery, event, seq, fromUnixTimestamp64Micro(at, 'UTC'), run, rows, claims, rejects, unchanged, erased, withdrawals, doubled, contract, note
FROM input(%s) WHERE %s FORMAT JSONEachRow`, schemas.Quote(deliveryEventInput), where), &body)
	if Code(err) == throwIfFailed {
		return s.refused(ctx, judged)
	}
	if err != nil {
		return fmt.Errorf("record delivery events: %w", redact(err))
	}
	return nil
}

// refused is the error of judgements of which one was not under a lease.
func (s *Store) refused(ctx context.Context, judged map[string]map[string]bool) error {
	var first error
	for run, feeds := range judged {
		list := slices.Sorted(maps.Keys(feeds))
		if err := s.Holds(ctx, run, list...); err != nil {
			return err
		}
		first = lost(run, list[0]) // It was lost, and is the run's again.
	}
	return first
}

// throwIfFailed is the engine's error for a condition made with throwIf.
const throwIfFailed = 395

// Deliveries implements connectors.Ledger. Receipts are read before events, so each event is
// of a delivery that is there, or of one that came meanwhile. The fold is Go's: the view
// ops.delivery takes the engine ten times as long, and a run asks for each feed.
func (s *Store) Deliveries(ctx context.Context, feed string) ([]schemas.DeliveryState, error) {
	receipts, err := s.receipts(ctx, feed)
	if err != nil {
		return nil, err
	}
	if len(receipts) == 0 {
		return nil, nil
	}
	events, err := s.events(ctx, feed)
	if err != nil {
		return nil, err
	}
	return schemas.States(receipts, events), nil
}

// receipts are those of a feed, or of all, in the order in which they were written.
func (s *Store) receipts(ctx context.Context, feed string) ([]schemas.Delivery, error) {
	var out []schemas.Delivery
	err := s.Each(ctx, fmt.Sprintf(`SELECT delivery, feed, slot_date, slot_seq, revision, location, name, bytes, digest, stamp, received, declared_rows, columns
FROM ops.delivery_receipt WHERE %[1]s = '' OR feed = %[1]s ORDER BY at`, schemas.Quote(feed)), func(scan func(...any) error) error {
		var (
			d  schemas.Delivery
			id uint64
		)
		err := scan(&id, &d.Feed, &d.Slot.Date, &d.Slot.Seq, &d.Revision, &d.Location, &d.Name, &d.Bytes, &d.Digest, &d.Stamp, &d.Received, &d.Rows, &d.Columns)
		d.ID = schemas.DeliveryID(id)
		out = append(out, d)
		return err
	})
	if noTable(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read deliveries: %w", err)
	}
	return out, nil
}

// events are those of a feed's deliveries, or of all; of which feed each is the ledger does
// not repeat.
func (s *Store) events(ctx context.Context, feed string) ([]schemas.DeliveryEvent, error) {
	var out []schemas.DeliveryEvent
	err := s.Each(ctx, fmt.Sprintf(`SELECT delivery, event, seq, at, run, rows, claims, rejects, unchanged, erased, withdrawals, doubled, contract, note
FROM ops.delivery_event WHERE %[1]s = '' OR delivery IN (SELECT delivery FROM ops.delivery_receipt WHERE feed = %[1]s) ORDER BY at`, schemas.Quote(feed)), func(scan func(...any) error) error {
		var (
			e     schemas.DeliveryEvent
			id    uint64
			event string
		)
		err := scan(&id, &event, &e.Seq, &e.At, &e.Run, &e.Counts.Rows, &e.Counts.Claims, &e.Counts.Rejects, &e.Counts.Unchanged,
			&e.Counts.Erased, &e.Counts.Withdrawals, &e.Counts.Doubled, &e.Contract, &e.Note)
		e.Delivery, e.Event = schemas.DeliveryID(id), schemas.Event(event)
		out = append(out, e)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read delivery events: %w", err)
	}
	return out, nil
}

// Ordinal implements connectors.RunLog. Each number is an empty table whose comment is the
// digest: of several catalogues that start at once one gets the number and the others the
// next ones. ops.declaration is the log for people.
func (s *Store) Ordinal(ctx context.Context, run, digest string) (uint16, error) {
	for {
		ordinal, newest, err := s.newestDeclaration(ctx)
		if err != nil || digest == "" {
			return ordinal, err
		}
		if newest == digest {
			return ordinal, s.logDeclaration(ctx, ordinal, run, digest)
		}
		if ordinal == math.MaxUint16 {
			return 0, fmt.Errorf("number declarations: all %d numbers are used: load into a new warehouse", math.MaxUint16)
		}
		err = s.mark(ctx, fmt.Sprintf("declaration_%05d", ordinal+1), digest)
		if err == nil {
			return ordinal + 1, s.logDeclaration(ctx, ordinal+1, run, digest)
		}
		if Code(redact(err)) != tableExists {
			return 0, fmt.Errorf("number declarations: %w", redact(err))
		}
	}
}

// logDeclaration adds a line to the log, unless it has it.
func (s *Store) logDeclaration(ctx context.Context, ordinal uint16, run, digest string) error {
	err := s.conn.Exec(ctx, fmt.Sprintf(`INSERT INTO ops.declaration (ordinal, digest, run, at)
SELECT %[1]d, %[2]s, %[3]s, now64(6, 'UTC') WHERE NOT EXISTS (SELECT 1 FROM ops.declaration WHERE ordinal = %[1]d)`,
		ordinal, schemas.Quote(digest), schemas.Quote(run)))
	if err != nil {
		return fmt.Errorf("record declarations: %w", redact(err))
	}
	return nil
}

// newestDeclaration is the newest number and the digest that it stands for.
func (s *Store) newestDeclaration(ctx context.Context) (uint16, string, error) {
	var found []struct {
		Ordinal uint16 `ch:"ordinal"`
		Digest  string `ch:"digest"`
	}
	err := s.conn.Select(ctx, &found, `SELECT toUInt16(splitByChar('_', name)[2]) AS ordinal, comment AS digest
FROM system.tables WHERE database = 'vault' AND startsWith(name, 'declaration_') ORDER BY name DESC LIMIT 1`)
	if err != nil {
		return 0, "", fmt.Errorf("read declarations: %w", redact(err))
	}
	if len(found) == 0 {
		return 0, "", nil
	}
	return found[0].Ordinal, found[0].Digest, nil
}

// RecordRun implements connectors.RunLog.
func (s *Store) RecordRun(ctx context.Context, e connectors.RunEvent) error {
	err := s.conn.Exec(ctx, fmt.Sprintf(`INSERT INTO ops.run_event (run, event, at, day, ordinal, summary)
SELECT %s, %s, now64(6, 'UTC'), %d, %d, %s`, schemas.Quote(e.Run), schemas.Quote(e.Event), e.Day, e.Ordinal, schemas.Quote(string(e.Summary))))
	if err != nil {
		return fmt.Errorf("record run: %w", redact(err))
	}
	return nil
}

// Runs implements connectors.RunLog.
func (s *Store) Runs(ctx context.Context, n int) ([]connectors.RunEvent, error) {
	var out []connectors.RunEvent
	err := s.Each(ctx, fmt.Sprintf("SELECT DISTINCT run, event, at, day, ordinal, summary FROM ops.run_event ORDER BY at DESC LIMIT %d", n), func(scan func(...any) error) error {
		var (
			e       connectors.RunEvent
			summary string
		)
		err := scan(&e.Run, &e.Event, &e.At, &e.Day, &e.Ordinal, &summary)
		e.Summary = json.RawMessage(summary)
		out = append(out, e)
		return err
	})
	if noTable(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	return out, nil
}

// Stored implements connectors.Auditor.
func (s *Store) Stored(ctx context.Context, base *schemas.Base, exact bool, ids ...schemas.DeliveryID) (map[schemas.DeliveryID]schemas.Counts, error) {
	count := "count"
	if exact {
		count = "uniqExact"
	}
	out := map[schemas.DeliveryID]schemas.Counts{}
	err := s.Each(ctx, fmt.Sprintf(`SELECT delivery, toInt64(sum(claims)), toInt64(sum(withdrawals)), toInt64(sum(rejects)) FROM (
  SELECT delivery, %[3]sIf(position, NOT withdrawn) AS claims, %[3]sIf(position, withdrawn) AS withdrawals, 0 AS rejects
  FROM (SELECT delivery, position, position >= bitShiftLeft(toUInt64(1), 63) AS withdrawn FROM claim.%[1]s WHERE delivery IN (%[2]s)) GROUP BY delivery
  UNION ALL SELECT delivery, 0, 0, %[3]s(position) FROM quality.reject WHERE delivery IN (%[2]s) GROUP BY delivery)
GROUP BY delivery`, base.Name, idList(ids), count), func(scan func(...any) error) error {
		var (
			id uint64
			c  schemas.Counts
		)
		err := scan(&id, &c.Claims, &c.Withdrawals, &c.Rejects)
		out[schemas.DeliveryID(id)] = c
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("count stored rows: %w", err)
	}
	return out, nil
}

// noTable reports whether a query met a warehouse that has no tables yet: nothing is there.
func noTable(err error) bool {
	const unknownTable, unknownDatabase = 60, 81
	code := Code(redact(err))
	return code == unknownTable || code == unknownDatabase
}
