package schemas

import "bytes"

// Codes of one table have one width, so leading zeros are not folded: 1 and 01 would be
// codes of two tables.
var compareCode = Comparator{
	Name:  "code",
	Title: "代码与编号",
	Doc:   "代码相同即相同，不计全角半角、大小写和空格。",
	Text: func(a, b []byte) Relation {
		return sameOrDifferent(bytes.Equal(a, b) || sameFolded(a, b, foldWidth))
	},
	Examples: []ComparatorExample{
		{"1", "1", Equal},
		{"Ａ１", "a1", Equal},
		{"1", "2", Different},
		{"1", "01", Different},
		{"1", "", Different},
	},
}
