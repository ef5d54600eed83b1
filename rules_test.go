// Package jiku_test holds the tree as a whole to its rules: who imports whom, sizes, comments, words.
package jiku_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// rule is one thing that every Go file must keep. It must find something in each bad
// snippet and nothing in a good one, so that it cannot be satisfied by finding nothing.
type rule struct {
	name      string
	check     func(*file) []string
	bad, good []snippet
}

// snippet is a file that could stand in the tree.
type snippet struct{ path, text string }

// file is one Go file.
type file struct {
	path  string // From the root, with slashes.
	set   *token.FileSet
	ast   *ast.File
	lines int
}

// run applies rules to the tree and to their own snippets.
func run(t *testing.T, rules []rule) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, f := range tree(t) {
				for _, found := range r.check(f) {
					t.Error(found)
				}
			}
			if len(r.bad) == 0 {
				t.Error("the rule has no bad snippet")
			}
			for i, s := range r.bad {
				if len(r.check(parse(t, s))) == 0 {
					t.Errorf("bad snippet %d (%s): nothing found in it", i+1, s.path)
				}
			}
			for i, s := range r.good {
				if found := r.check(parse(t, s)); len(found) > 0 {
					t.Errorf("good snippet %d: %s", i+1, strings.Join(found, "; "))
				}
			}
		})
	}
}

func parse(t *testing.T, s snippet) *file {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, s.path, s.text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return &file{path: s.path, set: set, ast: parsed, lines: strings.Count(s.text, "\n")}
}

// at is a finding with its place.
func (f *file) at(n ast.Node, say string) string {
	return fmt.Sprintf("%s:%d: %s", f.path, f.set.Position(n.Pos()).Line, say)
}

func (f *file) test() bool { return strings.HasSuffix(f.path, "_test.go") }

// functions are the declared functions with their bodies.
func (f *file) functions() []*ast.FuncDecl {
	var out []*ast.FuncDecl
	for _, d := range f.ast.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			out = append(out, fn)
		}
	}
	return out
}

// source is a text file of the tree.
type source struct{ path, text string }

// sources reads what could be committed: everything but what builds and tests leave.
var sources = sync.OnceValues(func() ([]source, error) {
	var out []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		slashed := filepath.ToSlash(path)
		if d.IsDir() {
			switch {
			case slashed == ".git", slashed == "bin", slashed == "build", strings.HasSuffix(slashed, "/testdata/rapid"):
				return filepath.SkipDir
			}
			return nil
		}
		text, err := os.ReadFile(path)
		out = append(out, source{slashed, string(text)})
		return err
	})
	return out, err
})

// texts are the files of the tree.
func texts(t *testing.T) []source {
	t.Helper()
	all, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("%d files found: not the whole tree", len(all))
	}
	return all
}

// tree are the Go files of the tree.
func tree(t *testing.T) []*file {
	t.Helper()
	var out []*file
	for _, s := range texts(t) {
		if strings.HasSuffix(s.path, ".go") {
			out = append(out, parse(t, snippet(s)))
		}
	}
	return out
}
