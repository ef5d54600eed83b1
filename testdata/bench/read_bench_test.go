package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/pipelines/normalize"
	"jiku/schemas"
)

// BenchmarkRead parses CSV and normalizes its rows, as a worker of a run does up to the key:
// clean rows, rows as this bench has them, rows of which every other cell needs work, and
// rows with long addresses.
func BenchmarkRead(b *testing.B) {
	untidy := usual
	untidy.form, untidy.broken, untidy.empty = 400, 50, 50
	for _, c := range []struct {
		name   string
		shares shares
		addr   string
	}{{"clean", shares{}, ""}, {"usual", usual, ""}, {"untidy", untidy, ""}, {"long", usual, "甲市乙区丙街道丁社区戊小区（原己路老供销社宿舍东侧）"}} {
		b.Run(c.name, func(b *testing.B) {
			const rows = 50_000
			text := []byte(header)
			m := maker{seed: 1, shares: c.shares}
			for key := range rows {
				if err := m.row(uint64(key)); err != nil {
					b.Fatal(err)
				}
			}
			text = append(text, m.buf...)
			if c.addr != "" {
				text = bytes.ReplaceAll(text, []byte("甲市"), bytes.Repeat([]byte(c.addr), 5))
			}
			read(b, text, rows)
		})
	}
}

func read(b *testing.B, text []byte, rows int) {
	dir := b.TempDir()
	if err := writeCatalogue(filepath.Join(dir, "catalogue"), feeds); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "feed0_20261101.csv"), text, 0o600); err != nil {
		b.Fatal(err)
	}
	cat, err := pipelines.Load(os.DirFS(filepath.Join(dir, "catalogue")))
	if err != nil {
		b.Fatal(err)
	}
	feed, base := cat.Feed("feed0"), cat.Base("person")
	program, err := normalize.Compile(feed, base, normalize.Env{Table: cat.Codes.Table, Regions: cat.Codes.Regions})
	if err != nil {
		b.Fatal(err)
	}
	src, err := connectors.OpenSource(connectors.Env{Landing: dir}, feed)
	if err != nil {
		b.Fatal(err)
	}
	deliveries, err := src.Deliveries(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	splits, err := src.Splits(b.Context(), deliveries[0])
	if err != nil {
		b.Fatal(err)
	}
	program.Begin(schemas.Delivery{Slot: deliveries[0].Slot, Received: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
	rec := schemas.NewRecord(base, len(feed.Key))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, split := range splits {
			for row, err := range src.Rows(b.Context(), split, program.Columns()) {
				if err != nil {
					b.Fatal(err)
				}
				program.Row(row, rec)
				n++
			}
		}
		if n != rows {
			b.Fatalf("%d rows, want %d", n, rows)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
