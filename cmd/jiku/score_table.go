package main

import (
	"cmp"
	"fmt"
	"slices"

	"jiku/schemas"
)

// foldScores joins the rows of each department, best first.
func foldScores(rows []scoreRow, cat *schemas.Catalogue) []scoreView {
	out := []scoreView{}
	at := map[string]int{}
	for _, r := range rows {
		i, found := at[r.Department]
		if !found {
			i = len(out)
			at[r.Department] = i
			out = append(out, scoreView{Period: r.Period, Department: r.Department, Title: cat.DepartmentTitle(r.Department),
				Dimensions: []namedScore{}, Feeds: []feedScoreView{}})
		}
		out[i].take(r, cat)
	}
	for i := range out {
		out[i].order(dimensions(cat))
	}
	slices.SortStableFunc(out, func(a, b scoreView) int { return -cmp.Compare(a.Score, b.Score) })
	return out
}

// take puts a row where it belongs; rows come in the order of feed, item, dimension.
func (v *scoreView) take(r scoreRow, cat *schemas.Catalogue) {
	s := namedScore{Score: r.Score, Grade: r.Grade, Rows: r.Rows}
	switch {
	case r.Dimension != "":
		s.Name = r.Dimension
		v.Dimensions = append(v.Dimensions, s)
	case r.Feed == "":
		v.Score, v.Grade, v.Rows = r.Score, r.Grade, r.Rows
	case r.Item == "":
		s.Name = r.Feed
		if f := cat.Feed(r.Feed); f != nil {
			s.Title = f.Title
		}
		v.Feeds = append(v.Feeds, feedScoreView{namedScore: s, Items: []namedScore{}})
	default:
		s.Name, s.Title = r.Item, itemTitle(cat, r.Feed, r.Item)
		if last := len(v.Feeds) - 1; last >= 0 && v.Feeds[last].Name == r.Feed {
			v.Feeds[last].Items = append(v.Feeds[last].Items, s)
		}
	}
}

// order puts dimensions as the city has them.
func (v *scoreView) order(names []string) {
	slices.SortStableFunc(v.Dimensions, func(a, b namedScore) int {
		return cmp.Compare(slices.Index(names, a.Name), slices.Index(names, b.Name))
	})
}

func itemTitle(cat *schemas.Catalogue, feed, item string) string {
	f := cat.Feed(feed)
	if f == nil {
		return ""
	}
	b := cat.Base(f.Base)
	if i := b.ItemIndex(item); i >= 0 {
		return b.Items[i].Title
	}
	return ""
}

func (a *app) showScores(cards []scoreView, dims []string, whole bool) error {
	p := paletteFor(a.out)
	if len(cards) == 0 {
		_, err := fmt.Fprintln(a.out, "no scores are stored yet: jiku run computes them")
		return err
	}
	heads := []string{"PERIOD", "DEPARTMENT", "SCORE>", "GRADE", "ROWS>"}
	for _, name := range dims {
		heads = append(heads, name+">")
	}
	t := newTable(heads...)
	for _, c := range cards {
		line := []string{c.Period, c.Title, points(c.Score), c.Grade, count(c.Rows)}
		for _, name := range dims {
			line = append(line, c.dimension(name))
		}
		t.add(line...)
	}
	if err := t.write(a.out, p); err != nil || !whole {
		return err
	}
	feeds := newTable("FEED", "ITEM", "TITLE", "SCORE>", "GRADE", "ROWS>")
	for _, c := range cards {
		for _, f := range c.Feeds {
			feeds.add(f.Name, "", f.Title, points(f.Score), f.Grade, count(f.Rows))
			for _, it := range f.Items {
				feeds.add("", it.Name, it.Title, points(it.Score), it.Grade, count(it.Rows))
			}
		}
	}
	return section(a.out, p, feeds)
}

func (v *scoreView) dimension(name string) string {
	for _, d := range v.Dimensions {
		if d.Name == name {
			return points(d.Score)
		}
	}
	return ""
}
