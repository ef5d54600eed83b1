package pipelines_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/schemas"
)

var update = flag.Bool("update", false, "rewrite the expectations of testdata/cases")

// TestCases runs the whole-pipeline scenarios: declarations, what is delivered in each step
// and what the store holds after it, on the plain loop over memory, on the plain loop over
// ClickHouse and on Prism over ClickHouse. README.md there says how they read.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("../testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("find cases: %v %v", files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			c := readCase(t, file)
			c.run(t, "straight over memory", connectors.NewMemory(), pipelines.Straight)
			if *update {
				c.write(t)
			}
			c.run(t, "straight over ClickHouse", openStore(t), pipelines.Straight)
			c.run(t, "prism over ClickHouse", openStore(t), pipelines.Prism)
		})
	}
}

// scenario is one case file.
type scenario struct {
	file    string
	archive *txtar.Archive
	cat     *schemas.Catalogue
	steps   []string
}

func readCase(t *testing.T, file string) *scenario {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := &scenario{file: file, archive: a}
	cat := fstest.MapFS{}
	for _, f := range a.Files {
		step, rest, _ := strings.Cut(f.Name, "/")
		if step == "catalog" {
			cat[rest] = &fstest.MapFile{Data: f.Data}
		} else if !slices.Contains(c.steps, step) {
			c.steps = append(c.steps, step)
		}
	}
	slices.Sort(c.steps)
	if c.cat, err = pipelines.Load(fs.FS(cat)); err != nil {
		t.Fatal(err)
	}
	return c
}

// run plays the steps on a store. The day of a step is in its directory's name:
// 1@20261101.
func (c *scenario) run(t *testing.T, name string, store connectors.Store, runner pipelines.Runner) {
	t.Helper()
	landing := t.TempDir()
	for _, step := range c.steps {
		conf := config(t, c.cat, store, landing)
		_, date, ok := strings.Cut(step, "@")
		d, err := strconv.Atoi(date)
		if !ok || err != nil {
			t.Fatalf("step %s: want N@YYYYMMDD", step)
		}
		conf.Day, conf.Runner = uint32(d), runner
		c.deliver(t, step, landing, conf)
		var got string
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // No input makes a run hang.
		report, err := pipelines.Run(ctx, conf)
		cancel()
		if err != nil {
			got = "run: " + strings.ReplaceAll(err.Error(), landing, "LANDING") + "\n"
			if hint := connectors.HintOf(err); hint != "" {
				got += "  → " + strings.ReplaceAll(hint, landing, "LANDING") + "\n"
			}
		} else {
			got = c.render(t, store, report)
		}
		if want := c.expectation(step); *update {
			*want = []byte(got)
		} else if d := cmp.Diff(string(*want), got); d != "" {
			t.Errorf("%s: step %s: %s", name, step, d)
		}
	}
}

// deliver puts the step's files into the landing directory. A file named revoke lists
// deliveries (feed slot revision) to take back.
func (c *scenario) deliver(t *testing.T, step, landing string, conf pipelines.Config) {
	t.Helper()
	received := time.Date(int(conf.Day/10_000), time.Month(conf.Day/100%100), int(conf.Day%100), 8, 0, 0, 0, time.UTC)
	for _, f := range c.archive.Files {
		rest, ok := strings.CutPrefix(f.Name, step+"/")
		if !ok || rest == "want" {
			continue
		}
		if rest == "revoke" {
			c.revoke(t, string(f.Data), conf)
			continue
		}
		path := filepath.Join(landing, filepath.FromSlash(rest))
		if rest, gone := strings.CutPrefix(rest, "remove/"); gone {
			if err := os.Remove(filepath.Join(landing, rest)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if made, ok := strings.CutSuffix(path, ".recipe"); ok {
			if path = made; !bake(t, path, string(f.Data)) {
				continue
			}
		} else if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, received, received); err != nil {
			t.Fatal(err)
		}
	}
}

func (c *scenario) revoke(t *testing.T, text string, conf pipelines.Config) {
	t.Helper()
	for line := range strings.Lines(text) {
		var (
			feed           string
			slot, revision uint32
		)
		if _, err := fmt.Sscan(line, &feed, &slot, &revision); err != nil {
			t.Fatalf("revoke %q: %v", line, err)
		}
		if _, err := pipelines.Revoke(context.Background(), conf, schemas.IDOf(feed, schemas.Slot{Date: slot}, revision), "报错文件"); err != nil {
			t.Fatal(err)
		}
	}
}

func (c *scenario) expectation(step string) *[]byte {
	for i := range c.archive.Files {
		if c.archive.Files[i].Name == step+"/want" {
			return &c.archive.Files[i].Data
		}
	}
	c.archive.Files = append(c.archive.Files, txtar.File{Name: step + "/want"})
	return &c.archive.Files[len(c.archive.Files)-1].Data
}

func (c *scenario) write(t *testing.T) {
	t.Helper()
	if err := os.WriteFile(c.file, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
