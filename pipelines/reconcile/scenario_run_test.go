package reconcile

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"jiku/schemas"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata")

// TestScenarios runs every scenario of testdata: declarations, facts and claims in, golden
// rows and conflicts out; if the file has it, the sentences of explain too. Each runs a
// second time with its claims shuffled and repeated, its declarations in reverse.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("find scenarios: %v, %d files", err, len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runScenario(t, file) })
	}
}

func runScenario(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w := readScenario(t, archive)
	got := map[string]string{"want": w.render(w.run(t, w.claims)), "explain": ""}
	for i := range archive.Files {
		if archive.Files[i].Name == "explain" {
			got["explain"] = w.sentences(t)
		}
	}
	for i := range archive.Files {
		f := &archive.Files[i]
		text, expected := got[f.Name]
		if !expected {
			continue
		}
		if *update {
			f.Data = []byte(text)
		} else if diff := cmp.Diff(string(f.Data), text); diff != "" {
			t.Errorf("%s (-file +got):\n%s", f.Name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	slices.Reverse(w.cat.Feeds)
	slices.Reverse(w.cat.Authorities)
	twice := append(slices.Clone(w.claims), w.claims...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(twice), func(i, j int) { twice[i], twice[j] = twice[j], twice[i] })
	if diff := cmp.Diff(got["want"], w.render(w.run(t, twice))); diff != "" {
		t.Errorf("shuffled and repeated (-once +twice):\n%s", diff)
	}
}

func readScenario(t *testing.T, archive *txtar.Archive) *world {
	w := newWorld()
	for _, f := range archive.Files {
		read := map[string]func(testing.TB, string){"declare": w.declare, "facts": w.fact, "claims": w.claim}[f.Name]
		if read == nil {
			continue
		}
		for _, line := range lines(f.Data) {
			read(t, line)
		}
	}
	return w
}

// sentences are the sentences of explain with the candidates and why each lost.
func (w *world) sentences(t *testing.T) string {
	p, err := Compile(w.cat, w.base)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range p.Explain(w.facts, w.block(w.claims)) {
		b.WriteString(e.Key.Reveal() + "\n")
		for _, it := range e.Items {
			b.WriteString("  " + it.Sentence + "\n")
			for _, c := range it.Candidates {
				b.WriteString("    " + w.names[c.Delivery] + " " + stateText(stateOf(c.State), c.Value) + " " + c.LostTitle)
				if c.Relation != "" {
					b.WriteString(" (" + c.Relation + ")")
				}
				b.WriteString("\n")
			}
		}
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

func stateOf(name string) schemas.State {
	for _, s := range []schemas.State{schemas.Silent, schemas.Valued, schemas.None, schemas.Unknown, schemas.Withdrawn, schemas.Void} {
		if s.String() == name {
			return s
		}
	}
	return 0
}
