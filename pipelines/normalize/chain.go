package normalize

import (
	"errors"
	"fmt"

	"jiku/schemas"
)

// chain is the compiled via of one column.
type chain struct {
	steps []Func
	gives schemas.Type
}

// closing names the step that an item's type adds to a chain without a typed step. Text
// needs none: edges are trimmed before the first step.
var closing = map[schemas.Type]string{
	schemas.TypeCode:    "code",
	schemas.TypeDate:    "date",
	schemas.TypeInteger: "integer",
	schemas.TypeDecimal: "decimal",
}

// compileChain compiles the steps of a column and, for an item, closes them by its type.
func compileChain(steps []schemas.Step, item *schemas.Item, env Env) (chain, error) {
	var c chain
	for _, step := range steps {
		if err := c.add(step, item, env); err != nil {
			return chain{}, err
		}
	}
	if item != nil && c.gives == "" {
		if name, ok := closing[item.Type]; ok {
			if err := c.add(schemas.Step{Name: name}, item, env); err != nil {
				return chain{}, err
			}
		}
	}
	return c, nil
}

func (c *chain) add(step schemas.Step, item *schemas.Item, env Env) error {
	if c.gives != "" {
		return fmt.Errorf("add normalizer %s: the step before it gives a %s, which ends the chain", step.Name, c.gives)
	}
	s, err := find(step.Name)
	if err != nil {
		return err
	}
	if item != nil && !fits(s.Gives, item.Type) {
		return fmt.Errorf("add normalizer %s: it gives a %s, want a step for item %s, which is a %s", s.Name, s.Gives, item.Name, item.Type)
	}
	f, err := s.Compile(step.Args, item, env)
	if err != nil {
		if at, ok := errors.AsType[*schemas.PartError](err); ok {
			at.Part = s.Name + "." + at.Part
		}
		return fmt.Errorf("add normalizer %s: %w", s.Name, err)
	}
	c.steps, c.gives = append(c.steps, f), s.Gives
	return nil
}

// fits reports whether a step that gives a type may stand in the chain of an item.
func fits(gives, item schemas.Type) bool {
	switch gives {
	case "", item:
		return true
	case schemas.TypeCode:
		return item == schemas.TypeText
	case typeDatetime:
		return item == schemas.TypeInteger
	}
	return false
}

// Check checks one declared step: the name, the arguments and, for an item, the type. item
// is nil for parts of a key and for the event time. Code tables are not looked at.
func Check(step schemas.Step, item *schemas.Item) error { return CheckIn(step, item, Env{}) }

// CheckIn is Check with the code tables of env.
func CheckIn(step schemas.Step, item *schemas.Item, env Env) error {
	var c chain
	return c.add(step, item, env)
}

// run sends a cell through nulls and steps. It reports whether the cell was blank.
func (c *Cell) run(cell []byte, steps []Func, nulls *nulls) bool {
	c.begin(trimCell(cell))
	if len(c.Text) == 0 {
		c.State = nulls.blank
		return true
	}
	if state, ok := nulls.find(c.Text); ok {
		c.State = state
		return false
	}
	for _, step := range steps {
		step(c)
		if c.State != schemas.Valued {
			return false
		}
		if len(c.Text) == 0 { // Nothing but what a step drops.
			c.State = nulls.blank
			return true
		}
	}
	return false
}
