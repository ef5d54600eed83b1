package schemas

import "bytes"

// Names with a dot between their parts are delivered with half a dozen dots, with blanks,
// or with none, all meaning the dot of GB/T 2311 that identity cards print.
var comparePersonName = Comparator{
	Name:  "person_name",
	Title: "姓名",
	Doc:   "姓名相同即相同，不计间隔点的写法、空格、全角半角和字母大小写；只有繁体、异体、兼容或专用区字形不同的，相容。",
	Text:  personNameRelation,
	Examples: []ComparatorExample{
		{"欧阳修文", "欧阳修文", Equal},
		{"阿依古丽·买买提", "阿依古丽•买买提", Equal},
		{"阿依古丽·买买提", "阿依古丽．买买提", Equal},
		{"阿依古丽・买买提", "阿依古丽买买提", Equal},
		{"张　三", "张三", Equal},
		{"ＬＩ Ming", "li ming", Equal},
		{"鄧小明", "邓小明", Compatible},
		{"戶田明", "户田明", Compatible},
		{"王\uE81E", "王\u9FB4", Compatible},
		{"张三", "张山", Different},
		{"张三", "张三丰", Different},
	},
}

func personNameRelation(a, b []byte) Relation {
	switch {
	case bytes.Equal(a, b) || sameFolded(a, b, foldPersonName):
		return Equal
	case sameFolded(a, b, foldPersonVariant):
		return Compatible
	}
	return Different
}

// AppendPersonNameKey appends the key under which names of persons are matched: names with
// one key are equal or compatible. It is never shown in place of a name.
func AppendPersonNameKey(dst, name []byte) []byte { return appendFolded(dst, name, foldPersonVariant) }

func foldPersonVariant(r rune) rune { return foldVariant(foldPersonName(r)) }

func foldPersonName(r rune) rune {
	switch r {
	case '.', 0xB7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65, 0xFF0E, 0x3002, 0xFF61, 0x25CF:
		return runeDrop
	}
	return foldWidth(r)
}
