package connectors_test

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/connectors/conntest"
	"jiku/schemas"
)

func sum(b []byte) [32]byte { return sha256.Sum256(b) }

func jsonFile(pack func(testing.TB, []byte) []byte) func(testing.TB, conntest.Input) []byte {
	return func(t testing.TB, in conntest.Input) []byte {
		var b []byte
		for i, row := range in.Rows {
			if raw, ok := in.Broken[i]; ok {
				b = append(append(b, raw...), '\n')
			}
			object := map[string]any{"not in the contract": []int{1}}
			for j, c := range row {
				if c != nil {
					object[in.Columns[j]] = string(c)
				} else if j%2 == 0 {
					object[in.Columns[j]] = nil
				}
			}
			line, err := json.Marshal(object)
			check(t, err)
			b = append(append(b, line...), "\r\n\n"...)
		}
		if pack != nil {
			return pack(t, b)
		}
		return b
	}
}

func TestJSONL(t *testing.T) {
	for _, f := range []struct {
		name, ext string
		pack      func(testing.TB, []byte) []byte
	}{{"plain", ".jsonl", nil}, {"gzip", ".jsonl.gz", gzipped}, {"zstd", ".jsonl.zst", zstdPacked}} {
		t.Run(f.name, func(t *testing.T) {
			conntest.RunSource(t, func(t *testing.T) conntest.Harness {
				h := fileHarness(t, "jsonl", f.ext, nil, jsonFile(f.pack))
				h.Nulls = true
				h.Broken = []conntest.Broken{{Raw: []byte("[1]"), Code: "row.json"}, {Raw: []byte(`{"姓名":`), Code: "row.json"},
					{Raw: []byte("\"\xff\""), Code: "row.encoding"}}
				return h
			})
		})
	}
}

func TestJSONLRows(t *testing.T) {
	for _, c := range []struct {
		name, line string
		want       []string // The cell a, the cell b; or the reason.
	}{
		{"strings", `{"a":"x\"\u738b","b":""}`, []string{`x"王`, ""}},
		{"names with escapes", `{"\u0061":"1","b":"2"}`, []string{"1", "2"}},
		{"numbers as written", `{"a":390101196504300012,"b":1.50}`, []string{"390101196504300012", "1.50"}},
		{"true and null", `{"a":true,"b":null}`, []string{"true", "<nil>"}},
		{"nested", `{"a":{"x": [1, 2]},"b":[]}`, []string{`{"x": [1, 2]}`, "[]"}},
		{"missing", ` {"z":1}`, []string{"<nil>", "<nil>"}},
		{"surrogates", `{"a":"\ud842\udfb7","b":"\n"}`, []string{"𠮷", "\n"}},
		{"half a surrogate", `{"a":"\ud842","b":"\n"}`, []string{"row.json::a string has an escape that is no character"}},
		{"twice", `{"a":null,"a":2}`, []string{"row.json::member a stands twice"}},
		{"another member twice", `{"z":null,"z":2,"a":1,"b":2}`, []string{"1", "2"}},
		{"array", `[{"a":1}]`, []string{"row.json::an array, want an object"}},
		{"scalar", `"a"`, []string{"row.json::a value, want an object"}},
		{"two objects", `{"a":1}{"a":2}`, []string{"row.json::broken"}},
		{"not utf-8", "{\"a\":\"\xd5\xd4\"}", []string{"row.encoding::byte 6 of the row"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			check(t, os.WriteFile(filepath.Join(dir, "f_20261101.jsonl"), []byte("\xef\xbb\xbf"+c.line+"\n"), 0o600))
			src, err := connectors.OpenSource(connectors.Env{Landing: dir}, fileFeed("jsonl", schemas.Settings{"path": "*.jsonl"}))
			check(t, err)
			ds, err := src.Deliveries(t.Context())
			check(t, err)
			row := conntest.ReadDelivery(t, src, ds[0], []string{"a", "b"})[0]
			var got []string
			for _, b := range row.Bad {
				got = append(got, b.String())
			}
			for _, cell := range row.Cells {
				if cell == nil && len(row.Bad) == 0 {
					got = append(got, "<nil>")
				} else if len(row.Bad) == 0 {
					got = append(got, string(cell))
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" || row.Position != 3 {
				t.Errorf("position %d, cells or reasons (-want +got):\n%s", row.Position, diff)
			}
		})
	}
}

// TestEmptyAsSaid takes a file without a byte for a day without rows only where a manifest says so.
func TestEmptyAsSaid(t *testing.T) {
	for _, c := range []struct {
		name, manifest, text string
		empty                bool
	}{
		{"said", `{"rows":0}`, "", true},
		{"not said", "", "", false},
		{"said otherwise", `{"rows":2}`, "", false},
		{"said of a file with rows", `{"rows":0}`, `{"a":"1"}`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			check(t, os.WriteFile(filepath.Join(dir, "x_20261101.jsonl"), []byte(c.text), 0o600))
			if c.manifest != "" {
				check(t, os.WriteFile(filepath.Join(dir, "x_20261101.jsonl.manifest.json"), []byte(c.manifest), 0o600))
			}
			feed := &schemas.Feed{Name: "x", Slot: schemas.SlotSpec{Name: `_(?P<date>\d{8})`, Manifest: c.manifest != ""},
				Source: schemas.SourceSpec{Connector: "jsonl", Settings: schemas.Settings{"path": "x_*.jsonl"}}}
			src, err := connectors.OpenSource(connectors.Env{Landing: dir}, feed)
			check(t, err)
			all, err := src.Deliveries(t.Context())
			check(t, err)
			splits, err := src.Splits(t.Context(), all[0])
			if (err == nil) != c.empty {
				t.Fatalf("splits: %v", err)
			}
			rows := 0
			for _, s := range splits {
				for _, err := range src.Rows(t.Context(), s, []string{"a"}) {
					check(t, err)
					rows++
				}
			}
			if want := min(len(c.text), 1); rows != want {
				t.Errorf("%d rows, want %d", rows, want)
			}
		})
	}
}
