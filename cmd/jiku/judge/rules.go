package judge

import (
	"context"
	"fmt"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/normalize"
	"jiku/quality"
	"jiku/schemas"
)

// finder is a part of jiku that gives reasons.
type finder struct {
	Rule
	// at says which findings with its codes are its own: anywhere, at an item, or at none.
	at    string
	codes []string
}

// The places of findings. A key and the normalizer of the same number share codes, but only the
// normalizer names an item.
const (
	anywhere = "anywhere"
	atItem   = "item"
	atNone   = "none"
)

// finders lists the rules, the normalizers, and what reads rows and keys.
func finders() []finder {
	var out []finder
	for _, r := range quality.Rules() {
		out = append(out, finder{Rule: Rule{Rule: r.Name, Of: "rules", Title: r.Title}, at: anywhere, codes: codesOf(r.Reasons)})
	}
	for _, s := range normalize.Specs() {
		f := finder{Rule: Rule{Rule: s.Name, Of: "normalizers", Title: s.Title}, at: atItem}
		for _, r := range s.Reasons {
			f.codes = append(f.codes, r.Code)
		}
		out = append(out, f)
	}
	keys := finder{Rule: Rule{Rule: "key", Of: "keys", Title: "主体标识"}, at: atNone}
	for _, r := range key.Reasons() {
		keys.codes = append(keys.codes, r.Code)
	}
	return append(out, keys, finder{Rule: Rule{Rule: "row", Of: "connectors", Title: "逐行读取"}, at: anywhere, codes: codesOf(connectors.Reasons())})
}

func codesOf(list []schemas.ReasonInfo) []string {
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].Code
	}
	return out
}

// rules counts, for every rule that found something or should have, its findings and the labels
// that expect one of its codes. A code that several rules give counts for each of them.
func (j *judge) rules(ctx context.Context, feeds string) ([]Rule, error) {
	if err := j.make(ctx, "rule", "rule String, at String, code String", "MergeTree ORDER BY code"); err != nil {
		return nil, err
	}
	all := finders()
	var rows [][]any
	for _, f := range all {
		for _, code := range f.codes {
			rows = append(rows, []any{f.Rule.Rule, f.at, code})
		}
	}
	if err := j.w.Insert(ctx, j.db+".rule", []string{"rule", "at", "code"}, rows); err != nil {
		return nil, err
	}
	var counts []struct {
		Rule     string `ch:"rule"`
		Findings uint64 `ch:"findings"`
		Right    uint64 `ch:"right"`
		Labels   uint64 `ch:"labels"`
		Found    uint64 `ch:"found"`
	}
	err := j.w.Select(ctx, &counts, fmt.Sprintf(`WITH own AS (
  SELECT w.rule AS rule, f.id AS id, f.feed AS feed FROM %[1]s.found AS f INNER JOIN %[1]s.rule AS w ON w.code = f.code
  WHERE w.at = '%[2]s' OR (w.at = '%[3]s') = (f.item != '')
), due AS (
  SELECT DISTINCT w.rule AS rule, r.n AS n FROM (
    SELECT n, item, arrayJoin(codes) AS code FROM %[1]s.label WHERE standing IN ('%[4]s', '%[5]s') AND n NOT IN (SELECT n FROM %[1]s.unchanged)
  ) AS r INNER JOIN %[1]s.rule AS w ON w.code = r.code
  WHERE w.at = '%[2]s' OR (w.at = '%[3]s') = (r.item != '')
)
SELECT rule, sum(p.1) AS findings, sum(p.2) AS right, sum(p.3) AS labels, sum(p.4) AS found FROM (
  SELECT rule, (toUInt64(1), toUInt64(id IN (SELECT id FROM %[1]s.hit)), toUInt64(0), toUInt64(0)) AS p FROM own WHERE feed IN (%[6]s)
  UNION ALL
  SELECT rule, (toUInt64(0), toUInt64(0), toUInt64(1), toUInt64((rule, n) IN (SELECT o.rule, h.n FROM own AS o INNER JOIN %[1]s.hit AS h ON h.id = o.id))) AS p FROM due
) GROUP BY rule`, j.db, anywhere, atItem, inForce, absent, feeds))
	if err != nil {
		return nil, err
	}
	out := []Rule{}
	for _, f := range all {
		for _, c := range counts {
			if c.Rule != f.Rule.Rule {
				continue
			}
			r := f.Rule
			r.Findings, r.Right, r.Labels, r.Found = int64(c.Findings), int64(c.Right), int64(c.Labels), int64(c.Found)
			r.Precision, r.Recall = share(r.Right, r.Findings), share(r.Found, r.Labels)
			out = append(out, r)
		}
	}
	return out, nil
}
