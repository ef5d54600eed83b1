package pipelines

import (
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"jiku/schemas"
)

// builtInWith is the shipped catalogue with a code table of the city.
func builtInWith(t *testing.T, name, text string) *schemas.Catalogue {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(schemas.BuiltIn(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(schemas.BuiltIn(), path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if name != "" {
		files["codes/"+name+".tsv"] = &fstest.MapFile{Data: []byte(text)}
	}
	cat, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// contracts are the digests of what reading each feed depends on.
func contracts(t *testing.T, cat *schemas.Catalogue) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, f := range cat.Feeds {
		p, err := compileFeed(cat, f, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = p.contract
	}
	return out
}

// The city's forms of numbers change what every delivery was read by; their reasons do not.
func TestNumbersInContracts(t *testing.T) {
	cat := builtInWith(t, "", "")
	before := contracts(t, cat)
	cat.City.Numbers[0].Reason = "从未签发"
	if !maps.Equal(before, contracts(t, cat)) {
		t.Error("the reason of a form is told")
	}
	cat.City.Numbers[0].Pattern = `8139\d{14}`
	for feed, contract := range contracts(t, cat) {
		if contract == before[feed] {
			t.Errorf("a form is changed: %s is not told", feed)
		}
	}
	cat.City.Numbers = nil
	for feed, contract := range contracts(t, cat) {
		if !strings.HasPrefix(before[feed], contract) {
			t.Errorf("%s: a city without forms has the contract %s", feed, contract)
		}
	}
}

// A table that changes changes what deliveries were read by, of the feeds that use it and no others.
func TestTablesInContracts(t *testing.T) {
	before := contracts(t, builtInWith(t, "", ""))
	if again := contracts(t, builtInWith(t, "", "")); !maps.Equal(before, again) {
		t.Fatal("the same declarations have two digests")
	}
	for table, c := range map[string]struct{ text, of, notOf string }{
		"marital":       {"# source: x\ncode\tlabel\n50\t分居\n", "civil_marriage", "market_registration"},
		"region_office": {"# source: x\ncode\tlabel\tgroup\n390191\t新区\t390101\n", "food_permit", "civil_marriage"},
		"currency":      {"# source: x\ncode\tlabel\n000\t代金券\n", "market_registration", "civil_marriage"},
		"unused":        {"# source: x\n# title: 无\ncode\tlabel\n1\t甲\n", "", "civil_marriage"},
	} {
		after := contracts(t, builtInWith(t, table, c.text))
		if c.of != "" && after[c.of] == before[c.of] {
			t.Errorf("%s: %s is not told", table, c.of)
		}
		if after[c.notOf] != before[c.notOf] {
			t.Errorf("%s: %s is told", table, c.notOf)
		}
	}
}
