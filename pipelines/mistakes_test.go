package pipelines_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"jiku/pipelines"
	"jiku/schemas"
)

// told is a message with its place and what to do.
var told = regexp.MustCompile(`^[a-z]+/[a-z]+\.yaml:[1-9][0-9]*:[1-9][0-9]*: .+ \(.+\)$`)

// TestMistakes makes one mistake at a time in a catalogue, as people make them in an editor,
// and compares what `jiku check` would say of it. README.md in testdata/mistakes says how a
// case reads.
func TestMistakes(t *testing.T) {
	paths, err := filepath.Glob("../testdata/mistakes/*.txtar")
	if err != nil || len(paths) < 21 {
		t.Fatalf("%d cases, %v", len(paths), err)
	}
	good, err := txtar.ParseFile("../testdata/mistakes/catalogue.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if said := said(t, good, mistake{}); said != "" {
		t.Fatalf("the catalogue without a mistake: %s", said)
	}
	for _, path := range paths {
		if filepath.Base(path) == "catalogue.txtar" {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			m := readMistake(t, path)
			got := said(t, good, m)
			if *update {
				m.archive.Files[len(m.archive.Files)-1].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(m.archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(m.want, got); diff != "" || got == "" {
				t.Errorf("messages (-want +got):\n%s", diff)
			}
			for line := range strings.Lines(got) {
				if !told.MatchString(strings.TrimSuffix(line, "\n")) {
					t.Errorf("%s: want file:line:column: message (what to do)", strings.TrimSpace(line))
				}
			}
		})
	}
}

// mistake is one change of one file.
type mistake struct {
	archive             *txtar.Archive
	in, old, made, want string
}

func readMistake(t *testing.T, path string) mistake {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m := mistake{archive: a}
	parts := map[string]*string{"in": &m.in, "old": &m.old, "new": &m.made, "want": &m.want}
	for _, f := range a.Files {
		if parts[f.Name] == nil {
			t.Fatalf("part %s: want in, old, new and want", f.Name)
		}
		*parts[f.Name] = string(f.Data)
	}
	// The line end is the archive's, unless what is replaced is a whole line.
	m.in = strings.TrimSpace(m.in)
	if m.made != "" {
		m.old, m.made = strings.TrimSuffix(m.old, "\n"), strings.TrimSuffix(m.made, "\n")
	}
	return m
}

// said is what is wrong with the catalogue after a change, in the words of jiku check.
func said(t *testing.T, good *txtar.Archive, m mistake) string {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range good.Files {
		text := string(f.Data)
		if f.Name == m.in {
			if strings.Count(text, m.old) == 0 {
				t.Fatalf("%s has no %q", m.in, m.old)
			}
			text = strings.Replace(text, m.old, m.made, 1)
		}
		fsys[f.Name] = &fstest.MapFile{Data: []byte(text)}
	}
	cat, err := pipelines.Load(fsys)
	var problems schemas.Problems
	switch {
	case errors.As(err, &problems):
	case err != nil:
		t.Fatalf("an error without a place: %v", err)
	default:
		_, problems = pipelines.Examples(cat)
	}
	if len(problems) == 0 {
		return ""
	}
	return problems.Error() + "\n"
}
