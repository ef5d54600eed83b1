package schemas

import (
	"errors"
	"regexp"
	"slices"
)

// checker checks what the declarations say about each other and about names that other
// packages own.
type checker struct {
	*Catalogue
	known    Known
	problems *Problems
	// lost holds the kinds of which a declaration may be missing since a file has a defect:
	// that something of the kind is missing is then not shown.
	lost map[string]bool
}

func (c *checker) check() {
	if len(c.Bases) == 0 && !c.lost["base"] {
		*c.problems = append(*c.problems, Problem{File: "base", Message: "no base is declared", Hint: "add base/NAME.yaml"})
	}
	if c.City == nil && !c.lost["city"] {
		*c.problems = append(*c.problems, Problem{File: "cities", Message: "no city is declared", Hint: "add cities/NAME.yaml"})
	}
	if c.City != nil {
		c.city(c.City, c.scope("city", c.City.Name))
	}
	for _, b := range c.Bases {
		c.base(b, c.scope("base", b.Name))
	}
	for _, f := range c.Feeds {
		c.feed(f, c.scope("feed", f.Name))
	}
	for _, b := range c.Bases {
		c.register(b)
	}
	for _, a := range c.Authorities {
		c.baseOf(c.scope("authority", a.Name), a.Base)
	}
	for _, t := range c.Themes {
		c.theme(t, c.scope("theme", t.Name))
	}
}

func (c *checker) scope(kind, name string) scope {
	return scope{doc: c.documents[kind+" "+name], out: c.problems}
}

// PartError is what another package finds wrong with a part of what it is given to check.
type PartError struct {
	// Part is the path of the part below what was given, such as code.map.03.
	Part string
	// Hint says what to do.
	Hint string
	Err  error
}

// Error is the text of Err.
func (e *PartError) Error() string { return e.Err.Error() }

// Unwrap is Err.
func (e *PartError) Unwrap() error { return e.Err }

// ProblemsAt are the problems that an error about a part of a declaration amounts to, at the
// place of that part; see Where.
func (c *Catalogue) ProblemsAt(kind, name, path string, err error) Problems {
	var out Problems
	scope{doc: c.documents[kind+" "+name], path: path, out: &out}.accept(err)
	return out
}

// settingOf is how other packages begin an error about one setting.
var settingOf = regexp.MustCompile(`^setting ([a-z0-9_]+)`)

// accept records the error of another package's check: joined errors one by one, those
// about a setting where it stands.
func (s scope) accept(err error) {
	var (
		joined interface{ Unwrap() []error }
		part   *PartError
	)
	switch {
	case err == nil:
	case errors.As(err, &joined):
		for _, e := range joined.Unwrap() {
			s.accept(e)
		}
	case errors.As(err, &part):
		s.path = joinPath(s.path, part.Part)
		s.fail(part.Hint, "%v", err)
	default:
		if m := settingOf.FindStringSubmatch(err.Error()); m != nil {
			s = s.key("settings").key(m[1])
		}
		message, hint := advised(err.Error())
		s.fail(hint, "%s", message)
	}
}

// advice is how other packages go on to say what is wanted.
var advice = regexp.MustCompile(`[,;] (want |did you mean |known are |there are |list |remove |add )`)

// advised parts the text of an error from what it says is wanted.
func advised(text string) (message, hint string) {
	if at := advice.FindStringIndex(text); at != nil {
		return text[:at[0]], text[at[0]+2:]
	}
	return text, "jiku docs shows what declarations can use"
}

// unknown records that the word under a key is not among the declared ones. A blank word
// is a problem already.
func (s scope) unknown(key, word string, declared []string) {
	if word != "" && !slices.Contains(declared, word) {
		s.key(key).fail(suggest(word, declared), "%s %q is not declared", key, word)
	}
}

// repeated records words that stand twice in the list under a key.
func (s scope) repeated(key string, words []string) {
	seen := make(map[string]bool)
	for i, w := range words {
		if w != "" && seen[w] {
			s.at(key, i).fail("remove one", "%s has %q twice", key, w)
		}
		seen[w] = true
	}
}

// baseOf is the base under the key base, or nil.
func (c *checker) baseOf(s scope, name string) *Base {
	b := c.Base(name)
	if b == nil && !c.lost["base"] {
		s.unknown("base", name, c.baseNames())
	}
	return b
}

func (c *checker) baseNames() []string {
	out := make([]string, len(c.Bases))
	for i, b := range c.Bases {
		out[i] = b.Name
	}
	return out
}

func (c *checker) departments() []string {
	if c.City == nil {
		return nil
	}
	out := make([]string, len(c.City.Departments))
	for i, d := range c.City.Departments {
		out[i] = d.ID
	}
	return out
}

// department checks a department's id. Without a city that is a problem of its own.
func (c *checker) department(s scope, key, id string) {
	if c.City != nil && !c.lost["city"] {
		s.unknown(key, id, c.departments())
	}
}

func (b *Base) itemNames() []string {
	out := make([]string, len(b.Items))
	for i := range b.Items {
		out[i] = b.Items[i].Name
	}
	return out
}

// rules checks the chosen rules of a base or feed; carried are the items that have values.
func (c *checker) rules(s scope, uses []RuleUse, b *Base, carried []string) {
	for i, u := range uses {
		at := s.at("rules", i)
		for j, item := range u.Items {
			switch {
			case item == "":
			case b.ItemIndex(item) < 0:
				at.at("items", j).fail(suggest(item, b.itemNames()), "item %q is not declared in base %s", item, b.Name)
			case !slices.Contains(carried, item):
				at.at("items", j).fail("map a column to it, or drop the rule", "item %q is not carried by the feed", item)
			}
		}
		if u.Weight < 0 {
			at.key("weight").fail("", "weight is less than 0")
		}
		if c.known.Rule != nil && u.Rule != "" {
			at.key("rule").accept(c.known.Rule(u, b))
		}
	}
}
