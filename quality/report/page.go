package report

import (
	"time"

	"jiku/quality"
	"jiku/schemas"
)

// Page is everything that the report shows.
type Page struct {
	// City is the city's name in Chinese.
	City string
	Run  string
	// Day is the run's day.
	Day     schemas.Day
	Ordinal uint16
	Started time.Time
	// Seconds is the wall time; CPUSeconds and PeakBytes are those of all processes, 0 if
	// they were not measured.
	Seconds    float64
	CPUSeconds float64
	PeakBytes  int64
	// Stages are the run's stages in order with their wall times.
	Stages []Stage
	// Warehouse says where the data is, without credentials.
	Warehouse  string
	Deliveries []Delivery
	Bases      []Base
	Themes     []Theme
	Scorecards []quality.Scorecard
	// Trends are the scores of earlier periods by department, oldest first.
	Trends map[string][]Point
	// Conflicts are the disagreements by item, most first.
	Conflicts []ItemConflicts
	// Explained is one organization, item by item; nil leaves the section out.
	Explained *Explained
	Queries   []Query
}

// Stage is one stage of the run.
type Stage struct {
	Title   string
	Seconds float64
}

// Delivery is what became of one delivery.
type Delivery struct {
	Feed       string
	Title      string
	Department string
	Slot       string
	Revision   uint32
	Name       string
	State      schemas.Event
	// Read is set if this run read the delivery, and not an earlier one.
	Read   bool
	Counts schemas.Counts
	Note   string
}

// Base is what a base holds after the run.
type Base struct {
	Title string
	// Table is what analysts query, such as population.person.
	Table string
	// Golden are its rows, Conflicts its disagreements, Reconciled the keys that this run
	// computed.
	Golden, Conflicts, Reconciled int64
}

// Theme is a table of a thematic database after the run.
type Theme struct {
	Title string
	Table string
	Rows  int64
	// Held says which gate kept the former table live; empty if it was published.
	Held string
}

// Point is the score of one period.
type Point struct {
	Period string
	Score  float64
}

// ItemConflicts counts the entities whose sources disagree about an item.
type ItemConflicts struct {
	// Base is the title of the base, Item and Title are the item's name and title.
	Base, Item, Title string
	// Rows are the conflicts, Golden the golden rows of the base.
	Rows, Golden int64
	// Departments are those that disagree with the winner, most first.
	Departments []string
}

// Explained is one organization with where its items come from.
type Explained struct {
	// USCC is its unified social credit code: only organizations are explained on a page.
	USCC  string
	Name  string
	Items []ExplainedItem
}

// ExplainedItem is one item with its winner and those who say otherwise.
type ExplainedItem struct {
	Title      string
	Value      string
	Department string
	// Reason is the sentence of the rule that decided.
	Reason string
	Others []Other
}

// Other is a candidate that did not win.
type Other struct {
	Department string
	Value      string
	Lost       string
}

// Query is an example of how to ask the warehouse.
type Query struct {
	Title string
	SQL   string
}

// Queries gives three examples that work on any catalogue: rows by region, disagreements by
// item and department, findings by department.
func Queries(cat *schemas.Catalogue) []Query {
	var out []Query
	for _, b := range cat.Bases {
		if b.Region != "" {
			out = append(out, Query{"按行政区划统计" + b.Title, "SELECT region, count() AS n\nFROM " + b.FullName() + "\nGROUP BY region ORDER BY n DESC"})
			break
		}
	}
	if len(cat.Bases) > 0 {
		b := cat.Bases[0]
		for _, other := range cat.Bases { // the base of most feeds disagrees most
			if len(cat.FeedsOf(other.Name)) > len(cat.FeedsOf(b.Name)) {
				b = other
			}
		}
		out = append(out, Query{b.Title + "：哪些数据项分歧最多，谁持不同意见", "SELECT title, department, count() AS n\nFROM " + b.Name + ".conflict\nGROUP BY title, department ORDER BY n DESC LIMIT 20"})
	}
	return append(out, Query{"各部门的问题，按规则", "SELECT department, code, title, count() AS n\nFROM quality.finding\nGROUP BY department, code, title ORDER BY n DESC LIMIT 50"})
}
