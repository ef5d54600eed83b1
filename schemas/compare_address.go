package schemas

import (
	"bytes"
	"unicode/utf8"
)

// Departments write one address with and without the province, with and without level
// words, and to the street or to the room. GB/T 23705 orders the parts from large to small,
// so an address that lacks parts is a front or a tail of the full one.
var compareAddress = Comparator{
	Name:  "address",
	Title: "地址",
	Doc:   "地址相同即相同，不计全角半角、空格、标点和省市区县等层级字；一方是另一方的前段或后段，或只有繁体、异体字形不同时，相容。",
	Text:  addressRelation,
	Examples: []ComparatorExample{
		{"海州市云山区青松路１号", "海州市云山区青松路1号", Equal},
		{"海州市云山区青松路1号", "海州 云山 青松路1号", Equal},
		{"海州市，云山区青松路1号", "海州市云山区青松路1号", Equal},
		{"海州市市中区青松路1号", "海州市市中青松路1号", Equal},
		{"景德镇市珠山区青松路1号", "景德镇珠山青松路1号", Equal},
		{"江城省海州市云山区青松路1号", "海州市云山区青松路1号", Compatible},
		{"海州市云山区青松路1号", "海州市云山区青松路1号2栋301室", Compatible},
		{"海州市雲山區青松路1号", "海州市云山区青松路1号", Compatible},
		{"海州市云山区青松路1", "海州市云山区青松路12号", Different},
		{"1号楼", "海州市云山区青松路21号楼", Different},
		{"海州市云山区青松路1号", "海州市云山区翠柏路1号", Different},
		{"海州市云山区青松路3-2-501", "海州市云山区青松路32501", Different},
		{"", "海州市云山区", Different},
	},
}

func addressRelation(a, b []byte) Relation {
	if bytes.Equal(a, b) {
		return Equal
	}
	var x, y, fx, fy [384]byte
	long := dropLevels(fx[:0], appendFolded(x[:0], a, foldAddressVariant))
	short := dropLevels(fy[:0], appendFolded(y[:0], b, foldAddressVariant))
	if len(long) < len(short) {
		long, short = short, long
	}
	switch {
	case bytes.Equal(long, short):
		return sameAddress(a, b)
	case len(short) == 0:
		return Different
	case bytes.HasPrefix(long, short) && cleanCut(long, len(short)):
		return Compatible
	case bytes.HasSuffix(long, short) && cleanCut(long, len(long)-len(short)):
		return Compatible
	}
	return Different
}

// sameAddress tells equal addresses with one key from those that differ in forms of
// characters.
func sameAddress(a, b []byte) Relation {
	var x, y, fx, fy [384]byte
	if bytes.Equal(dropLevels(fx[:0], appendFolded(x[:0], a, foldAddress)), dropLevels(fy[:0], appendFolded(y[:0], b, foldAddress))) {
		return Equal
	}
	return Compatible
}

// AppendAddressKey appends the key under which addresses are matched: addresses with one key
// are equal or compatible. It is never shown in place of an address.
func AppendAddressKey(dst, address []byte) []byte {
	var folded [384]byte
	return dropLevels(dst, appendFolded(folded[:0], address, foldAddressVariant))
}

func foldAddressVariant(r rune) rune { return foldVariant(foldAddress(r)) }

// cleanCut reports whether position i of b stands outside a run of digits and letters, so
// that 路1 is no front of 路12.
func cleanCut(b []byte, i int) bool { return !(alphanumeric(b[i-1]) && alphanumeric(b[i])) }

func alphanumeric(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' }

func foldAddress(r rune) rune {
	switch r {
	case ',', 0xFF0C, 0x3001, 0x3002, '.', 0xFF0E, ';', 0xFF1B, '(', ')', 0xFF08, 0xFF09, '#', 0xFF03:
		return runeDrop
	case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFF0D, 0xFE63:
		return '-'
	}
	return foldWidth(r)
}

// dropLevels appends src without its level words. One counts as a level word after a name,
// or straight after another one: 景德镇市 loses both, 海州市市中区 keeps its second 市.
func dropLevels(dst, src []byte) []byte {
	named, last := false, rune(0) // last is the first rune of a level word that was just dropped
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if n := levelWord(src, r, size); n > 0 && (named || last != 0 && r != last) {
			src, named, last = src[n:], false, r
			continue
		}
		dst = append(dst, src[:size]...)
		src, named, last = src[size:], true, 0
	}
	return dst
}

// levelWord is the length of the word for an administrative level that src begins with, or
// 0. first is its first rune, of this size.
func levelWord(src []byte, first rune, size int) int {
	switch first {
	case '省', '市', '区', '县', '旗', '盟', '州', '镇', '乡', '村':
		return size
	case '自':
		return prefixOf(src, "自治区", "自治州", "自治县", "自治旗")
	case '街':
		return prefixOf(src, "街道")
	case '地':
		return prefixOf(src, "地区")
	case '特':
		return prefixOf(src, "特别行政区")
	}
	return 0
}

func prefixOf(src []byte, words ...string) int {
	for _, w := range words {
		if len(src) >= len(w) && string(src[:len(w)]) == w {
			return len(w)
		}
	}
	return 0
}
