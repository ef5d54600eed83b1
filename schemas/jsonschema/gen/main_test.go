package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas"
)

// TestDrift compares the committed files with what the structs say today.
func TestDrift(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(schemas.Kinds()) {
		t.Errorf("%d schemas, want one for each of %v", len(files), schemas.Kinds())
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("jsonschema", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s differs from the structs, run go generate ./schemas (-want +got):\n%s", name, diff)
		}
	}
}
