package pipelines

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"jiku/connectors"
	"jiku/quality/report"
	"jiku/schemas"
)

// Page gathers what the HTML report shows of a run. What only the caller knows (where the
// warehouse is, CPU and memory of processes) is left to it.
func Page(ctx context.Context, c Config, r *Report) (report.Page, error) {
	p := report.Page{City: c.Catalogue.City.Title, Run: r.Run, Day: schemas.Day(r.Day), Ordinal: r.Ordinal, Started: r.Started,
		Seconds: r.Seconds, Scorecards: r.Scorecards, Queries: report.Queries(c.Catalogue)}
	for _, d := range r.Deliveries {
		p.Deliveries = append(p.Deliveries, report.Delivery{Feed: d.Feed, Title: c.Catalogue.Feed(d.Feed).Title, Department: d.Department,
			Slot: d.Slot, Revision: d.Revision, Name: d.Name, State: d.State, Read: d.Action == Ingest, Counts: d.Counts, Note: d.Note})
	}
	for _, b := range r.Bases {
		p.Bases = append(p.Bases, report.Base{Title: b.Title, Table: c.Catalogue.Base(b.Base).FullName(), Golden: b.Golden,
			Conflicts: b.Conflicts, Reconciled: b.Reconciled})
	}
	for _, t := range r.Themes {
		p.Themes = append(p.Themes, report.Theme{Title: t.Title, Table: "theme_" + t.Theme + "." + t.Table, Rows: t.Rows, Held: t.Held})
	}
	sql, ok := c.Store.(connectors.Querier)
	if !ok {
		return p, nil
	}
	for _, b := range c.Catalogue.Bases {
		list, err := disagreements(ctx, sql, b, c.Catalogue)
		if err != nil {
			return p, fmt.Errorf("gather report: %w", err)
		}
		p.Conflicts = append(p.Conflicts, list...)
	}
	for i := range p.Conflicts {
		for _, b := range r.Bases {
			if c.Catalogue.Base(b.Base).Title == p.Conflicts[i].Base {
				p.Conflicts[i].Golden = b.Golden
			}
		}
	}
	var err error
	p.Explained, err = explained(ctx, c)
	return p, err
}

// disagreements counts the conflicts of each item of a base, most first.
func disagreements(ctx context.Context, sql connectors.Querier, b *schemas.Base, c *schemas.Catalogue) ([]report.ItemConflicts, error) {
	var rows []struct {
		Item  string   `ch:"item"`
		Names []string `ch:"feeds"`
		N     uint64   `ch:"n"`
	}
	err := sql.Select(ctx, &rows, fmt.Sprintf(`SELECT item, arrayMap(x -> x.2, arrayReverseSort(groupArray((c, feed)))) AS feeds, toUInt64(sum(c)) AS n FROM (
  SELECT conflict_item AS item, conflict_feed AS feed, count() AS c FROM %s.golden FINAL ARRAY JOIN conflict_item, conflict_feed WHERE gone = 0 GROUP BY item, feed)
GROUP BY item ORDER BY n DESC, item`, b.Name))
	if err != nil {
		return nil, err
	}
	var out []report.ItemConflicts
	for _, r := range rows {
		it := b.Items[b.ItemIndex(r.Item)]
		x := report.ItemConflicts{Base: b.Title, Item: r.Item, Title: it.Title, Rows: int64(r.N)}
		seen := map[string]bool{}
		for _, f := range r.Names {
			if title := c.DepartmentTitle(c.Feed(f).Department); !seen[title] {
				seen[title] = true
				x.Departments = append(x.Departments, title)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// MostDisputed finds an organization on which many departments disagree: only
// organizations are shown as examples, never persons. Its key is empty if there is none.
func MostDisputed(ctx context.Context, c Config) (base string, key schemas.Key, err error) {
	sql, ok := c.Store.(connectors.Querier)
	if !ok {
		return "", "", errors.New("find example: the store does not answer SQL")
	}
	for _, b := range c.Catalogue.Bases {
		if b.Key.Kind != schemas.KeyUSCC {
			continue
		}
		var rows []struct {
			Key string `ch:"key"`
		}
		err := sql.Select(ctx, &rows, fmt.Sprintf(`SELECT key FROM %s.golden FINAL WHERE gone = 0 AND notEmpty(conflict_item) AND NOT startsWith(key, '92')
ORDER BY length(arrayDistinct(conflict_feed)) DESC, length(conflict_item) DESC, key LIMIT 1`, b.Name))
		if err != nil || len(rows) == 0 {
			return b.Name, "", err
		}
		return b.Name, schemas.Key(rows[0].Key), nil
	}
	return "", "", nil
}

func explained(ctx context.Context, c Config) (*report.Explained, error) {
	base, key, err := MostDisputed(ctx, c)
	if err != nil || key == "" {
		return nil, err
	}
	answers, err := Explain(ctx, c, Question{Base: base, Key: key})
	if err != nil || len(answers) == 0 {
		return nil, err
	}
	// The page is for the people who may see the entity table, and shows an organization.
	out := &report.Explained{USCC: key.Reveal()}
	for _, it := range answers[0].Items {
		if out.Name == "" && strings.HasSuffix(it.Item, "name") {
			out.Name = it.Value
		}
		x := report.ExplainedItem{Title: it.Title, Value: it.Value, Reason: it.ReasonTitle}
		for _, cand := range it.Candidates {
			if cand.Won {
				x.Department = cand.DepartmentTitle
			} else if cand.Value != "" {
				x.Others = append(x.Others, report.Other{Department: cand.DepartmentTitle, Value: cand.Value, Lost: cand.LostTitle})
			}
		}
		if x.Value != "" || len(x.Others) > 0 {
			out.Items = append(out.Items, x)
		}
	}
	return out, nil
}
