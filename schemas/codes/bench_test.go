package codes

import "testing"

func BenchmarkFind(b *testing.B) {
	for _, c := range []struct{ name, table, cell string }{
		{"code", "sex", "1"}, {"label", "ethnic", "维吾尔族"}, {"long code", "industry", "F5211"}, {"region", "region", "330106"},
		{"full name", "region", "江苏省南京市鼓楼区"}, {"historic", "ethnic", "崩龙族"}, {"unknown", "ethnic", "不在表中"},
	} {
		b.Run(c.name, func(b *testing.B) {
			table, cell := load(b, c.table), []byte(c.cell)
			b.ReportAllocs()
			for b.Loop() {
				table.Find(cell)
			}
		})
	}
}

func BenchmarkToday(b *testing.B) {
	r := regions(b)
	for _, code := range []string{"330106", "110224", "520321", "440101", "999999"} {
		b.Run(code, func(b *testing.B) {
			cell := []byte(code)
			b.ReportAllocs()
			for b.Loop() {
				r.Today(cell, 9999)
			}
		})
	}
}
