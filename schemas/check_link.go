package schemas

import "slices"

// links checks the other numbers that a base declares.
func (c *checker) links(b *Base, s scope) {
	if len(b.Links) > 0 && b.Key.Kind == KeyComposite {
		s.key("links").fail("remove links, or give the base a key of one part", "a composite key has no other numbers")
		return
	}
	for i := range b.Links {
		l, at := &b.Links[i], s.at("links", i)
		at.key("kind").name("kind", l.Kind)
		if l.Item == "" {
			if !slices.ContainsFunc(b.Parts(), func(p Part) bool { return p.Kind == l.Kind }) {
				at.fail("name the item that holds it", "a number of kind %q is not part of a key of kind %s", l.Kind, b.Key.Kind)
			}
		} else {
			c.linkItem(b, l.Item, TypeText, at.key("item"))
		}
		for key, item := range map[string]string{"from": l.From, "until": l.Until} {
			if item != "" {
				c.linkItem(b, item, TypeDate, at.key(key))
			}
		}
	}
}

func (c *checker) linkItem(b *Base, item string, want Type, s scope) {
	switch i := b.ItemIndex(item); {
	case i < 0:
		s.fail(suggest(item, b.itemNames()), "item %q is not declared", item)
	case b.Items[i].Type != want:
		s.fail("make it a "+string(want)+" item", "item %q of a link is of type %s", item, b.Items[i].Type)
	}
}

// keyKinds checks the kinds of numbers that a feed's key may be of.
func (c *checker) keyKinds(p KeyPart, b *Base, s scope) {
	s.repeated("kinds", p.Kinds)
	for i, kind := range p.Kinds {
		switch {
		case b.Key.Kind == KeyComposite:
			s.at("kinds", i).fail("remove kinds", "base %s has a composite key", b.Name)
		case kind != "" && !slices.Contains(b.KeyKinds(), kind):
			s.at("kinds", i).fail(suggest(kind, b.KeyKinds()), "kind %q is not among the links of base %s", kind, b.Name)
		}
	}
}
