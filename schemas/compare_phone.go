package schemas

import "bytes"

var comparePhone = Comparator{
	Name:  "phone",
	Title: "电话号码",
	Doc:   "号码数字相同即相同，不计分隔符和国家代码86；座机缺区号时相容。",
	Text:  phoneRelation,
	Examples: []ComparatorExample{
		{"19900000001", "199-0000-0001", Equal},
		{"+86 19900000001", "19900000001", Equal},
		{"008619900000001", "１９９００００００01", Equal},
		{"(0399)8000001", "0399-8000001", Equal},
		{"0399-8000001", "8000001", Compatible},
		{"0399-8000001", "8000002", Different},
		{"19900000001", "19900000002", Different},
		{"19900000001", "0000001", Different},
		{"无", "不详", Different},
	},
}

func phoneRelation(a, b []byte) Relation {
	if bytes.Equal(a, b) {
		return Equal
	}
	var x, y [64]byte
	long, short := phoneDigits(x[:0], a), phoneDigits(y[:0], b)
	if len(long) < len(short) {
		long, short = short, long
	}
	switch {
	case len(short) == 0:
		return Different // at least one has no digits, and they are not the same text
	case bytes.Equal(long, short):
		return Equal
	case (len(short) == 7 || len(short) == 8) && localPart(long, short):
		return Compatible
	}
	return Different
}

// localPart reports whether short is long without its area code, 0 and two or three digits.
func localPart(long, short []byte) bool {
	area := len(long) - len(short)
	return long[0] == '0' && (area == 3 || area == 4) && bytes.HasSuffix(long, short)
}

// phoneDigits appends the digits of a number without the country code.
func phoneDigits(dst, src []byte) []byte {
	dst = appendFolded(dst, src, func(r rune) rune {
		if r = foldWidth(r); r >= '0' && r <= '9' {
			return r
		}
		return runeDrop
	})
	if d := bytes.TrimPrefix(dst, []byte("00")); len(d) >= 12 && bytes.HasPrefix(d, []byte("86")) {
		return d[2:]
	}
	return dst
}
