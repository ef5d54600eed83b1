package quality

import (
	"fmt"
	"slices"

	"jiku/schemas"
)

// Verdict is what a gate says of a delivery. A held delivery counts nowhere; a warned one
// counts. Notes say in Chinese which rule, how far off, and what to do, without values of rows.
type Verdict struct {
	Hold  bool
	Warn  bool
	Notes []string
}

func (v *Verdict) hold(format string, args ...any) {
	v.Hold = true
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

func (v *Verdict) warn(format string, args ...any) {
	v.Warn = true
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

// GateInput is what a delivery is judged by.
type GateInput struct {
	Feed   *schemas.Feed
	Counts schemas.Counts
	// Before is the number of keys of the predecessor slot, or -1 if there is none.
	Before int64
	// Declared is the number of rows that the manifest or trailer declares, or -1.
	Declared int64
	// Header lists the delivered columns; nil if the format names none.
	Header []string
	// Rejects counts the rejected rows by reason.
	Rejects []RejectCount
}

// What holds a delivery of a feed that declares no bound of its own: most rows are rejects,
// most keys are gone, or the encoding is not the declared one.
const (
	DefaultRejects  = 0.5
	DefaultShrink   = 0.5
	DefaultEncoding = 0.01
	// fewEncoding rows are single damaged cells, whatever their share.
	fewEncoding = 10
	// fewRejects rows do not hold a delta in which at least as many others are good: the changes of one day may be a dozen rows, of which one
	// bad row is 8 %. A snapshot with few rows is held, since it would withdraw what it lacks.
	fewRejects = 3
)

// The reasons of rows that say more of the file than of themselves: bytes in another encoding
// than the declared one; a quote that is open at the end of the file.
const (
	encodingCode = "row.encoding"
	unclosedCode = "row.unclosed"
)

// Repeated documents the finding about snapshots in which keys stand twice.
var Repeated = schemas.ReasonInfo{
	Code: "feed.duplicates", Severity: schemas.Warning, Dimension: "0401",
	Title: "同一期全量中有主键重复的行，各取最后一行", Advice: "请核对是否重复导出；一个对象确有多行的，请与大数据中心商定复合主键。",
}

// FeedGate judges a delivery as a whole after all its rows are read and, for a snapshot,
// compared with its predecessor: columns, declared count, emptiness, least rows, encoding,
// share of rejects, shrinkage, doubled keys. A delivery with wrong columns is judged by them alone.
func FeedGate(in GateInput) Verdict {
	v := HeaderGate(in.Feed, in.Header)
	if v.Hold {
		return v
	}
	countGate(&v, in)
	unclosedGate(&v, in)
	encodingGate(&v, in)
	rejectGate(&v, in)
	if in.Feed.Kind == schemas.Snapshot {
		shrinkGate(&v, in)
		repeatGate(&v, in)
	}
	return v
}

func countGate(v *Verdict, in GateInput) {
	rows := in.Counts.Rows
	if in.Declared >= 0 && rows != in.Declared {
		word, n := "少", in.Declared-rows
		if n < 0 {
			word, n = "多", -n
		}
		v.hold("行数核对：清单申报 %d 行，实收 %d 行，%s %d 行。请检查传输是否完整，重新报送文件或更正清单。", in.Declared, rows, word, n)
	}
	if least := in.Feed.Gates.MinRows; rows < least {
		v.hold("最少行数：要求不少于 %d 行，实收 %d 行，差 %d 行。请检查导出条件后重新报送。", least, rows, least-rows)
	}
	if rows == 0 && in.Feed.Kind == schemas.Snapshot && in.Before > 0 {
		v.hold("空的全量：上一期有 %d 个主键，本期没有一行。放行会撤回全部主键；请检查导出条件后重新报送。", in.Before)
	}
}

func rejectGate(v *Verdict, in GateInput) {
	if in.Counts.Rows == 0 {
		return
	}
	if in.Feed.Kind == schemas.Delta && in.Counts.Rejects < fewRejects && 2*in.Counts.Rejects <= in.Counts.Rows {
		return
	}
	share := float64(in.Counts.Rejects) / float64(in.Counts.Rows)
	judge(v, orDefault(in.Feed.Gates.Rejects, DefaultRejects), share, func(bound float64, more string) string {
		return fmt.Sprintf("拒收率：%d 行中拒收 %d 行，占 %s，%s %s。%s", in.Counts.Rows, in.Counts.Rejects, percent(share), more, percent(bound), most(in.Rejects))
	}, "请按退回清单中的理由更正后重新报送；多数行理由相同的，先检查导出格式与编码。")
}

// unclosedGate holds a file in which a quote is never closed: nobody knows how many rows are
// in the one that it begins, or how many the file should have.
func unclosedGate(v *Verdict, in GateInput) {
	if at := slices.IndexFunc(in.Rejects, func(c RejectCount) bool { return c.Code == unclosedCode }); at >= 0 {
		v.hold("引号核对：有一个引号到文件末尾仍未闭合，%s，其后的内容都落在这一行里。请补全引号，并检查文件是否在中途断开，重新报送。", in.Rejects[at].first())
	}
}

// encodingGate tells a file that is in another encoding, perhaps from some row on, from rows
// with a damaged cell: the first cannot be trusted as a whole, its other rows least of all.
func encodingGate(v *Verdict, in GateInput) {
	at := slices.IndexFunc(in.Rejects, func(c RejectCount) bool { return c.Code == encodingCode })
	if at < 0 || in.Rejects[at].Rows < fewEncoding {
		return
	}
	c := &in.Rejects[at]
	share := float64(c.Rows) / float64(in.Counts.Rows)
	judge(v, orDefault(in.Feed.Gates.Encoding, DefaultEncoding), share, func(bound float64, more string) string {
		return fmt.Sprintf("字符编码核对：%d 行中 %d 行不符合所声明的编码，占 %s，%s %s，%s。", in.Counts.Rows, c.Rows, percent(share), more, percent(bound), c.place())
	}, "请整份按声明的编码重新导出；声明有误的，由大数据中心更正数源声明的 encoding。")
}

// repeatGate reports keys that stand in a snapshot more than once. The last row counts, as
// between deliveries, but one of the rows is wrong or the key is not the whole key.
func repeatGate(v *Verdict, in GateInput) {
	if in.Counts.Doubled > 0 {
		v.warn("主键重复：%d 行被本期同一主键的后一行取代。%s", in.Counts.Doubled, Repeated.Advice)
	}
}

// shrinkGate counts the keys that would be withdrawn: those that the comparison found gone,
// or at least as many as there are fewer rows than keys before.
func shrinkGate(v *Verdict, in GateInput) {
	if in.Before <= 0 || in.Counts.Rows == 0 {
		return
	}
	gone := max(in.Counts.Withdrawals, in.Before-in.Counts.Claims-in.Counts.Unchanged)
	share := float64(gone) / float64(in.Before)
	judge(v, orDefault(in.Feed.Gates.Shrink, DefaultShrink), share, func(bound float64, more string) string {
		return fmt.Sprintf("全量收缩：上一期 %d 个主键中本期缺少 %d 个，占 %s，%s %s。", in.Before, gone, percent(share), more, percent(bound))
	}, "请确认导出没有漏掉分支机构、分区或状态，再重新报送；业务上确已减少的，放宽该数源声明中的 gates 后再次运行。")
}

// orDefault is a threshold whose strong bound is the default unless it is declared. A strong
// bound of 1 holds nothing.
func orDefault(t schemas.Threshold, strong float64) schemas.Threshold {
	if t.Strong == 0 {
		t.Strong = strong
	}
	return t
}

// judge holds above the strong bound and warns above the weak one; a weak bound of 0 is none.
func judge(v *Verdict, t schemas.Threshold, share float64, say func(bound float64, more string) string, advice string) {
	switch {
	case share > t.Strong:
		v.hold("%s%s", say(t.Strong, "超过强制上限"), advice)
	case t.Weak > 0 && share > t.Weak:
		v.warn("%s%s", say(t.Weak, "超过提示上限"), advice)
	}
}

// percent writes a share so that it can be told from its bound: 2.01% is not 2%.
func percent(share float64) string { return fmt.Sprintf("%.2f%%", 100*share) }
