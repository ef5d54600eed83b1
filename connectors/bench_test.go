package connectors

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jiku/schemas"
	"jiku/schemas/charset"
)

var benchColumns = []string{"name", "id_no", "sex", "born", "nation", "address", "phone", "day", "state", "region", "note", "batch"}

func benchRow(i int) []string {
	return []string{"赵小明", fmt.Sprintf("39010119650430%04d", i%10000), "1", "1965-04-30", "01", fmt.Sprintf("某省某市某区某某街道%d号", i%500),
		"13900000000", "2026-11-01", "有效", "390101", "", fmt.Sprint("B", i)}
}

// benchText is about 32 MiB of rows without quotes.
func benchText(quoted bool) []byte {
	var b bytes.Buffer
	line := func(cells []string) {
		for j, c := range cells {
			if j > 0 {
				b.WriteByte(',')
			}
			if quoted {
				c = `"` + c + `"`
			}
			b.WriteString(c)
		}
		b.WriteByte('\n')
	}
	line(benchColumns)
	for i := 0; b.Len() < 32<<20; i++ {
		line(benchRow(i))
	}
	return b.Bytes()
}

func benchSource(b *testing.B, connector string, settings schemas.Settings, content []byte) (Source, schemas.Delivery) {
	b.Helper()
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "f_20261101"), content, 0o600); err != nil {
		b.Fatal(err)
	}
	settings["path"], settings["split_bytes"] = "f_*", 1<<30
	feed := &schemas.Feed{Name: "bench", Source: schemas.SourceSpec{Connector: connector, Settings: settings},
		Slot: schemas.SlotSpec{Name: "(?P<date>[0-9]{8})"}}
	src, err := OpenSource(Env{Landing: dir}, feed)
	if err != nil {
		b.Fatal(err)
	}
	ds, err := src.Deliveries(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return src, ds[0]
}

func benchRows(b *testing.B, connector string, settings schemas.Settings, content []byte) {
	src, d := benchSource(b, connector, settings, content)
	splits, err := src.Splits(b.Context(), d)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	rows, used := 0, 0
	for b.Loop() {
		for row, err := range src.Rows(b.Context(), splits[0], benchColumns[:10]) {
			if err != nil || len(row.Bad) > 0 {
				b.Fatal(err, row.Bad)
			}
			rows++
			used += len(row.Cells[5])
		}
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkCSVRows(b *testing.B) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(benchText(false))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("plain", func(b *testing.B) { benchRows(b, "csv", schemas.Settings{}, benchText(false)) })
	b.Run("quoted", func(b *testing.B) { benchRows(b, "csv", schemas.Settings{}, benchText(true)) })
	b.Run("gb18030", func(b *testing.B) { benchRows(b, "csv", schemas.Settings{"encoding": charset.GB18030}, gb) })
	b.Run("ascii", func(b *testing.B) {
		benchRows(b, "csv", schemas.Settings{}, bytes.ReplaceAll(bytes.ReplaceAll(benchText(false), []byte("赵小明"), []byte("ZHAO XM")),
			[]byte("某省某市某区某某街道"), []byte("no. 1, street of streets")[:4]))
	})
}

// BenchmarkEncodingCSV is what BenchmarkCSVRows is measured against.
func BenchmarkEncodingCSV(b *testing.B) {
	text := benchText(false)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r := csv.NewReader(bytes.NewReader(text))
		r.ReuseRecord = true
		for {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkCSVSplits(b *testing.B) {
	for _, quoted := range []bool{false, true} {
		b.Run(fmt.Sprintf("quoted=%t", quoted), func(b *testing.B) {
			text := benchText(quoted)
			src, d := benchSource(b, "csv", schemas.Settings{"compression": "none"}, text)
			inner, _ := src.(*retryingHeader)
			inner.source.(*csvSource).stream.SplitBytes = 4 << 20
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if splits, err := src.Splits(b.Context(), d); err != nil || len(splits) < 8 {
					b.Fatal(len(splits), err)
				}
			}
		})
	}
}

func BenchmarkJSONLRows(b *testing.B) {
	var text bytes.Buffer
	for i := 0; text.Len() < 32<<20; i++ {
		object := map[string]string{}
		for j, c := range benchRow(i) {
			object[benchColumns[j]] = c
		}
		line, err := json.Marshal(object)
		if err != nil {
			b.Fatal(err)
		}
		text.Write(append(line, '\n'))
	}
	benchRows(b, "jsonl", schemas.Settings{}, text.Bytes())
}

func BenchmarkFixedRows(b *testing.B) {
	gb18030 := func(text []byte) []byte {
		out, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
		if err != nil {
			b.Fatal(err)
		}
		return out
	}
	widths := []int{40, 18, 1, 10, 2, 60, 11, 10, 12, 6, 20, 10}
	var columns []any
	for i, w := range widths {
		columns = append(columns, map[string]any{"name": benchColumns[i], "width": w})
	}
	for encoding, encode := range map[string]func([]byte) []byte{charset.UTF8: bytes.Clone, charset.GB18030: gb18030} {
		b.Run(encoding, func(b *testing.B) {
			var text bytes.Buffer
			for i := 0; text.Len() < 32<<20; i++ {
				for j, c := range benchRow(i) {
					n, _ := text.Write(encode([]byte(c)))
					text.Write(bytes.Repeat([]byte(" "), widths[j]-n))
				}
				text.WriteByte('\n')
			}
			benchRows(b, "fixed", schemas.Settings{"encoding": encoding, "columns": columns}, text.Bytes())
		})
	}
}

func BenchmarkParquetRows(b *testing.B) {
	type row struct {
		Name    string `parquet:"name,dict"`
		IDNo    string `parquet:"id_no"`
		Sex     string `parquet:"sex,dict"`
		Born    int32  `parquet:"born,date"`
		Nation  string `parquet:"nation,dict"`
		Address string `parquet:"address"`
		Phone   int64  `parquet:"phone"`
		Day     int64  `parquet:"day,timestamp"`
		State   *bool  `parquet:"state,optional"`
		Region  int64  `parquet:"region,decimal(2:18)"`
	}
	var file bytes.Buffer
	w := parquet.NewGenericWriter[row](&file, parquet.Compression(&parquet.Snappy))
	for i := range 200_000 {
		c := benchRow(i)
		if _, err := w.Write([]row{{Name: c[0], IDNo: c[1], Sex: c[2], Born: int32(-i), Nation: c[4], Address: c[5], Phone: int64(i), Day: int64(i) * 1000, Region: int64(i)}}); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	benchRows(b, "parquet", schemas.Settings{}, file.Bytes())
}
