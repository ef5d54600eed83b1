package codes

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func load(t testing.TB, name string) *Table {
	t.Helper()
	table, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// Every shipped table is complete, has each code once, and folds each code, synonym and unshared label to its entry.
func TestTables(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			table := load(t, name)
			h := table.Header()
			if h.Name != name || h.Title == "" || h.Standard == "" || h.Source == "" || h.Edition == "" || h.Licence == "" || table.Len() == 0 {
				t.Errorf("header is incomplete: %+v", h)
			}
			if n := len(table.layers[0]); n != table.Len() {
				t.Errorf("%d rows hold %d codes", n, table.Len())
			}
			labels := map[string]int{}
			for e := range table.All() {
				labels[e.Label]++
			}
			for e := range table.All() {
				wantFold(t, table, e.Code, e.Code)
				for _, s := range e.Synonyms {
					wantFold(t, table, s, e.Code)
				}
				if label, ok := table.Label(e.Code); !ok || label != e.Label || label == "" {
					t.Errorf("label of %s is %q", e.Code, label)
				}
				if labels[e.Label] == 1 {
					wantFold(t, table, e.Label, e.Code)
				}
			}
		})
	}
}

func wantFold(t *testing.T, table *Table, cell, want string) {
	t.Helper()
	if code, ok := table.Fold([]byte(cell)); !ok || code != want {
		t.Errorf("%q folds to %q %v, want %q", cell, code, ok, want)
	}
}

// A label that several codes share folds only where a table says to which; these are the tables that have such labels.
func TestSharedLabels(t *testing.T) {
	got := map[string][]string{}
	for _, name := range Names() {
		if name == regionTable {
			continue
		}
		table := load(t, name)
		labels := map[string][]string{}
		for e := range table.All() {
			labels[e.Label] = append(labels[e.Label], e.Code)
		}
		for label, of := range labels {
			code, ok := table.Fold([]byte(label))
			if len(of) > 1 && ok {
				got[name] = append(got[name], label+" "+code)
			}
		}
		slices.Sort(got[name])
	}
	want := map[string][]string{
		"enterprise_type": {"有限责任公司 1100", "股份有限公司 1200"},
		"industry":        {"国际组织 T", "房地产业 K", "教育 P", "燃气生产和供应业 4500"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestGroupsExist(t *testing.T) {
	for _, name := range Names() {
		table := load(t, name)
		of := table
		if g := table.Header().Group; g != "" && g != name {
			of = load(t, g)
		}
		for e := range table.All() {
			if _, ok := of.Label(e.Group); e.Group != "" && !ok {
				t.Errorf("%s: %s: group %s is no code", name, e.Code, e.Group)
			}
		}
	}
}

func TestFold(t *testing.T) {
	cases := []struct{ table, cell, want string }{
		{"health", "10", "1"}, {"health", "良好", "1"}, {"health_detail", "62", "62"}, {"kinship", "儿子", "20"}, {"kinship", "外婆", "64"},
		{"update_cycle", "每天", "2"}, {"sharing_type", "有条件", "2"}, {"permit_state", "有效", "1"}, {"permit_state_2015", "正常", "0"},
		{"urban_rural", "111", "111"}, {"degree", "工学硕士学位", "308"}, {"tax_document", "身份证", "201"}, {"crs", "epsg:4490", "4490"},
		{"sex", "男", "1"}, {"sex", "女性", "2"}, {"sex", "f", "2"}, {"sex", "1", "1"}, {"sex", "3", ""}, {"sex", "", ""},
		{"marital", "2", "20"}, {"marital", "离异", "40"}, {"marital", "22", "22"},
		{"ethnic", "汉", "01"}, {"ethnic", "汉族", "01"}, {"ethnic", "1", "01"}, {"ethnic", "毛难族", "36"},
		{"ethnic", "毛难", "36"}, {"ethnic", "崩龙族", "46"}, {"ethnic", "僳僳族", "20"}, {"ethnic", "穿青人", "97"},
		{"ethnic", "57", ""}, {"ethnic", "土家", "15"}, {"ethnic", "土", "30"},
		{"education", "本科", "20"}, {"education", "72", "73"}, {"education", "文盲或半文盲", "90"},
		{"political", "群众", "13"}, {"political", "1", "01"}, {"person_status", "死亡", "9"},
		{"holder_type", "居民身份证", "111"}, {"holder_type", "111", "111"}, {"holder_type", "554", "553"},
		{"enterprise_state", "da", "DA"}, {"enterprise_state", "存续(在营、开业、在册)", "K"},
		{"org_status", "D", "3"}, {"org_status", "存续", "1"}, {"org_status", "吊销,未注销", "3"}, {"org_status", "04", "4"},
		{"enterprise_type", "有限责任公司(自然人投资或控股)", "1130"},
		{"enterprise_type", "有限责任公司（国有独资）", "1110"}, {"enterprise_type", "个体户", "9500"},
		{"enterprise_type", "有限责任公司分支机构", ""},
		{"industry", "F5211", "5211"}, {"industry", "f5211", "5211"}, {"industry", "521", "5210"}, {"industry", "52", "5200"},
		{"industry", "F", "F"}, {"industry", "飞机制造", "3741"}, {"industry", "120", "1200"}, {"industry", "0000", ""},
		{"currency", "CNY", "156"}, {"currency", "人民币", "156"}, {"currency", "港币", "344"}, {"currency", "usd", "840"},
		{"country", "CN", "CHN"}, {"country", "156", "CHN"}, {"country", "台湾", "TWN"}, {"country", "美国", "USA"},
		{"penalty_category", "没收非法财产", "没收非法财物"}, {"certificate_status", "现势", "01"},
		{"uscc_category", "91", "91"}, {"uscc_department", "工商", "9"},
		{"region", "330106", "330106"}, {"region", "33", "330000"}, {"region", "3301", "330100"},
		{"region", "江苏省南京市鼓楼区", "320106"}, {"region", "南京市鼓楼区", "320106"}, {"region", "鼓楼区", ""},
		{"region", "吉首市", "433101"}, {"region", "湖北省仙桃市", "429004"}, {"region", "110224", ""},
	}
	tables := map[string]*Table{}
	for _, c := range cases {
		if tables[c.table] == nil {
			tables[c.table] = load(t, c.table)
		}
		if code, ok := tables[c.table].Fold([]byte(c.cell)); code != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q folds to %q %v, want %q", c.table, c.cell, code, ok, c.want)
		}
	}
}

func TestGroup(t *testing.T) {
	for _, c := range []struct{ table, code, want string }{
		{"industry", "5211", "5210"}, {"industry", "5210", "5200"}, {"industry", "5200", "F"}, {"industry", "F", ""},
		{"enterprise_type", "9500", "50"}, {"uscc_category", "91", "9"}, {"sex", "1", ""}, {"sex", "7", ""},
		{"region", "320106", "320100"}, {"region", "320100", "320000"}, {"region", "429004", "420000"},
		{"region", "110101", "110000"}, {"region", "110000", ""},
	} {
		if got, ok := load(t, c.table).Group(c.code); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: group of %s is %q, want %q", c.table, c.code, got, c.want)
		}
	}
}

// GB/T 4754-2017 has 20 sections, 97 divisions and 473 groups. In four digits three groups are one with their division
// (1200, 9100, 9700), and a group without classes is a class ending in 0: with those there are 1,381 classes.
func TestIndustryTotals(t *testing.T) {
	table := load(t, "industry")
	var sections, divisions, groups, classes int
	parents := map[string]bool{}
	for e := range table.All() {
		parents[e.Group] = true
	}
	for e := range table.All() {
		switch {
		case len(e.Code) == 1:
			sections++
			continue
		case strings.HasSuffix(e.Code, "00"):
			divisions++
			if !parents[e.Code] {
				groups++
			}
		case strings.HasSuffix(e.Code, "0"):
			groups++
		}
		if !parents[e.Code] {
			classes++
		}
	}
	if sections != 20 || divisions != 97 || groups != 473 || classes != 1381 {
		t.Errorf("%d sections, %d divisions, %d groups, %d classes", sections, divisions, groups, classes)
	}
	wantFold(t, table, "910", "9100")
}

func TestWith(t *testing.T) {
	base := load(t, "sex")
	before := base.Digest()
	overlay := []Entry{
		{Code: "2", Synonyms: []string{"女同志", "1", "男"}},
		{Code: "X", Label: "其他（试点）", Synonyms: []string{"未知"}},
		{Label: "无码"},
	}
	top := base.With(overlay)
	overlay[0].Synonyms[0] = "changed"
	for cell, want := range map[string]string{
		"女同志": "2", "女": "2", "1": "1", "男": "2", "男性": "1", "x": "X", "其他(试点)": "X", "未知": "X", "未知性别": "0", "无码": "",
	} {
		if code, ok := top.Fold([]byte(cell)); code != want || ok != (want != "") {
			t.Errorf("%q folds to %q, want %q", cell, code, want)
		}
	}
	if label, _ := top.Label("2"); label != "女性" || top.Len() != base.Len()+1 {
		t.Errorf("label %q, %d codes", label, top.Len())
	}
	if code, _ := base.Fold([]byte("男")); code != "1" || base.Digest() != before || top.Digest() == before {
		t.Error("the table below changed, or the digest did not")
	}
	again := top.With([]Entry{{Code: "2", Label: "女"}, {Code: "9", Synonyms: []string{"同"}}, {Code: "0", Synonyms: []string{"同"}}})
	if code, ok := again.Fold([]byte("同")); ok {
		t.Errorf("a spelling of two codes folds to %q", code)
	}
	if label, _ := again.Label("2"); label != "女" {
		t.Errorf("label %q of the second overlay", label)
	}
	if code, _ := again.Fold([]byte("女同志")); code != "2" {
		t.Error("the first overlay is lost")
	}
}

func TestLoadUnknown(t *testing.T) {
	_, err := Load("gender")
	if err == nil || !strings.Contains(err.Error(), `"gender"`) || !strings.Contains(err.Error(), "sex") {
		t.Errorf("load of an unknown table: %v", err)
	}
	if _, err := Load("../table"); err == nil {
		t.Error("a path is taken for a name")
	}
}

func TestFoldDoesNotAllocate(t *testing.T) {
	table, cell, r := load(t, "ethnic"), []byte("维吾尔族"), regions(t)
	code := []byte("522101")
	if n := testing.AllocsPerRun(100, func() {
		table.Fold(cell)
		r.Current(code, 1990)
		r.Issued(code, 1990, 2026)
		r.InForce(code, 1990)
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func BenchmarkFold(b *testing.B) {
	for _, c := range []struct{ table, cell string }{{"ethnic", "维吾尔族"}, {"industry", "F5211"}, {"region", "330106"}, {"sex", "不详"}} {
		b.Run(c.table, func(b *testing.B) {
			table, cell := load(b, c.table), []byte(c.cell)
			b.ReportAllocs()
			for b.Loop() {
				table.Fold(cell)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for _, name := range []string{"ethnic", "industry", "region"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				load(b, name)
			}
		})
	}
}
