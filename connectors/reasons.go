package connectors

import "jiku/schemas"

// The codes of rows that have no usable shape.
const (
	RowColumns  = "row.columns"
	RowEncoding = "row.encoding"
	RowQuote    = "row.quote"
	RowUnclosed = "row.unclosed"
	RowNUL      = "row.nul"
	RowHeader   = "row.header"
	RowTooLong  = "row.too_long"
	RowJSON     = "row.json"
	RowWidth    = "row.width"
	RowCut      = "row.cut"
)

// Reasons documents the codes that sources give to rows of bad shape. The dimensions are
// sub-indicators of GB/T 36344-2018: 0302 is 格式合规性.
func Reasons() []schemas.ReasonInfo {
	return []schemas.ReasonInfo{
		{Code: RowColumns, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行的列数与表头不一致。", Advice: "请检查单元格中未加引号的分隔符或换行，重新导出后报送。"},
		{Code: RowEncoding, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行含有不符合所声明字符编码的字节。", Advice: "请按声明的编码（UTF-8、GB18030 等）重新导出后报送。"},
		{Code: RowQuote, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行单元格的引号之后还有其他字符。", Advice: "请将单元格中的引号写成两个，重新导出后报送。"},
		{Code: RowUnclosed, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行的引号到文件末尾仍未闭合，其后的各行都落在这一行里。", Advice: "请补全引号，并检查文件是否在中途断开，重新导出后报送。"},
		{Code: RowNUL, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行含有零字节（NUL），不是文本。", Advice: "请检查导出程序，去掉零字节后重新报送。"},
		{Code: RowHeader, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行与表头相同，不是数据。", Advice: "合并多个文件时，请只保留一个表头。"},
		{Code: RowTooLong, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行超过长度上限。", Advice: "请检查是否漏写引号或换行；确需更长的，请与大数据中心商定上限。"},
		{Code: RowJSON, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行不是一个 JSON 对象。", Advice: "请每行写一个完整的 JSON 对象，同名成员只写一次。"},
		{Code: RowWidth, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行的字节数与各列宽度之和不符。", Advice: "请按约定的宽度（以字节计）用半角空格补足每一列，并检查单元格中的换行和文件是否在中途断开，重新导出后报送；宽度有误的，由大数据中心更正数源声明的 columns。"},
		{Code: RowCut, Severity: schemas.RowError, Dimension: "0302",
			Title: "该行有一列在一个汉字的中间结束。", Advice: "列宽以字节计，不以字数计：请按字节补足空格，过长的内容在整字处截断，重新导出后报送；宽度有误的，由大数据中心更正数源声明的 columns。"},
	}
}

// unclosed is the reason of a row whose quote is open at the end of the file: all that
// follows the quote is in the row.
var unclosed = schemas.Reason{Code: RowUnclosed, Detail: "a quote is open at the end of the file"}
