package judge

import (
	"context"
	"fmt"
	"slices"

	"jiku/cmd/jiku/city"
	"jiku/schemas"
)

// group are labels that stand alike.
type group struct {
	kind, base, item, standing string
	// hit is set where a finding explains the label, joined where its claim is in the row of the
	// true key.
	unchanged, hit, joined bool
	whole                  bool // about the delivery
	claim, golden          relation
	n                      int64
}

// relation is what stands beside a true value: same, or the two where the texts differ.
type relation struct {
	same         bool
	value, truth string
}

// unchanged stores the labels of snapshot rows that have neither claim nor reject, because the
// delivery before had them, too.
func (j *judge) unchanged(ctx context.Context) error {
	if err := j.make(ctx, "unchanged", "n UInt64", "MergeTree ORDER BY n"); err != nil {
		return err
	}
	return j.w.Exec(ctx, fmt.Sprintf(`INSERT INTO %[1]s.unchanged
SELECT n FROM %[1]s.label WHERE follows = 1 AND standing = '%[2]s' AND position >= 0 AND n NOT IN (SELECT n FROM %[1]s.at)
AND (delivery, position) NOT IN (SELECT delivery, toInt64(position) FROM %[1]s.found WHERE depth = 'reject')`, j.db, inForce))
}

// recallSQL groups labels. A label without an item is about the key.
func (j *judge) recallSQL() string {
	return fmt.Sprintf(`SELECT kind, base, item, standing, whole, unchanged, hit, joined, claim_same, golden_same,
  if(claim_same OR item = '' OR true_value = '', '', v) AS a, if(golden_same OR item = '' OR true_value = '', '', g) AS b,
  if(a = '' AND b = '', '', true_value) AS t, count() AS n
FROM (
  SELECT r.kind AS kind, r.base AS base, r.item AS item, r.standing AS standing, r.position < 0 AS whole, r.true_value AS true_value, a.v AS v, s.g AS g,
    u.n > 0 AS unchanged, h.n > 0 AS hit,
    a.n > 0 AND a.entity = r.true_value AS joined,
    a.n > 0 AND if(item = '', r.true_value IN (a.key, a.entity), v = r.true_value) AS claim_same,
    if(item = '', joined, s.n > 0 AND g = r.true_value) AS golden_same
  FROM %[1]s.label AS r
  LEFT JOIN %[1]s.at AS a ON a.n = r.n
  LEFT JOIN %[1]s.settled AS s ON s.n = r.n
  LEFT JOIN (SELECT DISTINCT n FROM %[1]s.hit) AS h ON h.n = r.n
  LEFT JOIN %[1]s.unchanged AS u ON u.n = r.n
)
GROUP BY kind, base, item, standing, whole, unchanged, hit, joined, claim_same, golden_same, a, b, t`, j.db)
}

// recall counts, for every kind, the labels that were found.
func (j *judge) recall(ctx context.Context) ([]Found, error) {
	out := make([]Found, len(j.City.Kinds))
	for i, k := range j.City.Kinds {
		if k.Codes == nil {
			k.Codes = []string{}
		}
		out[i].Kind = k
	}
	comparisons := map[[2]string]*comparison{}
	err := j.w.Each(ctx, j.recallSQL(), func(scan func(...any) error) error {
		var (
			g                                               group
			whole, unchanged, hit, joined, claimed, settled uint8
			t                                               string
			n                                               uint64
		)
		if err := scan(&g.kind, &g.base, &g.item, &g.standing, &whole, &unchanged, &hit, &joined, &claimed, &settled, &g.claim.value, &g.golden.value, &t, &n); err != nil {
			return err
		}
		g.whole, g.unchanged, g.hit, g.joined, g.n = whole == 1, unchanged == 1, hit == 1, joined == 1, int64(n)
		g.claim.same, g.golden.same, g.claim.truth, g.golden.truth = claimed == 1, settled == 1, t, t
		for _, r := range []*relation{&g.claim, &g.golden} {
			if err := j.compare(&g, r, comparisons); err != nil {
				return err
			}
		}
		at := slices.IndexFunc(out, func(f Found) bool { return f.ID == g.kind })
		out[at].take(&g)
		return nil
	})
	for i := range out {
		if out[i].Covered() {
			out[i].Recall = share(out[i].Found, out[i].Labels)
		}
	}
	return out, err
}

// compare lets the comparator of the label's item decide where texts differ.
func (j *judge) compare(g *group, r *relation, known map[[2]string]*comparison) error {
	if r.same || r.value == "" || r.truth == "" {
		return nil
	}
	at := [2]string{g.base, g.item}
	if known[at] == nil {
		b := j.Catalogue.Base(g.base)
		i := b.ItemIndex(g.item)
		c, err := newComparison(&b.Items[i])
		if err != nil {
			return err
		}
		known[at] = c
	}
	is, err := known[at].relation(r.value, r.truth)
	r.same = is == schemas.Equal
	return err
}

// take counts labels that stand alike.
func (f *Found) take(g *group) {
	switch {
	case f.Outcome == city.Held && (g.standing == held || g.standing == inForce):
	case g.standing == held:
		f.Held += g.n
		return
	case g.standing == superseded:
		f.Superseded += g.n
		return
	case g.unchanged:
		f.Unchanged += g.n
		return
	case g.standing == absent:
		f.Absent += g.n
	}
	f.Labels += g.n
	if g.golden.same {
		f.Settled += g.n
	}
	found := g.hit
	switch f.Outcome {
	case city.Held:
		found = found || g.standing == held
	case city.Linked:
		found = found || g.joined
	case city.Disputed:
		found = found || g.golden.same
	case city.Fixed:
		found = found || len(f.Codes) == 0 && (g.claim.same || g.golden.same || g.whole && g.standing == inForce)
	}
	if found {
		f.Found += g.n
	}
}

// precision counts, for every code, the findings that an injected error explains.
func (j *judge) precision(ctx context.Context, feeds string) ([]Exact, error) {
	var rows []struct {
		Code     string `ch:"code"`
		Title    string `ch:"title"`
		Expected uint8  `ch:"expected"`
		N        uint64 `ch:"n"`
		Right    uint64 `ch:"right"`
	}
	err := j.w.Select(ctx, &rows, fmt.Sprintf(`SELECT f.code AS code, any(w.title) AS title, max(e.code != '') AS expected, count() AS n, countIf(h.id > 0) AS right
FROM %[1]s.found AS f
LEFT JOIN (SELECT DISTINCT id FROM %[1]s.hit) AS h ON h.id = f.id
LEFT JOIN (SELECT DISTINCT arrayJoin(if(outcome = '%[2]s', arrayPushBack(codes, '%[2]s'), codes)) AS code FROM %[1]s.kind) AS e ON e.code = f.code
LEFT JOIN (SELECT code, any(title) AS title FROM quality.reason GROUP BY code) AS w ON w.code = f.code
WHERE f.feed IN (%[3]s) GROUP BY code ORDER BY code`, j.db, conflict, feeds))
	out := make([]Exact, 0, len(rows))
	for _, r := range rows {
		x := Exact{Code: r.Code, Title: r.Title, Findings: int64(r.N), Right: int64(r.Right), Expected: r.Expected == 1}
		x.Precision = share(x.Right, x.Findings)
		out = append(out, x)
	}
	return out, err
}
