package schemas

import "slices"

// viewColumns are further names that the views of a base give their own columns.
var viewColumns = []string{"conflicts", "day", "known_from", "n", "origin", "texts", "title", "why"}

// strays reports whether a feed is meant for a base that there is not: what no feed does for
// the others is then not shown.
func (c *checker) strays() bool {
	return slices.ContainsFunc(c.Feeds, func(f *Feed) bool { return c.Base(f.Base) == nil })
}

func (c *checker) base(b *Base, s scope) {
	checkBaseName(s.key("base"), b.Name)
	s.key("entity").name("entity", b.Entity, baseTables(b.Entity)...)
	c.baseKey(b, s.key("key"))
	c.items(b, s)
	c.groups(b, s)
	c.links(b, s)
	if i := b.ItemIndex(b.Region); b.Region != "" && i < 0 {
		s.unknown("region", b.Region, b.itemNames())
	} else if b.Region != "" && b.Items[i].Type != TypeCode {
		s.key("region").fail("make it a code item", "region item %q is of type %s", b.Region, b.Items[i].Type)
	}
	c.rules(s, b.Rules, b, b.itemNames())
	if !c.lost["feed"] && !c.strays() && !slices.ContainsFunc(c.FeedsOf(b.Name), func(f *Feed) bool { return f.Establishes }) {
		s.key("base").fail("set establishes: true in the feed whose rows make an entity exist",
			"no feed establishes %s, so it could never hold a row", b.FullName())
	}
}

func (c *checker) baseKey(b *Base, s scope) {
	s.key("column").name("key column", b.Key.Column, append(ReservedColumns(), viewColumns...)...)
	if b.ItemIndex(b.Key.Column) >= 0 {
		s.key("column").fail("rename one", "key column %q is also an item", b.Key.Column)
	}
	switch {
	case b.Key.Kind == KeyComposite && len(b.Key.Parts) < 2:
		s.fail("list the parts in order, such as [type, number, issuer]", "a composite key has at least two parts")
	case b.Key.Kind != KeyComposite && b.Key.Kind != "" && len(b.Key.Parts) > 0:
		s.key("parts").fail("remove parts, or make the kind composite", "a key of kind %s has no parts", b.Key.Kind)
	}
	s.repeated("parts", b.Key.Parts)
	for i, p := range b.Key.Parts {
		s.at("parts", i).name("key part", p)
	}
}

func (c *checker) items(b *Base, s scope) {
	seen := make(map[string]bool)
	for i := range b.Items {
		it, at := &b.Items[i], s.at("items", i)
		at.key("name").name("item", it.Name, append(ReservedColumns(), viewColumns...)...)
		if it.Name != "" && seen[it.Name] {
			at.key("name").fail("rename one", "item %q is declared twice", it.Name)
		}
		seen[it.Name] = true
		c.itemTable(it, at)
		if it.Comparator != "" && c.known.Comparator != nil {
			at.key("comparator").accept(c.known.Comparator(it.Comparator, it.Type))
		}
		if it.Policy != nil {
			c.policy(b, *it.Policy, at.key("policy"))
		}
	}
}

func (c *checker) itemTable(it *Item, s scope) {
	switch {
	case it.Type == TypeCode && it.Table == "":
		s.fail("add table: NAME", "code item %q names no code table", it.Name)
	case it.Type != TypeCode && it.Table != "":
		s.key("table").fail("remove it, or make the item's type code", "item %q of type %s has a code table", it.Name, it.Type)
	case it.Table != "" && !c.lost["codes"] && !slices.Contains(c.Codes.Names(), it.Table):
		s.key("table").fail(suggest(it.Table, c.Codes.Names()), "code table %q is not known", it.Table)
	}
}

// priority is the policy that needs an order.
const priority = "priority"

func (c *checker) policy(b *Base, u PolicyUse, s scope) {
	if c.known.Policy != nil && u.Name != "" {
		s.key("name").accept(c.known.Policy(u))
	}
	switch {
	case u.Name == priority && len(u.Order) == 0:
		s.fail("list the feeds, first wins", "policy priority has no order")
	case u.Name != priority && len(u.Order) > 0:
		s.key("order").fail("remove order", "policy %s takes no order", u.Name)
	}
	s.repeated("order", u.Order)
	feeds := c.feedNames(b.Name)
	for i, f := range u.Order {
		if f != "" && !slices.Contains(feeds, f) && !c.lost["feed"] {
			s.at("order", i).fail(suggest(f, feeds), "feed %q is not declared for base %s", f, b.Name)
		}
	}
}

func (c *checker) feedNames(base string) []string {
	var out []string
	for _, f := range c.FeedsOf(base) {
		out = append(out, f.Name)
	}
	return out
}

func (c *checker) groups(b *Base, s scope) {
	groupOf := make(map[string]string)
	names := make(map[string]bool)
	for i, g := range b.Groups {
		at := s.at("groups", i)
		at.key("name").name("group", g.Name)
		if g.Name != "" && names[g.Name] {
			at.key("name").fail("rename one", "group %q is declared twice", g.Name)
		}
		names[g.Name] = true
		if len(g.Items) == 1 {
			at.key("items").fail("add the items that win together with it, or drop the group", "group %q has a single item", g.Name)
		}
		if g.Lead != "" && !slices.Contains(g.Items, g.Lead) {
			at.key("lead").fail("add it to items, or choose another lead", "lead %q is not among the items of group %q", g.Lead, g.Name)
		}
		at.repeated("items", g.Items)
		for j, item := range g.Items {
			other, taken := groupOf[item]
			switch {
			case item != "" && b.ItemIndex(item) < 0:
				at.at("items", j).fail(suggest(item, b.itemNames()), "item %q is not declared", item)
			case taken && other != g.Name:
				at.at("items", j).fail("an item wins with one group only", "item %q is in group %q already", item, other)
			}
			groupOf[item] = g.Name
		}
	}
}

// groupOf is the group of an item, or nil.
func (b *Base) groupOf(item string) *Group {
	for i := range b.Groups {
		if slices.Contains(b.Groups[i].Items, item) {
			return &b.Groups[i]
		}
	}
	return nil
}
