package judge

import (
	"context"
	"fmt"
	"slices"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/normalize"
	"jiku/quality"
	"jiku/schemas"
)

// finder is a part of jiku that gives reasons.
type finder struct {
	Rule
	// at says which findings with its codes are its own: anywhere, where a feed normalizes an
	// item with it, or at no item.
	at    string
	codes []string
}

// The places of findings. Normalizers share codes with each other and with keys; the feed and the
// item of a finding tell which of them it is of, and keys name no item.
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

// steps stores the normalizers that feeds apply to items.
func (j *judge) steps(ctx context.Context) error {
	if err := j.make(ctx, "step", "feed String, item String, rule String", "MergeTree ORDER BY (feed, item)"); err != nil {
		return err
	}
	ends := map[string]bool{} // Those that give a value of a type.
	for _, s := range normalize.Specs() {
		ends[s.Name] = s.Gives != ""
	}
	var rows [][]any
	for _, f := range j.Catalogue.Feeds {
		b := j.Catalogue.Base(f.Base)
		for i := range f.Columns {
			m := &f.Columns[i]
			names := []string{}
			for _, s := range m.Via {
				names = append(names, s.Name)
			}
			if len(m.Codes) > 0 {
				names = append(names, "code")
			}
			last := b.Items[b.ItemIndex(m.Item)].Type // It ends the chain where no step gives a value of it.
			if last != schemas.TypeText && !slices.ContainsFunc(names, func(name string) bool { return ends[name] }) {
				names = append(names, string(last))
			}
			for _, name := range names {
				rows = append(rows, []any{f.Name, m.Item, name})
			}
		}
	}
	return j.w.Insert(ctx, j.db+".step", []string{"feed", "item", "rule"}, rows)
}

// rules counts, for every rule that found something or should have, its findings and the labels
// that expect one of its codes. A code that several rules of an item give counts for each of them.
func (j *judge) rules(ctx context.Context, feeds string) ([]Rule, error) {
	if err := j.make(ctx, "rule", "rule String, at String, code String", "MergeTree ORDER BY code"); err != nil {
		return nil, err
	}
	if err := j.steps(ctx); err != nil {
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
  WHERE w.at = '%[2]s' OR w.at = '%[7]s' AND f.item = '' OR w.at = '%[3]s' AND (f.feed, f.item, w.rule) IN (SELECT feed, item, rule FROM %[1]s.step)
), due AS (
  SELECT DISTINCT w.rule AS rule, r.n AS n FROM (
    SELECT n, feed, item, arrayJoin(codes) AS code FROM %[1]s.label WHERE standing IN ('%[4]s', '%[5]s') AND n NOT IN (SELECT n FROM %[1]s.unchanged)
  ) AS r INNER JOIN %[1]s.rule AS w ON w.code = r.code
  WHERE w.at = '%[2]s' OR w.at = '%[7]s' AND r.item = '' OR w.at = '%[3]s' AND (r.feed, r.item, w.rule) IN (SELECT feed, item, rule FROM %[1]s.step)
)
SELECT rule, sum(p.1) AS findings, sum(p.2) AS right, sum(p.3) AS labels, sum(p.4) AS found FROM (
  SELECT rule, (toUInt64(1), toUInt64(id IN (SELECT id FROM %[1]s.hit)), toUInt64(0), toUInt64(0)) AS p FROM own WHERE feed IN (%[6]s)
  UNION ALL
  SELECT rule, (toUInt64(0), toUInt64(0), toUInt64(1), toUInt64((rule, n) IN (SELECT o.rule, h.n FROM own AS o INNER JOIN %[1]s.hit AS h ON h.id = o.id))) AS p FROM due
) GROUP BY rule`, j.db, anywhere, atItem, inForce, absent, feeds, atNone))
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
