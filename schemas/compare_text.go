package schemas

import "bytes"

// Free text such as a scope of business is typed anew by every department: punctuation and
// width are no part of what it says.
var compareText = Comparator{
	Name:  "text",
	Title: "自由文本",
	Doc:   "文字相同即相同，不计标点、空格、全角半角和字母大小写；只有繁体、异体字形不同的，相容。",
	Text: func(a, b []byte) Relation {
		switch {
		case bytes.Equal(a, b) || sameFolded(a, b, foldText):
			return Equal
		case sameFolded(a, b, func(r rune) rune { return foldVariant(foldText(r)) }):
			return Compatible
		}
		return Different
	},
	Examples: []ComparatorExample{
		{"批发业；零售业", "批发业，零售业。", Equal},
		{"餐饮服务（不含凉菜）", "餐饮服务(不含凉菜)", Equal},
		{"Ａ类", "a类", Equal},
		{"雲计算服务", "云计算服务", Compatible},
		{"批发业", "零售业", Different},
		{"1.5吨", "15吨", Different},
	},
}

func foldText(r rune) rune {
	switch r {
	case ',', ';', ':', '(', ')', 0xFF0C, 0xFF1B, 0xFF1A, 0xFF08, 0xFF09, 0x3001, 0x3002, 0x201C, 0x201D, '"', '\n', '\r':
		return runeDrop
	}
	return foldWidth(r)
}
