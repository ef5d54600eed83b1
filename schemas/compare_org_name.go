package schemas

import (
	"bytes"
	"unicode/utf8"
)

// The Company Law (公司法, 2023, art. 7) lets a limited company write 有限责任公司 or
// 有限公司, so the two are compatible; they are not equal, since only one is registered.
var compareOrgName = Comparator{
	Name:  "org_name",
	Title: "机构名称",
	Doc:   "单位名称相同即相同，不计括号的写法、全角半角、字母大小写和空格；有限责任公司与有限公司、冠与不冠行政区划、只有繁体或异体字形不同的，相容。",
	Text:  orgNameRelation,
	Examples: []ComparatorExample{
		{"海州青松（集团）有限公司", "海州青松(集团)有限公司", Equal},
		{"海州青松〔集团〕有限公司", "海州青松 (集团) 有限公司", Equal},
		{"海州ＡＢＣ１科技有限公司", "海州abc1科技有限公司", Equal},
		{"海州青松有限责任公司", "海州青松有限公司", Compatible},
		{"海州青松有限责任公司云山分公司", "海州青松有限公司云山分公司", Compatible},
		{"江城省海州市青松有限公司", "海州市青松有限公司", Compatible},
		{"海州市云山区青松小吃店", "青松小吃店", Compatible},
		{"青松雲商有限公司", "青松云商有限公司", Compatible},
		{"海州市青松", "青松", Different},
		{"海州市青松有限公司", "云山市青松有限公司", Different},
		{"海州青松有限公司", "海州青松股份有限公司", Different},
		{"海州青松集团有限公司", "海州青松（集团）有限公司", Different},
	},
}

func orgNameRelation(a, b []byte) Relation {
	if bytes.Equal(a, b) || sameFolded(a, b, foldOrgName) {
		return Equal
	}
	var x, y [256]byte
	long, short := AppendOrgNameKey(x[:0], a), AppendOrgNameKey(y[:0], b)
	if len(long) < len(short) {
		long, short = short, long
	}
	if bytes.Equal(long, short) || len(short) >= shortestName && bytes.HasSuffix(long, short) && regionName(long[:len(long)-len(short)]) {
		return Compatible
	}
	return Different
}

// shortestName is how long a name is at least, in bytes, that can stand without its region.
const shortestName = 4 * 3

// regionName reports a text that can only be the region before a name: it ends in the word
// for a level.
func regionName(b []byte) bool {
	last, size := utf8.DecodeLastRune(b)
	switch last {
	case '省', '市', '区', '县', '旗', '州', '盟':
		return len(b) > size
	}
	return false
}

// AppendOrgNameKey appends the key under which names of organizations are matched: names
// with one key are equal or compatible. It is never shown in place of a name.
func AppendOrgNameKey(dst, name []byte) []byte {
	from := len(dst)
	dst = appendFolded(dst, name, foldOrgVariant)
	return dst[:from+len(shortLimited(dst[from:]))]
}

func foldOrgVariant(r rune) rune { return foldVariant(foldOrgName(r)) }

func foldOrgName(r rune) rune {
	switch r {
	case 0xFF08, 0x3014, 0x3010, 0xFF3B, '[', 0xFE59, 0x3016:
		return '('
	case 0xFF09, 0x3015, 0x3011, 0xFF3D, ']', 0xFE5A, 0x3017:
		return ')'
	case 0xB7, 0x2022, 0x30FB, 0xFF65:
		return 0xB7
	}
	return foldWidth(r)
}

// shortLimited writes 有限责任公司 as 有限公司, in place.
func shortLimited(b []byte) []byte {
	const long, short = "有限责任公司", "有限公司"
	for from := 0; ; {
		i := bytes.Index(b[from:], []byte(long))
		if i < 0 {
			return b
		}
		from += i
		from += copy(b[from:], short)
		b = append(b[:from], b[from+len(long)-len(short):]...)
	}
}
