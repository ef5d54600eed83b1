package quality

import (
	"slices"

	"jiku/schemas"
)

// spec is what the catalogue says of a feed that matters to its score.
type spec struct {
	title string
	feed  *schemas.Feed // nil if the catalogue has no such feed any more
	base  *schemas.Base
	infos map[string]schemas.ReasonInfo
}

func specOf(feed string, cat *schemas.Catalogue, infos map[string]schemas.ReasonInfo) *spec {
	s := &spec{title: feed, infos: infos, feed: cat.Feed(feed)}
	if s.feed != nil {
		s.title, s.base = s.feed.Title, cat.Base(s.feed.Base)
	}
	return s
}

// items lists the items to score: those that the feed carries, then those of the facts that
// it does not carry any more.
func (s *spec) items(f *Facts) []string {
	var out []string
	if s.feed != nil {
		for _, c := range s.feed.Columns {
			if c.Column != "" && !slices.Contains(out, c.Item) {
				out = append(out, c.Item)
			}
		}
	}
	for _, it := range f.Items {
		if !slices.Contains(out, it.Item) && (s.feed == nil || !s.constant(it.Item)) {
			out = append(out, it.Item)
		}
	}
	return out
}

// constant reports an item that the declaration fills itself: no merit of the department.
func (s *spec) constant(item string) bool {
	return slices.ContainsFunc(s.feed.Columns, func(c schemas.ColumnMap) bool { return c.Item == item && c.Column == "" })
}

func (s *spec) required(item string) bool {
	return s.feed != nil && slices.ContainsFunc(s.feed.Columns, func(c schemas.ColumnMap) bool { return c.Item == item && c.Required })
}

func (s *spec) itemTitle(item string) string {
	if s.base != nil {
		if i := s.base.ItemIndex(item); i >= 0 {
			return s.base.Items[i].Title
		}
	}
	return item
}

// uses lists the declared uses of the rule that a reason belongs to, those of the item if
// any names it.
func (s *spec) uses(code, item string) (*Rule, []schemas.RuleUse) {
	var rule *Rule
	for _, r := range registry {
		if r.reason(code) != nil {
			rule = r
		}
	}
	if rule == nil || s.feed == nil {
		return rule, nil
	}
	declared := slices.Clone(s.feed.Rules)
	if s.base != nil {
		declared = append(declared, s.base.Rules...)
	}
	var all, named []schemas.RuleUse
	for _, u := range declared {
		if u.Rule != rule.Name {
			continue
		}
		all = append(all, u)
		if slices.Contains(u.Items, item) {
			named = append(named, u)
		}
	}
	if len(named) > 0 {
		return rule, named
	}
	return rule, all
}

// weight is what a finding costs, and whether its rule is in shadow. Reasons of normalizers
// weigh 1. Of several uses that fit, one that counts wins over one in shadow.
func (s *spec) weight(code, item string) (weight float64, shadow bool) {
	rule, uses := s.uses(code, item)
	if rule == nil {
		return 1, false
	}
	weight = rule.Weight
	for i, u := range uses {
		if i == 0 || shadow {
			shadow = u.Shadow
			if weight = rule.Weight; u.Weight > 0 {
				weight = u.Weight
			}
		}
	}
	return weight, shadow
}

func (s *spec) severity(code string) schemas.Severity {
	if info, ok := s.infos[code]; ok {
		return info.Severity
	}
	return schemas.Warning
}

// fix describes a loss to the department.
func (s *spec) fix(feed string, l loss) Fix {
	out := Fix{Feed: feed, FeedTitle: s.title, Code: l.code, Title: l.code, Item: l.item, Rows: l.rows}
	if info, ok := s.infos[l.code]; ok {
		out.Title, out.Advice = info.Title, info.Advice
	} else if rule, _ := s.uses(l.code, l.item); rule != nil {
		info := rule.reason(l.code)
		out.Title, out.Advice = info.Title, info.Advice
	}
	if l.item != "" {
		out.ItemTitle = s.itemTitle(l.item)
	}
	return out
}
