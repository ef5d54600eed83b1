package schemas

import (
	"bytes"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
)

// digests are the digests of a catalogue that a change may or may not touch.
type digests struct{ catalogue, base, ingest string }

func digestsOf(t *testing.T, fsys fstest.MapFS) digests {
	t.Helper()
	cat, err := LoadCatalogue(fsys, testKnown)
	if err != nil {
		t.Fatal(err)
	}
	f := cat.Feed("police_household")
	return digests{cat.Digest, cat.BaseDigest("population"), f.IngestDigest(cat.Base("population"))}
}

// replaced is the small catalogue with one text replaced in one file.
func replaced(t *testing.T, file, old, with string) fstest.MapFS {
	t.Helper()
	_, fsys := archive(t, "testdata/good.txtar")
	if old != "" {
		data := fsys[file].Data
		if bytes.Count(data, []byte(old)) != 1 {
			t.Fatalf("%q stands %d times in %s, want once", old, bytes.Count(data, []byte(old)), file)
		}
		fsys[file] = &fstest.MapFile{Data: bytes.Replace(data, []byte(old), []byte(with), 1)}
	}
	return fsys
}

// TestDigests says for each kind of change which digests it touches: c(atalogue), b(ase),
// i(ngest).
func TestDigests(t *testing.T) {
	before := digestsOf(t, replaced(t, "", "", ""))
	const base, feed, authority = "base/population.yaml", "feeds/police_household.yaml", "authority/population.yaml"
	for _, c := range []struct{ name, file, old, with, touches string }{
		{"comment", feed, "feed: police_household", "# note\nfeed: police_household # note", ""},
		{"white space", feed, "{none: [无], unknown: [不详]}", "\n  none:\n  - 无\n  unknown: [ 不详 ]", ""},
		{"order of keys", feed, "department: police\nbase: population\n", "base: population\ndepartment: police\n", ""},
		{"default written out", feed, "kind: snapshot\n", "kind: snapshot\nrows: one\norder: slot\n", ""},
		{"title", feed, "title: 户籍人口", "title: 户籍", "c"},
		{"gate", feed, "min_rows: 10", "min_rows: 11", "c"},
		{"example", feed, "name: 一行", "name: 两行", "c"},
		{"weight of a rule", feed, "weight: 2", "weight: 3", "c"},
		{"rule in shadow", feed, "weight: 2", "weight: 2, shadow: true", "ci"},
		{"setting", feed, "skip: 1,", "skip: 2,", "ci"},
		{"number as text in a setting", feed, "skip: 1,", `skip: "1",`, "ci"},
		{"null word", feed, "不详", "不明", "ci"},
		{"normalizer", feed, "via: [trim, resident_id]", "via: [resident_id]", "ci"},
		{"argument of a normalizer", feed, `"390101": "390101"`, `"390101": "390102"`, "ci"},
		{"column", feed, "{column: 电话, item: phone}", "{column: 手机, item: phone}", "ci"},
		{"establishes, of a feed beside another", feed, "establishes: true\n", "establishes: true\ncopies_from: [civil_marriage]\n", "cb"},
		{"item that the feed does not carry", base, "{name: marital, title: 婚姻状况, type: code, table: marital}", "{name: marital, title: 婚姻状况, type: code, table: region}", "cb"},
		{"type of an item that it carries", base, "{name: birth_date, title: 出生日期, type: date}", "{name: birth_date, title: 出生日期, type: text}", "cbi"},
		{"comparator", base, "    comparator: phone\n", "", "cb"},
		{"group", base, "lead: name,", "lead: former_name,", "cb"},
		{"title of an item", base, "title: 出生日期", "title: 生日", "c"},
		{"register", authority, "fallbacks: [civil], ", "", "cb"},
		{"day of the register", authority, "until: 2025-12-31", "until: 2025-12-30", "cb"},
		{"legal basis", authority, "《户口登记条例》", "《居民身份证法》", "c"},
		{"theme", "themes/elderly.yaml", "1946", "1947", "c"},
		{"city", "cities/example.yaml", "from: 95", "from: 96", "c"},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := digestsOf(t, replaced(t, c.file, c.old, c.with))
			got := ""
			for _, d := range []struct{ letter, before, after string }{{"c", before.catalogue, after.catalogue},
				{"b", before.base, after.base}, {"i", before.ingest, after.ingest}} {
				if d.before != d.after {
					got += d.letter
				}
			}
			if got != c.touches {
				t.Errorf("digests that change: %q, want %q", got, c.touches)
			}
		})
	}
}

// TestDigestIgnoresFileNames renames every file, which reverses their order.
func TestDigestIgnoresFileNames(t *testing.T) {
	_, fsys := archive(t, "testdata/good.txtar")
	renamed := fstest.MapFS{}
	for name, f := range maps.All(fsys) {
		dir, file, _ := strings.Cut(name, "/")
		renamed[dir+"/"+string('a'+'z'-rune(file[0]))+file] = f
	}
	if before, after := digestsOf(t, fsys), digestsOf(t, renamed); before != after {
		t.Errorf("digests %v, after renaming %v", before, after)
	}
}

// TestDigestIgnoresNewFields: a later version of jiku may add a field; declarations that
// do not use it keep their digest, or every delivery would be read again.
func TestDigestIgnoresNewFields(t *testing.T) {
	type today struct{ Name string }
	type later struct {
		Name  string
		Limit int
		More  []string
	}
	before := digest(today{"a"})
	if after := digest(later{Name: "a"}); after != before {
		t.Error("a field that is not used changes the digest")
	}
	if after := digest(later{Name: "a", Limit: 1}); after == before {
		t.Error("a field that is used leaves the digest")
	}
}

// A code table of the catalogue counts by what it says, not by how it is written.
func TestDigestOfTables(t *testing.T) {
	with := func(text string) string {
		fsys := replaced(t, "", "", "")
		if text != "" {
			fsys["codes/marital.tsv"] = &fstest.MapFile{Data: []byte(text)}
		}
		return digestsOf(t, fsys).catalogue
	}
	none := with("")
	one := with("# source: 市民政局\ncode\tlabel\n50\t分居\n")
	if one == none {
		t.Error("a table that is added does not count")
	}
	if with("# source: 市民政局\r\n# a remark\r\ncode\tlabel\r\n\r\n50\t分居\r\n") != one {
		t.Error("line ends and remarks count")
	}
	if with("# source: 市民政局\ncode\tlabel\tsynonyms\n50\t分居\t分居中\n") == one {
		t.Error("a synonym does not count")
	}
}
