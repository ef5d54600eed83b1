package schemas

import (
	"fmt"
	"math"
	"slices"
)

// registered is an entry of the register with its place.
type registered struct {
	*AuthorityEntry
	scope
}

// subject is what an entry is about, as it stands in messages.
func (e *AuthorityEntry) subject() string {
	if e.Group != "" {
		return fmt.Sprintf("group %q", e.Group)
	}
	return fmt.Sprintf("item %q", e.Item)
}

// overlaps reports whether two entries are in force on a common day.
func (e *AuthorityEntry) overlaps(o *AuthorityEntry) bool {
	last := func(d Day) Day {
		if d == 0 {
			return math.MaxUint32
		}
		return d
	}
	return e.From <= last(o.Until) && o.From <= last(e.Until)
}

// register checks all entries about a base, of however many files.
func (c *checker) register(b *Base) {
	var all []registered
	for _, a := range c.Authorities {
		if a.Base != b.Name {
			continue
		}
		for i := range a.Entries {
			e := registered{&a.Entries[i], c.scope("authority", a.Name).at("entries", i)}
			c.entry(b, e)
			for _, earlier := range all {
				if earlier.Item == e.Item && earlier.Group == e.Group && earlier.overlaps(e.AuthorityEntry) {
					e.fail("end one with until before the other begins, or remove it",
						"%s is registered already for the same days in %s", e.subject(), earlier.doc.place(earlier.path))
				}
			}
			all = append(all, e)
		}
	}
}

func (c *checker) entry(b *Base, e registered) {
	groups := make([]string, len(b.Groups))
	for i, g := range b.Groups {
		groups[i] = g.Name
	}
	lead := e.Item
	switch {
	case e.Item == "" && e.Group == "":
		e.fail("add item: NAME or group: NAME", "entry is about neither an item nor a group")
	case e.Item != "" && e.Group != "":
		e.key("group").fail("keep one", "entry is about both an item and a group")
	case e.Group != "":
		e.unknown("group", e.Group, groups)
		if i := slices.Index(groups, e.Group); i >= 0 {
			lead = b.Groups[i].Lead
		}
	case b.ItemIndex(e.Item) < 0:
		e.unknown("item", e.Item, b.itemNames())
	default:
		if g := b.groupOf(e.Item); g != nil {
			e.key("item").fail("write group: "+g.Name, "item %q wins with its group %q", e.Item, g.Name)
		}
	}
	c.ranks(e)
	c.checkers(e)
	if e.From != 0 && e.Until != 0 && e.Until < e.From {
		e.key("until").fail("", "until %s is before from %s", e.Until, e.From)
	}
	if b.ItemIndex(lead) >= 0 && e.Source != "" && !c.carries(e.Source, b.Name, lead) {
		e.out = &c.Warnings
		e.key("source").fail("fallbacks win until it does", "no feed of department %s carries %s yet", e.Source, lead)
	}
}

// ranks checks source, co-source and fallbacks.
func (c *checker) ranks(e registered) {
	c.department(e.scope, "source", e.Source)
	c.department(e.scope, "co_source", e.CoSource)
	switch {
	case e.CoSource != "" && e.CoSource == e.Source:
		e.key("co_source").fail("remove it", "co-source and source are the same department")
	case e.CoSource != "" && e.Approval == "":
		e.key("co_source").fail("add approval: NUMBER", "two sources of equal rank need an approval number")
	case e.CoSource == "" && e.Approval != "":
		e.key("approval").fail("remove it, or add co_source", "approval is for a co-source")
	}
	e.repeated("fallbacks", e.Fallbacks)
	for i, d := range e.Fallbacks {
		c.listed(e.at("fallbacks", i), d)
		if d != "" && (d == e.Source || d == e.CoSource) {
			e.at("fallbacks", i).fail("remove it", "department %q is the source already", d)
		}
	}
}

func (c *checker) checkers(e registered) {
	s, k := e.key("checkers"), e.Checkers
	s.repeated("of", k.Of)
	for i, d := range k.Of {
		c.listed(s.at("of", i), d)
		if d != "" && d == e.Source {
			s.at("of", i).fail("remove it", "department %q is the source: it cannot check itself", d)
		}
	}
	switch {
	case k.Agree > len(k.Of):
		s.key("agree").fail("", "%d checkers have to agree, of %d", k.Agree, len(k.Of))
	case len(k.Of) > 0 && k.Agree == 0:
		s.fail("add agree: NUMBER", "checkers do not say how many have to agree")
	}
}

// listed checks a department in a list.
func (c *checker) listed(s scope, id string) {
	if known := c.departments(); c.City != nil && !c.lost["city"] && id != "" && !slices.Contains(known, id) {
		s.fail(suggest(id, known), "department %q is not declared", id)
	}
}

// carries reports whether a feed of the department carries the item.
func (c *checker) carries(department, base, item string) bool {
	return slices.ContainsFunc(c.FeedsOf(base), func(f *Feed) bool {
		return f.Department == department && slices.ContainsFunc(f.Columns, func(m ColumnMap) bool { return m.Item == item })
	})
}
