package schemas

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// field is what the tags of a declaration's field demand. The same tags make the editors'
// JSON Schema: a field without omitempty is required and not blank, and jsonschema holds
// enum, default, pattern, minimum and maximum.
type field struct {
	name             string
	index            int
	required         bool
	enum             []string
	preset           string
	pattern          *regexp.Regexp
	minimum, maximum *float64
}

func fieldsOf(t reflect.Type) []field {
	var out []field
	for i := range t.NumField() {
		name, options, ok := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		if name == "" {
			continue
		}
		f := field{name: name, index: i, required: !ok || options != "omitempty"}
		for _, rule := range strings.Split(t.Field(i).Tag.Get("jsonschema"), ",") {
			f.take(rule)
		}
		out = append(out, f)
	}
	return out
}

func (f *field) take(rule string) {
	key, value, _ := strings.Cut(rule, "=")
	switch key {
	case "enum":
		f.enum = append(f.enum, value)
	case "default":
		f.preset = value
	case "pattern":
		f.pattern = regexp.MustCompile(value)
	case "minimum", "maximum":
		x, err := strconv.ParseFloat(value, 64)
		if err != nil {
			panic("schemas: tag " + rule + ": want a number")
		}
		if key == "minimum" {
			f.minimum = &x
		} else {
			f.maximum = &x
		}
	}
}

func fieldNames(fields []field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.name
	}
	return out
}

// setDefaults gives the fields of a structure, and of structures in it, their defaults.
func setDefaults(v reflect.Value) {
	for _, f := range fieldsOf(v.Type()) {
		switch at := v.Field(f.index); at.Kind() {
		case reflect.String:
			at.SetString(f.preset)
		case reflect.Struct:
			setDefaults(at)
		}
	}
}

// checkText records text that the tags do not allow.
func (f *field) checkText(d *decoder, n *node) {
	switch {
	case f.required && strings.TrimSpace(n.text) == "":
		d.fail(n, "fill it in", "%s is blank", d.here())
	case len(f.enum) > 0 && !slices.Contains(f.enum, n.text):
		d.fail(n, suggest(n.text, f.enum), "%s %q is not known", d.here(), n.text)
	case f.pattern != nil && !f.pattern.MatchString(n.text):
		hint := "write it like " + f.pattern.String()
		if f.pattern.String() == snakePattern {
			hint = "write it in lower case letters, digits and _, beginning with a letter"
		}
		d.fail(n, hint, "%s %q is not of the right form", d.here(), n.text)
	}
}

// snakePattern is the form of names: they become identifiers in the warehouse.
const snakePattern = "^[a-z][a-z0-9_]*$"

// checkNumber records a number outside its bounds.
func (f *field) checkNumber(d *decoder, n *node, x float64) {
	if f.minimum != nil && x < *f.minimum {
		d.fail(n, fmt.Sprintf("write %v or more", *f.minimum), "%s is less than %v", d.here(), *f.minimum)
	}
	if f.maximum != nil && x > *f.maximum {
		hint := fmt.Sprintf("write %v or less", *f.maximum)
		if *f.maximum == 1 {
			hint = "write a share: 0.05 is five percent"
		}
		d.fail(n, hint, "%s is more than %v", d.here(), *f.maximum)
	}
}
