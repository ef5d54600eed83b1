package schemas

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:generate go run ./jsonschema/gen

//go:embed base/*.yaml feeds/*.yaml themes/*.yaml authority/*.yaml cities/*.yaml
var shipped embed.FS

// BuiltIn holds the declarations that are shipped with jiku: the four bases, a fictional
// city and its feeds.
func BuiltIn() fs.FS { return shipped }

//go:embed jsonschema/*.schema.json
var editorSchemas embed.FS

// Kinds lists the kinds of declarations: base, feed, theme, authority and city.
func Kinds() []string {
	out := make([]string, len(declarationKinds))
	for i, k := range declarationKinds {
		out[i] = k.name
	}
	return out
}

// JSONSchema is the JSON Schema of a kind of declaration, for editors that complete and
// check YAML. It knows the form of one file; LoadCatalogue checks the rest.
func JSONSchema(kind string) ([]byte, error) {
	data, err := editorSchemas.ReadFile("jsonschema/" + kind + ".schema.json")
	if err != nil {
		return nil, fmt.Errorf("find schema of %q: %s", kind, suggest(kind, Kinds()))
	}
	return data, nil
}
