package schemas

import (
	"regexp"
	"slices"
	"strings"
)

func (c *checker) feed(f *Feed, s scope) {
	s.key("feed").name("feed", f.Name)
	c.department(s, "department", f.Department)
	if c.known.Connector != nil && f.Source.Connector != "" {
		s.key("source").accept(c.known.Connector(f.Source.Connector, f.Source.Settings))
	}
	s.key("source").key("settings").secrets(f.Source.Settings)
	c.slot(f, s.key("slot"))
	nullWords(f.Nulls, s.key("nulls"))
	if f.Kind == Snapshot && f.Operation != nil {
		s.key("operation").fail("a row that leaves a snapshot is withdrawn by itself: remove operation, or make the kind delta",
			"a snapshot has no operation column")
	}
	c.copies(f, s)
	c.gates(f.Gates, s.key("gates"))
	c.contacts(f.Contacts, s)
	b := c.baseOf(s, f.Base)
	if b == nil {
		return
	}
	if f.Rows == "many" && b.Key.Kind != KeyComposite {
		s.key("rows").fail("many rows an entity need the row's own id in a composite key", "base %s has a key of kind %s", b.Name, b.Key.Kind)
	}
	c.feedKey(f, b, s)
	if f.Event != nil {
		c.steps(s.key("event"), f.Event.Via, nil)
	}
	carried, whole := c.columns(f, b, s)
	if !whole || s.doc.spoiled(joinPath(s.path, "columns")) {
		return // What follows from a column that is not there is not shown.
	}
	c.rules(s, f.Rules, b, carried)
	c.examples(f, carried, s)
}

// secretNames are settings that hold what no declaration may: it is read by many and kept
// in version control.
var secretNames = []string{"access_key", "api_key", "passwd", "password", "secret", "token"}

// secrets finds secrets in settings, at any depth. References to the environment or to a
// file pass; the message does not repeat the value.
func (s scope) secrets(settings map[string]any) {
	for _, name := range sortedKeys(settings) {
		switch v := settings[name].(type) {
		case map[string]any:
			s.key(name).secrets(v)
		case string:
			reference := strings.HasPrefix(v, "${") || strings.HasPrefix(v, "env:") || strings.HasPrefix(v, "file:")
			if v != "" && !reference && slices.Contains(secretNames, name) {
				s.key(name).fail("name the environment variable or file that holds it", "setting %s holds a secret", name)
			}
		}
	}
}

func (c *checker) slot(f *Feed, s scope) {
	switch {
	case f.Slot.Name != "" && f.Slot.Manifest:
		s.fail("keep one", "the slot is read from the file name or from a manifest, not both")
	case f.Slot.Name == "" && !f.Slot.Manifest:
		if c.known.Slots != nil && f.Source.Connector != "" && !c.known.Slots(f.Source.Connector) {
			s.fail("add slot: {name: REGEXP} or slot: {manifest: true}", "connector %s cannot tell the slot of a delivery by itself", f.Source.Connector)
		}
	case f.Slot.Name != "":
		re, err := regexp.Compile(f.Slot.Name)
		if err != nil {
			s.key("name").fail("see https://pkg.go.dev/regexp/syntax", "slot name is not a regular expression: %s",
				strings.TrimPrefix(err.Error(), "error parsing regexp: "))
			return
		}
		if re.SubexpIndex("date") < 0 {
			s.key("name").fail(`mark the date, as in (?P<date>\d{8})`, "slot name has no group date")
		}
		for _, g := range re.SubexpNames() {
			if g != "" && g != "date" && g != "seq" {
				s.key("name").fail("the groups are date and seq", "slot name has a group %q", g)
			}
		}
	}
}

func nullWords(n NullWords, s scope) {
	s.repeated("none", n.None)
	s.repeated("unknown", n.Unknown)
	for i, w := range n.Unknown {
		if slices.Contains(n.None, w) {
			s.at("unknown", i).fail("keep it in one list", "%q means both none and unknown", w)
		}
	}
}

func (c *checker) copies(f *Feed, s scope) {
	s.repeated("copies_from", f.CopiesFrom)
	feeds := c.feedNames(f.Base)
	for i, other := range f.CopiesFrom {
		at := s.at("copies_from", i)
		switch {
		case other == "":
		case other == f.Name:
			at.fail("remove it", "feed %s copies from itself", f.Name)
		case !slices.Contains(feeds, other) && !c.lost["feed"]:
			at.fail(suggest(other, feeds), "feed %q is not declared for base %s", other, f.Base)
		}
	}
}

func (c *checker) gates(g FeedGates, s scope) {
	for _, gate := range []struct {
		key string
		Threshold
	}{{"rejects", g.Rejects}, {"encoding", g.Encoding}, {"shrink", g.Shrink}} {
		if gate.Strong > 0 && gate.Weak > gate.Strong {
			s.key(gate.key).key("weak").fail("a warning comes before a stop: make weak the smaller", "weak %v is more than strong %v", gate.Weak, gate.Strong)
		}
	}
}

// mobile is a mainland mobile number: a person's, not a desk's.
var mobile = regexp.MustCompile(`^(\+?86)?1[3-9][0-9]{9}$`)

func (c *checker) contacts(list []Contact, s scope) {
	for i, contact := range list {
		if mobile.MatchString(contact.Phone) {
			s.at("contacts", i).key("phone").fail("give the desk's landline", "contact phone is a private mobile number")
		}
	}
}
