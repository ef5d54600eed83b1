package connectors_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"jiku/connectors"
	"jiku/connectors/conntest"
	"jiku/schemas"
)

// parquetFile writes rows as optional byte arrays, a row group every hundred rows.
func parquetFile(t testing.TB, in conntest.Input) []byte {
	group := parquet.Group{}
	for _, c := range in.Columns {
		group[c] = parquet.Optional(parquet.Leaf(parquet.ByteArrayType))
	}
	schema := parquet.NewSchema("row", group)
	index := map[string]int{}
	for i, path := range schema.Columns() {
		index[path[0]] = i
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[any](&b, schema, parquet.PageBufferSize(256))
	for i, cells := range in.Rows {
		for at, raw := range in.Broken {
			if at == i {
				writeParquetRow(t, w, index, in.Columns, [][]byte{raw, []byte("x"), nil, nil})
			}
		}
		writeParquetRow(t, w, index, in.Columns, cells)
		if i%100 == 99 {
			check(t, w.Flush())
		}
	}
	check(t, w.Close())
	return b.Bytes()
}

func writeParquetRow(t testing.TB, w *parquet.GenericWriter[any], index map[string]int, columns []string, cells [][]byte) {
	row := make(parquet.Row, len(columns))
	for j, c := range cells {
		v, level := parquet.NullValue(), 0
		if c != nil {
			v, level = parquet.ByteArrayValue(c), 1
		}
		k := index[columns[j]]
		row[k] = v.Level(0, level, k)
	}
	_, err := w.WriteRows([]parquet.Row{row})
	check(t, err)
}

func TestParquet(t *testing.T) {
	conntest.RunSource(t, func(t *testing.T) conntest.Harness {
		h := fileHarness(t, "parquet", ".parquet", nil, parquetFile)
		h.Nulls = true
		h.Broken = []conntest.Broken{{Raw: []byte("\xd5\xd4,x,,"), Code: "row.encoding"}}
		deliver := h.Deliver
		h.Deliver = func(t testing.TB, in conntest.Input) {
			for i := range in.Broken {
				in.Broken[i] = []byte("\xd5\xd4")
			}
			deliver(t, in)
		}
		return h
	})
}

type everyType struct {
	Day      int32            `parquet:"day,date"`
	Millis   int64            `parquet:"millis,timestamp"`
	Wall     int64            `parquet:"wall,timestamp(microsecond:local)"`
	Nanos    int64            `parquet:"nanos,timestamp(nanosecond)"`
	Clock    int32            `parquet:"clock,time"`
	Small    int32            `parquet:"small,decimal(2:9)"`
	Large    int64            `parquet:"large,decimal(4:18)"`
	Wide     [16]byte         `parquet:"wide,decimal(3:38)"`
	Unsigned uint64           `parquet:"unsigned"`
	Signed   int64            `parquet:"signed"`
	Float    float32          `parquet:"float"`
	Double   float64          `parquet:"double"`
	Truth    bool             `parquet:"truth"`
	UUID     [16]byte         `parquet:"uuid,uuid"`
	Text     string           `parquet:"text"`
	None     *string          `parquet:"none,optional"`
	Hive     deprecated.Int96 `parquet:"hive"`
	Group    struct{ X int32 }
	List     []string `parquet:"list,list"`
}

func TestParquetTypes(t *testing.T) {
	row := everyType{Day: -1707, Millis: 1793462400123, Wall: 1793462400000001, Nanos: -1, Clock: 3_661_001, Small: -5, Large: 123_450_000,
		Wide: [16]byte{15: 7}, Unsigned: 1<<64 - 1, Signed: -42, Float: 0.1, Double: 390101196504300012, Truth: true,
		UUID: [16]byte{0: 0xab, 15: 1}, Text: "王", Hive: deprecated.Int96{1_000_000_000, 0, 2440589}}
	row.Group.X = 9
	for i := range 8 {
		row.Wide[i] = 0xff
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[everyType](&b)
	_, err := w.Write([]everyType{row})
	check(t, err, w.Close())
	want := map[string]string{"day": "1965-04-30", "millis": "2026-11-01T00:00:00.123+08:00", "wall": "2026-10-31T16:00:00.000001+08:00",
		"nanos": "1970-01-01T07:59:59.999999999+08:00", "clock": "01:01:01.001", "small": "-0.05", "large": "12345.0000",
		"wide": "-18446744073709551.609", "unsigned": "18446744073709551615", "signed": "-42", "float": "0.1", "double": "390101196504300000",
		"truth": "true", "uuid": "ab000000-0000-0000-0000-000000000001", "text": "王", "none": "<nil>", "hive": "1970-01-02T08:00:01+08:00",
		"Group.X": "9"}
	src := openParquet(t, b.Bytes())
	ds, err := src.Deliveries(t.Context())
	check(t, err)
	var columns []string
	for name := range want {
		columns = append(columns, name)
	}
	got := map[string]string{}
	for i, c := range conntest.ReadDelivery(t, src, ds[0], columns)[0].Cells {
		got[columns[i]] = string(c)
		if c == nil {
			got[columns[i]] = "<nil>"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	_, err = conntest.Read(t.Context(), src, connectors.Split{Location: ds[0].Location}, []string{"list.list.element"})
	if connectors.CodeOf(err) != connectors.Malformed || connectors.HintOf(err) == "" {
		t.Errorf("a list as a column: %v", err)
	}
}

func openParquet(t testing.TB, content []byte) connectors.Source {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "f_20261101.parquet"), content, 0o600))
	env := connectors.Env{Landing: dir, Location: time.FixedZone("city", 8*3600)}
	src, err := connectors.OpenSource(env, fileFeed("parquet", schemas.Settings{"path": "*.parquet"}))
	check(t, err)
	return src
}

func TestParquetDamage(t *testing.T) {
	in := conntest.Generate(schemas.Slot{Date: 20261101}, 300, true)
	whole := parquetFile(t, in)
	for _, c := range []struct {
		name   string
		damage func([]byte) []byte
	}{
		{"empty", func([]byte) []byte { return nil }},
		{"cut off", func(b []byte) []byte { return b[:len(b)/2] }},
		{"text", func([]byte) []byte { return []byte("a,b\n1,2\n") }},
		{"a page", func(b []byte) []byte {
			for i := 100; i < 400; i++ {
				b[i] ^= 0x5a
			}
			return b
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := openParquet(t, c.damage(bytes.Clone(whole)))
			ds, err := src.Deliveries(t.Context())
			check(t, err)
			splits, err := src.Splits(t.Context(), ds[0])
			if err == nil {
				_, err = conntest.Read(t.Context(), src, splits[0], in.Columns)
			}
			if connectors.CodeOf(err) != connectors.Malformed || connectors.HintOf(err) == "" {
				t.Errorf("error %v has the code %s", err, connectors.CodeOf(err))
			}
			checkNote(t, err)
		})
	}
}
