package normalize

import (
	"fmt"

	"github.com/goccy/go-yaml"

	"jiku/schemas"
)

// decode reads the declared arguments into a struct with yaml tags. An argument that the
// struct does not have is refused, and so is one of another type.
func decode(args schemas.Settings, into any) error {
	if len(args) == 0 {
		return nil
	}
	text, err := yaml.Marshal(map[string]any(args))
	if err != nil {
		return fmt.Errorf("read arguments: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(text, into, yaml.Strict()); err != nil {
		return fmt.Errorf("read arguments: %s", yaml.FormatError(err, false, false))
	}
	return nil
}

// plain is the Compile of a step without arguments.
func plain(f Func) func(schemas.Settings, *schemas.Item, Env) (Func, error) {
	return func(args schemas.Settings, _ *schemas.Item, _ Env) (Func, error) {
		if err := decode(args, &struct{}{}); err != nil {
			return nil, err
		}
		return f, nil
	}
}
