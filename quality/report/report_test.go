package report

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"jiku/quality"
	"jiku/schemas"
)

var pageFile = flag.String("page", "", "write the sample page to this `file`, to look at it")

func samplePage() Page {
	cat := sampleCatalogue()
	return Page{
		City: "示例市", Run: "20261110T0230", Day: 20261110, Ordinal: 3, Started: time.Date(2026, 11, 10, 2, 30, 0, 0, time.FixedZone("", 8*3600)),
		Seconds: 93.4, CPUSeconds: 151.2, PeakBytes: 1_930_000_000, Warehouse: "内嵌 ClickHouse 26.7",
		Stages: []Stage{{"读取与规范化", 41.2}, {"比对与归并", 38.8}, {"发布与主题库", 13.4}},
		Deliveries: []Delivery{
			{Feed: "household", Title: "户籍登记", Department: "市公安局", Slot: "20261101", Name: "household-20261101.csv.gz", State: schemas.Accepted, Read: true, Counts: schemas.Counts{Rows: 1_203_344, Claims: 1_180_120, Rejects: 3_224, Unchanged: 20_000, Withdrawals: 812}},
			{Feed: "marriage", Title: "婚姻登记", Department: "市民政局", Slot: "20261101", Name: "marriage-20261101.csv", State: schemas.Accepted, Read: true, Counts: schemas.Counts{Rows: 402_118, Claims: 399_002, Rejects: 3_116}, Note: "合同之外的 1 列不入库：“备注”。"},
			{Feed: "social_insurance", Title: "社会保险参保", Department: "市人力资源和社会保障局", Slot: "20261101", Name: "social-20261101.jsonl", State: schemas.Held, Read: true, Counts: schemas.Counts{Rows: 310_554, Rejects: 0, Claims: 310_554}, Note: "全量收缩：上一期 622131 个主键中本期缺少 311577 个，占 50.08%，超过强制上限 20.00%。请确认导出没有漏掉分支机构、分区或状态，再重新报送。"},
			{Feed: "household", Title: "户籍登记", Department: "市公安局", Slot: "20261001", Name: "household-20261001.csv.gz", State: schemas.Accepted, Counts: schemas.Counts{Rows: 1_201_002, Claims: 1_201_002}},
		},
		Bases:      []Base{{"人口基础信息库", "population.person", 1_224_331, 48_210, 301_220}, {"法人单位基础信息库", "legal_entity.organization", 149_371, 9_122, 149_371}},
		Themes:     []Theme{{"已婚人口分布", "theme_civil.married", 42, ""}, {"持证主体在业情况", "theme_market.certificate", 8_812, "行数 8812 少于下限 9000，沿用上一版"}},
		Scorecards: quality.Score(sampleFacts(), cat, quality.Catalog(quality.Infos(), sampleReasons())),
		Trends:     map[string][]Point{"public_security": {{"2026-08", 90.1}, {"2026-09", 91.9}, {"2026-10", 93.2}, {"2026-11", 96.5}}},
		Conflicts:  []ItemConflicts{{"人口基础信息库", "phone", "联系电话", 21_330, 1_224_331, []string{"市医疗保障局", "市教育局"}}, {"法人单位基础信息库", "address", "注册地址", 6_001, 149_371, []string{"市税务局"}}},
		Explained: &Explained{USCC: "91390100MA39X0A12F", Name: "示例试验有限公司", Items: []ExplainedItem{
			{"机构名称", "示例试验有限公司", "市市场监督管理局", "一数一源：取自责任部门", []Other{{"市税务局", "示例市试验公司", "不是责任部门"}}},
			{"参保人数", "", "", "没有可用的来源", nil},
		}},
		Queries: Queries(cat),
	}
}

func sampleCatalogue() *schemas.Catalogue {
	item := func(name, title string, t schemas.Type) schemas.Item {
		return schemas.Item{Name: name, Title: title, Type: t}
	}
	base := &schemas.Base{Name: "population", Entity: "person", Title: "人口基础信息库", Region: "hukou_region", Key: schemas.KeySpec{Kind: schemas.KeyResidentID, Column: "id_no"},
		Items: []schemas.Item{item("name", "姓名", "text"), item("sex", "性别", "code"), item("birth_date", "出生日期", "date"), item("marital", "婚姻状况", "code"), item("phone", "联系电话", "text")}}
	feed := func(name, title, department string, items ...string) *schemas.Feed {
		f := &schemas.Feed{Name: name, Title: title, Department: department, Base: "population"}
		for _, it := range items {
			f.Columns = append(f.Columns, schemas.ColumnMap{Column: it, Item: it, Required: true})
		}
		return f
	}
	shadowed := feed("household", "户籍登记", "public_security", "name", "sex", "birth_date")
	shadowed.Rules = []schemas.RuleUse{{Rule: "person.age", Items: []string{"birth_date"}, Shadow: true}, {Rule: "name.characters", Items: []string{"name"}}}
	return &schemas.Catalogue{Bases: []*schemas.Base{base},
		Feeds: []*schemas.Feed{shadowed, feed("marriage", "婚姻登记", "civil_affairs", "name", "marital"), feed("social_insurance", "社会保险参保", "human_resources", "name", "phone"), feed("pupils", "学籍", "education", "name")},
		City: &schemas.City{Title: "示例市",
			Departments: []schemas.Department{{ID: "public_security", Title: "市公安局"}, {ID: "civil_affairs", Title: "市民政局"}, {ID: "human_resources", Title: "市人力资源和社会保障局"}, {ID: "education", Title: "市教育局"}},
			Dimensions:  []schemas.Dimension{{Name: "真实性", Indicators: []string{"0301"}}, {Name: "准确性", Indicators: []string{"0302", "0305"}}, {Name: "完整性", Indicators: []string{"0201"}}, {Name: "时效性", Indicators: []string{"0502"}}, {Name: "一致性", Indicators: []string{"0402"}}},
			Grades:      []schemas.Grade{{Grade: "优", From: 95}, {Grade: "良", From: 85}, {Grade: "中", From: 70}, {Grade: "差"}}}}
}

func sampleReasons() []schemas.ReasonInfo {
	return []schemas.ReasonInfo{
		{Code: "completeness.blank", Severity: schemas.Warning, Dimension: "0201", Title: "应填未填", Advice: "请补填后重新报送。"},
		{Code: "resident_id.checksum", Severity: schemas.RowError, Dimension: "0302", Title: "公民身份号码校验码不符", Advice: "请核对身份证件，更正号码。"},
	}
}

func sampleFacts() []quality.Facts {
	return []quality.Facts{
		{Feed: "household", Department: "public_security", Period: "2026-11", SlotsDue: 1, SlotsDelivered: 1, Rows: 1_203_344, Rejected: 3_224, Rejects: map[string]int64{"resident_id.checksum": 3_224},
			Items:     []quality.ItemFacts{{Item: "name", Valued: 1_200_120}, {Item: "sex", Valued: 1_190_000, Unknown: 10_120}, {Item: "birth_date", Valued: 1_100_120, Unknown: 100_000}},
			Failed:    []quality.RuleFacts{{Code: "name.private_use", Item: "name", Rows: 6_120}, {Code: "person.age", Item: "birth_date", Rows: 311}},
			Agreement: []quality.Agreement{{Item: "name", Compared: 5000, Agreed: 4988}}},
		{Feed: "marriage", Department: "civil_affairs", Period: "2026-11", SlotsDue: 2, SlotsDelivered: 1, Rows: 402_118, Rejected: 3_116, Rejects: map[string]int64{"resident_id.checksum": 3_116},
			Items: []quality.ItemFacts{{Item: "name", Valued: 399_002}, {Item: "marital", Valued: 399_000, Unknown: 2}}},
		{Feed: "social_insurance", Department: "human_resources", Period: "2026-11", SlotsDue: 1, SlotsDelivered: 1, Rows: 120,
			Items: []quality.ItemFacts{{Item: "name", Valued: 120}, {Item: "phone", Valued: 90, Unknown: 30}}, Failed: []quality.RuleFacts{{Code: "phone.form", Item: "phone", Rows: 12}}},
		{Feed: "pupils", Department: "education", Period: "2026-11"},
	}
}

func renderSample(t *testing.T) (string, *html.Node) {
	t.Helper()
	var buf bytes.Buffer
	if err := Render(&buf, samplePage()); err != nil {
		t.Fatal(err)
	}
	if *pageFile != "" {
		if err := os.WriteFile(*pageFile, buf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	root, err := html.Parse(bytes.NewReader(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return buf.String(), root
}

func TestPageStandsAlone(t *testing.T) {
	text, root := renderSample(t)
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script", "link", "img", "iframe", "object", "embed", "video", "audio", "base", "form":
			t.Errorf("element <%s> on the page", n.Data)
		}
		for _, a := range n.Attr {
			if (a.Key == "href" || a.Key == "src" || a.Key == "xlink:href") && !strings.HasPrefix(a.Val, "#") {
				t.Errorf("<%s> refers to %s", n.Data, a.Val)
			}
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("<%s> has the handler %s", n.Data, a.Key)
			}
		}
	}
	for _, bad := range []string{"http://", "https://", "url(", "@import", "ZgotmplZ", "<no value>"} {
		if strings.Contains(text, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
}

func TestPageIsAccessible(t *testing.T) {
	_, root := renderSample(t)
	ids, levels := map[string]int{}, []string{}
	var anchors []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id := attr(n, "id"); id != "" {
			ids[id]++
		}
		switch n.Data {
		case "html":
			if attr(n, "lang") != "zh-CN" {
				t.Errorf("lang %q, want zh-CN", attr(n, "lang"))
			}
		case "h1", "h2", "h3", "h4":
			levels = append(levels, n.Data)
		case "th":
			if attr(n, "scope") == "" {
				t.Error("a table header has no scope")
			}
		case "a":
			anchors = append(anchors, strings.TrimPrefix(attr(n, "href"), "#"))
		case "svg":
			if attr(n, "aria-hidden") != "true" && attr(n, "aria-label") == "" {
				t.Error("a chart has neither a label nor is it hidden")
			}
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %s occurs %d times", id, n)
		}
	}
	for _, a := range anchors {
		if ids[a] == 0 {
			t.Errorf("a link leads to #%s, which is not there", a)
		}
	}
	for i, l := range levels {
		if i == 0 && l != "h1" || i > 0 && (l == "h1" || l[1] > levels[i-1][1]+1) {
			t.Errorf("heading %d is %s after %v", i, l, levels[:i])
		}
	}
}

func TestPageShowsTheNumbers(t *testing.T) {
	_, root := renderSample(t)
	text := textOf(root)
	page := samplePage()
	for _, want := range []string{
		"1,916,016 行", // rows read in this run, not those of earlier runs
		"1,373,702 条", // golden rows
		"57,332 处分歧",  // conflicts
		"1 分 33 秒", "2 分 31 秒", "1.80 GiB", "行数守恒", "有 2 项被闸门拦下", "占 50.08%", "theme_civil.married", "沿用上一版",
		"合同之外的 1 列不入库", "本期尚无应报，不计名次：市教育局", "市税务局：示例市试验公司（不是责任部门）", "FROM population.person",
		"数据量小（120 行）", "试行规则", "缺 1 期", "拦下 310,554", "近 4 期：90.1 → 96.5",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	for _, card := range page.Scorecards {
		if len(card.Feeds) > 0 && !strings.Contains(text, score(card.Score)) {
			t.Errorf("the page does not show the score of %s", card.Department)
		}
		for _, f := range worst(card.Fixes) {
			if !strings.Contains(text, f.Title) || !strings.Contains(text, f.Advice) {
				t.Errorf("the page does not show the problem %s with its advice", f.Code)
			}
		}
	}
}

func TestOnlyOrganizationsAreExplained(t *testing.T) {
	page := samplePage()
	page.Explained.USCC = "390101196504300012"
	err := Render(&bytes.Buffer{}, page)
	if err == nil || strings.Contains(err.Error(), "390101") {
		t.Errorf("got %v, want a refusal that does not name the number", err)
	}
}

func TestEmptyPage(t *testing.T) {
	var buf bytes.Buffer
	if err := Render(&buf, Page{City: "示例市", Day: 20261110}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(buf.String(), "本批没有新的报送") {
		t.Error("a run without deliveries does not say so")
	}
}

func TestTextIsEscaped(t *testing.T) {
	page := samplePage()
	page.Deliveries[0].Name = `<img src=x onerror=alert(1)>.csv`
	page.Deliveries[1].Note = `列名核对：“<b>”`
	var buf bytes.Buffer
	if err := Render(&buf, page); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(buf.String(), "<img") || strings.Contains(buf.String(), "“<b>”") {
		t.Error("text of a delivery became markup")
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(root *html.Node) string {
	var sb strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "style" {
			sb.WriteString(n.Data)
		}
	}
	return sb.String()
}
