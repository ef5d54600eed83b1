package judge

import (
	"context"
	"fmt"
)

// links compares the other numbers of a base's entities with those that truth knows: those that
// registers state, and those whose claims are in the row of another key. A number that jiku knows
// of two entities joins nothing.
func (j *judge) links(ctx context.Context, b *Base) error {
	if len(b.declared.Links) == 0 {
		return nil
	}
	name := b.Base
	if err := j.make(ctx, "joined_"+name, "number String, key String, disputed UInt8", "MergeTree ORDER BY number"); err != nil {
		return err
	}
	err := j.w.Exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s.joined_%[2]s SELECT alias, if(disputed, '', any(key)), max(alias_disputed) = 1 OR uniqExact(key) > 1 AS disputed
FROM (
  SELECT key, alias, alias_disputed FROM %[2]s.golden FINAL ARRAY JOIN alias, alias_disputed WHERE gone = 0
  UNION ALL SELECT j_to AS key, j_from AS alias, 0 AS alias_disputed FROM (%[3]s)
) GROUP BY alias`, j.db, name, b.declared.Linked("key AS j_from, linked AS j_to", "linked != ''")))
	if err != nil {
		return err
	}
	var rows []numbers
	// A number that is the key of another entity, too, is one that several have.
	err = j.w.Select(ctx, &rows, fmt.Sprintf(`SELECT entities > 1 AS collides, toUInt8(t.linked) AS stated, g.disputed AS disputed,
  g.key != '' AS joins, g.key != '' AND g.key = t.key AS right, count() AS n
FROM (
  SELECT a.number AS number, any(a.key) AS key, max(a.linked) AS linked, uniqExact(a.key) + max(k.key != '' AND k.key != a.key) AS entities
  FROM (SELECT * FROM %[1]s.truth_alias WHERE base = '%[2]s') AS a
  LEFT JOIN (SELECT DISTINCT key FROM %[1]s.truth_%[2]s) AS k ON k.key = a.number GROUP BY number
) AS t LEFT JOIN %[1]s.joined_%[2]s AS g ON g.number = t.number
GROUP BY collides, stated, disputed, joins, right`, j.db, name))
	if err != nil {
		return err
	}
	l := &Links{}
	for _, r := range rows {
		l.take(r)
	}
	if l.False, err = j.falseLinks(ctx, name); err != nil {
		return err
	}
	l.Recall, l.Apart = share(l.Joined, l.Stated), share(l.Split, l.Collisions)
	l.Precision = share(l.Joined+l.Guessed, l.Joined+l.Guessed+l.False)
	b.Links = l
	return nil
}

// numbers are numbers of entities that stand alike.
type numbers struct {
	Collides uint8  `ch:"collides"`
	Stated   uint8  `ch:"stated"`
	Disputed uint8  `ch:"disputed"`
	Joins    uint8  `ch:"joins"`
	Right    uint8  `ch:"right"`
	N        uint64 `ch:"n"`
}

// take counts them.
func (l *Links) take(r numbers) {
	n := int64(r.N)
	switch {
	case r.Collides == 1:
		l.Collisions += n
		if r.Joins == 0 {
			l.Split += n
		}
	case r.Stated == 0:
		l.Unstated += n
		if r.Right == 1 {
			l.Guessed += n
		}
	default:
		l.Stated += n
		switch {
		case r.Right == 1:
			l.Joined += n
		case r.Joins == 1:
			l.Astray += n
		case r.Disputed == 1:
			l.Disputed += n
		default:
			l.Lost += n
		}
	}
}

// falseLinks counts numbers that are joined to an entity of truth, and should not be: it does not
// have them, or others have them, too.
func (j *judge) falseLinks(ctx context.Context, base string) (int64, error) {
	var n []struct {
		N uint64 `ch:"n"`
	}
	err := j.w.Select(ctx, &n, fmt.Sprintf(`SELECT count() AS n
FROM (SELECT number, key FROM %[1]s.joined_%[2]s WHERE key != '') AS g
INNER JOIN (SELECT DISTINCT key FROM %[1]s.truth_%[2]s) AS k ON k.key = g.key
LEFT JOIN (SELECT number, any(key) AS owner, uniqExact(key) AS owners FROM %[1]s.truth_alias WHERE base = '%[2]s' GROUP BY number) AS a ON a.number = g.number
LEFT JOIN (SELECT DISTINCT key FROM %[1]s.truth_%[2]s) AS other ON other.key = g.number
WHERE a.owners != 1 OR a.owner != g.key OR (other.key != '' AND other.key != g.key)`, j.db, base))
	if err != nil || len(n) == 0 {
		return 0, err
	}
	return int64(n[0].N), nil
}
