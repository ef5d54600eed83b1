package connectors

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Fault is a cause, out of a closed list, why the deliveries of a feed cannot be listed or one
// of them not be read as a whole. Departments read its Chinese sentences, which hold nothing
// of the file; operators read the Error that carries it.
type Fault struct {
	// Code is stable, such as file.cut_off.
	Code string
	// Title says in Chinese what is wrong, Advice what to do.
	Title, Advice string
	hint          string
}

// The causes.
var (
	faultEmpty = &Fault{"file.empty", "文件是空的，没有一个字节", "请重新报送；没有数据的期次，文件也要有表头，格式没有表头的，以清单文件写明行数为 0",
		"ask the department to send the file again; a delivery without rows still has its header, or a manifest that says rows: 0 where the format has none"}
	faultNoHeader = &Fault{"file.no_header", "文件没有表头，只有空行", "请带表头重新报送",
		"ask the department to send the file again, with a header"}
	faultHeaderShape = &Fault{"file.header_shape", "表头的引号不成对、引号之后还有字符或表头过长", "请更正表头后重新报送",
		"ask the department to correct the header"}
	faultHeaderEncoding = &Fault{"file.header_encoding", "表头不符合所声明的字符编码", "请按声明的编码重新导出；声明有误的，由大数据中心更正数源声明的 encoding",
		"set encoding to what the department sends: utf-8, gb18030, gbk, gb2312, big5, utf-16, utf-16le or utf-16be"}
	faultHeaderTwice = &Fault{"file.header_twice", "表头中有重名的列，无法确定取哪一列", "请删除多余的列后重新报送",
		"ask the department to name every column once"}
	faultMark = &Fault{"file.encoding_mark", "文件以另一种编码的字节顺序标记开头", "请按声明的编码重新导出；声明有误的，由大数据中心更正数源声明的 encoding",
		"set encoding to that of the mark, or ask the department for the declared encoding"}
	faultCutOff = &Fault{"file.cut_off", "文件不完整，在中途断开", "请检查传输是否完成，重新报送",
		"the file is cut off: ask the department to send it again"}
	faultDamaged = &Fault{"file.damaged", "文件已损坏，或不是所声明的压缩格式", "请重新压缩并报送；声明有误的，由大数据中心更正数源声明的 compression",
		"the file is damaged: ask the department to send it again, or correct the setting compression"}
	faultGzip = &Fault{"file.is_gzip", "内容是 gzip 压缩文件，声明的是文本", "请报送不压缩的文本；确需压缩的，由大数据中心更正数源声明的 compression",
		"set compression: gzip"}
	faultZstd = &Fault{"file.is_zstd", "内容是 Zstandard 压缩文件，声明的是文本", "请报送不压缩的文本；确需压缩的，由大数据中心更正数源声明的 compression",
		"set compression: zstd"}
	faultArchive = &Fault{"file.is_archive", "内容是 zip 压缩包或 xlsx 工作簿，声明的是文本", "请将表格另存为文本，不要报送压缩包或工作簿",
		"ask the department for the text file inside, not an archive or a workbook"}
	faultWorkbook = &Fault{"file.is_workbook", "内容是 xls 工作簿，声明的是文本", "请将表格另存为 CSV 后报送",
		"ask the department to export the sheet as CSV"}
	faultIsParquet = &Fault{"file.is_parquet", "内容是 Parquet 文件，声明的是文本", "请报送文本；确需 Parquet 的，由大数据中心更正数源声明的 connector",
		"set connector: parquet"}
	faultUTF16 = &Fault{"file.is_utf16", "文件是 UTF-16 编码，而声明的是另一种编码", "请按声明的编码重新导出；声明有误的，由大数据中心更正数源声明的 encoding",
		"set encoding: utf-16le or utf-16be, or ask the department for the declared encoding"}
	faultNotUTF16 = &Fault{"file.not_utf16", "文件不是 UTF-16 编码，开头的文字中没有一个零字节", "请按声明的编码重新导出；声明有误的，由大数据中心更正数源声明的 encoding",
		"set encoding to what the department sends, or ask for UTF-16"}
	faultNoMark = &Fault{"file.no_mark", "声明的是 UTF-16，而文件没有字节顺序标记，无法确定字节序", "请带字节顺序标记重新导出；不能带的，由大数据中心将数源声明的 encoding 改为 utf-16le 或 utf-16be",
		"set encoding: utf-16le or utf-16be"}
	faultOrder = &Fault{"file.order", "文件的 UTF-16 字节序与声明的不同，或在文件中途改变", "请整份按同一字节序重新导出，不要拼接不同的文件；声明有误的，由大数据中心更正数源声明的 encoding",
		"ask the department to export the file in one piece, or correct the setting encoding"}
	faultUTF8 = &Fault{"file.is_utf8", "文件是 UTF-8 编码，而声明的是另一种编码，按声明读出的会是乱码", "请按声明的编码重新导出；声明有误的，由大数据中心更正数源声明的 encoding",
		"set encoding: utf-8, or ask the department for the declared encoding"}
	faultParquet = &Fault{"file.parquet", "文件已损坏，或不是 Parquet 文件", "请重新生成并报送",
		"the file is damaged or no Parquet file: ask the department to send it again"}
	faultParquetColumn = &Fault{"file.parquet_column", "有一列的类型不能入库（列表、映射等），或列名重复", "请只用文字、数字和日期类型的列，每列一个名称",
		"ask the department for plain columns of text, numbers and dates"}
	faultDirectory = &Fault{"file.directory", "应是文件的位置是一个目录或设备", "请移走该目录；路径有误的，由大数据中心更正数源声明的 path",
		"move the directory away, or narrow the setting path so that it names files only, such as DIR/*.csv"}
	faultLink = &Fault{"file.link", "该文件是一个链接，所指的文件不存在", "请重新放置文件，或删除该链接",
		"put the file back that the link leads to, or remove the link"}
	faultDenied = &Fault{"file.denied", "没有读取该文件或目录的权限", "请数据管理员授予运行 jiku 的账户读取权限",
		"give the user that runs jiku read access: chmod o+r FILE, chmod o+rx DIRECTORY"}
	faultMissing = &Fault{"file.missing", "文件在读取之前被移走", "请重新放置文件；报错的文件请撤销报送",
		"put the file back, or revoke the delivery if it was wrong"}
	faultName = &Fault{"file.name", "从文件名读不出期次", "请按约定的名称重新报送；名称规则有误的，由大数据中心更正数源声明的 slot",
		"rename the file, correct slot.name, or narrow the setting path so that it does not match the file"}
	faultSlotTwice = &Fault{"file.slot_twice", "同一期次有两个文件，无法确定取哪一个", "更正报送请沿用原文件名；一日多次报送请在文件名中加序号",
		"number the deliveries of a day with the group (?P<seq>[0-9]+) of slot.name or with seq in the manifest, or move one file away"}
	faultManifest = &Fault{"file.manifest", "清单无法读取、内容有误，或没有期次", "请按 date、seq、rows、sha256、complete 五项更正清单后重新报送",
		"ask the department to correct the manifest: date, seq, rows, sha256, complete"}
	faultDigest = &Fault{"file.digest", "文件与清单中的 SHA-256 摘要不符", "请检查传输是否完整，将文件与清单一并重新报送",
		"ask the department to send the file and its manifest again"}
)

// Faults lists the causes by code.
func Faults() []Fault {
	var out []Fault
	for _, f := range []*Fault{faultEmpty, faultNoHeader, faultHeaderShape, faultHeaderEncoding, faultHeaderTwice, faultMark, faultCutOff,
		faultDamaged, faultGzip, faultZstd, faultArchive, faultWorkbook, faultIsParquet, faultUTF16, faultNotUTF16, faultNoMark, faultOrder, faultUTF8, faultParquet, faultParquetColumn,
		faultDirectory, faultLink, faultDenied, faultMissing, faultName, faultSlotTwice, faultManifest, faultDigest} {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b Fault) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// Note says in Chinese, for the department, what is wrong with its deliveries, where, and
// what to do. It is empty unless every Error in err has a Fault.
func Note(err error) string {
	var notes []string
	for _, e := range leaves(err) {
		if e == nil || e.Fault == nil {
			return ""
		}
		where := e.Split
		switch {
		case where == "":
			where = e.Where
		case e.Where != "":
			where += "，" + e.Where
		}
		if where != "" {
			where = "（" + where + "）"
		}
		notes = append(notes, fmt.Sprintf("文件无法读取%s：%s。%s。", where, e.Fault.Title, e.Fault.Advice))
	}
	return strings.Join(notes, "")
}

// leaves are the errors that are joined in err, nil for one that is no Error.
func leaves(err error) []*Error {
	if err == nil {
		return nil
	}
	if e, ok := err.(*Error); ok { //nolint:errorlint // the chain is walked here, one error at a time
		return []*Error{e}
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var out []*Error
		for _, e := range many.Unwrap() {
			out = append(out, leaves(e)...)
		}
		return out
	}
	if inner := errors.Unwrap(err); inner != nil {
		return leaves(inner)
	}
	return []*Error{nil}
}

// malformed is the error of a delivery that cannot be read as it is.
func (l *landing) malformed(op, split string, f *Fault, err error) *Error {
	return &Error{Op: op, Feed: l.feed, Split: split, Code: Malformed, Err: err, Hint: f.hint, Fault: f}
}

// at says in Chinese where in the file the fault is.
func (e *Error) at(format string, args ...any) *Error {
	e.Where = fmt.Sprintf(format, args...)
	return e
}
