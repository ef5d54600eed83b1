package main

import (
	"fmt"
	"io"
	"strconv"

	"jiku/cmd/jiku/judge"
)

// show prints the verdict as tables.
func (v judgeView) show(out io.Writer, p palette) error {
	fmt.Fprintf(out, "%s %s · run %s, day %s\n", p.head("judge"), v.City, v.Run, showDay(v.Day))
	for _, t := range []*table{v.coverage(), v.items(), v.links(), v.kinds(), v.codes(), v.rules(), v.examples(), v.lower()} {
		if err := section(out, p, t); err != nil {
			return err
		}
	}
	for _, b := range v.Bases {
		for _, name := range b.Undeclared {
			fmt.Fprintf(out, "\n%s truth of %s has %s, which the base does not declare\n", p.warn("note:"), b.Base, name)
		}
	}
	_, err := fmt.Fprintln(out, "\naccuracy = (right + blank) / entities that have truth and a golden row; no value where truth has none is right; jiku judge --help says more")
	return err
}

func (v judgeView) coverage() *table {
	t := newTable("BASE", "TITLE", "TRUTH>", "GOLDEN ROWS>", "BOTH>", "COVERAGE>", "ENDED>", "UNKNOWN>")
	for _, b := range v.Bases {
		t.add(b.Base, b.Title, count(b.Truth), count(b.Golden), count(b.Both), percent(b.Coverage), countOrBlank(b.Ended), countOrBlank(b.Unknown))
	}
	return t
}

func (v judgeView) items() *table {
	t := newTable("BASE", "ITEM", "TITLE", "ACCURACY>", "OF VALUES>", "MAJORITY>", "BEST FEED>", "FEED", "RIGHT>", "BLANK>", "COMPATIBLE>", "WRONG>", "MISSING>", "INVENTED>", "NOTE")
	for _, b := range v.Bases {
		for i := range b.Items {
			it := &b.Items[i]
			best, feed := "", ""
			if it.Best != nil {
				best, feed = percent(it.Best.Accuracy), it.Best.Feed
			}
			note := ""
			if it.Worse() {
				note = "worse than the majority"
			}
			g := it.Golden
			t.add(b.Base, it.Item, it.Title, percent(g.Accuracy), percent(g.Valued), percent(it.Vote.Accuracy), best, feed, countOrBlank(g.Right), countOrBlank(g.Blank),
				countOrBlank(g.Compatible), countOrBlank(g.Wrong), countOrBlank(g.Missing), countOrBlank(g.Invented), note)
		}
	}
	return t
}

func (v judgeView) links() *table {
	t := newTable("BASE", "NUMBERS STATED>", "JOINED>", "DISPUTED>", "LOST>", "ASTRAY>", "UNSTATED>", "GUESSED>", "COLLISIONS>", "SPLIT>", "FALSE>", "RECALL>", "PRECISION>", "APART>")
	for _, b := range v.Bases {
		if l := b.Links; l != nil {
			t.add(b.Base, count(l.Stated), countOrBlank(l.Joined), countOrBlank(l.Disputed), countOrBlank(l.Lost), countOrBlank(l.Astray), countOrBlank(l.Unstated),
				countOrBlank(l.Guessed), countOrBlank(l.Collisions), countOrBlank(l.Split), countOrBlank(l.False), percent(l.Recall), percent(l.Precision), percent(l.Apart))
		}
	}
	return t
}

// kinds lists the kinds that a rule covers, then the others.
func (v judgeView) kinds() *table {
	t := newTable("KIND", "NO>", "TITLE", "OUTCOME", "LABELS>", "FOUND>", "RECALL>", "SETTLED>", "IN HELD>", "SUPERSEDED>", "UNCHANGED>", "ABSENT>")
	for _, covered := range []bool{true, false} {
		for i := range v.Kinds {
			k := &v.Kinds[i]
			if k.Covered() != covered {
				continue
			}
			number, outcome := "", string(k.Outcome)
			if k.Number > 0 {
				number = strconv.Itoa(k.Number)
			}
			if !covered {
				outcome = "no rule yet"
			}
			t.add(k.ID, number, k.Title, outcome, countOrBlank(k.Labels), countOrBlank(k.Found), percent(k.Recall), countOrBlank(k.Settled), countOrBlank(k.Held),
				countOrBlank(k.Superseded), countOrBlank(k.Unchanged), countOrBlank(k.Absent))
		}
	}
	return t
}

func (v judgeView) codes() *table {
	t := newTable("CODE", "TITLE", "FINDINGS>", "AT AN ERROR>", "PRECISION>", "NOTE")
	for _, c := range v.Codes {
		note := ""
		if !c.Expected {
			note = "no kind of error expects it"
		}
		t.add(c.Code, c.Title, count(c.Findings), countOrBlank(c.Right), percent(c.Precision), note)
	}
	return t
}

// rules lists those that found something or should have.
func (v judgeView) rules() *table {
	t := newTable("RULE", "OF", "FINDINGS>", "AT AN ERROR>", "PRECISION>", "LABELS>", "FOUND>", "RECALL>")
	for _, r := range v.Rules {
		t.add(r.Rule, r.Of, countOrBlank(r.Findings), countOrBlank(r.Right), percent(r.Precision), countOrBlank(r.Labels), countOrBlank(r.Found), percent(r.Recall))
	}
	return t
}

// examples show keys and values: whoever asked for them wants to see what is wrong.
func (v judgeView) examples() *table {
	t := newTable("BASE", "ITEM", "KEY", "GOLDEN", "TRUTH")
	for _, b := range v.Bases {
		for _, it := range b.Items {
			for _, x := range it.Examples {
				t.add(b.Base, it.Item, x.Key.Reveal(), x.Golden, x.Truth)
			}
		}
	}
	return t
}

func (v judgeView) lower() *table {
	t := newTable("LOWER THAN IT WAS", "OF", "WAS>", "IS>")
	for _, l := range v.Lower {
		is := "gone"
		if l.Is != nil {
			is = fraction(*l.Is)
		}
		t.add(l.Figure, l.Name, fraction(l.Was), is)
	}
	return t
}

// percent is a share as people read it, blank where there is none.
func percent(share *float64) string {
	if share == nil {
		return ""
	}
	return judge.Percent(*share)
}

// fraction is a share to its last digit that counts.
func fraction(share float64) string { return strconv.FormatFloat(share, 'f', 9, 64) }
