package judge

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiku/schemas"
)

// spill lets joins of whole bases use the disk.
const spill = " SETTINGS join_algorithm = 'full_sorting_merge'"

// current is what truth says on the day.
func (j *judge) current(base string) string {
	return fmt.Sprintf("%s.truth_%s WHERE since <= %[3]d AND (until > %[3]d OR until = 0)", j.db, base, j.day)
}

// texts are the items of a base as texts, with a prefix before their names.
func texts(b *schemas.Base, prefix string) string {
	var out strings.Builder
	for i := range b.Items {
		fmt.Fprintf(&out, ", %s AS %s%s", b.TextExpr(i), prefix, b.Items[i].Name)
	}
	return out.String()
}

// each writes a form once an item, %s standing for its name.
func each(b *schemas.Base, form string) string {
	var out strings.Builder
	for _, it := range b.Items {
		out.WriteString(strings.ReplaceAll(form, "%s", it.Name))
	}
	return out.String()
}

// pair lays truth and golden rows of the same key side by side, with what feeds say of them, and
// counts what only one side has.
func (j *judge) pair(ctx context.Context, b *Base) error {
	d := b.declared
	if err := j.make(ctx, "pair_"+d.Name, "key String"+each(d, ", t_%s String, g_%s String"), "MergeTree ORDER BY key"); err != nil {
		return err
	}
	golden := fmt.Sprintf("SELECT key%s FROM %s.golden FINAL WHERE gone = 0", texts(d, "g_"), d.Name)
	err := j.w.Exec(ctx, fmt.Sprintf("INSERT INTO %[1]s.pair_%[2]s (key%[3]s) SELECT t.key%[4]s FROM (SELECT * FROM %[5]s) AS t INNER JOIN (%[6]s) AS g ON g.key = t.key%[7]s",
		j.db, d.Name, each(d, ", t_%s, g_%s"), each(d, ", t.i_%s, g.g_%s"), j.current(d.Name), golden, spill))
	if err != nil {
		return err
	}
	var n []struct {
		Truth  uint64 `ch:"truth"`
		Keys   uint64 `ch:"keys"`
		Golden uint64 `ch:"golden"`
		Both   uint64 `ch:"both"`
		Ever   uint64 `ch:"ever"`
	}
	err = j.w.Select(ctx, &n, fmt.Sprintf(`SELECT (SELECT count() FROM %[1]s) AS truth, (SELECT uniqExact(key) FROM %[1]s) AS keys,
  (SELECT count() FROM %[2]s.golden FINAL WHERE gone = 0) AS golden, (SELECT count() FROM %[3]s.pair_%[2]s) AS both,
  (SELECT count() FROM (SELECT key FROM %[2]s.golden FINAL WHERE gone = 0) AS g INNER JOIN (SELECT DISTINCT key FROM %[3]s.truth_%[2]s) AS t ON t.key = g.key) AS ever%[4]s`,
		j.current(d.Name), d.Name, j.db, spill))
	if err != nil {
		return err
	}
	if n[0].Truth != n[0].Keys {
		return damaged("truth/%s.parquet: %d keys have more than one state on %s", d.Name, n[0].Truth-n[0].Keys, schemas.FormatInt(schemas.TypeDate, int64(j.day)))
	}
	b.Truth, b.Golden, b.Both = int64(n[0].Truth), int64(n[0].Golden), int64(n[0].Both)
	b.Ended, b.Unknown = int64(n[0].Ever)-b.Both, b.Golden-int64(n[0].Ever)
	b.Coverage = share(b.Both, b.Truth)
	return j.say(ctx, d)
}

// say stores the newest claim in force of each feed and entity.
func (j *judge) say(ctx context.Context, b *schemas.Base) error {
	err := j.make(ctx, "said_"+b.Name, "key String, feed LowCardinality(String), department LowCardinality(String), ord UInt128, event UInt64, gone UInt8, states String"+
		each(b, ", i_%s String"), "ReplacingMergeTree(ord) ORDER BY (key, feed)")
	if err != nil {
		return err
	}
	// Event time where the feed says so, delivery, position.
	const ord = "bitShiftLeft(toUInt128(if(n.j_event = 1, c.event, 0)), 80) + bitShiftLeft(toUInt128(n.j_rank), 64) + c.position"
	err = j.w.Exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s.said_%[2]s (key, feed, department, ord, event, gone, states%[3]s)
SELECT %[4]s, c.feed, n.j_department, %[5]s, c.event, c.gone, c.states%[6]s
FROM (SELECT key, feed, delivery, position, event, gone, states%[7]s FROM claim.%[2]s) AS c
INNER JOIN %[1]s.counted AS n ON n.delivery = c.delivery%[8]s`,
		j.db, b.Name, each(b, ", i_%s"), canonical(b), ord, each(b, ", c.i_%s"), texts(b, "i_"), linked(b)))
	if err != nil {
		return err
	}
	return j.w.Exec(ctx, fmt.Sprintf("OPTIMIZE TABLE %s.said_%s FINAL", j.db, b.Name))
}

// canonical is the key of the row that a claim c is in, where linked is joined.
func canonical(b *schemas.Base) string {
	if len(b.Links) == 0 {
		return "c.key"
	}
	return "if(l.j_to = '', c.key, l.j_to)"
}

// linked joins the keys that jiku has linked to others.
func linked(b *schemas.Base) string {
	if len(b.Links) == 0 {
		return ""
	}
	return fmt.Sprintf(" LEFT JOIN (%s) AS l ON l.j_from = c.key", b.Linked("key AS j_from, linked AS j_to", "linked != ''"))
}

// itemSQL asks how golden rows, the majority and each feed stand in one item: r right, b blank,
// m missing, i invented, and d with both values where they are not the same text.
func (j *judge) itemSQL(b *schemas.Base, i int) string {
	seen := fmt.Sprintf(`SELECT s.key AS key, toString(s.feed) AS feed, toString(s.department) AS department, s.event AS event,
      if(substring(s.states, %[1]d, 1) = 'v', s.i_%[2]s, '') AS v, p.t_%[2]s AS t
    FROM %[3]s.said_%[4]s AS s FINAL INNER JOIN %[3]s.pair_%[4]s AS p ON p.key = s.key
    WHERE s.gone = 0 AND substring(s.states, %[1]d, 1) IN ('v', 'n', 'w')`, i+1, b.Items[i].Name, j.db, b.Name)
	vote := fmt.Sprintf(`SELECT any(t) AS t, argMin(said, (-toInt64(votes), first)) AS v FROM (
      SELECT key, said, any(t) AS t, count() AS votes, min(voter) AS first FROM (
        SELECT key, any(t) AS t, argMin(v, (-toInt64(event), feed)) AS said, argMin(feed, (-toInt64(event), feed)) AS voter
        FROM (%s) GROUP BY key, department)
      GROUP BY key, said)
    GROUP BY key`, seen)
	return fmt.Sprintf(`SELECT part, who, kind, if(kind = 'd', v, '') AS a, if(kind = 'd', t, '') AS b, count() AS n FROM (
  SELECT part, who, v, t, multiIf(v = t AND v = '', 'b', v = t, 'r', v = '', 'm', t = '', 'i', 'd') AS kind FROM (
    SELECT 'golden' AS part, '' AS who, g_%[1]s AS v, t_%[1]s AS t FROM %[2]s.pair_%[3]s
    UNION ALL SELECT 'vote' AS part, '' AS who, v, t FROM (%[4]s)
    UNION ALL SELECT 'feed' AS part, feed AS who, v, t FROM (%[5]s)
  )
) GROUP BY part, who, kind, a, b%[6]s`, b.Items[i].Name, j.db, b.Name, vote, seen, spill)
}

// item counts the cells of one item.
func (j *judge) item(ctx context.Context, b *Base, i int) error {
	it := &b.declared.Items[i]
	same, err := newComparison(it)
	if err != nil {
		return err
	}
	out := Item{Item: it.Name, Title: it.Title}
	feeds := map[string]*Tally{}
	err = j.w.Each(ctx, j.itemSQL(b.declared, i), func(scan func(...any) error) error {
		var (
			part, who, kind, v, t string
			n                     uint64
		)
		if err := scan(&part, &who, &kind, &v, &t, &n); err != nil {
			return err
		}
		tally := &out.Golden
		switch {
		case part == "vote":
			tally = &out.Vote
		case part == "feed" && feeds[who] == nil:
			feeds[who] = new(Tally)
			fallthrough
		case part == "feed":
			tally = feeds[who]
		}
		return tally.add(kind, int64(n), func() (schemas.Relation, error) { return same.relation(v, t) })
	})
	if err != nil {
		return err
	}
	out.Golden.close()
	out.Vote.complete(out.Golden)
	for _, feed := range slices.Sorted(maps.Keys(feeds)) {
		t := feeds[feed]
		if t.Right+t.Compatible+t.Wrong+t.Invented == 0 {
			continue // It gives no value.
		}
		if t.complete(out.Golden); out.Best == nil || cmp.Compare(t.good(), out.Best.good()) > 0 {
			out.Best = &Source{feed, *t}
		}
	}
	if j.Examples > 0 {
		if out.Examples, err = j.examples(ctx, b.declared, i, same); err != nil {
			return err
		}
	}
	b.Items = append(b.Items, out)
	return nil
}

// add counts cells of one kind; relation compares those with two values.
func (t *Tally) add(kind string, n int64, relation func() (schemas.Relation, error)) error {
	switch kind {
	case "r":
		t.Right += n
	case "b":
		t.Blank += n
	case "m":
		t.Missing += n
	case "i":
		t.Invented += n
	default:
		r, err := relation()
		if err != nil {
			return err
		}
		switch r {
		case schemas.Equal:
			t.Right += n
		case schemas.Compatible:
			t.Compatible += n
		default:
			t.Wrong += n
		}
	}
	return nil
}

// complete adds the cells about which nothing was said: there is no value in them.
func (t *Tally) complete(golden Tally) {
	t.Blank += golden.Blank + golden.Invented - t.Blank - t.Invented
	due := golden.Right + golden.Compatible + golden.Wrong + golden.Missing
	t.Missing += due - (t.Right + t.Compatible + t.Wrong + t.Missing)
	t.close()
}

// examples are the first wrong cells of an item by key.
func (j *judge) examples(ctx context.Context, b *schemas.Base, i int, same *comparison) ([]Example, error) {
	var out []Example
	sql := fmt.Sprintf("SELECT key, g_%[1]s, t_%[1]s FROM %[2]s.pair_%[3]s WHERE g_%[1]s != t_%[1]s ORDER BY key", b.Items[i].Name, j.db, b.Name)
	err := j.w.Each(ctx, sql, func(scan func(...any) error) error {
		var key, golden, truth string
		if err := scan(&key, &golden, &truth); err != nil || len(out) == j.Examples {
			return err
		}
		if golden != "" && truth != "" {
			if r, err := same.relation(golden, truth); err != nil || r != schemas.Different {
				return err
			}
		}
		out = append(out, Example{schemas.Key(key), golden, truth})
		return nil
	})
	return out, err
}
