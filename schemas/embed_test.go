package schemas

import (
	"bytes"
	"io/fs"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// editor holds a compiled JSON Schema for each directory of declarations.
func editor(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	out := make(map[string]*jsonschema.Schema)
	for _, kind := range declarationKinds {
		data, err := JSONSchema(kind.name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(kind.name+".json", doc); err != nil {
			t.Fatal(err)
		}
		if out[kind.dir], err = c.Compile(kind.name + ".json"); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// plain reads YAML as any tool would: the value, and whether it is readable.
func plain(file string, data []byte) (any, bool) {
	var problems Problems
	doc := &document{kind: declarationKinds[0], file: file, places: map[string]place{}}
	root := yamlReader{file, &problems}.read(doc.kind, data)
	if root == nil || len(problems) > 0 {
		return nil, false
	}
	var out any
	(&decoder{doc: doc, out: &problems}).decode(root, reflect.ValueOf(&out).Elem(), field{})
	return out, true
}

// TestEditorsJudgeBadDeclarations compares what the JSON Schema makes of a bad case with
// the line "schema:" of the case: refused, accepted (the defect is not one of form), or
// unreadable.
func TestEditorsJudgeBadDeclarations(t *testing.T) {
	schemas := editor(t)
	files, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, fsys := archive(t, file)
			_, want, _ := strings.Cut(strings.TrimSpace(string(a.Comment)), "\nschema: ")
			got := "accepted"
			for name, f := range fsys {
				if path.Ext(name) != ".yaml" || len(f.Data) == 0 {
					continue
				}
				value, readable := plain(name, f.Data)
				if !readable {
					got = "unreadable"
				} else if err := schemas[path.Dir(name)].Validate(value); err != nil && got == "accepted" {
					got = "refused"
				}
			}
			if got != want {
				t.Errorf("editors find it %s, want %s", got, want)
			}
		})
	}
}

// TestShippedDeclarations loads what is built in, and judges it as editors do.
func TestShippedDeclarations(t *testing.T) {
	cat, err := LoadCatalogue(BuiltIn(), Known{})
	if err != nil {
		t.Fatal(err)
	}
	var bases []string
	for _, b := range cat.Bases {
		bases = append(bases, b.FullName())
	}
	if got, want := strings.Join(bases, " "), "certificate.certificate credit.record legal_entity.organization population.person"; got != want {
		t.Errorf("bases %s, want %s", got, want)
	}
	judge(t, BuiltIn())
	_, good := archive(t, "testdata/good.txtar")
	judge(t, good)
}

func judge(t *testing.T, fsys fs.FS) {
	t.Helper()
	schemas := editor(t)
	files, err := fs.Glob(fsys, "*/*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d declarations, %v", len(files), err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			t.Fatal(err)
		}
		value, _ := plain(file, data)
		if err := schemas[path.Dir(file)].Validate(value); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func TestJSONSchemaOfUnknownKind(t *testing.T) {
	if _, err := JSONSchema("feeds"); err == nil || !strings.Contains(err.Error(), `did you mean "feed"?`) {
		t.Errorf("error %v, want the nearest kind", err)
	}
}
