package schemas

// Dates are yyyymmdd with 00 for what is not known.
var compareDate = Comparator{
	Name:  "date",
	Title: "日期",
	Doc:   "日期相同即相同；一方只到月或年时，按较粗的精度一致即相容。",
	Int:   dateRelation,
	Examples: []ComparatorExample{
		{"19900506", "19900506", Equal},
		{"19900500", "19900506", Compatible},
		{"19900000", "19900506", Compatible},
		{"19900000", "19900500", Compatible},
		{"19900506", "19900507", Different},
		{"19900500", "19900600", Different},
		{"19900000", "19910506", Different},
		{"99991231", "20300101", Different},
	},
}

func dateRelation(a, b int64) Relation {
	if a == b {
		return Equal
	}
	if a/10_000 != b/10_000 {
		return Different
	}
	if m, n := a/100%100, b/100%100; m == 0 || n == 0 {
		return Compatible
	} else if m != n {
		return Different
	}
	if a%100 == 0 || b%100 == 0 {
		return Compatible
	}
	return Different
}
