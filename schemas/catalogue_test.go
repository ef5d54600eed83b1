package schemas

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected messages of the cases")

// archive reads a txtar file as a file system.
func archive(t testing.TB, file string) (*txtar.Archive, fstest.MapFS) {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range a.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return a, fsys
}

// testKnown knows the names that the small catalogue uses.
var testKnown = Known{
	Connector: func(name string, s Settings) error {
		if name != "csv" {
			return fmt.Errorf("connector %q is not known", name)
		}
		var problems []error
		for _, key := range sortedKeys(s) {
			if strings.HasPrefix(key, "x") {
				problems = append(problems, fmt.Errorf("setting %s: unknown", key))
			}
		}
		return errors.Join(problems...)
	},
	Slots: func(string) bool { return true },
	Normalizer: func(s Step, _ *Item) error {
		return knownWord("normalizer", s.Name, "trim resident_id person_name code datetime")
	},
	Rule: func(u RuleUse, _ *Base) error {
		return knownWord("rule", u.Rule, "resident_id.birth_date entity.marriage_age")
	},
	Policy:     func(u PolicyUse) error { return knownWord("policy", u.Name, "priority vote") },
	Comparator: func(name string, _ Type) error { return knownWord("comparator", name, "phone") },
}

func knownWord(what, word, known string) error {
	for _, k := range strings.Fields(known) {
		if k == word {
			return nil
		}
	}
	return fmt.Errorf("%s %q is not known", what, word)
}

// TestBadDeclarations loads every case of testdata/bad over the small catalogue and
// compares the messages with those in its section want.
func TestBadDeclarations(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	_, good := archive(t, "testdata/good.txtar")
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, bad := archive(t, file)
			want := string(bad["want"].Data)
			delete(bad, "want")
			_, err := LoadCatalogue(overlay(good, bad), testKnown)
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("error %v, want problems", err)
			}
			got := problems.Error() + "\n"
			if *update {
				rewrite(t, file, a, got)
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("messages (-want +got):\n%s", diff)
			}
		})
	}
}

// overlay replaces files; an empty file removes one.
func overlay(under, over fstest.MapFS) fstest.MapFS {
	out := fstest.MapFS{}
	for name, f := range under {
		out[name] = f
	}
	for name, f := range over {
		if len(f.Data) == 0 {
			delete(out, name)
		} else {
			out[name] = f
		}
	}
	return out
}

func rewrite(t *testing.T, file string, a *txtar.Archive, want string) {
	t.Helper()
	for i := range a.Files {
		if a.Files[i].Name == "want" {
			a.Files[i].Data = []byte(want)
		}
	}
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}

func loadGood(t testing.TB) (*Catalogue, fs.FS) {
	t.Helper()
	_, fsys := archive(t, "testdata/good.txtar")
	cat, err := LoadCatalogue(fsys, testKnown)
	if err != nil {
		t.Fatal(err)
	}
	return cat, fsys
}

func TestLoadCatalogue(t *testing.T) {
	cat, _ := loadGood(t)
	if len(cat.Warnings) > 0 {
		t.Errorf("warnings: %v", cat.Warnings)
	}
	household := cat.Feed("police_household")
	wantSettings := Settings{"path": "police/*.csv", "header": true, "skip": int64(1), "share": 0.5, "columns": []any{"a", "b"}}
	wantVia := []Step{{Name: "code", Args: Settings{"390101": "390101"}}}
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"bases by name", []string{cat.Bases[0].Name, cat.Bases[1].Name}, []string{"certificate", "population"}},
		{"settings keep their types", household.Source.Settings, wantSettings},
		{"step with arguments", household.Columns[3].Via, wantVia},
		{"bare step", household.Columns[0].Via, []Step{{Name: "person_name"}}},
		{"default rows", household.Rows, "one"},
		{"default order", household.Order, "slot"},
		{"default blank in an absent mapping", cat.Feed("permits").Nulls.Blank, "unknown"},
		{"default sensitivity", cat.Base("population").Items[2].Sensitivity, "internal"},
		{"written sensitivity", cat.Base("population").Items[0].Sensitivity, "personal"},
		{"day", cat.Entries("population")[1].Until, Day(20251231)},
		{"open day", cat.Entries("population")[1].From, Day(0)},
		{"quoted code", cat.Feed("permits").Key[0].Value, "021"},
		{"date in an example stays text", household.Tests[0].Claim["birth_date"], "1965-04-30"},
		{"place", cat.Where("feed", "police_household", "tests[1]"), "feeds/police_household.yaml:30:5"},
		{"place of an absent part", cat.Where("feed", "permits", "slot.name"), "feeds/permits.yaml:1:1"},
		{"place of nothing", cat.Where("feed", "nowhere", ""), ""},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestFeedsOfFilesNeedASlot(t *testing.T) {
	_, fsys := archive(t, "testdata/good.txtar")
	known := testKnown
	known.Slots = func(connector string) bool { return connector != "csv" }
	_, err := LoadCatalogue(fsys, known)
	const want = "feeds/permits.yaml:1:1: connector csv cannot tell the slot of a delivery by itself (add slot: {name: REGEXP} or slot: {manifest: true})"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
