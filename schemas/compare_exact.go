package schemas

import "bytes"

var compareExact = Comparator{
	Name:  "exact",
	Title: "逐字",
	Doc:   "逐字相同才算相同。",
	Text:  func(a, b []byte) Relation { return sameOrDifferent(bytes.Equal(a, b)) },
	Int:   func(a, b int64) Relation { return sameOrDifferent(a == b) },
	Examples: []ComparatorExample{
		{"3", "3", Equal},
		{"3", "4", Different},
	},
}

func sameOrDifferent(same bool) Relation {
	if same {
		return Equal
	}
	return Different
}
