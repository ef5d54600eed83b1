package quality

import (
	"fmt"
	"slices"
	"strings"

	"jiku/schemas"
)

// HeaderGate compares the delivered columns with the contract of the feed before a row is
// read. Missing and doubled contract columns hold the delivery; other columns are reported
// and not stored. A nil header passes: the format names no columns.
func HeaderGate(f *schemas.Feed, header []string) Verdict {
	var v Verdict
	if header == nil {
		return v
	}
	contract := f.ContractColumns()
	var missing, doubled, extra []string
	for _, c := range contract {
		switch count(header, c) {
		case 0:
			missing = append(missing, c)
		case 1:
		default:
			doubled = append(doubled, c)
		}
	}
	seen := map[string]bool{}
	for _, c := range header {
		if !seen[c] && !slices.Contains(contract, c) {
			extra = append(extra, c)
		}
		seen[c] = true
	}
	if len(missing) > 0 {
		v.hold("列名核对：缺少 %d 列：%s。请按合同约定的列名重新导出；列名确需变更的，先修改数源声明。", len(missing), likely(missing, extra))
	}
	if len(doubled) > 0 {
		v.hold("列名核对：%d 列重名：%s，无法确定取哪一列。请删除多余的列后重新报送。", len(doubled), quoted(doubled))
	}
	if len(extra) > 0 {
		// Not a fault: departments add columns. It is said so that nobody looks for them.
		v.Notes = append(v.Notes, fmt.Sprintf("合同之外的 %d 列不入库：%s。", len(extra), quoted(extra)))
	}
	return v
}

func count(in []string, s string) int {
	n := 0
	for _, x := range in {
		if x == s {
			n++
		}
	}
	return n
}

// likely names the missing columns, each with the delivered column that it was probably
// renamed to.
func likely(missing, extra []string) string {
	extra = extra[:min(len(extra), likelyOf)]
	plain := make([]string, len(extra))
	for i, e := range extra {
		plain[i] = plainName(e)
	}
	out := make([]string, len(missing))
	for i, m := range missing {
		out[i] = "“" + m + "”"
		if best := closest(plainName(m), plain); best != "" {
			out[i] += "（是否改名为“" + strings.TrimSpace(extra[slices.Index(plain, best)]) + "”？）"
		}
	}
	return strings.Join(out, "、")
}

// plainName leaves out what people change without noticing: blanks, case, full-width
// brackets, a byte order mark.
func plainName(s string) string {
	return strings.NewReplacer(" ", "", "\u3000", "", "\uFEFF", "", "\t", "", "（", "(", "）", ")", "_", "").Replace(strings.ToLower(s))
}

// A broken header has a name for every cell of a file: this many are looked at as renamed ones,
// and named.
const (
	likelyOf = 200
	namedOf  = 20
)

func quoted(names []string) string {
	list := "“" + strings.Join(names[:min(len(names), namedOf)], "”、“") + "”"
	if len(names) > namedOf {
		list += "等"
	}
	return list
}
