package key

import (
	"maps"
	"slices"
	"sort"

	"jiku/schemas"
	"jiku/schemas/ident"
)

var (
	reasonMissing = &schemas.ReasonInfo{
		Code: "key.missing", Severity: schemas.RowError, Dimension: "0201",
		Title: "缺少主键，无法确定该行所指的对象", Advice: "请补填主键后重新报送。",
	}
	reasonMasked = &schemas.ReasonInfo{
		Code: "key.masked", Severity: schemas.RowError, Dimension: "0302",
		Title: "主键已被脱敏（含 *），不能作为标识", Advice: "请按共享目录报送未脱敏的主键。",
	}
	reasonResidentUpgraded = &schemas.ReasonInfo{
		Code: "resident_id.upgraded", Severity: schemas.Fix, Dimension: "0302",
		Title: "15 位身份号码已升为 18 位", Advice: "15 位身份号码已停用，请报送 18 位号码。",
	}
	reasonResidentFolded = &schemas.ReasonInfo{
		Code: "resident_id.folded", Severity: schemas.Fix, Dimension: "0302",
		Title: "身份号码书写不规范（全角、小写 x、空格等），已规范", Advice: "请用半角数字和大写 X，不夹空格。",
	}
	reasonUSCCFolded = &schemas.ReasonInfo{
		Code: "uscc.folded", Severity: schemas.Fix, Dimension: "0302",
		Title: "统一社会信用代码书写不规范（全角、小写、空格等），已规范", Advice: "请用半角数字和大写字母，不夹空格和连字符。",
	}
	reasonUSCCOrgCode = &schemas.ReasonInfo{
		Code: "uscc.org_code", Severity: schemas.Warning, Dimension: "0302",
		Title: "统一社会信用代码中的组织机构代码校验不符", Advice: "请与登记机关核对该代码。",
	}
	reasonUSCCIssued = &schemas.ReasonInfo{
		Code: "uscc.checksum_issued", Severity: schemas.Warning, Dimension: "0302",
		Title: "登记机关报送的统一社会信用代码校验码不符，按已赋代码采用", Advice: "请登记机关核对该代码；确已如此赋码的，无须更改。",
	}

	reasonsResident = identReasons("resident_id", "公民身份号码")
	reasonsUSCC     = identReasons("uscc", "统一社会信用代码")

	// reasonsOther are those of the kinds of links that have a standard.
	reasonsOther = map[string]map[ident.Reason]*schemas.ReasonInfo{
		"org_code":        identReasons("org_code", "组织机构代码"),
		"registration_no": identReasons("reg_no", "工商注册号"),
		"tax_no":          identReasons("tax_no", "纳税人识别号"),
	}
)

// identReasons gives the row error for each reason of package ident but Empty, which is
// key.missing.
func identReasons(subject, title string) map[ident.Reason]*schemas.ReasonInfo {
	out := map[ident.Reason]*schemas.ReasonInfo{ident.Empty: reasonMissing}
	for _, r := range ident.Reasons() {
		if r == ident.Empty {
			continue
		}
		out[r] = &schemas.ReasonInfo{
			Code: subject + "." + string(r), Severity: schemas.RowError, Dimension: "0302",
			Title: title + "：" + r.Sentence(), Advice: "请核对原始凭证后重新报送，不要推测校验码。",
		}
	}
	return out
}

func fail(rec *schemas.Record, reasons map[ident.Reason]*schemas.ReasonInfo, r ident.Reason) {
	rec.Fail(-1, reasons[r], "")
}

// Reasons lists every reason that resolving may give, in the order of codes.
func Reasons() []*schemas.ReasonInfo {
	out := []*schemas.ReasonInfo{reasonMasked, reasonMarked, reasonResidentUpgraded, reasonResidentFolded,
		reasonUSCCFolded, reasonUSCCOrgCode, reasonUSCCIssued, reasonUSCCUnissued}
	for _, m := range append(slices.Collect(maps.Values(reasonsOther)), reasonsResident, reasonsUSCC) {
		for _, r := range m {
			out = append(out, r)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return slices.Compact(out)
}
