package clickhouse

import (
	"fmt"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/schemas"
)

// BenchmarkFsync builds a base of half a million claims (eight splits with raw rows, golden
// rows staged and published) with and without the settings that make an INSERT wait for the
// disk. Compare the two with benchstat.
func BenchmarkFsync(b *testing.B) {
	const splits, rows = 8, 65_000
	for _, on := range []int{1, 0} {
		b.Run(fmt.Sprintf("fsync=%d", on), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s, cat := openTest(b)
				base, feed := cat.Bases[0], cat.Feeds[0]
				for _, db := range databasesOf(cat) {
					if err := s.Exec(b.Context(), "DROP DATABASE IF EXISTS "+db+" SYNC"); err != nil {
						b.Fatal(err)
					}
				}
				if err := s.Migrate(b.Context(), cat); err != nil {
					b.Fatal(err)
				}
				setFsync(b, s, on, "claim.blocks", "claim.raw", "quality.reject", "blocks.history_rows")
				b.StartTimer()
				for i := range splits {
					appendSplit(b, s, connectors.AppendSpec{Base: base, Feed: feed, Delivery: 1}, benchClaims(base, i*rows, rows))
				}
				w, err := s.Stage(b.Context(), "r", base)
				if err != nil {
					b.Fatal(err)
				}
				setFsync(b, s, on, "blocks.stage_r")
				for i := range splits {
					if err := w.Write(benchGolden(base, i*rows, rows)); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
				if err := s.Publish(b.Context(), "r", base, splits*rows); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(splits*rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func setFsync(b *testing.B, s *Store, on int, tables ...string) {
	b.Helper()
	for _, t := range tables {
		sql := fmt.Sprintf("ALTER TABLE %s MODIFY SETTING fsync_after_insert = %d, fsync_part_directory = %d", t, on, on)
		if err := s.Exec(b.Context(), sql); err != nil {
			b.Fatal(err)
		}
	}
}

func appendSplit(b *testing.B, s *Store, to connectors.AppendSpec, block *schemas.ClaimBlock) {
	b.Helper()
	a, err := s.Append(b.Context(), to)
	if err == nil {
		err = a.Claims(block)
	}
	if err == nil {
		err = a.Close(true)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// spread is a hash that spreads numbers over all keys.
func spread(i int) uint64 { return uint64(i+1) * 0x9e3779b97f4a7c15 }

func benchClaims(base *schemas.Base, from, n int) *schemas.ClaimBlock {
	b := schemas.NewClaimBlock(base)
	for i := from; i < from+n; i++ {
		b.Key.AppendString(fmt.Sprintf("39010119%010d", i))
		b.KeyHash, b.RowHash = append(b.KeyHash, spread(i)), append(b.RowHash, spread(^i))
		b.Delivery, b.Position = append(b.Delivery, 1), append(b.Position, uint64(i)*64)
		b.Event, b.Gone = append(b.Event, schemas.EventTimeOfDay(20261101)), append(b.Gone, false)
		for k := range base.Items {
			b.States = append(b.States, byte(schemas.Valued))
			benchValue(&base.Items[k], &b.Items[k], i)
		}
		b.Failed.Append()
		cell := fmt.Appendf(nil, "单元格 %d", spread(i)%100_000)
		b.Raw.Bytes = schemas.AppendCells(b.Raw.Bytes, [][]byte{cell, cell, cell})
		b.Raw.Ends = append(b.Raw.Ends, uint32(len(b.Raw.Bytes)))
	}
	return b
}

func benchValue(it *schemas.Item, c *schemas.Column, i int) {
	switch {
	case it.Type == schemas.TypeCode:
		c.Text.AppendString(fmt.Sprint(i % 7))
	case it.Type.Textual():
		c.Text.AppendString(fmt.Sprintf("某市某路 %d 号", spread(i)%1_000_000))
	default:
		c.Int = append(c.Int, int64(spread(i)%20_000_000))
	}
}

func benchGolden(base *schemas.Base, from, n int) *schemas.GoldenBlock {
	g := schemas.NewGoldenBlock(base)
	for i := from; i < from+n; i++ {
		g.Key.AppendString(fmt.Sprintf("39010119%010d", i))
		g.KeyHash, g.Version = append(g.KeyHash, spread(i)), append(g.Version, 1)
		g.Gone, g.Due = append(g.Gone, false), append(g.Due, 0)
		for k := range base.Items {
			g.States, g.Reasons, g.Origins = append(g.States, 'v'), append(g.Reasons, 'a'), append(g.Origins, 1)
			benchValue(&base.Items[k], &g.Items[k], i)
		}
		g.Winners = append(g.Winners, schemas.Winner{Feed: "f", Ref: schemas.Ref{Delivery: 1, Position: uint64(i) * 64}})
		g.WinnerEnds = append(g.WinnerEnds, uint32(len(g.Winners)))
		g.ConflictEnds = append(g.ConflictEnds, 0)
		g.Findings.Append()
	}
	return g
}

// BenchmarkFsyncEntry writes single entries of the ledger, the smallest thing that waits for
// the disk.
func BenchmarkFsyncEntry(b *testing.B) {
	for _, on := range []int{1, 0} {
		b.Run(fmt.Sprintf("fsync=%d", on), func(b *testing.B) {
			s, _ := openTest(b)
			setFsync(b, s, on, "ops.delivery_event")
			for b.Loop() {
				if err := s.Record(b.Context(), schemas.DeliveryEvent{Delivery: 1, Event: schemas.Published, At: time.Now(), Run: "r"}); err != nil {
					b.Fatal(err)
				}
			}
			setFsync(b, s, 1, "ops.delivery_event")
		})
	}
}
