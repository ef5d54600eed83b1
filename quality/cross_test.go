package quality_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"jiku/connectors/warehouse"
	"jiku/quality"
	"jiku/schemas"
)

// TestExamplesOfCrossRules runs the examples on the real engine over the real entity views.
func TestExamplesOfCrossRules(t *testing.T) {
	ep := openEngine(t)
	for _, r := range quality.Rules() {
		if r.Depth != quality.Cross {
			continue
		}
		for _, ex := range r.Examples {
			t.Run(r.Name+"/"+ex.Name, func(t *testing.T) {
				cat := exampleCatalogue(r, ex)
				load(t, ep, cat, ex.Tables)
				queries, err := quality.CompileCross(cat, ex.Day)
				if err != nil {
					t.Fatal(err)
				}
				if len(queries) != 1 || queries[0].Rule != r.Name {
					t.Fatalf("queries %+v, want one of %s", queries, r.Name)
				}
				q := queries[0]
				rows := ask(t, ep, q.SQL+" FORMAT TSV")
				var got []string
				for line := range strings.Lines(rows) {
					cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
					if len(cells) != 4 || cells[0] != q.Base || cells[1] != ex.Tables[q.Base][0][""] {
						t.Fatalf("row %q, want base, key, item and detail of the example", line)
					}
					got = append(got, r.Name+":"+cells[2]+":"+cells[3])
				}
				if diff := cmp.Diff(ex.Want, got, cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("findings (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func openEngine(t *testing.T) warehouse.Endpoint {
	t.Helper()
	dir := t.TempDir()
	child := filepath.Join(dir, "jiku-warehouse")
	build := exec.Command("go", "build", "-o", child, "jiku/cmd/jiku-warehouse")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build jiku-warehouse: %v: %s", err, out)
	}
	home := filepath.Join(dir, "home")
	ep, err := warehouse.Open(t.Context(), warehouse.Options{Home: home, Child: child, Memory: "1G", Follow: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := warehouse.Stop(context.Background(), home); err != nil {
			t.Log(err)
		}
	})
	return ep
}

// exampleCatalogue declares a base for each table of the example, with its columns as items;
// the first part of the rule's name is the base that uses the rule.
func exampleCatalogue(r *quality.Rule, ex quality.Example) *schemas.Catalogue {
	own, _, _ := strings.Cut(r.Name, ".")
	cat := &schemas.Catalogue{City: &schemas.City{}}
	for _, name := range slices.Sorted(maps.Keys(ex.Tables)) {
		b := &schemas.Base{Name: name, Entity: "entity", Title: name, Key: schemas.KeySpec{Kind: schemas.KeyText, Column: "id"}}
		if name == own {
			use := schemas.RuleUse{Rule: r.Name, Args: ex.Args}
			for _, p := range r.Items {
				b.Items = append(b.Items, schemas.Item{Name: p.Name, Title: p.Title, Type: p.Types[0]})
				use.Items = append(use.Items, p.Name)
			}
			b.Rules = []schemas.RuleUse{use}
		} else {
			for _, item := range slices.Sorted(maps.Keys(ex.Tables[name][0])) {
				if item != "" {
					b.Items = append(b.Items, schemas.Item{Name: item, Title: item, Type: schemas.TypeCode})
				}
			}
			if len(b.Items) == 0 {
				b.Items = []schemas.Item{{Name: "name", Title: "名称", Type: schemas.TypeText}}
			}
		}
		cat.Bases = append(cat.Bases, b)
	}
	return cat
}

// load makes golden tables and entity views of the bases and fills them.
func load(t *testing.T, ep warehouse.Endpoint, cat *schemas.Catalogue, tables quality.Tables) {
	t.Helper()
	for _, b := range cat.Bases {
		ask(t, ep, "DROP DATABASE IF EXISTS "+b.Name)
		ask(t, ep, "CREATE DATABASE "+b.Name)
		for _, o := range b.Objects() {
			if o.Database == b.Name && (o.Name == "golden" || o.Name == b.Entity) {
				ask(t, ep, o.Create)
			}
		}
		for i, row := range tables[b.Name] {
			columns, values := []string{"key_hash", "key", "version", "states"}, []string{fmt.Sprint(i), schemas.Quote(row[""]), "1", schemas.Quote(strings.Repeat("v", len(b.Items)))}
			for _, it := range b.Items {
				value := schemas.Quote(row[it.Name])
				if it.Type == schemas.TypeDate {
					value = "0" + strings.ReplaceAll(row[it.Name], "-", "")
				}
				columns, values = append(columns, it.Name), append(values, value)
			}
			ask(t, ep, fmt.Sprintf("INSERT INTO %s.golden (%s) VALUES (%s)", b.Name, strings.Join(columns, ", "), strings.Join(values, ", ")))
		}
	}
}

func ask(t *testing.T, ep warehouse.Endpoint, query string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, ep.URL+"/", strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-ClickHouse-User", ep.User)
	req.Header.Set("X-ClickHouse-Key", ep.Password.Reveal())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s\n%s", query, body)
	}
	return string(body)
}
