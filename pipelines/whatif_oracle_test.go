package pipelines_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jiku/pipelines"
	"jiku/schemas"
)

// picture is the golden rows of a base as plain maps: what the oracle of what-if compares.
type picture struct {
	cells     map[string][]cell
	conflicts map[[3]string]bool // key, item, feed
	findings  map[[2]string]bool // key, text
}

type cell struct{ state, value, department string }

// pictureOf reads the golden rows whose buckets are kept.
func pictureOf(tb testing.TB, c pipelines.Config, b *schemas.Base, keep func(bucket uint8) bool) picture {
	tb.Helper()
	p := picture{map[string][]cell{}, map[[3]string]bool{}, map[[2]string]bool{}}
	for g, err := range c.Store.Golden(context.Background(), b, schemas.AllBuckets()) {
		if err != nil {
			tb.Fatal(err)
		}
		for i := range g.Len() {
			if !keep(schemas.Bucket(g.KeyHash[i])) {
				continue
			}
			v, key := g.View(i), string(g.Key.At(i))
			for k := range b.Items {
				x := cell{state: v.State(k).String(), value: v.Value(k)}
				if w, ok := v.Origin(k); ok {
					x.department = c.Catalogue.Feed(w.Feed).Department
				}
				p.cells[key] = append(p.cells[key], x)
			}
			for _, said := range v.Conflicts() {
				p.conflicts[[3]string{key, b.Items[said.Item].Name, said.Feed}] = true
			}
			for _, text := range v.Findings() {
				p.findings[[2]string{key, text}] = true
			}
		}
	}
	return p
}

// oracle counts the differences of two pictures one after the other, as they are defined.
func oracle(b *schemas.Base, old, now picture) pipelines.BaseChange {
	out := pipelines.BaseChange{Base: b.Name, Published: int64(len(old.cells)), Computed: int64(len(now.cells))}
	departments := map[string]*pipelines.DepartmentChange{}
	count := func(id string) *pipelines.DepartmentChange {
		if departments[id] == nil {
			departments[id] = &pipelines.DepartmentChange{Department: id}
		}
		return departments[id]
	}
	for i, it := range b.Items {
		change := pipelines.ItemChange{Item: it.Name}
		for key, was := range old.cells {
			is, both := now.cells[key]
			if both && (was[i].state != is[i].state || was[i].value != is[i].value) {
				change.Changed++
			} else if both && was[i].department != is[i].department {
				change.Moved++
			}
			if !both || was[i].department != is[i].department {
				count(was[i].department).Lost++
			}
		}
		for key, is := range now.cells {
			if was, both := old.cells[key]; !both || was[i].department != is[i].department {
				count(is[i].department).Gained++
			}
		}
		mine := func(k [3]string) bool { return k[1] == it.Name }
		change.Opened, change.Closed = missing(now.conflicts, old.conflicts, mine), missing(old.conflicts, now.conflicts, mine)
		if change.Changed+change.Moved+change.Opened+change.Closed > 0 {
			out.Items = append(out.Items, change)
		}
	}
	for key, is := range now.cells {
		if was, both := old.cells[key]; !both {
			out.Appearing++
		} else if slices.CompareFunc(was, is, func(a, b cell) int { return strings.Compare(a.state+a.value, b.state+b.value) }) != 0 {
			out.Changed++
		}
	}
	out.Going = out.Published + out.Appearing - out.Computed
	for _, d := range departments {
		if d.Department != "" {
			out.Departments = append(out.Departments, *d)
		}
	}
	for code := range pipelines.Infos() {
		of := func(k [2]string) bool { return strings.HasPrefix(k[1], code+":") }
		f := pipelines.FindingChange{Code: code, Opened: missing(now.findings, old.findings, of), Closed: missing(old.findings, now.findings, of)}
		if f.Opened+f.Closed > 0 {
			out.Findings = append(out.Findings, f)
		}
	}
	return out
}

// missing counts what of a kind is in a and not in b.
func missing[K comparable](a, b map[K]bool, of func(K) bool) int64 {
	n := int64(0)
	for k := range a {
		if of(k) && !b[k] {
			n++
		}
	}
	return n
}

// agree compares a what-if with the oracle; titles are not the oracle's.
func agree(want, got pipelines.BaseChange) string {
	byName := func(a, b string) bool { return a < b }
	return cmp.Diff(want, got, cmpopts.EquateEmpty(),
		cmpopts.IgnoreFields(pipelines.BaseChange{}, "Title", "Examples"), cmpopts.IgnoreFields(pipelines.ItemChange{}, "Title"),
		cmpopts.IgnoreFields(pipelines.DepartmentChange{}, "Title"), cmpopts.IgnoreFields(pipelines.FindingChange{}, "Title"),
		cmpopts.SortSlices(func(a, b pipelines.DepartmentChange) bool { return byName(a.Department, b.Department) }),
		cmpopts.SortSlices(func(a, b pipelines.FindingChange) bool { return byName(a.Code, b.Code) }))
}

// exemplary checks examples, two of an item at most, against the rows before and after.
func exemplary(t *testing.T, c pipelines.Config, change pipelines.BaseChange, old, now picture) {
	t.Helper()
	want := 0
	for _, i := range change.Items {
		want += int(min(i.Changed, 2))
	}
	if len(change.Examples) != want {
		t.Errorf("%s: %d examples, want %d", change.Base, len(change.Examples), want)
	}
	for _, x := range change.Examples {
		at, key := c.Catalogue.Base(change.Base).ItemIndex(x.Item), x.Key.Reveal()
		for side, p := range map[pipelines.ExampleCell]picture{x.Before: old, x.After: now} {
			is := p.cells[key][at]
			if got := (cell{side.State, side.Value, side.Department}); is.department == "" || got != (cell{is.state, is.value, c.Catalogue.DepartmentTitle(is.department)}) {
				t.Errorf("%s: the example shows %v, the row has %v", x.Item, got, is)
			}
		}
	}
}
