package schemas

import (
	"os"
	"regexp"
	"testing"
	"testing/fstest"
)

// TestReadmeExamples loads the declarations in README.md as one catalogue: every yaml
// block begins with the name of its file.
func TestReadmeExamples(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, m := range regexp.MustCompile("(?s)```yaml\n# ([a-z/_]+\\.yaml)\n(.*?)```").FindAllSubmatch(readme, -1) {
		fsys[string(m[1])] = &fstest.MapFile{Data: m[2]}
	}
	if len(fsys) != len(declarationKinds) {
		t.Errorf("%d examples, want one of each kind", len(fsys))
	}
	cat, err := LoadCatalogue(fsys, Known{})
	if err != nil {
		t.Fatal(err)
	}
	if len(cat.Themes) != 1 || len(cat.Authorities) != 1 {
		t.Errorf("%d themes and %d registers, want one each", len(cat.Themes), len(cat.Authorities))
	}
	judge(t, fsys)
}
