package normalize

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"jiku/schemas"
)

// decode reads the declared arguments into a struct with yaml tags whose fields are text,
// bool, lists of text and maps of text. An argument that the struct does not have is
// refused, and so is one of another type; the error says which, the first by name.
func decode(args schemas.Settings, into any) error {
	v := reflect.ValueOf(into).Elem()
	var known []string
	fields := map[string]reflect.Value{}
	for i := range v.NumField() {
		name := v.Type().Field(i).Tag.Get("yaml")
		known, fields[name] = append(known, name), v.Field(i)
	}
	names := make([]string, 0, len(args))
	for name := range args {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		field, ok := fields[name]
		if !ok {
			return badArg(name, argHint(known), "argument %s: there is none of this name", name)
		}
		if err := set(field, name, args[name]); err != nil {
			return err
		}
	}
	return nil
}

// set puts a declared value into a field.
func set(field reflect.Value, name string, value any) error {
	if given := reflect.ValueOf(value); given.IsValid() && given.Type().AssignableTo(field.Type()) {
		field.Set(given)
		return nil
	}
	switch to := field.Addr().Interface().(type) {
	case *string:
		return badArg(name, "put it in quotes", "argument %s: want text", name)
	case *bool:
		return badArg(name, "write true or false", "argument %s: want true or false", name)
	case *[]string:
		list, ok := value.([]any)
		if !ok {
			return badArg(name, "write a list: [a, b]", "argument %s: want a list", name)
		}
		for i, e := range list {
			s, ok := e.(string)
			if !ok {
				return badArg(fmt.Sprintf("%s[%d]", name, i), "put it in quotes", "argument %s: entry %d is no text", name, i+1)
			}
			*to = append(*to, s)
		}
	case *map[string]string:
		return setMap(to, name, value)
	default:
		panic("decode arguments: a field of type " + field.Type().String())
	}
	return nil
}

func setMap(to *map[string]string, name string, value any) error {
	var given map[string]any
	switch m := value.(type) {
	case map[string]any:
		given = m
	case schemas.Settings:
		given = m
	default:
		return badArg(name, `write a mapping: {"03": "1"}`, "argument %s: want a mapping", name)
	}
	*to = make(map[string]string, len(given))
	words := make([]string, 0, len(given))
	for w := range given {
		words = append(words, w)
	}
	slices.Sort(words)
	for _, w := range words {
		s, ok := given[w].(string)
		if !ok {
			return badArg(name+"."+w, `put it in quotes: 01 is not "01"`, "argument %s: %q gives no text", name, w)
		}
		(*to)[w] = s
	}
	return nil
}

// badArg is an error about one argument of a step.
func badArg(part, hint, format string, args ...any) error {
	return &schemas.PartError{Part: part, Hint: hint, Err: fmt.Errorf(format, args...)}
}

// argHint lists the arguments, which are few.
func argHint(known []string) string {
	if len(known) == 0 {
		return "remove it: the normalizer takes none"
	}
	return "one of " + strings.Join(known, ", ")
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
