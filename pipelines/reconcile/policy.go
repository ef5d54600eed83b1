package reconcile

import (
	"fmt"
	"strings"

	"jiku/schemas"
)

// Policy replaces the register for an item, between rulings and pins before it and the
// tie-breaks event, quorum, received and order after it. If the item has a register entry
// too, its staleness limit counts: stale candidates stand back while one is fresh.
type Policy struct {
	Name string
	// Doc says in Chinese what the policy does.
	Doc string
	// Why is the reason of items that the policy decides.
	Why schemas.Why
	// Ordered policies need a list of feeds, the others have none.
	Ordered bool
	// Examples are run as tests; a policy without examples does not pass.
	Examples []PolicyExample
	narrow   func(w *Worker)
}

// PolicyExample is a contest for one text item with its outcome.
type PolicyExample struct {
	Name   string
	Order  []string
	Claims []PolicyClaim
	Winner string // the feed
	Why    schemas.Why
}

// PolicyClaim is what a feed says; each feed is of a department of its own name.
type PolicyClaim struct {
	Feed  string
	Day   uint32
	Value string
}

// Policies lists the policies by name.
func Policies() []Policy { return []Policy{policyLatest(), policyPriority(), policyVote()} }

// CheckPolicy reports whether the policy of an item exists and has what it needs.
func CheckPolicy(use schemas.PolicyUse) error {
	p := policyByName(use.Name)
	switch {
	case p == nil:
		var names []string
		for _, p := range Policies() {
			names = append(names, p.Name)
		}
		return fmt.Errorf("unknown policy %q, want one of %s", use.Name, strings.Join(names, ", "))
	case p.Ordered && len(use.Order) == 0:
		return fmt.Errorf("policy %s has no order, list its feeds, first wins", use.Name)
	case !p.Ordered && len(use.Order) > 0:
		return fmt.Errorf("policy %s takes no order, remove it", use.Name)
	}
	seen := map[string]bool{}
	for _, f := range use.Order {
		if seen[f] {
			return fmt.Errorf("policy %s lists feed %s twice", use.Name, f)
		}
		seen[f] = true
	}
	return nil
}

func policyByName(name string) *Policy {
	for _, p := range Policies() {
		if p.Name == name {
			return &p
		}
	}
	return nil
}
