package quality

import (
	"fmt"
	"strings"

	"jiku/schemas"
)

// CrossQuery is a rule across bases as ClickHouse SQL. It yields the columns base, key,
// item and detail, all strings, one row a finding; key is a key of Base.
type CrossQuery struct {
	Rule   string
	Base   string
	SQL    string
	Shadow bool
}

// CrossUse is a use of a rule across bases. Its environment has no catalogue while a
// declaration is checked alone.
type CrossUse struct {
	*Use
	// Day is the run's day.
	Day uint32
}

// CompileCross compiles the rules across bases that the bases of a catalogue use, in the
// order of bases and uses. The queries read the entity views, so they see one published
// state whatever came first.
func CompileCross(cat *schemas.Catalogue, day uint32) ([]CrossQuery, error) {
	var out []CrossQuery
	for _, b := range cat.Bases {
		for _, u := range b.Rules {
			use, err := newUse(u, b, Env{Catalogue: cat})
			if err != nil {
				return nil, err
			}
			if use.Rule.Depth != Cross {
				continue
			}
			sql, err := use.Rule.CompileCross(&CrossUse{Use: use, Day: day})
			if err != nil {
				return nil, wrap(use, err)
			}
			out = append(out, CrossQuery{Rule: u.Rule, Base: b.Name, SQL: sql, Shadow: u.Shadow})
		}
	}
	return out, nil
}

// Other finds another base and checks that it has the items. It gives nil while a
// declaration is checked alone.
func (u *CrossUse) Other(base string, items ...string) (*schemas.Base, error) {
	if u.Env.Catalogue == nil {
		return nil, nil
	}
	b := u.Env.Catalogue.Base(base)
	if b == nil {
		return nil, fmt.Errorf("find base %s: the catalogue has none of this name", base)
	}
	for _, item := range items {
		if b.ItemIndex(item) < 0 {
			return nil, fmt.Errorf("find item %s: not an item of base %s%s", item, base, nearest(item, itemNames(b)))
		}
	}
	return b, nil
}

// Column is the name of the declared item number i.
func (u *CrossUse) Column(i int) string { return u.Base.Items[u.Items[i]].Name }

// literals is a list of words of a declaration as SQL.
func literals(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = schemas.Quote(w)
	}
	return strings.Join(out, ", ")
}

// sqlDay is a day as SQL.
func sqlDay(day uint32) string { return fmt.Sprintf("toDate32('%s')", schemas.Day(day)) }
