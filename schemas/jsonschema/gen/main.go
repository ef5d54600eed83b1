// Command gen writes the JSON Schema files that editors check declarations with. The Go
// structs of package schemas are their only source: tags give the form, comments the
// descriptions. It runs in the folder schemas, by go generate.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"jiku/schemas"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func write() error {
	files, err := generate()
	if err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join("jsonschema", name), data, 0o644); err != nil {
			return fmt.Errorf("write schema: %w", err)
		}
	}
	return nil
}

// generate makes every schema from the structs and their comments. It runs in the folder
// schemas.
func generate() (map[string][]byte, error) {
	r := &jsonschema.Reflector{FieldNameTag: "yaml", ExpandedStruct: true, Anonymous: true, Mapper: mapper}
	if err := r.AddGoComments("jiku/schemas", ".", jsonschema.WithFullComment()); err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	for of, comment := range r.CommentMap {
		r.CommentMap[of] = strings.Join(strings.Fields(comment), " ")
	}
	out := make(map[string][]byte)
	for kind, v := range map[string]any{"base": schemas.Base{}, "feed": schemas.Feed{}, "theme": schemas.Theme{},
		"authority": schemas.Authority{}, "city": schemas.City{}} {
		s := r.Reflect(v)
		s.Title = "jiku " + kind
		notBlank(s)
		for _, def := range s.Definitions {
			notBlank(def)
		}
		data, err := json.MarshalIndent(s, "", "  ")
		if err != nil {
			return nil, fmt.Errorf("encode schema of %s: %w", kind, err)
		}
		out[kind+".schema.json"] = append(data, '\n')
	}
	return out, nil
}

// mapper gives the types with a form of their own in YAML.
func mapper(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[schemas.Step]():
		one := uint64(1)
		return &jsonschema.Schema{
			Description: "A normalizer: its name, or one name with its arguments.",
			OneOf: []*jsonschema.Schema{
				{Type: "string", MinLength: &one},
				{Type: "object", MinProperties: &one, MaxProperties: &one, AdditionalProperties: &jsonschema.Schema{
					Type: "object", MinProperties: &one}},
			},
		}
	case reflect.TypeFor[schemas.Day]():
		return &jsonschema.Schema{Type: "string", Format: "date", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`}
	case reflect.TypeFor[schemas.Settings]():
		return &jsonschema.Schema{Type: "object"}
	default:
		return nil
	}
}

// notBlank demands that what is required is not blank either.
func notBlank(s *jsonschema.Schema) {
	one := uint64(1)
	for _, name := range s.Required {
		p, ok := s.Properties.Get(name)
		if !ok {
			continue
		}
		switch {
		case p.Type == "string" && len(p.Enum) == 0:
			p.MinLength = &one
		case p.Type == "array":
			p.MinItems = &one
		case p.Type == "object":
			p.MinProperties = &one
		}
	}
}
