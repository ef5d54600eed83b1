package jiku_test

import (
	"go/ast"
	"path"
	"strconv"
	"strings"
	"testing"
)

// layers says which packages of jiku each package may import; a folder stands for itself
// and what lies in it, unless it ends in "!". The most exact folder on the left counts.
// Tests may also import what the same folder has in testLayers.
var layers = map[string][]string{
	"cmd/jiku":             {"cmd/jiku", "pipelines", "connectors", "quality", "schemas"},
	"cmd/jiku/city":        {"schemas"},
	"cmd/jiku/judge":       {"cmd/jiku/city", "connectors!", "pipelines/key", "pipelines/normalize", "quality", "schemas"},
	"cmd/jiku-warehouse":   nil,
	"pipelines!":           {"pipelines", "connectors!", "quality", "schemas"},
	"pipelines":            {"schemas"}, // Stages: neither each other nor stores nor rules.
	"connectors!":          {"schemas"}, // Nothing of its own rooms: a source is a file, a store is handed in.
	"connectors":           {"connectors", "schemas"},
	"connectors/warehouse": {"deploy/engine", "schemas"},
	"quality!":             {"schemas"},
	"quality":              {"quality", "schemas"},
	"schemas!":             {"schemas/ident", "schemas/codes", "schemas/charset"},
	"schemas/charset":      nil,
	"schemas/ident":        nil,
	"schemas/codes":        nil,
	"schemas/jsonschema":   {"schemas!"},
	"deploy":               nil,
	"testdata":             {"schemas"},
	"testdata/bench":       {"connectors/warehouse", "schemas"}, // Its SQL runs on an engine that may read files.
	".":                    {"schemas"},
}

// testLayers is what tests import beyond layers, and why.
var testLayers = map[string][]string{
	"pipelines!":  {"connectors"},                         // Scenarios run on both stores.
	"connectors!": {"connectors/conntest"},                // The conformance suite looks from outside.
	"quality!":    {"connectors/warehouse"},               // Rules across bases are SQL: they run on the real engine.
	"testdata":    {"connectors", "pipelines", "quality"}, // What the demo city labels must be found by all of them.
}

// homes says where each library may be imported: path patterns, one file or one folder for
// a client. What is not listed may not be imported at all: a new library is a line here.
var homes = []struct {
	module string
	places []string
}{
	{"github.com/ClickHouse/clickhouse-go", []string{"connectors/clickhouse/*"}},
	{"github.com/ClickHouse/ch-go", []string{"connectors/clickhouse/*"}},
	{"github.com/agnivade/levenshtein", []string{"cmd/jiku/suggest.go", "quality/use.go", "schemas/catalogue_problem.go"}}, // A function, no client.
	{"github.com/apache/beam/sdks", []string{"pipelines/*"}},
	{"github.com/buger/jsonparser", []string{"connectors/source_jsonl.go"}},
	{"github.com/cenkalti/backoff", []string{"connectors/retry.go"}},
	{"github.com/cespare/xxhash", []string{"schemas/delivery.go", "pipelines/normalize/rowhash.go", "*_test.go"}}, // A function, no client.
	{"github.com/dchest/siphash", []string{"pipelines/session.go"}},
	{"github.com/dustin/go-humanize", []string{"cmd/jiku/*"}},
	{"github.com/ebitengine/purego", []string{"cmd/jiku-warehouse/*"}},
	{"github.com/go-viper/mapstructure", []string{"connectors/settings.go", "quality/use.go"}},
	{"github.com/goccy/go-yaml", []string{"schemas/catalogue_yaml.go", "*_test.go"}},
	{"github.com/gofrs/flock", []string{"connectors/warehouse/*"}},
	{"github.com/google/go-cmp", []string{"*_test.go", "connectors/conntest/*"}},
	{"github.com/invopop/jsonschema", []string{"schemas/jsonschema/gen/*"}},
	{"github.com/klauspost/compress", []string{"connectors/landing_open.go", "cmd/jiku/city/delivery.go", "cmd/jiku/city/registrations.go", "*_test.go"}},
	{"github.com/parquet-go/parquet-go", []string{"connectors/source_parquet*.go", "connectors/bench_test.go", "pipelines/cases_recipe_test.go", "cmd/jiku/city/labels_test.go", "cmd/jiku/city/table.go", "cmd/jiku/judge/upload.go", "cmd/jiku/judge_fixture_test.go"}},
	{"github.com/rivo/uniseg", []string{"cmd/jiku/table.go"}},
	{"github.com/santhosh-tekuri/jsonschema", []string{"*_test.go"}},
	{"github.com/schollz/progressbar", []string{"cmd/jiku/progress.go"}},
	{"github.com/segmentio/asm", []string{"schemas/charset/charset.go"}}, // A function, no client.
	{"github.com/sirupsen/logrus", []string{"connectors/*", "connectors/conntest/*", "connectors/warehouse/*", "pipelines/*", "cmd/jiku/*"}},
	{"github.com/spf13/cobra", []string{"cmd/jiku/*"}},
	{"github.com/spf13/pflag", []string{"cmd/jiku/*"}},
	{"go.uber.org/goleak", []string{"*_test.go", "connectors/conntest/*"}},
	{"google.golang.org/protobuf", []string{"pipelines/*_test.go"}}, // Beam's graphs are made of it.
	{"golang.org/x/net", []string{"*_test.go"}},
	{"golang.org/x/sync", []string{"cmd/jiku/city/output.go"}},
	{"golang.org/x/sys", []string{"cmd/jiku/use.go", "pipelines/fence_linux.go", "*_test.go"}},
	{"golang.org/x/term", []string{"cmd/jiku/terminal.go"}},
	{"golang.org/x/text", []string{"schemas/charset/*", "pipelines/key/identifier.go", "*_test.go"}},
	{"golang.org/x/tools", []string{"*_test.go"}},
	{"pgregory.net/rapid", []string{"*_test.go"}},
}

func TestLayers(t *testing.T) {
	run(t, []rule{
		{
			name: "jiku's packages", check: eachImport(crossesLayers),
			bad: []snippet{
				{"schemas/x.go", `package schemas; import _ "jiku/quality"`},
				{"schemas/x.go", `package schemas; import _ "jiku/schemas/jsonschema/gen"`},
				{"schemas/ident/x_test.go", `package ident; import _ "jiku/schemas"`},
				{"pipelines/key/x.go", `package key; import _ "jiku/pipelines/normalize"`},
				{"pipelines/reconcile/x_test.go", `package reconcile; import _ "jiku/connectors"`},
				{"pipelines/x.go", `package pipelines; import _ "jiku/connectors/clickhouse"`},
				{"connectors/x.go", `package connectors; import _ "jiku/pipelines"`},
				{"quality/x.go", `package quality; import _ "jiku/connectors"`},
				{"cmd/jiku/x.go", `package main; import _ "jiku/testdata/bench"`},
				{"console/x.go", `package console; import _ "jiku/schemas"`},
			},
			good: []snippet{
				{"cmd/jiku/x.go", `package main; import _ "jiku/connectors/clickhouse"`},
				{"pipelines/x.go", `package pipelines; import _ "jiku/pipelines/key"`},
				{"pipelines/x_test.go", `package pipelines; import _ "jiku/connectors/clickhouse"`},
				{"pipelines/key/x.go", `package key; import _ "jiku/schemas/ident"`},
			},
		},
		{
			name: "libraries", check: eachImport(leavesHome),
			bad: []snippet{
				{"pipelines/reconcile/x.go", `package reconcile; import _ "github.com/apache/beam/sdks/v2/go/pkg/beam"`},
				{"schemas/x.go", `package schemas; import _ "github.com/sirupsen/logrus"`},
				{"quality/x.go", `package quality; import _ "github.com/sirupsen/logrus"`},
				{"cmd/jiku/x.go", `package main; import _ "github.com/ClickHouse/ch-go/proto"`},
				{"connectors/x.go", `package connectors; import _ "github.com/stretchr/testify/require"`},
				{"connectors/retry.go", `package connectors; import _ "github.com/cenkalti/backoffice"`},
			},
			good: []snippet{
				{"connectors/source_parquet_read.go", `package connectors; import _ "github.com/parquet-go/parquet-go/format"`},
				{"schemas/x_test.go", `package schemas; import _ "github.com/google/go-cmp/cmp"`},
				{"schemas/x.go", `package schemas; import _ "net/http"`},
			},
		},
	})
}

// TestHomesAreNeeded finds lines of homes that nothing imports any more.
func TestHomesAreNeeded(t *testing.T) {
	used := map[string]bool{}
	for _, f := range tree(t) {
		for _, imp := range f.imports() {
			used[home(imp.name)] = true
		}
	}
	for _, h := range homes {
		if !used[h.module] {
			t.Errorf("%s: no file imports it; remove its line", h.module)
		}
	}
}

type imported struct {
	name string
	spec *ast.ImportSpec
}

func (f *file) imports() []imported {
	var out []imported
	for _, spec := range f.ast.Imports {
		name, _ := strconv.Unquote(spec.Path.Value)
		out = append(out, imported{name, spec})
	}
	return out
}

// eachImport makes a rule of a question about one import; its answer is empty if all is well.
func eachImport(ask func(f *file, name string) string) func(*file) []string {
	return func(f *file) []string {
		var out []string
		for _, imp := range f.imports() {
			if say := ask(f, imp.name); say != "" {
				out = append(out, f.at(imp.spec, say))
			}
		}
		return out
	}
}

// crossesLayers looks at imports of jiku's own packages.
func crossesLayers(f *file, name string) string {
	to, ok := strings.CutPrefix(name, "jiku/")
	from := path.Dir(f.path)
	if !ok || to == from {
		return ""
	}
	allowed, known := lookup(layers, from)
	if f.test() {
		more, _ := lookup(testLayers, from)
		allowed = append(append([]string{from}, allowed...), more...)
	}
	for _, a := range allowed {
		if within(to, a) {
			return ""
		}
	}
	if !known {
		return "folder " + from + " has no line in layers"
	}
	return from + " must not import " + to
}

// lookup finds the most exact entry for a folder.
func lookup(table map[string][]string, folder string) (allowed []string, known bool) {
	if a, ok := table[folder+"!"]; ok {
		return a, true
	}
	for at := folder; ; at = path.Dir(at) {
		if a, ok := table[at]; ok && (at != "." || folder == ".") {
			return a, true
		}
		if at == "." {
			return nil, false
		}
	}
}

func within(folder, entry string) bool {
	if exact, ok := strings.CutSuffix(entry, "!"); ok {
		return folder == exact
	}
	return folder == entry || strings.HasPrefix(folder, entry+"/")
}

// leavesHome looks at imports of libraries.
func leavesHome(f *file, name string) string {
	first, _, _ := strings.Cut(name, "/")
	if !strings.Contains(first, ".") {
		return "" // The standard library, or jiku.
	}
	for _, h := range homes {
		if h.module != home(name) {
			continue
		}
		for _, place := range h.places {
			if matches(f.path, place) {
				return ""
			}
		}
		return name + " belongs in " + strings.Join(h.places, ", ")
	}
	return name + " has no line in homes"
}

// home is the module in homes that a package belongs to, empty if none does.
func home(name string) string {
	for _, h := range homes {
		if within(name, h.module) {
			return h.module
		}
	}
	return ""
}

// matches compares the whole path, or the name alone where the pattern has no folder.
func matches(file, pattern string) bool {
	if !strings.Contains(pattern, "/") {
		file = path.Base(file)
	}
	ok, err := path.Match(pattern, file)
	return ok && err == nil
}
