package schemas

import "testing"

// BenchmarkComparators compares values as a merge meets them: the same bytes, the same fact
// written differently, another fact that shows early, one that shows late in a long text.
func BenchmarkComparators(b *testing.B) {
	long := "甲市乙区丙街道丁路１２３号戊小区６号楼２单元１２０１室（原丁路老供销社宿舍东侧第三排）"
	pairs := map[string][][3]string{
		"address": {{"same", long, long}, {"written", "甲市乙区丙路１２号", "乙区丙路12号"}, {"other", "甲市乙区丙路12号", "甲市乙区丁路12号"}, {"late", long, long + "甲"}},
		"code":    {{"same", "10", "10"}, {"written", "Ａ１", "a1"}, {"other", "10", "20"}},
		"exact":   {{"same", long, long}, {"other", "甲市", "乙市"}, {"late", long + "乙", long + "甲"}},
		"org_name": {{"same", "示例（集团）有限公司", "示例（集团）有限公司"}, {"written", "示例(集团)有限公司", "示例（集团）有限公司"},
			{"other", "示例（集团）有限公司", "例示（集团）有限公司"}, {"late", "示例" + long + "有限公司", "示例" + long + "股份有限公司"}},
		"person_name": {{"same", "赵小明", "赵小明"}, {"written", "阿依古丽·买买提", "阿依古丽•买买提"}, {"other", "赵小明", "钱小明"}, {"late", "赵小明", "赵小鸣"}},
		"phone":       {{"same", "13900000001", "13900000001"}, {"written", "03915550001", "5550001"}, {"other", "13900000001", "13800000002"}, {"late", "13900000001", "13900000002"}},
		"text":        {{"same", long, long}, {"written", "批发，零售", "批发、零售。"}, {"other", "批发", "零售"}, {"late", long + "乙", long + "甲"}},
	}
	numbers := [][2]int64{{19650430, 19650430}, {19650430, 19650400}, {19650430, 19700101}, {505_000, 504_999}}
	for _, c := range Comparators() {
		if c.Text != nil {
			if len(pairs[c.Name]) == 0 {
				b.Errorf("comparator %s has no pairs", c.Name)
			}
			for _, p := range pairs[c.Name] {
				b.Run(c.Name+"/"+p[0], func(b *testing.B) {
					x, y := []byte(p[1]), []byte(p[2])
					b.ReportAllocs()
					for b.Loop() {
						c.Text(x, y)
					}
				})
			}
		}
		if c.Int != nil {
			b.Run(c.Name+"/numbers", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					for _, n := range numbers {
						c.Int(n[0], n[1])
					}
				}
			})
		}
	}
}
