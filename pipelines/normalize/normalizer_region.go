package normalize

import "jiku/schemas"

var reasonRegionForm = &schemas.ReasonInfo{
	Code: "region.form", Severity: schemas.ItemError, Dimension: "0302",
	Title: "行政区划代码不是 6、9 或 12 位数字", Advice: "请报送 GB/T 2260 的 6 位代码，或统计用的 9、12 位代码。",
}

func init() {
	Register(Spec{
		Name:  "region",
		Title: "行政区划代码",
		Doc: "Takes a region code of 6 digits (GB/T 2260), 9 (street) or 12 (village, statistical) and gives the 6 of " +
			"the county. Whether the county exists is for the code table and the rule region.known.",
		Examples: []Example{
			{In: "390101", Out: "390101"},
			{In: "390101001", Out: "390101"},
			{In: "390101001002", Out: "390101"},
			{In: "３９０１０１", Out: "390101"},
			{In: "390101.0", Out: "390101"},
			{In: "3901", Out: "!", Reason: "region.form"},
			{In: "示例区", Out: "!", Reason: "region.form"},
		},
		Reasons: []*schemas.ReasonInfo{reasonRegionForm},
		Compile: plain(func(c *Cell) {
			c.Text = cutPointZero(c.Text)
			if !allDigits(c.Text) && !keepDigits(c) {
				c.Fail(reasonRegionForm, "")
				return
			}
			switch len(c.Text) {
			case 6:
			case 9, 12:
				c.Text = c.Text[:6]
			default:
				c.Fail(reasonRegionForm, "length")
			}
		}),
	})
}
