package judge

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jiku/schemas"
)

// labels counts which injected errors were found, and which findings an injected error explains.
func (j *judge) labels(ctx context.Context, v *Verdict) error {
	feeds, err := j.place(ctx)
	if err != nil {
		return fmt.Errorf("place labels: %w", err)
	}
	if len(j.City.Feeds) > 0 {
		feeds = j.City.Feeds
	}
	for _, b := range v.Bases {
		if err := j.claims(ctx, b.declared); err != nil {
			return fmt.Errorf("find claims of labels in %s: %w", b.Base, err)
		}
	}
	if err := j.findings(ctx); err != nil {
		return fmt.Errorf("gather findings: %w", err)
	}
	if err := j.hits(ctx); err != nil {
		return fmt.Errorf("match labels with findings: %w", err)
	}
	if err := j.unchanged(ctx); err != nil {
		return fmt.Errorf("find rows that did not change: %w", err)
	}
	if v.Kinds, err = j.recall(ctx); err != nil {
		return fmt.Errorf("count found labels: %w", err)
	}
	list := []string{"''"} // Findings about entities.
	for _, f := range feeds {
		list = append(list, schemas.Quote(f))
	}
	if v.Codes, err = j.precision(ctx, strings.Join(list, ", ")); err != nil {
		return fmt.Errorf("count explained findings: %w", err)
	}
	if v.Rules, err = j.rules(ctx, strings.Join(list, ", ")); err != nil {
		return fmt.Errorf("count by rule: %w", err)
	}
	return nil
}

// conflict is the code under which conflicts of golden rows count.
const conflict = "conflict"

// The standings of a label's delivery.
const (
	inForce    = "in force"
	held       = "held"
	superseded = "superseded"
	absent     = "absent"
)

// place gives every label its delivery, and the feeds that labels name.
func (j *judge) place(ctx context.Context) ([]string, error) {
	var files []struct {
		Feed string `ch:"feed"`
		File string `ch:"file"`
		Slot int64  `ch:"slot"`
		Seq  int64  `ch:"seq"`
	}
	if err := j.w.Select(ctx, &files, fmt.Sprintf("SELECT DISTINCT feed, file, slot, seq FROM %s.truth_labels ORDER BY feed, file, slot, seq", j.db)); err != nil {
		return nil, err
	}
	if err := j.make(ctx, "sent", "feed String, file String, slot Int64, seq Int64, base String, follows UInt8, delivery UInt64, standing String", "MergeTree ORDER BY tuple()"); err != nil {
		return nil, err
	}
	var (
		rows  [][]any
		feeds []string
	)
	for _, f := range files {
		feeds = append(feeds, f.Feed)
		base, follows := "", uint8(0)
		slot := schemas.Slot{Date: uint32(f.Slot), Seq: uint32(f.Seq)}
		if feed := j.Catalogue.Feed(f.Feed); feed != nil {
			base = feed.Base
			if feed.Kind == schemas.Snapshot && j.follows(f.Feed, slot) {
				follows = 1
			}
		}
		id, standing := j.delivery(f.Feed, f.File, slot)
		rows = append(rows, []any{f.Feed, f.File, f.Slot, f.Seq, base, follows, id, standing})
	}
	if err := j.w.Insert(ctx, j.db+".sent", []string{"feed", "file", "slot", "seq", "base", "follows", "delivery", "standing"}, rows); err != nil {
		return nil, err
	}
	if err := j.kinds(ctx); err != nil {
		return nil, err
	}
	if err := j.make(ctx, "label", "n UInt64, kind String, codes Array(String), outcome String, item String, true_value String, feed String, base String, follows UInt8, delivery UInt64, position Int64, standing String", "MergeTree ORDER BY n"); err != nil {
		return nil, err
	}
	return slices.Compact(feeds), j.w.Exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s.label
SELECT rowNumberInAllBlocks() + 1, l.kind, k.codes, k.outcome, l.item, l.true_value, l.feed, s.base, s.follows, s.delivery, l.position, s.standing
FROM %[1]s.truth_labels AS l
INNER JOIN %[1]s.sent AS s ON s.feed = l.feed AND s.file = l.file AND s.slot = l.slot AND s.seq = l.seq
INNER JOIN %[1]s.kind AS k ON k.kind = l.kind SETTINGS max_threads = 1`, j.db))
}

// follows reports whether an earlier delivery of the feed is in force. Only then can a snapshot
// have rows that did not change.
func (j *judge) follows(feed string, slot schemas.Slot) bool {
	return slices.ContainsFunc(j.sent, func(d schemas.DeliveryState) bool { return d.Feed == feed && d.InForce() && d.Slot.Before(slot) })
}

// delivery finds what became of a file: of several revisions of its slot the one in force.
func (j *judge) delivery(feed, file string, slot schemas.Slot) (uint64, string) {
	best, standing, rank := uint64(0), absent, 0
	for _, d := range j.sent {
		if d.Feed != feed || d.Slot != slot {
			continue
		}
		now, r := superseded, 1
		switch {
		case d.InForce():
			now, r = inForce, 3
		case d.Last == schemas.Held:
			now, r = held, 2
		}
		if d.Location == file || strings.HasSuffix(d.Location, "/"+file) {
			r += 3
		}
		if r >= rank {
			best, standing, rank = uint64(d.ID), now, r
		}
	}
	return best, standing
}

// kinds stores the kinds of errors; a label of another one cannot be judged.
func (j *judge) kinds(ctx context.Context) error {
	if err := j.make(ctx, "kind", "kind String, codes Array(String), outcome String", "MergeTree ORDER BY kind"); err != nil {
		return err
	}
	var rows [][]any
	for _, k := range j.City.Kinds {
		codes := k.Codes
		if codes == nil {
			codes = []string{}
		}
		rows = append(rows, []any{k.ID, codes, string(k.Outcome)})
	}
	if err := j.w.Insert(ctx, j.db+".kind", []string{"kind", "codes", "outcome"}, rows); err != nil {
		return err
	}
	var other []struct {
		Kind string `ch:"kind"`
	}
	err := j.w.Select(ctx, &other, fmt.Sprintf("SELECT DISTINCT kind FROM %[1]s.truth_labels WHERE kind NOT IN (SELECT kind FROM %[1]s.kind) LIMIT 1", j.db))
	if err == nil && len(other) > 0 {
		err = damaged("truth/labels.parquet: kind %s is not in city.json", other[0].Kind)
	}
	return err
}

// claims stores the claims at the refs of a base's labels: the entity, and what claim and golden
// row say in the item of the label.
func (j *judge) claims(ctx context.Context, b *schemas.Base) error {
	err := j.w.Exec(ctx, "CREATE TABLE IF NOT EXISTS "+j.db+".at (n UInt64, base String, key String, entity String, v String) ENGINE = MergeTree ORDER BY n")
	if err == nil {
		err = j.w.Exec(ctx, "CREATE TABLE IF NOT EXISTS "+j.db+".settled (n UInt64, g String) ENGINE = MergeTree ORDER BY n")
	}
	if err != nil {
		return err
	}
	names := make([]string, len(b.Items))
	values := make([]string, len(b.Items))
	for i := range b.Items {
		names[i], values[i] = schemas.Quote(b.Items[i].Name), b.TextExpr(i)
	}
	list := "[" + strings.Join(names, ", ") + "]"
	err = j.w.Exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s.at (n, base, key, entity, v)
SELECT r.n, '%[2]s', c.key, %[3]s, if(has(%[4]s, r.item), c.j_values[indexOf(%[4]s, r.item)], '')
FROM (
  SELECT key, delivery, position, [%[5]s] AS j_values FROM claim.%[2]s
  WHERE gone = 0 AND (delivery, position) IN (SELECT delivery, toUInt64(position) FROM %[1]s.label WHERE base = '%[2]s' AND standing = '%[6]s')
  LIMIT 1 BY delivery, position
) AS c INNER JOIN (SELECT n, item, delivery, toUInt64(position) AS position FROM %[1]s.label WHERE base = '%[2]s' AND standing = '%[6]s') AS r
ON r.delivery = c.delivery AND r.position = c.position%[7]s`, j.db, b.Name, canonical(b), list, strings.Join(values, ", "), inForce, linked(b)))
	if err != nil {
		return err
	}
	return j.w.Exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s.settled (n, g)
SELECT a.n, p.j_values[indexOf(%[3]s, r.item)] FROM (SELECT n, entity FROM %[1]s.at WHERE base = '%[2]s') AS a
INNER JOIN (SELECT n, item FROM %[1]s.label WHERE has(%[3]s, item)) AS r ON r.n = a.n
INNER JOIN (SELECT key, [%[4]s] AS j_values FROM %[1]s.pair_%[2]s WHERE key IN (SELECT entity FROM %[1]s.at WHERE base = '%[2]s')) AS p ON p.key = a.entity`,
		j.db, b.Name, list, strings.TrimPrefix(each(b, ", g_%s"), ", ")))
}

// findings stores everything that jiku says is wrong, each once: findings, rejects, conflicts.
func (j *judge) findings(ctx context.Context) error {
	if err := j.make(ctx, "found", "id UInt64, depth String, base String, key String, feed String, delivery UInt64, position UInt64, code String, item String", "MergeTree ORDER BY id"); err != nil {
		return err
	}
	parts := []string{"SELECT depth, base, key, toString(feed) AS feed, delivery, position, code, item FROM quality.finding",
		`SELECT 'reject' AS depth, '' AS base, '' AS key, toString(feed) AS feed, delivery, position, splitByChar(':', r)[1] AS code, splitByChar(':', r)[2] AS item
FROM quality.reject ARRAY JOIN reasons AS r WHERE delivery IN (SELECT delivery FROM ops.delivery WHERE in_force)`}
	for _, b := range j.Catalogue.Bases {
		parts = append(parts, fmt.Sprintf(`SELECT 'conflict' AS depth, '%[1]s' AS base, key, '' AS feed, toUInt64(0) AS delivery, toUInt64(0) AS position, '%[2]s' AS code, toString(item) AS item
FROM %[1]s.golden FINAL ARRAY JOIN conflict_item AS item WHERE gone = 0`, b.Name, conflict))
	}
	return j.w.Exec(ctx, fmt.Sprintf(`INSERT INTO %s.found
SELECT rowNumberInAllBlocks() + 1, depth, base, key, feed, delivery, position, code, item FROM (SELECT DISTINCT * FROM (%s)) SETTINGS max_threads = 1`,
		j.db, strings.Join(parts, "\nUNION ALL\n")))
}

// twins are pairs of items that a feed reads from one column, as SQL: a mistake in the cell shows in either.
func (j *judge) twins() string {
	pairs := []string{"('', '', '')"} // A list may not be empty.
	for _, f := range j.Catalogue.Feeds {
		for _, a := range f.Columns {
			for _, b := range f.Columns {
				if a.Column != "" && a.Column == b.Column && a.Item != b.Item {
					pairs = append(pairs, fmt.Sprintf("(%s, %s, %s)", schemas.Quote(f.Name), schemas.Quote(a.Item), schemas.Quote(b.Item)))
				}
			}
		}
	}
	return strings.Join(pairs, ", ")
}

// hits stores which label explains which finding: at its ref, at the entity of its claim, or of
// its delivery.
func (j *judge) hits(ctx context.Context) error {
	if err := j.make(ctx, "hit", "n UInt64, id UInt64", "MergeTree ORDER BY (n, id)"); err != nil {
		return err
	}
	// Each side is cut down first: left to itself, the engine joins labels and findings by base.
	const item = "(r.item = '' OR f.item = '' OR f.item = r.item)"
	here := item[:len(item)-1] + " OR (f.feed, f.item, r.item) IN (" + j.twins() + "))"
	for _, sql := range []string{
		`SELECT r.n, f.id FROM (SELECT * FROM %[1]s.label WHERE standing = '%[2]s' AND notEmpty(codes)) AS r
INNER JOIN (SELECT * FROM %[1]s.found WHERE depth IN ('row', 'reject')) AS f ON f.delivery = r.delivery AND f.position = toUInt64(r.position)
WHERE has(r.codes, f.code) AND ` + here,
		`SELECT r.n, f.id FROM (
  SELECT l.n AS n, l.codes AS codes, l.outcome AS outcome, l.item AS item, a.base AS base, a.entity AS entity FROM %[1]s.label AS l INNER JOIN %[1]s.at AS a ON a.n = l.n
  WHERE notEmpty(l.codes) OR l.outcome = 'conflict'
) AS r INNER JOIN (SELECT * FROM %[1]s.found WHERE depth IN ('entity', 'cross', 'conflict')) AS f ON f.key = r.entity AND f.base = r.base
WHERE (has(r.codes, f.code) OR f.depth = 'conflict' AND r.outcome = 'conflict') AND ` + item,
		`SELECT r.n, f.id FROM (SELECT * FROM %[1]s.label WHERE standing = '%[2]s' AND notEmpty(codes)) AS r
INNER JOIN (SELECT * FROM %[1]s.found WHERE depth = 'feed') AS f ON f.delivery = r.delivery WHERE has(r.codes, f.code)`,
	} {
		if err := j.w.Exec(ctx, fmt.Sprintf("INSERT INTO %[1]s.hit "+sql, j.db, inForce)); err != nil {
			return err
		}
	}
	return nil
}
