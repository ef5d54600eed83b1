package reconcile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jiku/schemas"
)

// The oracle is reconciliation.md §3 and doc.go as plain code: slow, by key, without
// sharing anything with the program but declarations and comparators.

type oracle struct {
	w     *world
	feeds []*schemas.Feed // by name
}

// unitO is a group or a single item.
type unitO struct {
	name  string
	lead  int
	items []int
}

func (w *world) oracle() string {
	o := &oracle{w: w, feeds: slices.Clone(w.cat.Feeds)}
	slices.SortFunc(o.feeds, func(a, b *schemas.Feed) int { return strings.Compare(a.Name, b.Name) })
	keys := map[string][]claim{}
	for _, c := range w.claims {
		if !slices.ContainsFunc(keys[c.key], func(d claim) bool { return d.ref == c.ref }) {
			keys[c.key] = append(keys[c.key], c)
		}
	}
	var rows []string
	for key, claims := range keys {
		rows = append(rows, o.row(key, claims))
	}
	slices.Sort(rows)
	return strings.Join(rows, "")
}

func (o *oracle) delivery(c claim) Delivery { return o.w.facts.Deliveries[c.ref.Delivery] }

func (o *oracle) feed(c claim) *schemas.Feed { return o.delivery(c).Feed }

func (o *oracle) event(c claim) schemas.EventTime {
	if c.event == 0 {
		return schemas.EventTimeOfDay(o.delivery(c).Slot.Date)
	}
	return c.event
}

// later reports whether a supersedes b, both of one feed.
func (o *oracle) later(a, b claim) bool {
	if o.feed(a).Order == "event" && o.event(a) != o.event(b) {
		return o.event(a) > o.event(b)
	}
	x, y := o.delivery(a), o.delivery(b)
	switch {
	case x.Slot != y.Slot:
		return y.Slot.Before(x.Slot)
	case x.Revision != y.Revision:
		return x.Revision > y.Revision
	default:
		return a.ref.Position > b.ref.Position
	}
}

func (o *oracle) state(c claim, item int) schemas.State {
	if !c.gone {
		return c.states[item]
	}
	for _, col := range o.feed(c).Columns {
		if col.Item == o.w.base.Items[item].Name {
			return schemas.Withdrawn
		}
	}
	return schemas.Silent
}

func (o *oracle) row(key string, claims []claim) string {
	facts, exists := o.facts(key, claims), false
	var latest []claim
	for _, f := range o.feeds {
		var of []claim
		for _, c := range claims {
			if o.delivery(c).InForce && o.feed(c).Name == f.Name {
				of = append(of, c)
			}
		}
		if len(of) == 0 {
			continue
		}
		last := of[0]
		for _, c := range of {
			if o.later(c, last) {
				last = c
			}
		}
		latest = append(latest, last)
		exists = exists || f.Establishes && !last.gone
	}
	if !exists {
		return fmt.Sprintf("%s facts=%d gone\n", key, facts)
	}
	k := &keyO{oracle: o, key: key, claims: claims, latest: latest, due: map[int]bool{},
		items: make([]string, len(o.w.base.Items)), conflicts: make([][]string, len(o.w.base.Items))}
	for _, u := range o.units() {
		k.unit(u)
	}
	return k.text(facts)
}

func (o *oracle) facts(key string, claims []claim) int {
	facts, seen := 0, map[string]bool{}
	for _, c := range claims {
		facts += 1 + int(o.delivery(c).Events)
		f := o.feed(c)
		if seen[f.Name] || !o.ages(f) {
			continue
		}
		seen[f.Name] = true
		for _, d := range o.w.facts.Deliveries {
			if d.Feed.Name == f.Name {
				facts += 1 + int(d.Events)
			}
		}
	}
	for _, d := range o.w.facts.Decisions {
		if string(d.Key) == key {
			facts++
			if d.Undone {
				facts++
			}
		}
	}
	return facts
}

// ages reports whether a snapshot feed carries something that the register lets age.
func (o *oracle) ages(f *schemas.Feed) bool {
	for _, u := range o.units() {
		for _, e := range o.w.cat.Entries("b") {
			carries := slices.ContainsFunc(f.Columns, func(c schemas.ColumnMap) bool { return c.Item == o.w.base.Items[u.lead].Name })
			if (e.Item == u.name || e.Group == u.name) && e.StaleAfter > 0 && carries && f.Kind == schemas.Snapshot {
				return true
			}
		}
	}
	return false
}

func (o *oracle) units() []unitO {
	var out []unitO
	in := map[string]bool{}
	for _, g := range o.w.base.Groups {
		u := unitO{name: g.Name, lead: o.w.base.ItemIndex(g.Lead)}
		for _, name := range g.Items {
			in[name] = true
			u.items = append(u.items, o.w.base.ItemIndex(name))
		}
		out = append(out, u)
	}
	for i, it := range o.w.base.Items {
		if !in[it.Name] {
			out = append(out, unitO{it.Name, i, []int{i}})
		}
	}
	return out
}

func days(yyyymmdd int) int {
	t := time.Date(yyyymmdd/10000, time.Month(yyyymmdd/100%100), yyyymmdd%100, 0, 0, 0, 0, time.UTC)
	return int(t.Unix() / 86400)
}

// keyO is one key at work.
type keyO struct {
	*oracle
	key       string
	claims    []claim
	latest    []claim
	due       map[int]bool
	items     []string
	conflicts [][]string
}

func (k *keyO) text(facts int) string {
	out := fmt.Sprintf("%s facts=%d", k.key, facts)
	today, due := days(int(k.w.facts.Day)), 0
	for d := range k.due {
		if d > today && (due == 0 || d < due) {
			due = d
		}
	}
	for _, e := range k.w.cat.Entries("b") {
		for _, d := range boundaries(int(e.From), int(e.Until)) {
			if d > today && (due == 0 || d < due) {
				due = d
			}
		}
	}
	if due > 0 {
		out += " due=" + time.Unix(int64(due)*86400, 0).UTC().Format("20060102")
	}
	out += "\n" + strings.Join(k.items, "")
	for _, c := range k.conflicts {
		slices.Sort(c)
		out += strings.Join(c, "")
	}
	return out
}

func boundaries(from, until int) (out []int) {
	if from > 0 {
		out = append(out, days(from))
	}
	if until > 0 {
		out = append(out, days(until)+1)
	}
	return out
}

func (k *keyO) value(c claim, item int) string {
	it := k.w.base.Items[item]
	if it.Type.Textual() {
		return c.texts[item]
	}
	v, _ := strconv.ParseInt(c.texts[item], 10, 64)
	return schemas.FormatInt(it.Type, v)
}

func (k *keyO) relation(a, b claim, item int) schemas.Relation {
	if k.state(a, item) != k.state(b, item) {
		return schemas.Different
	}
	if k.state(a, item) != schemas.Valued {
		return schemas.Equal
	}
	it := k.w.base.Items[item]
	compare, _ := schemas.ComparatorFor(&it)
	if it.Type.Textual() {
		return compare.Text([]byte(a.texts[item]), []byte(b.texts[item]))
	}
	x, _ := strconv.ParseInt(a.texts[item], 10, 64)
	y, _ := strconv.ParseInt(b.texts[item], 10, 64)
	return compare.Int(x, y)
}
