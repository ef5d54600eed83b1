package quality

import (
	"bytes"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiku/schemas"
)

func scoreCatalogue() *schemas.Catalogue {
	person := personBase()
	person.Rules = []schemas.RuleUse{{Rule: "entity.marriage_age", Items: []string{"birth_date", "sex", "name"}}}
	return &schemas.Catalogue{
		Bases: []*schemas.Base{person},
		Feeds: []*schemas.Feed{
			{Name: "household", Title: "户籍登记", Department: "public_security", Base: "population",
				Columns: []schemas.ColumnMap{{Column: "姓名", Item: "name", Required: true}, {Column: "性别", Item: "sex", Required: true}, {Column: "出生日期", Item: "birth_date"}, {Item: "region", Value: "390101"}},
				Rules: []schemas.RuleUse{
					{Rule: "resident_id.sex", Items: []string{"sex"}},
					{Rule: "name.characters", Items: []string{"name"}, Weight: 0.5},
					{Rule: "resident_id.birth_date", Items: []string{"birth_date"}, Shadow: true},
				}},
			{Name: "marriage", Title: "婚姻登记", Department: "civil_affairs", Base: "population",
				Columns: []schemas.ColumnMap{{Column: "姓名", Item: "name", Required: true}}},
		},
		City: &schemas.City{
			Departments: []schemas.Department{{ID: "public_security", Title: "市公安局"}, {ID: "civil_affairs", Title: "市民政局"}},
			Dimensions: []schemas.Dimension{{Name: "准确性", Indicators: []string{"0302", "0305"}, Weight: 2}, {Name: "完整性", Indicators: []string{"0201"}},
				{Name: "一致性", Indicators: []string{"0402"}}, {Name: "时效性", Indicators: []string{"0502"}}, {Name: "真实性", Indicators: []string{"0301"}}, {Name: "易用性", Indicators: []string{"0601"}}},
			Grades: []schemas.Grade{{Grade: "优", From: 95}, {Grade: "良", From: 85}, {Grade: "中", From: 70}, {Grade: "差"}},
		},
	}
}

func scoreInfos() map[string]schemas.ReasonInfo {
	return Catalog(Infos(), []schemas.ReasonInfo{
		{Code: "completeness.blank", Severity: schemas.Warning, Dimension: "0201", Title: "应填未填", Advice: "请补填。"},
		{Code: "code.unknown", Severity: schemas.ItemError, Dimension: "0105", Title: "代码不在代码表中", Advice: "请更正。"},
		{Code: "resident_id.checksum", Severity: schemas.RowError, Dimension: "0302", Title: "校验码不符", Advice: "请更正号码。"},
		{Code: "text.trim", Severity: schemas.Fix, Dimension: "0101", Title: "首尾空格", Advice: "无需处理。"},
	})
}

// TestStandardVector is the vector of the design: twelve items that add up to 9.7, seven of
// twelve slots: 9.7/12 × 7/12 × 100 = 47.2.
func TestStandardVector(t *testing.T) {
	f := Facts{Feed: "vector", Department: "d", Period: "2026", SlotsDue: 12, SlotsDelivered: 7, Rows: 1000}
	for i := range 12 {
		valued := int64(1000)
		if i < 2 {
			valued = 0 // two items never filled
		} else if i == 2 {
			valued = 700
		}
		f.Items = append(f.Items, ItemFacts{Item: fmt.Sprint("i", i), Expected: 1000, Valued: valued, Unknown: 1000 - valued})
	}
	card := Score([]Facts{f}, scoreCatalogue(), scoreInfos())[0]
	if got := fmt.Sprintf("%.1f", card.Feeds[0].Score); got != "47.2" {
		t.Errorf("feed score %s, want 47.2", got)
	}
	if card.Score != 47.1528 || card.RowWeighted != 47.1528 || card.Grade != "差" {
		t.Errorf("score %v, by rows %v, grade %s, want 47.1528, 47.1528, 差", card.Score, card.RowWeighted, card.Grade)
	}
	if top := card.Fixes[0]; top.Code != "feed.punctuality" || top.Slots != 5 || top.Points != 33.6806 {
		t.Errorf("the first fix is %+v, want five slots worth 9.7/12 × 5/12 = 33.68 points", top)
	}
}

func householdFacts() Facts {
	return Facts{Feed: "household", Department: "public_security", Period: "2026-11", SlotsDue: 1, SlotsDelivered: 1, Rows: 1000, Rejected: 100,
		Rejects: map[string]int64{"resident_id.checksum": 100},
		Items: []ItemFacts{
			{Item: "name", Valued: 890, Unknown: 10},
			{Item: "sex", Valued: 800, Unknown: 50, Void: 50},
			{Item: "birth_date", Valued: 500, None: 100, Unknown: 300},
		},
		Failed: []RuleFacts{
			{Code: "name.placeholder", Item: "name", Rows: 40}, {Code: "code.unknown", Item: "sex", Rows: 50}, {Code: "completeness.blank", Item: "sex", Rows: 50},
			{Code: "resident_id.birth_date", Item: "birth_date", Rows: 200}, {Code: "text.trim", Item: "name", Rows: 300},
		},
		Agreement: []Agreement{{Item: "name", Compared: 200, Agreed: 190}, {Item: "sex", Compared: 100, Agreed: 100}},
	}
}

func TestItemScores(t *testing.T) {
	card := Score([]Facts{householdFacts()}, scoreCatalogue(), scoreInfos())[0]
	want := []ItemScore{
		{Item: "name", Title: "姓名", Due: 1000, Good: 870, Score: 87}, // 890 valued − 40 × ½
		{Item: "sex", Title: "性别", Due: 1000, Good: 800, Score: 80},
		{Item: "birth_date", Title: "出生日期", Due: 700, Good: 600, Score: 85.7143}, // optional: 300 unknown are not due; the shadow rule costs nothing
	}
	if diff := cmp.Diff(want, card.Feeds[0].Items); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	var fixes []string
	for _, f := range card.Fixes {
		fixes = append(fixes, fmt.Sprintf("%s:%s %d %.2f", f.Code, f.Item, f.Rows, f.Points))
	}
	wantFixes := []string{"resident_id.checksum: 100 11.43", "code.unknown:sex 50 1.67", "completeness.blank:sex 50 1.67", "name.placeholder:name 40 0.67", "completeness.blank:name 10 0.33"}
	if diff := cmp.Diff(wantFixes, fixes); diff != "" {
		t.Errorf("fixes (-want +got):\n%s", diff)
	}
	if len(card.Shadow) != 1 || card.Shadow[0].Code != "resident_id.birth_date" || card.Shadow[0].Rows != 200 || card.Shadow[0].Points != 9.5238 {
		t.Errorf("shadow %+v, want 200 rows that would cost 9.52 points", card.Shadow)
	}
	if card.Accuracy == nil || card.Accuracy.Score != 96.6667 || card.Accuracy.Items[0].Item != "name" {
		t.Errorf("accuracy %+v, want 290 of 300 with the name first", card.Accuracy)
	}
}

func TestDimensions(t *testing.T) {
	card := Score([]Facts{householdFacts()}, scoreCatalogue(), scoreInfos())[0]
	want := map[string]float64{
		// 0302: (40 × ½ + 100 rejects) of 3000 values; 0305: 100 of 1000 rows.
		"准确性": round(100 * ((1 - 120.0/3000) + 0.9) / 2),
		"完整性": round(100 * (1 - 60.0/2400)),
		"一致性": 100, "时效性": 100, "真实性": 96.6667,
	}
	for _, d := range card.Dimensions {
		switch w, ok := want[d.Name]; {
		case !ok && d.Score != nil:
			t.Errorf("%s is %v, want not measured", d.Name, *d.Score)
		case ok && (d.Score == nil || *d.Score != w):
			t.Errorf("%s is %v, want %v", d.Name, d.Score, w)
		}
	}
	if len(card.Dimensions) != 6 || card.ByDimension == nil {
		t.Errorf("%d dimensions and total %v, want six and a total", len(card.Dimensions), card.ByDimension)
	}
}

func TestNotDeliveringSinksTheScore(t *testing.T) {
	silent := Facts{Feed: "marriage", Department: "public_security", Period: "2026-11", SlotsDue: 1, UsualRows: 3000}
	card := Score([]Facts{householdFacts(), silent}, scoreCatalogue(), scoreInfos())[0]
	// Item mean: (0.87 + 0.8 + 6/7 + 0) / 4; by rows: 84.24 × 1000 / 4000.
	if card.Score != 63.1786 || card.RowWeighted != 21.0595 {
		t.Errorf("score %v and by rows %v, want 63.1786 and 21.0595", card.Score, card.RowWeighted)
	}
	if card.Fixes[0].Code != "feed.punctuality" || card.Fixes[0].Points != 25 {
		t.Errorf("first fix %+v, want the missing slot worth 25 points", card.Fixes[0])
	}
}

func TestFirstDeliveryIsAwaited(t *testing.T) {
	cards := Score([]Facts{householdFacts(), {Feed: "marriage", Department: "civil_affairs", Period: "2026-11"}}, scoreCatalogue(), scoreInfos())
	if len(cards) != 2 || cards[1].Department != "civil_affairs" || cards[1].Rank != 0 || cards[0].Of != 1 || len(cards[1].Waiting) != 1 {
		t.Errorf("cards %+v, want the department without a delivery last and without a place", cards)
	}
}

func TestFillersBeyondTheirShare(t *testing.T) {
	f := Facts{Feed: "x", Department: "d", Period: "2026-11", SlotsDue: 1, SlotsDelivered: 1, Rows: 1000, Items: []ItemFacts{{Item: "employment", Valued: 1000, Defaults: 250}}}
	card := Score([]Facts{f}, scoreCatalogue(), scoreInfos())[0]
	if card.Score != 80 || card.Fixes[0].Code != "feed.defaults" || card.Fixes[0].Points != 20 {
		t.Errorf("score %v, fixes %+v, want 80: 250 fillers less 5%% of 1000", card.Score, card.Fixes)
	}
}

func TestLeague(t *testing.T) {
	var facts []Facts
	for i, valued := range []int64{90, 100, 90, 80} {
		facts = append(facts, Facts{Feed: fmt.Sprint("f", i), Department: fmt.Sprint("d", i), Period: "2026-11", SlotsDue: 1, SlotsDelivered: 1, Rows: 100, Items: []ItemFacts{{Item: "i", Valued: valued, Unknown: 100 - valued}}})
	}
	var got []string
	for _, c := range Score(facts, scoreCatalogue(), nil) {
		got = append(got, fmt.Sprintf("%d/%d %s %s", c.Rank, c.Of, c.Department, c.Grade))
	}
	if diff := cmp.Diff([]string{"1/4 d1 优", "2/4 d0 良", "2/4 d2 良", "4/4 d3 中"}, got); diff != "" {
		t.Errorf("league (-want +got):\n%s", diff)
	}
}

func TestFrozenFactsGiveTheSameBytes(t *testing.T) {
	cat, infos := scoreCatalogue(), scoreInfos()
	facts := []Facts{householdFacts(), {Feed: "marriage", Department: "civil_affairs", Period: "2026-11", SlotsDue: 1, SlotsDelivered: 1, Rows: 10, Items: []ItemFacts{{Item: "name", Valued: 10}}}}
	cards := Score(facts, cat, infos)
	rows, err := ScoreRows(cards, facts, cat, 7)
	if err != nil {
		t.Fatal(err)
	}
	thawed, err := Thaw(rows)
	if err != nil {
		t.Fatal(err)
	}
	var want, got bytes.Buffer
	if err := EncodeScorecards(&want, cards); err != nil {
		t.Fatal(err)
	}
	if err := EncodeScorecards(&got, Score(thawed, cat, infos)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), got.String()); diff != "" {
		t.Errorf("recomputed (-want +got):\n%s", diff)
	}
	if rows[0].Feed != "" || rows[0].Score != cards[0].Score || rows[0].Ordinal != 7 {
		t.Errorf("first row %+v, want the department's score", rows[0])
	}
}

// TestNoRowsNoGrade: slots without a row have no fault and no merit; owing rows is a fault.
func TestNoRowsNoGrade(t *testing.T) {
	cat := scoreCatalogue()
	empty := Facts{Feed: "household", Department: "public_security", Period: "2026-11", SlotsDue: 1, SlotsDelivered: 1}
	owing := Facts{Feed: "marriage", Department: "civil_affairs", Period: "2026-11", SlotsDue: 1}
	facts := []Facts{empty, owing}
	cards := Score(facts, cat, scoreInfos())
	if c := cards[1]; c.Department != "public_security" || c.Grade != "" || c.Rank != 0 || c.Feeds[0].Grade != "" {
		t.Errorf("a department that delivered no row: grade %q, feed's %q, place %d", c.Grade, c.Feeds[0].Grade, c.Rank)
	}
	if c := cards[0]; c.Grade != "差" || c.Rank != 1 || c.Of != 1 {
		t.Errorf("a department that delivered nothing: grade %q, place %d of %d", c.Grade, c.Rank, c.Of)
	}
	rows, err := ScoreRows(cards, facts, cat, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Department == "public_security" && r.Grade != "" {
			t.Errorf("%s %s %s has the grade %s", r.Feed, r.Item, r.Dimension, r.Grade)
		}
	}
}

func TestScoreLaws(t *testing.T) {
	cat, infos := scoreCatalogue(), scoreInfos()
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t)
		cards := Score([]Facts{f}, cat, infos)
		if len(cards[0].Feeds) == 0 {
			return
		}
		feed := cards[0].Feeds[0]
		if feed.Score < 0 || feed.Score > 100 || math.IsNaN(feed.Score) {
			t.Fatalf("score %v", feed.Score)
		}
		lost := 0.0
		for _, fix := range cards[0].Fixes {
			if fix.Points < 0 {
				t.Fatalf("fix %+v costs less than nothing", fix)
			}
			if fix.Code != codePunctuality {
				lost += fix.Points
			}
		}
		if f.Rows > 0 && math.Abs(lost+feed.Score-feed.Coverage) > 0.01*float64(len(cards[0].Fixes)+2) {
			t.Fatalf("score %v + fixes %v, want the coverage %v", feed.Score, lost, feed.Coverage)
		}
		shuffled := f
		shuffled.Items = rapid.Permutation(f.Items).Draw(t, "items")
		shuffled.Failed = rapid.Permutation(f.Failed).Draw(t, "failed")
		if diff := cmp.Diff(cards, Score([]Facts{shuffled}, cat, infos)); diff != "" {
			t.Fatalf("the order of facts changes the score (-first +second):\n%s", diff)
		}
	})
}

func drawFacts(t *rapid.T) Facts {
	n := func(name string, most int64) int64 { return rapid.Int64Range(0, most).Draw(t, name) }
	f := Facts{Feed: "household", Department: "public_security", Period: "2026-11", SlotsDue: int(n("due", 12)), SlotsDelivered: int(n("delivered", 12))}
	f.Rows = n("rows", 1000)
	f.Rejected = n("rejected", f.Rows)
	if f.Rejected > 0 {
		f.Rejects = map[string]int64{"resident_id.checksum": f.Rejected, "row.columns": n("columns", f.Rejected)}
	}
	for _, item := range []string{"name", "sex", "birth_date"} {
		left := f.Claims()
		it := ItemFacts{Item: item}
		for _, to := range []*int64{&it.Valued, &it.None, &it.Void} {
			*to = n(item, left)
			left -= *to
		}
		it.Unknown, it.Defaults = left, n("defaults", it.Valued)
		f.Items = append(f.Items, it)
		for _, code := range []string{"name.placeholder", "code.unknown", "resident_id.sex", "uscc.org_code"} {
			f.Failed = append(f.Failed, RuleFacts{Code: code, Item: item, Rows: n(code, f.Claims())})
		}
	}
	f.Failed = append(f.Failed, RuleFacts{Code: "uscc.org_code", Rows: n("row finding", f.Claims())})
	return f
}

func TestWilson(t *testing.T) {
	// Newcombe 1998, table I: 81 of 263 is 0.2553 to 0.3662, 15 of 148 is 0.0624 to 0.1605.
	for _, tt := range []struct {
		k, n int64
		want Interval
	}{{81, 263, Interval{25.53, 36.62}}, {15, 148, Interval{6.24, 16.05}}, {0, 20, Interval{0, 16.11}}, {0, 0, Interval{0, 100}}} {
		got := Wilson(float64(tt.k)/float64(max(1, tt.n)), tt.n)
		if math.Abs(got.Low-tt.want.Low) > 0.006 || math.Abs(got.High-tt.want.High) > 0.006 {
			t.Errorf("%d of %d: %v, want %v", tt.k, tt.n, got, tt.want)
		}
	}
}

func TestSlotsDue(t *testing.T) {
	tests := []struct {
		name, cadence, period string
		first, until          uint32
		want                  int
	}{
		{"monthly over a year", "monthly", "2026", 20251205, 20270101, 12},
		{"began in June", "monthly", "2026", 20260605, 20270101, 7},
		{"first load on its first day", "monthly", "2026-11", 20261101, 20261101, 1},
		{"never delivered", "monthly", "2026-11", 0, 20261130, 0},
		{"before the first slot", "monthly", "2026-10", 20261101, 20261130, 0},
		{"not due before the anchor", "monthly", "2026-11", 20261015, 20261110, 0},
		{"due on the day itself is not late", "monthly", "2026-11", 20261015, 20261115, 0},
		{"daily in an open month", "daily", "2026-11", 20261001, 20261111, 10},
		{"weekly", "weekly", "2026-11", 20261102, 20261201, 5},
		{"quarterly off the quarter", "quarterly", "2026-Q4", 20260215, 20270101, 1},
		{"31st in a short month", "monthly", "2027-02", 20260131, 20270401, 1},
		{"yearly", "yearly", "2026-11", 20251103, 20261201, 1},
		{"once", "once", "2026-11", 20261101, 20261201, 1},
		{"once, long ago", "once", "2026-11", 20250101, 20261201, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := SlotsDue(tt.cadence, tt.period, tt.first, tt.until); err != nil || got != tt.want {
				t.Errorf("got %d, %v, want %d", got, err, tt.want)
			}
		})
	}
	for _, bad := range []string{"", "2026-13", "2026-Q5", "26-01", "2026-1"} {
		if _, err := SlotsDue("monthly", bad, 20260101, 20260201); err == nil {
			t.Errorf("period %q is accepted", bad)
		}
	}
	if _, err := SlotsDue("hourly", "2026-11", 20260101, 20260201); err == nil {
		t.Error("cadence hourly is accepted")
	}
}
