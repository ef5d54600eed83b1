package normalize

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"jiku/schemas"
)

// populationColumns are the 20 items of a police feed: column, type, table or comparator, via.
var populationColumns = []struct {
	item  string
	kind  schemas.Type
	table string
	via   string
}{
	{"id_no", schemas.TypeText, "", "resident_id"}, {"name", schemas.TypeText, "", "person_name"}, {"former_name", schemas.TypeText, "", "person_name"},
	{"sex", schemas.TypeCode, "sex", "code"}, {"ethnic", schemas.TypeCode, "ethnic", "code"}, {"birth_date", schemas.TypeDate, "", "date"},
	{"birth_place", schemas.TypeText, "", "address"}, {"native_place", schemas.TypeText, "", "address"}, {"address", schemas.TypeText, "", "address"},
	{"region", schemas.TypeCode, "region", "region"}, {"marital", schemas.TypeCode, "marital", "code"}, {"education", schemas.TypeCode, "education", "code"},
	{"employment", schemas.TypeCode, "employment", "code"}, {"political", schemas.TypeCode, "political", "code"}, {"phone", schemas.TypeText, "", "phone"},
	{"household_no", schemas.TypeText, "", "digits"}, {"moved_in", schemas.TypeDate, "", "date"}, {"status", schemas.TypeCode, "person_status", "code"},
	{"height", schemas.TypeInteger, "", "integer"}, {"blood", schemas.TypeText, "", "upper"},
}

// populationProgram reads the feed: the ID number as the key and as an item, 20 items and the
// time of the update.
func populationProgram(b testing.TB) *Program {
	b.Helper()
	base := &schemas.Base{Name: "population", Entity: "person", Key: schemas.KeySpec{Kind: schemas.KeyResidentID}}
	feed := &schemas.Feed{Name: "police_household", Base: "population", Key: []schemas.KeyPart{{Column: "id_no"}},
		Event: &schemas.EventColumn{Column: "updated"}, Nulls: schemas.NullWords{None: []string{"无"}, Unknown: []string{"不详", "N/A", "-"}}}
	for _, c := range populationColumns {
		base.Items = append(base.Items, schemas.Item{Name: c.item, Type: c.kind, Table: c.table})
		feed.Columns = append(feed.Columns, schemas.ColumnMap{Column: c.item, Item: c.item, Via: []schemas.Step{{Name: c.via}}})
	}
	p, err := Compile(feed, base, testEnv())
	if err != nil {
		b.Fatal(err)
	}
	p.Begin(schemas.Delivery{Received: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)})
	return p
}

// population makes rows of made-up persons; of a hundred cells, so many are not as they should
// be written.
func population(p *Program, rows, untidy int) []*schemas.Row {
	r := rand.New(rand.NewPCG(7, 39))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	out := make([]*schemas.Row, rows)
	for i := range out {
		y, m, d := 1940+r.IntN(80), 1+r.IntN(12), 1+r.IntN(28)
		id := fmt.Sprintf("390101%04d%02d%02d%03d", y, m, d, r.IntN(990))
		place := pick("示例市东城湖区", "示例市南塘区", "示例省示例市北山县")
		cells := map[string][2]string{
			"id_no":        {id + checkDigit(id), id[:6] + id[8:17]},
			"name":         {pick("王", "李", "欧阳", "赵") + pick("明", "小红", "建国", "秀英"), pick("阿依古丽•买买提", "张　三", "王小明先生")},
			"former_name":  {pick("无", "无", "无", "", "李小四"), "李 小 四"},
			"sex":          {pick("1", "2"), pick("男", "女")},
			"ethnic":       {pick("01", "01", "01", "15", "08"), pick("汉族", "土家", "壮")},
			"birth_date":   {fmt.Sprintf("%04d%02d%02d", y, m, d), pick("1965-4-30", "1965年4月30日", "1965/04/30")},
			"birth_place":  {place, "示例省 示例市"},
			"native_place": {pick("江苏南京", "示例省示例市"), "江苏　南京"},
			"address":      {fmt.Sprintf("%s湖滨路%d号%d栋%d室", place, 1+r.IntN(300), 1+r.IntN(20), 101+r.IntN(900)), "示例市示例区示例路１２号 3栋"},
			"region":       {"390101", pick("390101001", "３９０１０１")},
			"marital":      {pick("10", "20", "20", "40"), pick("已婚", "未婚")},
			"education":    {pick("20", "31", "61", "71"), pick("大学本科", "初中")},
			"employment":   {pick("24", "27", "70"), pick("工人", "农民")},
			"political":    {pick("13", "13", "01"), pick("群众", "中共党员")},
			"phone":        {fmt.Sprintf("1990000%04d", r.IntN(10000)), pick("0391-5550001", "+86 19900000001")},
			"household_no": {fmt.Sprintf("%09d", r.IntN(1e9)), "12345 6789"},
			"moved_in":     {fmt.Sprintf("%04d-%02d-%02d", 2000+r.IntN(24), m, d), "42923"},
			"status":       {"0", "有效"},
			"height":       {fmt.Sprint(150 + r.IntN(40)), "172.0"},
			"blood":        {pick("A", "B", "O", "AB", ""), "ab"},
			"updated":      {fmt.Sprintf("2025-%02d-%02d 09:30:%02d", m, d, r.IntN(60)), "2025/1/2 3:04"},
		}
		row := &schemas.Row{}
		for _, column := range p.Columns() {
			cell := cells[column]
			at := 0
			if r.IntN(100) < untidy {
				at = 1
			}
			row.Cells = append(row.Cells, []byte(cell[at]))
		}
		out[i] = row
	}
	return out
}

// checkDigit is the last character of a resident ID number (GB 11643).
func checkDigit(id string) string {
	sum, weight := 0, 2
	for i := len(id) - 1; i >= 0; i-- {
		sum += int(id[i]-'0') * weight
		weight = weight * 2 % 11
	}
	return string("10X98765432"[sum%11])
}

// BenchmarkPopulationFeed normalizes rows of 20 items, each row another; one cell in twenty
// needs a fix, as in a feed of usual quality. One operation is one row.
func BenchmarkPopulationFeed(b *testing.B) {
	for _, untidy := range []int{0, 5, 20} {
		b.Run(fmt.Sprintf("untidy %d%%", untidy), func(b *testing.B) {
			p := populationProgram(b)
			rows := population(p, 500, untidy)
			rec := schemas.NewRecord(p.base, 1)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				p.Row(rows[i], rec)
				if i++; i == len(rows) {
					i = 0
				}
			}
		})
	}
}

// The rows of the benchmark are what it says: read without a void item.
func TestPopulationRows(t *testing.T) {
	p := populationProgram(t)
	rec := schemas.NewRecord(p.base, 1)
	fixes := 0
	for _, row := range population(p, 500, 5) {
		p.Row(row, rec)
		for _, f := range rec.Findings {
			if f.Severity != schemas.Fix {
				t.Fatalf("a row has a finding %s", codesOf(rec))
			}
			fixes++
		}
		if len(rec.KeyParts[0]) == 0 || rec.Event == 0 || rec.States[5] != schemas.Valued {
			t.Fatal("a row has no key, no event time or no birth date")
		}
	}
	if fixes < 50 {
		t.Errorf("%d fixes in 500 rows", fixes)
	}
	rows := population(p, 500, 5)
	if n := testing.AllocsPerRun(5, func() {
		for _, row := range rows {
			p.Row(row, rec)
		}
	}); n > 0 {
		t.Errorf("%v allocations in 500 rows", n)
	}
}
