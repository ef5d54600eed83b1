package schemas

// Normalizers bring amounts to the item's unit before they are compared. Turning 元 into
// 万元 rounds at the fourth decimal, so amounts that differ by one such step are the same
// amount with another rounding.
var compareAmount = Comparator{
	Name:  "amount",
	Title: "金额",
	Doc:   "换算为同一单位后数额相同即相同；只差万分之一个单位（换算舍入）时相容。",
	Int:   amountRelation,
	Examples: []ComparatorExample{
		{"505000", "505000", Equal},
		{"505000", "505001", Compatible},
		{"505000", "505002", Different},
		{"505000", "-505000", Different},
		{"-9223372036854775808", "9223372036854775807", Different},
	},
}

func amountRelation(a, b int64) Relation {
	if a == b {
		return Equal
	}
	if a < b {
		a, b = b, a
	}
	// a > b, so b+1 cannot overflow.
	if a == b+1 {
		return Compatible
	}
	return Different
}
