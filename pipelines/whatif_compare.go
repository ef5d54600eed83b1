package pipelines

import (
	"bytes"
	"cmp"
	"slices"

	"jiku/schemas"
)

// difference counts how computed golden rows differ from published ones, range by range. The
// published rows of a range are held; the computed ones pass by in the order of key hashes.
type difference struct {
	catalogue *schemas.Catalogue
	base      *schemas.Base
	old       *schemas.GoldenBlock
	sorted    []int32 // rows of old by hash and key
	next      int     // in sorted
	total     BaseChange
	items     []ItemChange
	// departments by id, and by feed for the way there; findings by code.
	departments, feeds map[string]*DepartmentChange
	findings           map[string]*FindingChange
	before, after      []*DepartmentChange // of the cells of the row at hand
	examples           int                 // wanted of each item
}

func newDifference(c *schemas.Catalogue, b *schemas.Base) *difference {
	d := &difference{catalogue: c, base: b, old: schemas.NewGoldenBlock(b), total: BaseChange{Base: b.Name, Title: b.Title},
		items: make([]ItemChange, len(b.Items)), departments: map[string]*DepartmentChange{}, feeds: map[string]*DepartmentChange{},
		findings: map[string]*FindingChange{}, before: make([]*DepartmentChange, len(b.Items)), after: make([]*DepartmentChange, len(b.Items))}
	for i, it := range b.Items {
		d.items[i].Item, d.items[i].Title = it.Name, it.Title
	}
	return d
}

// published keeps rows of the range at work; those of families go to kin.
func (d *difference) published(g *schemas.GoldenBlock, links *linking, kin *schemas.GoldenBlock) {
	for i := range g.Len() {
		into := d.old
		if links != nil {
			if _, in := links.families.Of(g.KeyHash[i]); in {
				into = kin
			}
		}
		into.AppendRow(g, i)
	}
}

// order sorts the published rows of the range as computed rows come.
func (d *difference) order() {
	d.sorted, d.next = d.sorted[:0], 0
	for i := range d.old.Len() {
		d.sorted = append(d.sorted, int32(i))
	}
	slices.SortFunc(d.sorted, func(a, b int32) int {
		return cmp.Or(cmp.Compare(d.old.KeyHash[a], d.old.KeyHash[b]), bytes.Compare(d.old.Key.At(int(a)), d.old.Key.At(int(b))))
	})
	d.total.Published += int64(len(d.sorted))
}

// computed compares rows with the published rows of their keys.
func (d *difference) computed(g *schemas.GoldenBlock) error {
	for i := range g.Len() {
		now := g.View(i)
		for d.next < len(d.sorted) && d.against(g, i) < 0 {
			d.skip()
		}
		if d.next < len(d.sorted) && d.against(g, i) == 0 {
			was := d.old.View(int(d.sorted[d.next]))
			d.next++
			if now.Gone() {
				d.row(&was, nil)
			} else {
				d.row(&was, &now)
			}
		} else if !now.Gone() {
			d.row(nil, &now)
		}
	}
	return nil
}

// against orders the next published row against a computed one.
func (d *difference) against(g *schemas.GoldenBlock, i int) int {
	at := int(d.sorted[d.next])
	return cmp.Or(cmp.Compare(d.old.KeyHash[at], g.KeyHash[i]), bytes.Compare(d.old.Key.At(at), g.Key.At(i)))
}

// skip counts a published row whose key has no claims any more.
func (d *difference) skip() {
	was := d.old.View(int(d.sorted[d.next]))
	d.next++
	d.row(&was, nil)
}

// rest counts the published rows after the last computed one and empties the range.
func (d *difference) rest() {
	for d.next < len(d.sorted) {
		d.skip()
	}
	d.old.Reset()
}

// row compares the two rows of a key; one may be missing.
func (d *difference) row(was, now *schemas.GoldenView) {
	d.origins(was, d.before)
	d.origins(now, d.after)
	if now != nil {
		d.total.Computed++
	}
	switch {
	case was == nil:
		d.total.Appearing++
	case now == nil:
		d.total.Going++
	case d.cells(was, now):
		d.total.Changed++
	}
	for i, a := range d.after {
		b := d.before[i]
		if a == b {
			continue
		}
		if a != nil {
			a.Gained++
		}
		if b != nil {
			b.Lost++
		}
	}
	d.conflicts(was, now)
	d.marks(was, now)
}

// origins are the departments that give the cells of a row.
func (d *difference) origins(v *schemas.GoldenView, into []*DepartmentChange) {
	for i := range into {
		into[i] = nil
		if v == nil {
			continue
		}
		if w, ok := v.Origin(i); ok {
			into[i] = d.department(w.Feed)
		}
	}
}

// cells compares the cells of a key that both sides have.
func (d *difference) cells(was, now *schemas.GoldenView) (changed bool) {
	for i := range d.items {
		same := was.State(i) == now.State(i)
		if d.base.Items[i].Type.Textual() {
			same = same && bytes.Equal(was.Text(i), now.Text(i))
		} else {
			same = same && was.Int(i) == now.Int(i)
		}
		switch {
		case !same:
			if d.items[i].Changed < int64(d.examples) {
				d.example(i, was, now)
			}
			d.items[i].Changed++
			changed = true
		case d.before[i] != d.after[i]:
			d.items[i].Moved++
		}
	}
	return changed
}

// conflicts counts the disagreements that only one side has. A key has few.
func (d *difference) conflicts(was, now *schemas.GoldenView) {
	var a, b []schemas.Conflict
	if was != nil {
		a = was.Conflicts()
	}
	if now != nil {
		b = now.Conflicts()
	}
	for i := range b {
		if !disputes(a, &b[i]) {
			d.items[b[i].Item].Opened++
		}
	}
	for i := range a {
		if !disputes(b, &a[i]) {
			d.items[a[i].Item].Closed++
		}
	}
}

func disputes(list []schemas.Conflict, c *schemas.Conflict) bool {
	return slices.ContainsFunc(list, func(x schemas.Conflict) bool { return x.Item == c.Item && x.Feed == c.Feed })
}

// marks counts the entity findings that only one side has.
func (d *difference) marks(was, now *schemas.GoldenView) {
	var a, b []string
	if was != nil {
		a = was.Findings()
	}
	if now != nil {
		b = now.Findings()
	}
	if slices.Equal(a, b) {
		return
	}
	for _, text := range b {
		if !slices.Contains(a, text) {
			d.finding(text).Opened++
		}
	}
	for _, text := range a {
		if !slices.Contains(b, text) {
			d.finding(text).Closed++
		}
	}
}
