package quality

import (
	"fmt"

	"jiku/schemas"
)

// EntityCheck looks at one golden row and emits its findings. day is the run's day, 0 if the
// caller has none: then what depends on it is not checked. due is the next day on which the
// findings would change by themselves, or 0. A check keeps nothing of the view.
type EntityCheck func(v schemas.GoldenView, day uint32, emit func(schemas.Reason)) (due uint32)

// EntityChecks are the entity rules of one base, compiled. They hold no state: any number
// of goroutines may use them.
type EntityChecks struct {
	checks []EntityCheck
}

// CompileEntity compiles the entity rules among uses, in their order; rules of other depths
// are left to their own stage. Rules that ask who is entitled to a value find it in the
// catalogue of env; without one they find nothing.
func CompileEntity(uses []schemas.RuleUse, b *schemas.Base, env Env) (*EntityChecks, error) {
	out := &EntityChecks{}
	for _, u := range uses {
		use, err := newUse(u, b, env)
		if err != nil {
			return nil, err
		}
		if use.Rule.Depth != Entity {
			continue
		}
		check, err := use.Rule.CompileEntity(use)
		if err != nil {
			return nil, wrap(use, err)
		}
		out.checks = append(out.checks, check)
	}
	return out, nil
}

// Check emits the findings of a golden row on a day. due is the next day (yyyymmdd) on which
// they would change by themselves, or 0: the row is to be reconciled again then.
func (c *EntityChecks) Check(v schemas.GoldenView, day uint32, emit func(schemas.Reason)) (due uint32) {
	for _, check := range c.checks {
		if next := check(v, day, emit); next > day && (due == 0 || next < due) {
			due = next
		}
	}
	return due
}

// found is a reason about an item, made once when the rule is compiled.
func found(u *Use, code string, item int) schemas.Reason {
	return schemas.Reason{Code: u.Reason(code).Code, Item: u.Base.Items[item].Name}
}

func wrap(u *Use, err error) error { return fmt.Errorf("compile rule %s: %w", u.Rule.Name, err) }
