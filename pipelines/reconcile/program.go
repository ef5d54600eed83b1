package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"jiku/schemas"
)

// maxItems bounds the items of a base: an origin is one byte, and a row has at most one
// winner an item.
const maxItems = 255

// maxFeeds bounds the feeds of a base: ranks are one byte.
const maxFeeds = 200

// Check is an entity rule: it looks at one golden row on a day (yyyymmdd) and emits its
// findings. It runs in several goroutines at once, keeps nothing of the view, and depends on
// nothing but it and the day. due is the next day on which the findings would change by
// themselves, or 0; the row is reconciled again then.
type Check func(g schemas.GoldenView, day uint32, emit func(schemas.Reason)) (due uint32)

// Program is the compiled declarations of one base. It is read-only and shared by all
// workers.
type Program struct {
	base        *schemas.Base
	catalogue   *schemas.Catalogue
	feeds       []feed // by name
	feedIndex   map[string]int
	units       []unit // by their first item
	unitOf      map[string]int
	comparators []schemas.Comparator // by item
	layout      layout
	checks      []Check
	linker      Linker // nil for a base without links
	hash        func(key []byte) uint64
}

// feed is a feed of the base, compiled.
type feed struct {
	*schemas.Feed
	department int
	carries    []bool
	goneStates []byte // the states of a claim that withdraws the key
	byEvent    bool
	copies     bool
}

// unit is what wins together: a group, or an item without one.
type unit struct {
	name    string // of the group or item
	title   string
	lead    int
	items   []int
	grouped bool
	policy  *Policy
	order   []string // of the policy
	entries []schemas.AuthorityEntry
}

// Compile resolves the declarations of a base: feeds, groups, comparators, policies and
// the register. The order of declarations does not matter. checks are the entity rules.
func Compile(c *schemas.Catalogue, base *schemas.Base, checks ...Check) (*Program, error) {
	p := &Program{base: base, catalogue: c, feedIndex: map[string]int{}, unitOf: map[string]int{}, checks: checks}
	for _, step := range []func() error{p.compileItems, p.compileFeeds, p.compileUnits, p.compileRegister} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("compile base %s: %w", base.Name, err)
		}
	}
	return p, nil
}

// Base is the base that the program reconciles.
func (p *Program) Base() *schemas.Base { return p.base }

func (p *Program) compileItems() error {
	if n := len(p.base.Items); n > maxItems {
		return fmt.Errorf("count items: %d, want at most %d", n, maxItems)
	}
	for i := range p.base.Items {
		c, err := schemas.ComparatorFor(&p.base.Items[i])
		if err != nil {
			return err
		}
		p.comparators = append(p.comparators, c)
	}
	p.layout = newLayout(p.base)
	return nil
}

func (p *Program) compileFeeds() error {
	feeds := p.catalogue.FeedsOf(p.base.Name)
	if len(feeds) > maxFeeds {
		return fmt.Errorf("count feeds: %d, want at most %d", len(feeds), maxFeeds)
	}
	slices.SortFunc(feeds, func(a, b *schemas.Feed) int { return cmp.Compare(a.Name, b.Name) })
	departments := map[string]int{}
	for i, f := range feeds {
		if _, twice := p.feedIndex[f.Name]; twice {
			return fmt.Errorf("feed %s: declared twice", f.Name)
		}
		p.feedIndex[f.Name] = i
		d, ok := departments[f.Department]
		if !ok {
			d = len(departments)
			departments[f.Department] = d
		}
		p.feeds = append(p.feeds, p.compileFeed(f, d))
	}
	return nil
}

func (p *Program) compileFeed(f *schemas.Feed, department int) feed {
	out := feed{Feed: f, department: department, byEvent: f.Order == "event", copies: len(f.CopiesFrom) > 0,
		carries: make([]bool, len(p.base.Items)), goneStates: make([]byte, len(p.base.Items))}
	for _, c := range f.Columns {
		if i := p.base.ItemIndex(c.Item); i >= 0 {
			out.carries[i] = true
		}
	}
	for i, carried := range out.carries {
		out.goneStates[i] = byte(schemas.Silent)
		if carried {
			out.goneStates[i] = byte(schemas.Withdrawn)
		}
	}
	return out
}

func (p *Program) compileUnits() error {
	grouped := map[int]bool{}
	for _, g := range p.base.Groups {
		u := unit{name: g.Name, title: g.Title, lead: p.base.ItemIndex(g.Lead), grouped: true}
		for _, name := range append([]string{g.Lead}, g.Items...) {
			i := p.base.ItemIndex(name)
			if i < 0 {
				return fmt.Errorf("group %s: unknown item %q", g.Name, name)
			}
			if slices.Contains(u.items, i) {
				continue // the lead may be listed again
			}
			if grouped[i] {
				return fmt.Errorf("group %s: item %s belongs to another group too", g.Name, name)
			}
			grouped[i] = true
			u.items = append(u.items, i)
		}
		slices.Sort(u.items)
		p.units = append(p.units, u)
	}
	for i := range p.base.Items {
		if !grouped[i] {
			p.units = append(p.units, unit{name: p.base.Items[i].Name, title: p.base.Items[i].Title, lead: i, items: []int{i}})
		}
	}
	slices.SortFunc(p.units, func(a, b unit) int { return cmp.Compare(a.items[0], b.items[0]) })
	return p.compilePolicies()
}

// compilePolicies indexes the units by name and gives them their policies. A group's
// policy is its lead item's.
func (p *Program) compilePolicies() error {
	for n := range p.units {
		u := &p.units[n]
		for _, i := range u.items {
			it := &p.base.Items[i]
			p.unitOf[it.Name] = n
			if it.Policy == nil {
				continue
			}
			if i != u.lead {
				return fmt.Errorf("item %s: policy of an item in group %s, give it to the lead item %s", it.Name, u.name, p.base.Items[u.lead].Name)
			}
			if err := CheckPolicy(*it.Policy); err != nil {
				return fmt.Errorf("item %s: %w", it.Name, err)
			}
			u.policy, u.order = policyByName(it.Policy.Name), it.Policy.Order
		}
	}
	// A group's name stands before that of an item that is called the same.
	for n := range p.units {
		if p.units[n].grouped {
			p.unitOf[p.units[n].name] = n
		}
	}
	return nil
}
