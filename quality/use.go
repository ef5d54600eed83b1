package quality

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"
	"github.com/go-viper/mapstructure/v2"

	"jiku/schemas"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

// Env is what rules may ask for besides the record.
type Env struct {
	// Table finds a code table by name.
	Table func(name string) (*codes.Table, error)
	// Regions gives the history of the administrative divisions with the city's own.
	Regions func() (*codes.Regions, error)
	// Forms are the forms of numbers with the city's own; nil leaves what package ident computes.
	Forms *ident.Forms
	// Location is the city's time zone, in which the day of receipt is told; nil takes the
	// zone of the delivery's time.
	Location *time.Location
	// Catalogue tells entity rules who is entitled to an item.
	Catalogue *schemas.Catalogue
}

// Use is a rule with the items and parameters of one declaration.
type Use struct {
	Rule     *Rule
	Base     *schemas.Base
	Declared schemas.RuleUse
	// Items are the indexes in Base.Items by the rule's parameters; -1 where an optional
	// item is left out.
	Items []int
	Env   Env
}

func newUse(u schemas.RuleUse, b *schemas.Base, env Env) (*Use, error) {
	r := Lookup(u.Rule)
	if r == nil {
		return nil, fmt.Errorf("compile rule %s: no such rule%s", u.Rule, nearest(u.Rule, ruleNames()))
	}
	use := &Use{Rule: r, Base: b, Declared: u, Env: env}
	if err := use.resolve(); err != nil {
		return nil, fmt.Errorf("compile rule %s: %w", u.Rule, err)
	}
	return use, nil
}

// resolve finds the declared items and checks number and types.
func (u *Use) resolve() error {
	params, names := u.Rule.Items, u.Declared.Items
	least := len(params)
	for least > 0 && params[least-1].Optional {
		least--
	}
	if len(names) < least || len(names) > len(params) {
		return fmt.Errorf("items: %d given, want [%s]", len(names), u.Rule.Signature())
	}
	u.Items = make([]int, len(params))
	for i, p := range params {
		u.Items[i] = -1
		if i >= len(names) {
			continue
		}
		at := u.Base.ItemIndex(names[i])
		if at < 0 {
			return fmt.Errorf("item %s: not an item of base %s%s", names[i], u.Base.Name, nearest(names[i], itemNames(u.Base)))
		}
		if t := u.Base.Items[at].Type; !slices.Contains(p.Types, t) {
			return fmt.Errorf("item %s: type %s does not fit %s (%s)", names[i], t, p.Name, p.Title)
		}
		u.Items[i] = at
	}
	if k := u.Rule.Key; k != "" && u.Base.Key.Kind != k && !u.numberGiven() {
		return fmt.Errorf("base %s: its key is %s, want %s or the item with the number as last item", u.Base.Name, u.Base.Key.Kind, k)
	}
	return nil
}

// numberGiven reports whether a rule about the key was given an item to read in its place.
func (u *Use) numberGiven() bool {
	n := len(u.Rule.Items)
	return n > 0 && u.Rule.Items[n-1].Name == "number" && u.Items[n-1] >= 0
}

// Args decodes the declared parameters; unknown names and wrong types are errors.
func (u *Use) Args(into any) error {
	dec, err := mapstructure.NewDecoder(&mapstructure.DecoderConfig{Result: into, ErrorUnused: true, TagName: "yaml"})
	if err != nil {
		return fmt.Errorf("decode args: %w", err)
	}
	if err := dec.Decode(map[string]any(u.Declared.Args)); err != nil {
		return fmt.Errorf("decode args: want %s: %w", argNames(u.Rule), err)
	}
	return nil
}

// NoArgs refuses parameters of a rule that takes none.
func (u *Use) NoArgs() error { return u.Args(&struct{}{}) }

// Reason finds a reason of the rule; asking for one that it does not declare is a
// programming fault that the rule's examples show.
func (u *Use) Reason(code string) *schemas.ReasonInfo {
	info := u.Rule.reason(code)
	if info == nil {
		panic("rule " + u.Rule.Name + ": undeclared reason " + code)
	}
	return info
}

// Signature lists the rule's items as they are declared, optional ones with a question mark.
func (r *Rule) Signature() string {
	var out []string
	for _, p := range r.Items {
		name := p.Name
		if p.Optional {
			name += "?"
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

func argNames(r *Rule) string {
	if len(r.Args) == 0 {
		return "no args"
	}
	var out []string
	for _, a := range r.Args {
		out = append(out, a.Name)
	}
	return strings.Join(out, ", ")
}

func ruleNames() []string {
	var out []string
	for _, r := range Rules() {
		out = append(out, r.Name)
	}
	return out
}

func itemNames(b *schemas.Base) []string {
	out := make([]string, len(b.Items))
	for i := range b.Items {
		out[i] = b.Items[i].Name
	}
	return out
}

// nearest is "; did you mean x?" for a name within a third of its length, or empty.
func nearest(name string, among []string) string {
	if best := closest(name, among); best != "" {
		return "; did you mean " + best + "?"
	}
	return ""
}

// closest is the name with the fewest edits, if these are at most a third of its characters
// (at least one), or empty. Of equals the first in order wins.
func closest(name string, among []string) string {
	best, limit := "", max(1, len([]rune(name))/3)
	for _, a := range among {
		if d := levenshtein.ComputeDistance(name, a); d <= limit {
			best, limit = a, d-1
		}
	}
	return best
}
