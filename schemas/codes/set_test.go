package codes

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSet(t *testing.T) {
	set, wrong := NewSet(Overlaid{
		Files: map[string]string{
			"marital":       "\ufeff# source: 市民政局\r\ncode\tlabel\tsynonyms\thistoric\r\n50\t分居\t分居中\t别居\r\n20\t有配偶者\r\n",
			"hukou":         "# title: 户口性质\n# source: 市公安局\n# edition: 2026\ncode\tlabel\n1\t居民户口\n",
			"region_office": "# source: 市市场监管局\ncode\tlabel\tgroup\n390191\t示例新区\t390101\n",
			"region":        "# source: 市民政局\ncode\tname\tfrom\tuntil\tnext\n390109\t旧城区\t1990\t2005\t390101\n",
		},
		Regions: []Region{{Code: "390000", Name: "示例省", From: 1981}, {Code: "390100", Name: "示例市", From: 1981}, {Code: "390101", Name: "东城湖区", From: 1981}},
	})
	if wrong != nil {
		t.Fatal(wrong)
	}
	for _, c := range []struct {
		table, cell, want string
		how               Match
	}{
		{"marital", "分居中", "50", Word}, {"marital", "别居", "50", HistoricWord}, {"marital", "已婚", "20", Word},
		{"marital", "有配偶者", "20", Word}, {"hukou", "居民户口", "1", Word}, {"hukou", "1", "1", SameCode},
		{"region", "示例省示例市东城湖区", "390101", Word}, {"region", "390101", "390101", SameCode}, {"region", "390109", "", NoCode},
		{"sex", "男", "1", Word},
	} {
		table, err := set.Table(c.table)
		if err != nil {
			t.Fatal(err)
		}
		if code, how := table.Find([]byte(c.cell)); code != c.want || how != c.how {
			t.Errorf("%s: %q is %q %d, want %q %d", c.table, c.cell, code, how, c.want, c.how)
		}
	}
	r, err := set.Regions()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]RegionMove{"390101": RegionSame, "390109": RegionMoved, "390191": RegionOffice, "440101": RegionOffice, "390199": RegionLost} {
		if _, how := r.Today([]byte(code), 2026); how != want {
			t.Errorf("%s moves as %d, want %d", code, how, want)
		}
	}
	national := National()
	for _, name := range set.Names() {
		changed := name != "hukou" && set.Digest(name) != national.Digest(name)
		if changed != (name == "marital" || name == "region" || name == "region_office") || set.Digest(name) == "" {
			t.Errorf("digest of %s: changed is %v", name, changed)
		}
		if set.Overlaid(name) != (changed || name == "hukou") || national.Overlaid(name) {
			t.Errorf("%s: overlaid is %v", name, set.Overlaid(name))
		}
	}
	if _, err := set.Table("genders"); err == nil || !strings.Contains(err.Error(), "hukou") {
		t.Errorf("error %v", err)
	}
}

func TestSetDefects(t *testing.T) {
	for _, c := range []struct{ name, table, text, want string }{
		{"empty", "sex", "", "line 1 column 1: header names no source"},
		{"no columns", "sex", "# source: x\n", "no line of column names"},
		{"column missing", "sex", "# source: x\ncode\n1\n", `column "label" is missing`},
		{"column twice", "sex", "# source: x\ncode\tlabel\tlabel\n1\ta\tb\n", `column "label" stands twice`},
		{"another name", "sex", "# name: gender\n# source: x\ncode\tlabel\n", `header names "gender"`},
		{"field twice", "sex", "# source: x\n# source: y\ncode\tlabel\n", `line 2 column 1: header has "source" twice`},
		{"not UTF-8", "sex", "# source: x\ncode\tlabel\n1\t\xc4\xd0\n", "line 3 column 1: text is not UTF-8"},
		{"place of a cell", "own", "# title: x\n# source: x\ncode\tsynonyms\tlabel\n汉\t汉字\t\n", "line 4 column 6: label is blank"},
		{"no such group", "own", "# title: x\n# source: x\n# group: none\ncode\tlabel\n1\ta\n", `names the table "none"`},
		{"successor without end", "region", "code\tname\tfrom\tnext\n390101\ta\t1990\t390102\n", "in force has a successor"},
		{"year of a successor", "region", "code\tname\tfrom\tuntil\tnext\n390101\ta\t1990\t1995\t390102[x]\n", `year "x" of a successor`},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, wrong := NewSet(Overlaid{Files: map[string]string{c.table: c.text}})
			if set != nil || !strings.Contains(wrong[c.table].Error(), c.want) {
				t.Errorf("got %v, want %q", wrong[c.table], c.want)
			}
		})
	}
}

func TestDivision(t *testing.T) {
	for _, c := range []struct {
		cell            string
		want            Division
		street, village string
	}{
		{"39", Division{County: "390000"}, "", ""},
		{"3901", Division{County: "390100"}, "", ""},
		{"390101", Division{County: "390101"}, "", ""},
		{"390101001", Division{County: "390101", Street: "001"}, "街道", ""},
		{"390101099", Division{County: "390101", Street: "099"}, "街道", ""},
		{"390121100", Division{County: "390121", Street: "100"}, "镇", ""},
		{"390121399", Division{County: "390121", Street: "399"}, "乡", ""},
		{"390121400", Division{County: "390121", Street: "400"}, "类似乡级单位", ""},
		{"390101001199", Division{County: "390101", Street: "001", Village: "199"}, "街道", "居民委员会"},
		{"390121200200", Division{County: "390121", Street: "200", Village: "200"}, "乡", "村民委员会"},
		{"390121100498", Division{County: "390121", Street: "100", Village: "498"}, "镇", "虚拟社区"},
		{"390121100400", Division{County: "390121", Street: "100", Village: "400"}, "镇", "类似居民委员会"},
		{"390121100598", Division{County: "390121", Street: "100", Village: "598"}, "镇", "虚拟村"},
		{"390121100599", Division{County: "390121", Street: "100", Village: "599"}, "镇", "类似村民委员会"},
		{"390121100600", Division{County: "390121", Street: "100", Village: "600"}, "镇", ""},
		{"390101000000", Division{County: "390101"}, "", ""},
	} {
		d, ok := ParseDivision([]byte(c.cell))
		if diff := cmp.Diff(c.want, d); diff != "" || !ok || d.StreetKind() != c.street || d.VillageKind() != c.village {
			t.Errorf("%s: %v %q %q %s", c.cell, ok, d.StreetKind(), d.VillageKind(), diff)
		}
	}
	for _, cell := range []string{"", "3", "390", "39010", "3901010", "39010100a", "390101000001", "3901010010021"} {
		if _, ok := ParseDivision([]byte(cell)); ok {
			t.Errorf("%q is read", cell)
		}
	}
}
