package jiku_test

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas/ident"
)

// tops are the folders that may stand at the top.
var tops = []string{".ci", "cmd", "connectors", "deploy", "pipelines", "quality", "schemas", "testdata"}

// noFolders are names that say nothing about what a folder holds, or hide it.
var noFolders = []string{"internal", "pkg", "util", "utils", "common", "helper", "helpers", "docs", "misc", "lib"}

// textRule is one thing that every text file must keep.
type textRule struct {
	name      string
	check     func(source) []string
	bad, good []source
}

func TestTree(t *testing.T) {
	for _, r := range textRules() {
		t.Run(r.name, func(t *testing.T) {
			for _, s := range texts(t) {
				for _, found := range r.check(s) {
					t.Error(found)
				}
			}
			for i, s := range r.bad {
				if len(r.check(s)) == 0 {
					t.Errorf("bad sample %d (%s): nothing found in it", i+1, s.path)
				}
			}
			for i, s := range r.good {
				if found := r.check(s); len(found) > 0 {
					t.Errorf("good sample %d: %s", i+1, strings.Join(found, "; "))
				}
			}
		})
	}
}

// Samples of what must not stand in the tree are put together, so as not to stand here.
func textRules() []textRule {
	text := func(parts ...string) source { return source{"quality/x.go", strings.Join(parts, "")} }
	return []textRule{
		{
			name: "folders", check: folders,
			bad:  []source{{"console/x.go", ""}, {"quality/internal/x.go", ""}, {"schemas/docs/x.md", ""}},
			good: []source{{"README.md", ""}, {"quality/report/x.go", ""}, {"cmd/jiku/docs.go", ""}},
		},
		{
			name: "file names", check: fileNames,
			bad:  []source{{"connectors/source_js.go", ""}, {"connectors/source_plan9.go", ""}},
			good: []source{{"pipelines/fence_linux.go", ""}, {"connectors/source_csv.go", ""}},
		},
		{
			name: "leftovers", check: each(regexp.MustCompile(`\b(TO`+`DO|FIX`+`ME)\b|not impl`+`emented|unimpl`+`emented`), "work is left"),
			bad:  []source{text("// TO", "DO: later"), text(`errors.New("not impl`, `emented")`)},
			good: []source{text("// XXX is a currency of ISO 4217.")},
		},
		{
			name: "machine paths", check: each(regexp.MustCompile(`(^|[^a-zA-Z0-9_.~$}\-])/(work|farm|root|home|Users)/`), "a path of one machine"),
			bad:  []source{text(`"/wo`, `rk/x"`), text(`read /ho`, `me/somebody/x`)},
			good: []source{text(`HOME/warehouse, ~/work/x, https://host/work/x`)},
		},
		{
			name: "download addresses", check: each(regexp.MustCompile(`"resolved"`+`: *"http`), "npm takes the registry from its settings"),
			bad: []source{{"deploy/engine/package-lock.json", `"resolved"` + `: "https://host/x.tgz"`}},
		},
		{
			name: "resident IDs", check: residentIDs,
			bad:  []source{text("44010119", "800307", "0048")},
			good: []source{text("390101", "196504300012"), text("390101196504300013")},
		},
	}
}

func folders(s source) []string {
	parts := strings.Split(path.Dir(s.path), "/")
	if parts[0] != "." && !slices.Contains(tops, parts[0]) {
		return []string{s.path + ": the folders at the top are " + strings.Join(tops, ", ")}
	}
	for _, p := range parts {
		if slices.Contains(noFolders, p) {
			return []string{s.path + ": no folder is called " + p}
		}
	}
	return nil
}

var platform = regexp.MustCompile(`_(js|wasip1|plan9|windows|darwin|android|ios|illumos|aix|arm|arm64|amd64|wasm|386)(_test)?\.go$`)

// fileNames finds files that Go builds on some platforms alone without saying so inside.
// For Linux, where jiku runs, the name is enough.
func fileNames(s source) []string {
	if platform.MatchString(s.path) && !strings.Contains(s.text, "//go:build ") {
		return []string{s.path + ": the name limits it to one platform; rename it or say so in a build line"}
	}
	return nil
}

// each finds a pattern line by line.
func each(pattern *regexp.Regexp, say string) func(source) []string {
	return func(s source) []string {
		var out []string
		if s.path == "go.sum" || binary(s) {
			return nil
		}
		for i, line := range strings.Split(s.text, "\n") {
			if pattern.MatchString(line) {
				out = append(out, fmt.Sprintf("%s:%d: %s", s.path, i+1, say))
			}
		}
		return out
	}
}

func binary(s source) bool { return strings.Contains(s.text[:min(len(s.text), 8000)], "\x00") }

var (
	eighteen = regexp.MustCompile(`\b[1-7]\d{16}[0-9Xx]\b`) // Of citizens: permits of others begin with 8 or 9.
	// The two examples that GB 11643-1999 prints, and a made-up number of a county that has
	// been abolished since.
	vectors = []string{"110105" + "19491231002X", "440524" + "188001010014", "110224" + "196504300010"}
)

// residentIDs finds valid numbers of citizens outside province 39, which GB/T 2260 does not
// assign. The finding does not repeat the number.
func residentIDs(s source) []string {
	if binary(s) {
		return nil
	}
	var out []string
	for i, line := range strings.Split(s.text, "\n") {
		for _, number := range eighteen.FindAllString(line, -1) {
			_, why := ident.ParseResidentID([]byte(number))
			if why == ident.OK && !strings.HasPrefix(number, "39") && !slices.Contains(vectors, number) {
				out = append(out, fmt.Sprintf("%s:%d: a valid resident ID number outside province 39", s.path, i+1))
			}
		}
	}
	return out
}

// reveals are the places where a key or a password is shown in clear, and what for. Tests
// may show what they made up.
var reveals = map[string]string{
	"cmd/jiku/ask.go:ask":                   "the password of a request to the warehouse",
	"cmd/jiku/explain.go:showItem":          "the number by which a department keys the entity that a person asks for",
	"cmd/jiku/explain.go:showLinks":         "the numbers of the entity that a person asks for",
	"cmd/jiku/id_explain.go:shown":          "the parts of the number that a person types",
	"cmd/jiku/judge_show.go:examples":       "the wrong cells of a synthetic city that a person asks to see",
	"cmd/jiku/rebuild_whatif.go:examples":   "the changed cells that a person asks to see",
	"connectors/clickhouse/bulk.go:request": "the password of a request to the warehouse",
	"connectors/clickhouse/store.go:Open":   "the password of the client",
	"connectors/warehouse/config.go:digest": "the configuration holds the password's hash alone",
	"connectors/warehouse/dsn.go:parseDSN":  "the address is cut into host, user and password",
	"connectors/warehouse/ping.go:version":  "the password of a request to the warehouse",
	"pipelines/explain.go:explain":          "the key is hashed and compared with those of its bucket",
	"pipelines/explain.go:readings":         "the key that a person asks for is folded as ingest folds it",
	"pipelines/page.go:explained":           "the report shows one organization to those who may see its table",
	"testdata/bench/engine.go:exec":         "the password of a request to the warehouse",
}

func TestReveals(t *testing.T) {
	found := map[string]bool{}
	for _, f := range tree(t) {
		for _, place := range revealing(f) {
			found[place] = true
		}
	}
	listed := map[string]bool{}
	for place := range reveals {
		listed[place] = true
	}
	if diff := cmp.Diff(listed, found); diff != "" {
		t.Errorf("places that show keys or passwords in clear (-listed +found):\n%s", diff)
	}
	sample := parse(t, snippet{"quality/x.go", "package quality\nfunc f() { log(key.Reveal()) }"})
	if got := revealing(sample); !slices.Equal(got, []string{"quality/x.go:f"}) {
		t.Errorf("sample: got %v", got)
	}
}

// revealing lists the functions of a file that call or hand on a method Reveal.
func revealing(f *file) []string {
	if f.test() {
		return nil
	}
	var out []string
	for _, fn := range f.functions() {
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Reveal" {
				out = append(out, f.path+":"+fn.Name.Name)
			}
			return true
		})
	}
	return slices.Compact(out)
}

// TestSkips allows a test to be skipped for one reason: data that may not be shipped is not there.
func TestSkips(t *testing.T) {
	run(t, []rule{{
		name: "skips", check: skips,
		bad: []snippet{
			{"quality/x_test.go", `package quality; func TestX(t *testing.T) { t.Skip("slow") }`},
			{"quality/x_test.go", `package quality; func TestX(t *testing.T) { t.SkipNow() }`},
			{"quality/x_test.go", `package quality; func TestX(t *testing.T) { if testing.Short() { return } }`},
		},
		good: []snippet{{"quality/x_test.go", `package quality; func TestX(t *testing.T) { t.Skip("../shared/data is absent") }`}},
	}})
}

// skips lets a function skip that names the data which it looks for.
func skips(f *file) []string {
	var out []string
	for _, fn := range f.functions() {
		var calls []ast.Node
		named := false
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				named = named || strings.Contains(n.Value, "shared/data")
			case *ast.CallExpr:
				switch name := callee(n); {
				case name == "testing.Short", strings.HasSuffix(name, ".SkipNow"):
					out = append(out, f.at(n, "tests are not skipped"))
				case f.test() && (strings.HasSuffix(name, ".Skip") || strings.HasSuffix(name, ".Skipf")):
					calls = append(calls, n)
				}
			}
			return true
		})
		for _, c := range calls {
			if !named {
				out = append(out, f.at(c, "a test is skipped only when ../shared/data is absent"))
			}
		}
	}
	return out
}
