package connectors_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/schemas"
)

// TestSourceTypes runs the examples and checks what every source must document.
func TestSourceTypes(t *testing.T) {
	var names []string
	for _, s := range connectors.SourceTypes() {
		names = append(names, s.Name)
		var spec schemas.SourceSpec
		if err := yaml.UnmarshalWithOptions([]byte(s.Example), &spec, yaml.Strict()); err != nil {
			t.Errorf("%s: example: %v", s.Name, err)
		}
		if err := connectors.CheckSource(spec.Connector, spec.Settings); err != nil || spec.Connector != s.Name {
			t.Errorf("%s: example for %q: %v", s.Name, spec.Connector, err)
		}
		for _, line := range strings.Split(s.Reference(), "\n")[2:] {
			if cells := strings.Split(line, "|"); line != "" && (len(cells) != 6 || strings.TrimSpace(cells[4]) == "") {
				t.Errorf("%s: a setting without a doc tag: %s", s.Name, line)
			}
		}
	}
	for _, name := range []string{"csv", "fixed", "jsonl", "parquet"} {
		if !slices.Contains(names, name) {
			t.Errorf("sources %v lack %s", names, name)
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("sources %v are not in order", names)
	}
}

// TestReadme compares the reference in README.md with the source types; run with
// UPDATE_README=1 to write it.
func TestReadme(t *testing.T) {
	const begin, end = "<!-- sources: generated -->\n", "<!-- end -->\n"
	data, err := os.ReadFile("README.md")
	check(t, err)
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatal("README.md has no place for the reference")
	}
	var b strings.Builder
	for _, s := range connectors.SourceTypes() {
		fmt.Fprintf(&b, "\n### `%s`: %s\n\n%s\n\n```yaml\n%s```\n\n%s", s.Name, s.Title, s.Doc, s.Example, s.Reference())
	}
	want := before + begin + b.String() + "\n" + end + after
	if os.Getenv("UPDATE_README") != "" {
		check(t, os.WriteFile("README.md", []byte(want), 0o644))
	} else if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("README.md (-generated +committed), UPDATE_README=1 writes it:\n%s", diff)
	}
}

func TestRegistry(t *testing.T) {
	one := connectors.SourceTypes()[0]
	for _, c := range []struct {
		name  string
		types []connectors.SourceType
		want  string
	}{
		{"twice", []connectors.SourceType{one, one}, `register source "csv": registered before`},
		{"incomplete", []connectors.SourceType{{Name: "x"}}, `register source "x": a field is empty`},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer func() {
				if got := recover(); got != c.want {
					t.Errorf("panic %v, want %s", got, c.want)
				}
			}()
			connectors.NewRegistry(c.types...)
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		feed *schemas.Feed
		slot *schemas.SlotSpec
		want string
	}{
		{"connector", fileFeed("csw", nil), nil, `open civil_marriage: connector "csw": unknown, known are csv`},
		{"no path", fileFeed("csv", nil), nil, "open civil_marriage: setting path: want a glob"},
		{"pattern of the path", fileFeed("csv", schemas.Settings{"path": "[a"}), nil, "open civil_marriage: path [a: syntax error in pattern"},
		{"delimiter", fileFeed("csv", schemas.Settings{"path": "a", "delimiter": "||"}), nil, "setting delimiter: want one ASCII character"},
		{"quote", fileFeed("csv", schemas.Settings{"path": "a", "quote": "x"}), nil, "setting quote: want"},
		{"encoding", fileFeed("csv", schemas.Settings{"path": "a", "encoding": "cp936"}), nil, `setting encoding: "cp936", want one of utf-8, gb18030, gbk, gb2312, big5, utf-16, utf-16le, utf-16be; did you mean gbk?`},
		{"compression", fileFeed("jsonl", schemas.Settings{"path": "a", "compression": "rar"}), nil, `setting compression: "rar", want auto`},
		{"columns", fileFeed("csv", schemas.Settings{"path": "a", "header": false}), nil, "setting columns: want names if header is false"},
		{"split size", fileFeed("parquet", schemas.Settings{"path": "a", "split_bytes": 0}), nil, "setting split_bytes: want 1 or more"},
		{"no slot", fileFeed("csv", schemas.Settings{"path": "a"}), &schemas.SlotSpec{}, "slot: want name, manifest or both"},
		{"no date", fileFeed("csv", schemas.Settings{"path": "a"}), &schemas.SlotSpec{Name: `x(?P<seq>.)`}, "want a group (?P<date>…)"},
		{"pattern", fileFeed("csv", schemas.Settings{"path": "a"}), &schemas.SlotSpec{Name: `(`}, "slot.name: error parsing regexp"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.slot != nil {
				c.feed.Slot = *c.slot
			}
			_, err := connectors.OpenSource(connectors.Env{}, c.feed)
			if err == nil || !strings.Contains(err.Error(), c.want) || connectors.CodeOf(err) != connectors.Permanent || connectors.HintOf(err) == "" {
				t.Errorf("error %v, code %s, hint %q; want %s", err, connectors.CodeOf(err), connectors.HintOf(err), c.want)
			}
		})
	}
}
