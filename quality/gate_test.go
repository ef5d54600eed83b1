package quality

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas"
)

func gateFeed(kind schemas.FeedKind) *schemas.Feed {
	return &schemas.Feed{Name: "household", Kind: kind, Key: []schemas.KeyPart{{Column: "公民身份号码"}},
		Columns: []schemas.ColumnMap{{Column: "姓名", Item: "name"}, {Column: "性别", Item: "sex"}, {Column: "户籍地址", Item: "hukou_addr"}, {Item: "kind", Value: "户籍"}},
		Gates:   schemas.FeedGates{Rejects: schemas.Threshold{Strong: 0.1, Weak: 0.02}, Shrink: schemas.Threshold{Strong: 0.2, Weak: 0.05}, MinRows: 10}}
}

func TestFeedGate(t *testing.T) {
	good := schemas.Counts{Rows: 1000, Claims: 1000}
	tests := []struct {
		name       string
		in         GateInput
		hold, warn bool
		says       []string
	}{
		{"first delivery", GateInput{Counts: good, Before: -1, Declared: -1}, false, false, nil},
		{"declared count met", GateInput{Counts: good, Before: -1, Declared: 1000}, false, false, nil},
		{"rows lost on the way", GateInput{Counts: good, Before: -1, Declared: 1200}, true, false, []string{"清单申报 1200 行，实收 1000 行，少 200 行"}},
		{"more rows than declared", GateInput{Counts: good, Before: -1, Declared: 999}, true, false, []string{"多 1 行"}},
		{"too few rows", GateInput{Counts: schemas.Counts{Rows: 4, Claims: 4}, Before: -1, Declared: -1}, true, false, []string{"不少于 10 行，实收 4 行，差 6 行"}},
		{"many rejects", GateInput{Counts: schemas.Counts{Rows: 1000, Claims: 870, Rejects: 130}, Before: -1, Declared: -1}, true, false, []string{"拒收 130 行，占 13.00%，超过强制上限 10.00%", "退回清单"}},
		{"some rejects", GateInput{Counts: schemas.Counts{Rows: 1000, Claims: 970, Rejects: 30}, Before: -1, Declared: -1}, false, true, []string{"占 3.00%，超过提示上限 2.00%"}},
		{"exactly the bound", GateInput{Counts: schemas.Counts{Rows: 1000, Claims: 900, Rejects: 100}, Before: -1, Declared: -1}, false, true, nil},
		{"shrunken snapshot", GateInput{Counts: schemas.Counts{Rows: 1000, Claims: 10, Unchanged: 990, Withdrawals: 500}, Before: 1490, Declared: -1}, true, false, []string{"上一期 1490 个主键中本期缺少 500 个，占 33.56%"}},
		{"shrunken before comparison", GateInput{Counts: good, Before: 2000, Declared: -1}, true, false, []string{"缺少 1000 个"}},
		{"slightly smaller", GateInput{Counts: schemas.Counts{Rows: 1000, Unchanged: 1000, Withdrawals: 100}, Before: 1100, Declared: -1}, false, true, []string{"占 9.09%"}},
		{"empty snapshot", GateInput{Before: 700, Declared: -1}, true, false, []string{"空的全量"}},
		{"column missing", GateInput{Counts: good, Before: 5000, Declared: 7, Header: []string{"公民身份号码", "姓名", "户籍地址"}}, true, false, []string{"缺少 1 列：“性别”。"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.in.Feed = gateFeed(schemas.Snapshot)
			v := FeedGate(tt.in)
			if v.Hold != tt.hold || v.Warn != tt.warn {
				t.Errorf("hold %v warn %v, want %v %v; notes %q", v.Hold, v.Warn, tt.hold, tt.warn, v.Notes)
			}
			all := strings.Join(v.Notes, "\n")
			for _, s := range tt.says {
				if !strings.Contains(all, s) {
					t.Errorf("notes %q do not say %q", all, s)
				}
			}
			if (v.Hold || v.Warn) == (len(v.Notes) == 0) {
				t.Errorf("verdict %+v: notes and verdict do not go together", v)
			}
		})
	}
}

// TestDefaultGates judges deliveries of a feed that declares no gate.
func TestDefaultGates(t *testing.T) {
	count := func(code string, rows int64) []RejectCount {
		return []RejectCount{{Code: code, Rows: rows, Line: 7, Position: 91, Title: "理由。"}, {Code: "x", Rows: 1, Position: 3}}
	}
	tests := []struct {
		name       string
		counts     schemas.Counts
		rejects    []RejectCount
		before     int64
		hold, warn bool
		says       string
	}{
		{"half the rows", schemas.Counts{Rows: 10, Claims: 5, Rejects: 5}, count("key.missing", 5), -1, false, false, ""},
		{"most rows", schemas.Counts{Rows: 10, Claims: 4, Rejects: 6}, count("key.missing", 6), -1, true, false, "最多的理由是“理由”，6 行，首见于第 7 行"},
		{"a row that has no line", schemas.Counts{Rows: 1, Rejects: 1}, []RejectCount{{Code: "x", Rows: 1, Position: 0}}, -1, true, false, "首见于第 1 行"},
		{"rare characters", schemas.Counts{Rows: 20, Claims: 11, Rejects: 9}, count(encodingCode, 9), -1, false, false, ""},
		{"one row in a hundred", schemas.Counts{Rows: 1000, Claims: 990, Rejects: 10}, count(encodingCode, 10), -1, false, false, ""},
		{"another encoding", schemas.Counts{Rows: 1000, Claims: 989, Rejects: 11}, count(encodingCode, 11), -1, true, false, "11 行不符合所声明的编码，占 1.10%，超过强制上限 1.00%，首见于第 7 行"},
		{"an open quote", schemas.Counts{Rows: 1000, Claims: 999, Rejects: 1}, count(unclosedCode, 1), -1, true, false, "仍未闭合，首见于第 7 行"},
		{"half the keys", schemas.Counts{Rows: 5, Unchanged: 5, Withdrawals: 5}, nil, 10, false, false, ""},
		{"most keys", schemas.Counts{Rows: 4, Unchanged: 4, Withdrawals: 6}, nil, 10, true, false, "缺少 6 个"},
		{"doubled keys", schemas.Counts{Rows: 4, Claims: 4, Doubled: 2}, nil, -1, false, true, "2 行被本期同一主键的后一行取代"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			feed := gateFeed(schemas.Snapshot)
			feed.Gates = schemas.FeedGates{}
			in := GateInput{Feed: feed, Counts: tt.counts, Rejects: tt.rejects, Before: tt.before, Declared: -1}
			v := FeedGate(in)
			if v.Hold != tt.hold || v.Warn != tt.warn || !strings.Contains(strings.Join(v.Notes, ""), tt.says) {
				t.Errorf("hold %v warn %v, want %v %v; notes %q, want %q", v.Hold, v.Warn, tt.hold, tt.warn, v.Notes, tt.says)
			}
			all := schemas.Threshold{Strong: 1}
			feed.Gates = schemas.FeedGates{Rejects: all, Encoding: all, Shrink: all}
			if v := FeedGate(in); v.Hold && tt.name != "an open quote" {
				t.Errorf("bounds of 1 hold: %q", v.Notes)
			}
		})
	}
}

// TestCountReject adds rows in any order of parts: the first row is the first.
func TestCountReject(t *testing.T) {
	row := func(position, line uint64) *schemas.Row { return &schemas.Row{Position: position, Line: line} }
	twice := []schemas.Reason{{Code: "a", Item: "x"}, {Code: "b"}, {Code: "a", Item: "y"}}
	late := CountReject(CountReject(nil, row(50, 5), twice), row(60, 6), twice[:1])
	early := CountReject(nil, row(10, 2), twice[1:2])
	want := []RejectCount{{Code: "a", Rows: 2, Line: 5, Position: 50}, {Code: "b", Rows: 2, Line: 2, Position: 10}}
	if diff := cmp.Diff(want, AddRejects(AddRejects(nil, late), early)); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}

func TestDeltaDoesNotShrink(t *testing.T) {
	v := FeedGate(GateInput{Feed: gateFeed(schemas.Delta), Counts: schemas.Counts{Rows: 20, Claims: 20}, Before: 100_000, Declared: -1})
	if v.Hold || v.Warn {
		t.Errorf("a delta of 20 rows is judged %+v", v)
	}
}

func TestHeaderGate(t *testing.T) {
	tests := []struct {
		name   string
		header []string
		hold   bool
		notes  []string
	}{
		{"no names in this format", nil, false, nil},
		{"in another order", []string{"户籍地址", "性别", "姓名", "公民身份号码"}, false, nil},
		{"more columns", []string{"公民身份号码", "姓名", "性别", "户籍地址", "备注"}, false, []string{"合同之外的 1 列不入库：“备注”。"}},
		{"renamed", []string{"公民身份证号码", "姓 名", "性别", "户籍地址"}, true, []string{
			"列名核对：缺少 2 列：“公民身份号码”（是否改名为“公民身份证号码”？）、“姓名”（是否改名为“姓 名”？）。请按合同约定的列名重新导出；列名确需变更的，先修改数源声明。",
			"合同之外的 2 列不入库：“公民身份证号码”、“姓 名”。"}},
		{"doubled", []string{"公民身份号码", "姓名", "性别", "性别", "户籍地址"}, true, []string{"列名核对：1 列重名：“性别”，无法确定取哪一列。请删除多余的列后重新报送。"}},
		{"empty file", []string{}, true, []string{"列名核对：缺少 4 列：“公民身份号码”、“姓名”、“性别”、“户籍地址”。请按合同约定的列名重新导出；列名确需变更的，先修改数源声明。"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := HeaderGate(gateFeed(schemas.Snapshot), tt.header)
			if v.Hold != tt.hold {
				t.Errorf("hold %v, want %v", v.Hold, tt.hold)
			}
			if diff := cmp.Diff(tt.notes, v.Notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFewRejects lets a small delta in with one or two bad rows, and nothing else.
func TestFewRejects(t *testing.T) {
	for _, c := range []struct {
		name          string
		kind          schemas.FeedKind
		rows, rejects int64
		held          bool
	}{
		{"one of a dozen", schemas.Delta, 12, 1, false},
		{"two of five", schemas.Delta, 5, 2, false},
		{"three of a dozen", schemas.Delta, 12, 3, true},
		{"two of three", schemas.Delta, 3, 2, true},
		{"all of two", schemas.Delta, 2, 2, true},
		{"one of a dozen in a snapshot", schemas.Snapshot, 12, 1, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			feed := &schemas.Feed{Kind: c.kind, Gates: schemas.FeedGates{Rejects: schemas.Threshold{Strong: 0.05}}}
			in := GateInput{Feed: feed, Counts: schemas.Counts{Rows: c.rows, Claims: c.rows - c.rejects, Rejects: c.rejects}, Before: -1, Declared: -1}
			if v := FeedGate(in); v.Hold != c.held {
				t.Errorf("held is %t, want %t: %v", v.Hold, c.held, v.Notes)
			}
		})
	}
}

// TestHeaderOfValues gives a header with a name for each cell of a large file: it is told in a few
// words, and not in the square of its length.
func TestHeaderOfValues(t *testing.T) {
	f := gateFeed(schemas.Delta)
	header := make([]string, 300_000)
	for i := range header {
		header[i] = fmt.Sprintf("第%d列", i+1)
	}
	v := HeaderGate(f, header)
	if !v.Hold || len(strings.Join(v.Notes, "")) > 2000 {
		t.Errorf("held %t with %d bytes of notes", v.Hold, len(strings.Join(v.Notes, "")))
	}
}
