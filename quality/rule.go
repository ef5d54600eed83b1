package quality

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"jiku/schemas"
)

// Depth says where a rule is checked and what it sees.
type Depth string

// The depths.
const (
	Row    Depth = "row"    // At ingest, one record of one feed.
	Entity Depth = "entity" // At reconcile, one golden row.
	Cross  Depth = "cross"  // At publication, by SQL over several bases.
	Feed   Depth = "feed"   // Per run and period, the facts of one feed.
)

// Rule is one quality rule. Exactly one of CompileRow, CompileEntity, CompileCross and
// CompileFeed is set, the one of its depth.
type Rule struct {
	// Name is what declarations call the rule, such as date.order.
	Name string
	// Title is the rule's name in Chinese.
	Title string
	// Doc says in Chinese what the rule demands, why, and when it does not apply.
	Doc   string
	Depth Depth
	// Dimension is the sub-indicator of GB/T 36344-2018 that the rule serves.
	Dimension string
	// Weight is how much of a value a finding costs in scores: 1 is as much as a missing value.
	Weight float64
	// Key is the kind of key that the rule reads; empty if it does not look at the key.
	Key schemas.KeyKind
	// Items are the items that the rule takes, in the order of RuleUse.Items.
	Items []Param
	// Args documents the parameters by name.
	Args []Param
	// Reasons are what the rule finds.
	Reasons  []schemas.ReasonInfo
	Examples []Example

	CompileRow    func(u *Use) (RowCheck, error)
	CompileEntity func(u *Use) (EntityCheck, error)
	CompileCross  func(u *CrossUse) (string, error)
	CompileFeed   func(u *Use) (FeedCheck, error)
}

// Param is an item or a parameter that a rule takes.
type Param struct {
	Name string
	// Title says in Chinese what it is.
	Title string
	// Types are the item types that fit; a parameter has none.
	Types []schemas.Type
	// Optional items may be left out at the end of the list.
	Optional bool
}

// registry holds the rules by name; only init functions write it.
var registry = map[string]*Rule{}

// Register adds a rule. It is called by init functions and panics when two rules share a
// name or a reason code, which no test run survives.
func Register(r Rule) {
	if registry[r.Name] != nil {
		panic("register rule " + r.Name + ": the name is taken")
	}
	for _, other := range registry {
		for i := range r.Reasons {
			if other.reason(r.Reasons[i].Code) != nil {
				panic("register rule " + r.Name + ": reason " + r.Reasons[i].Code + " belongs to " + other.Name)
			}
		}
	}
	registry[r.Name] = &r
}

// Rules lists every rule by depth (row, entity, cross, feed), then name.
func Rules() []*Rule {
	depths := []Depth{Row, Entity, Cross, Feed}
	return slices.SortedFunc(maps.Values(registry), func(a, b *Rule) int {
		return cmp.Or(cmp.Compare(slices.Index(depths, a.Depth), slices.Index(depths, b.Depth)), cmp.Compare(a.Name, b.Name))
	})
}

// Lookup finds a rule by name, or nil.
func Lookup(name string) *Rule { return registry[name] }

// Infos lists the reasons of all rules by code. Reasons of normalizers and keys are their
// own packages'; Catalog joins them.
func Infos() []schemas.ReasonInfo {
	var out []schemas.ReasonInfo
	for _, r := range registry {
		out = append(out, r.Reasons...)
	}
	slices.SortFunc(out, func(a, b schemas.ReasonInfo) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

// Catalog joins lists of reasons into one by code. Of two with the same code the first
// counts, so that the order of the lists decides and not chance.
func Catalog(infos ...[]schemas.ReasonInfo) map[string]schemas.ReasonInfo {
	out := map[string]schemas.ReasonInfo{}
	for _, list := range infos {
		for _, info := range list {
			if _, ok := out[info.Code]; !ok {
				out[info.Code] = info
			}
		}
	}
	return out
}

// CheckRule checks a declared use of a rule against the base: name, items and their types,
// parameters. A rule across bases is checked for its own base; CompileCross checks the rest.
func CheckRule(u schemas.RuleUse, b *schemas.Base) error {
	use, err := newUse(u, b, Env{})
	if err != nil {
		return err
	}
	switch use.Rule.Depth {
	case Row:
		_, err = use.Rule.CompileRow(use)
	case Entity:
		_, err = use.Rule.CompileEntity(use)
	case Feed:
		_, err = use.Rule.CompileFeed(use)
	default:
		_, err = use.Rule.CompileCross(&CrossUse{Use: use})
	}
	if err != nil {
		return fmt.Errorf("compile rule %s: %w", u.Rule, err)
	}
	return nil
}

// reason finds a reason of the rule, or nil.
func (r *Rule) reason(code string) *schemas.ReasonInfo {
	for i := range r.Reasons {
		if r.Reasons[i].Code == code {
			return &r.Reasons[i]
		}
	}
	return nil
}
