package pipelines

import (
	"cmp"
	"maps"
	"slices"

	"jiku/schemas"
)

// BaseChange is what would change in a base. A cell is an item of a key.
type BaseChange struct {
	Base  string `json:"base"`
	Title string `json:"title"`
	// Published and Computed are the golden rows before and after.
	Published int64 `json:"published"`
	Computed  int64 `json:"computed"`
	// Appearing and Going are keys that only one side has; Changed are keys of both sides with
	// a cell of another value or state.
	Appearing int64 `json:"appearing"`
	Going     int64 `json:"going"`
	Changed   int64 `json:"changed"`
	// Only those that change are listed.
	Items       []ItemChange       `json:"items"`
	Departments []DepartmentChange `json:"departments"`
	Findings    []FindingChange    `json:"findings"`
	// Examples are some changed cells of each item, where they were asked for: personal data.
	Examples []ChangeExample `json:"examples,omitempty"`
	// Blocked are the table changes, in Chinese, before which the base cannot be computed.
	Blocked []string `json:"blocked,omitempty"`
}

// ItemChange is what would change in the cells of an item.
type ItemChange struct {
	Item  string `json:"item"`
	Title string `json:"title"`
	// Changed are cells of another value or state, of keys of both sides.
	Changed int64 `json:"changed"`
	// Moved are cells of the same value and state that another department gives.
	Moved int64 `json:"moved"`
	// Opened and Closed are conflicts (key, item, feed) that only one side has.
	Opened int64 `json:"opened"`
	Closed int64 `json:"closed"`
}

// DepartmentChange is how many cells a department would give that it does not give now, and
// the reverse; those of keys that appear or go count.
type DepartmentChange struct {
	Department string `json:"department"`
	Title      string `json:"title"`
	Gained     int64  `json:"gained"`
	Lost       int64  `json:"lost"`
}

// FindingChange is how many entity findings of a rule would come and go.
type FindingChange struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Opened int64  `json:"opened"`
	Closed int64  `json:"closed"`
}

// ChangeExample is a cell as it is and as it would be. Its key redacts itself.
type ChangeExample struct {
	Key    schemas.Key `json:"key"`
	Item   string      `json:"item"`
	Title  string      `json:"title"`
	Before ExampleCell `json:"before"`
	After  ExampleCell `json:"after"`
}

// ExampleCell is one side of an example.
type ExampleCell struct {
	Value      string `json:"value"`
	State      string `json:"state"`
	Department string `json:"department,omitempty"` // its title
}

// example keeps a changed cell.
func (d *difference) example(item int, was, now *schemas.GoldenView) {
	side := func(v *schemas.GoldenView, by *DepartmentChange) ExampleCell {
		c := ExampleCell{Value: v.Value(item), State: v.State(item).String()}
		if by != nil {
			c.Department = by.Title
		}
		return c
	}
	d.total.Examples = append(d.total.Examples, ChangeExample{Key: now.Key(), Item: d.items[item].Item, Title: d.items[item].Title,
		Before: side(was, d.before[item]), After: side(now, d.after[item])})
}

// Any reports whether anything would change.
func (c *BaseChange) Any() bool {
	return c.Appearing+c.Going+c.Changed > 0 || len(c.Items)+len(c.Departments)+len(c.Findings) > 0
}

// change gives what was counted, without what stays as it is.
func (d *difference) change() BaseChange {
	out := d.total
	out.Items = slices.DeleteFunc(slices.Clone(d.items), func(i ItemChange) bool { return i.Changed+i.Moved+i.Opened+i.Closed == 0 })
	out.Departments, out.Findings = []DepartmentChange{}, []FindingChange{}
	for _, id := range slices.Sorted(maps.Keys(d.departments)) {
		if c := d.departments[id]; c.Gained+c.Lost > 0 {
			out.Departments = append(out.Departments, *c)
		}
	}
	slices.SortStableFunc(out.Departments, func(a, b DepartmentChange) int { return -cmp.Compare(a.Gained+a.Lost, b.Gained+b.Lost) })
	slices.SortStableFunc(out.Examples, func(a, b ChangeExample) int {
		return cmp.Compare(d.base.ItemIndex(a.Item), d.base.ItemIndex(b.Item))
	})
	infos := Infos()
	for _, code := range slices.Sorted(maps.Keys(d.findings)) {
		if c := d.findings[code]; c.Opened+c.Closed > 0 {
			c.Title = infos[code].Title
			out.Findings = append(out.Findings, *c)
		}
	}
	return out
}

// department is where the cells of a feed are counted. A feed that the catalogue has no more
// stands for its department.
func (d *difference) department(feed string) *DepartmentChange {
	if c := d.feeds[feed]; c != nil {
		return c
	}
	id := feed
	if f := d.catalogue.Feed(feed); f != nil {
		id = f.Department
	}
	if d.departments[id] == nil {
		d.departments[id] = &DepartmentChange{Department: id, Title: d.catalogue.DepartmentTitle(id)}
	}
	d.feeds[feed] = d.departments[id]
	return d.feeds[feed]
}

func (d *difference) finding(text string) *FindingChange {
	code := schemas.ParseReason(text).Code
	if d.findings[code] == nil {
		d.findings[code] = &FindingChange{Code: code}
	}
	return d.findings[code]
}
