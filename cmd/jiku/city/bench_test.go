package city

import (
	"context"
	"testing"
)

// BenchmarkGenerate makes the first load of a city of 200,000 persons: rows a second are what a department's file has.
func BenchmarkGenerate(b *testing.B) {
	rows := int64(0)
	for b.Loop() {
		sum, err := Generate(context.Background(), Options{Persons: 200_000, Seed: 1, Out: b.TempDir()}, nil)
		if err != nil {
			b.Fatal(err)
		}
		rows += sum.Rows
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}
