package report

import (
	"cmp"
	"slices"
	"strings"

	"jiku/quality"
	"jiku/schemas"
)

// view is the page with what the templates need computed.
type view struct {
	Page
	CSS         any
	Total       load // of the deliveries read
	Golden      int64
	Disagree    int64
	ReadCount   int
	Feeds       []feedLoad
	Stopped     []stopped
	Warned      []stopped
	Others      int // deliveries that earlier runs read
	League      []quality.Scorecard
	Waiting     []quality.Scorecard
	Departments int // that delivered
}

// load is what became of rows: counts of what was accepted, and the rows that gates held.
type load struct {
	schemas.Counts
	Held int64
}

// Rows are all rows that were read.
func (l load) Rows() int64 { return l.Counts.Rows + l.Held }

func (l *load) add(d Delivery) {
	if d.State == schemas.Held {
		l.Held += d.Counts.Rows
		return
	}
	l.Counts.Add(d.Counts)
}

// feedLoad sums the deliveries of one feed.
type feedLoad struct {
	load
	Title, Feed, Department string
	Deliveries, Stopped     int
	Slots                   string
}

// stopped is what a gate held, or warned of.
type stopped struct {
	What, Department, Note string
}

func newView(p Page) *view {
	v := &view{Page: p}
	departments := map[string]bool{}
	byFeed := map[string]*feedLoad{}
	var order []string
	for _, d := range p.Deliveries {
		if !d.Read {
			v.Others++
			continue
		}
		v.ReadCount++
		departments[d.Department] = true
		f := byFeed[d.Feed]
		if f == nil {
			f = &feedLoad{Title: d.Title, Feed: d.Feed, Department: d.Department, Slots: d.Slot}
			byFeed[d.Feed], order = f, append(order, d.Feed)
		}
		f.Deliveries++
		f.add(d)
		v.Total.add(d)
		if f.Deliveries > 1 {
			first, _, _ := strings.Cut(f.Slots, " 至 ")
			f.Slots = first + " 至 " + d.Slot
		}
		s := stopped{d.Title + " " + d.Slot, d.Department, d.Note}
		switch {
		case d.State == schemas.Held:
			f.Stopped++
			v.Stopped = append(v.Stopped, s)
		case d.Note != "":
			v.Warned = append(v.Warned, s)
		}
	}
	for _, name := range order {
		v.Feeds = append(v.Feeds, *byFeed[name])
	}
	v.Departments = len(departments)
	v.rest()
	return v
}

func (v *view) rest() {
	for _, b := range v.Bases {
		v.Golden += b.Golden
		v.Disagree += b.Conflicts
	}
	for _, t := range v.Themes {
		if t.Held != "" {
			v.Stopped = append(v.Stopped, stopped{t.Title + " " + t.Table, "", t.Held})
		}
	}
	for _, c := range v.Scorecards {
		if len(c.Feeds) > 0 {
			v.League = append(v.League, c)
		} else {
			v.Waiting = append(v.Waiting, c)
		}
	}
	slices.SortStableFunc(v.League, func(a, b quality.Scorecard) int {
		// Departments without a row have no place and come last.
		return cmp.Or(-cmp.Compare(min(1, a.Rank), min(1, b.Rank)), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Department, b.Department))
	})
}
