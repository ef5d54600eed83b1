package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"golang.org/x/tools/txtar"

	"jiku/pipelines"
	"jiku/schemas"
)

// sheet is a table of truth: rows with a cell a column. The ints are whole numbers.
type sheet struct {
	columns []string
	ints    []string
	rows    [][]string
}

// write makes the Parquet file that the generator would write: texts are optional, and none is null.
func (s sheet) write(t *testing.T, file string) {
	t.Helper()
	whole := map[string]bool{}
	for _, name := range s.ints {
		whole[name] = true
	}
	group := parquet.Group{}
	for _, name := range s.columns {
		if group[name] = parquet.Optional(parquet.String()); whole[name] {
			group[name] = parquet.Leaf(parquet.Int64Type)
		}
	}
	schema := parquet.NewSchema("rows", group)
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	w := parquet.NewGenericWriter[any](out, schema)
	for n, cells := range s.rows {
		row := make(parquet.Row, len(cells))
		for i, cell := range cells {
			leaf, _ := schema.Lookup(s.columns[i])
			at := leaf.ColumnIndex
			switch {
			case whole[s.columns[i]]:
				v, err := strconv.ParseInt(cell, 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				row[at] = parquet.Int64Value(v).Level(0, 0, at)
			case cell == "":
				row[at] = parquet.NullValue().Level(0, 0, at)
			default:
				row[at] = parquet.ByteArrayValue([]byte(cell)).Level(0, 1, at)
			}
		}
		if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
			t.Fatal(err)
		}
		if n == 1 { // More than one row group.
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// truthCity writes city.json and truth/.
func truthCity(t *testing.T, dir string, city any, files map[string]sheet) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "truth"), 0o755); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(city)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "city.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, s := range files {
		s.write(t, filepath.Join(dir, "truth", name+".parquet"))
	}
}

// unpack writes the files of testdata/judge.txtar to a folder and gives their texts.
func unpack(t *testing.T, dir string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "judge.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range archive.Files {
		file := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		out[strings.TrimPrefix(f.Name, "landing/")] = string(f.Data)
	}
	return out
}

// smallCity is what the generator would say of the deliveries in testdata/judge.txtar.
func smallCity(t *testing.T, dir string, landed map[string]string) {
	t.Helper()
	const open = "99991231"
	trees := sheet{columns: []string{"key", "state_from", "state_until", "species", "height", "planted"}, ints: []string{"state_from", "state_until"}, rows: [][]string{
		{"P1", "0", "20261103", "樱花", "3", "1890"}, // Half open: on the day of the run the next row counts.
		{"P1", "20261103", open, "银杏", "21.5", "1890-03-05"},
		{"P2", "0", open, "香樟", "9.25", "1950-01-01"},
		{"P3", "0", "0", "槐树", "", "1911"},
		{"P4", "0", open, "榕树", "", ""},
		{"P5", "20200101", "20261104", "", "5", "1999-12-31"},
		{"P6", "0", open, "柳树", "4", ""},
		{"P7", "0", open, "枫树", "", ""},
		{"P9", "0", "20261103", "松树", "", ""},
		{"P9", "20270101", open, "松树", "", ""},
	}}
	firms := sheet{columns: []string{"key", "state_from", "state_until", "name", "phone", "tax_no", "registration_no", "valid_from", "employees"},
		ints: []string{"state_from", "state_until"}, rows: [][]string{
			{"913901001234567889", "0", open, "青禾食品有限公司", "11", "", "390100110000055", "", "3"},
			{"91390100MA39X0A12F", "0", open, "嘉瑞建材有限公司", "", "", "390100110000011", "2010-05-01", "4"},
			{"92390101MA39X0B271", "0", open, "嘉瑞建材商店", "15", "", "390100110000011", "2012-06-01", "5"},
		}}
	alias := sheet{columns: []string{"base", "number", "key", "linked"}, rows: [][]string{
		{"firms", "org_code:123456788", "913901001234567889", "1"},
		{"firms", "tax_no:390100123456788", "913901001234567889", "1"},
		{"firms", "org_code:MA39X0A12", "91390100MA39X0A12F", "1"},
		{"firms", "org_code:999999990", "91390100MA39X0A12F", "1"},
		{"firms", "registration_no:390100110000099", "913901001234567889", ""},
		{"firms", "registration_no:390100110000055", "913901001234567889", "1"}, // The registry states it of this one alone.
		{"firms", "registration_no:390100110000055", "91390100MA39X0A12F", ""},
		{"firms", "registration_no:390100110000011", "91390100MA39X0A12F", "1"},
		{"firms", "registration_no:390100110000011", "92390101MA39X0B271", "1"},
	}}
	labels := smallLabels(landed)
	type m = map[string]any
	truthCity(t, dir, m{"complete": true, "persons": 7, "seed": 1234567890123456789, "days": 2, "shares": []any{}, "kinds": []m{
		{"id": "bad_number", "number": 3, "title": "数字有误", "codes": []string{"decimal.form"}, "outcome": "finding", "rate": 5},
		{"id": "filler", "title": "占位号码", "codes": []string{"uscc.filler"}, "outcome": "reject"},
		{"id": "spaces", "title": "空格", "outcome": "fix"},
		{"id": "stale", "title": "旧值", "codes": nil, "outcome": "conflict"},
		{"id": "cut", "title": "不完整", "outcome": "held"},
		{"id": "resent", "title": "重报", "outcome": "fix"},
		{"id": "former", "title": "原号码", "outcome": "linked"},
		{"id": "alone", "title": "孤证", "codes": []string{"entity.sole_source"}, "outcome": "entity"},
		{"id": "doubled", "title": "重复行", "codes": []string{"feed.duplicates"}, "outcome": "finding"},
		{"id": "unseen", "title": "无人发现", "outcome": "none"},
		{"id": "unused", "title": "未注入", "codes": []string{"date.order"}, "outcome": "finding"},
	}}, map[string]sheet{"greenery": trees, "firms": firms, "alias": alias, "labels": labels})
}

// smallLabels are the errors in the deliveries, as the generator would label them.
func smallLabels(landed map[string]string) sheet {
	labels := sheet{columns: []string{"feed", "file", "slot", "seq", "position", "item", "kind", "true_value"}, ints: []string{"slot", "seq", "position"}}
	label := func(file, row, item, kind, truth string) {
		feed := map[string]string{"parks": "parks_tree", "street": "street_tree", "hall": "hall_tree", "market": "market_firm", "tax": "tax_firm"}[file[:strings.Index(file, "_")]]
		at := strings.Index(landed[file], row)
		if row == "" {
			at = -1
		}
		slot := strings.TrimSuffix(file[strings.Index(file, "_")+1:], ".csv")
		labels.rows = append(labels.rows, []string{feed, file, slot, "0", strconv.Itoa(at), item, kind, truth})
	}
	label("street_20261101.csv", "P4,", "height", "bad_number", "8") // decimal.form
	label("street_20261101.csv", "P3,", "height", "bad_number", "")  // Nothing is said of it.
	label("street_20261101.csv", "P5,", "species", "bad_number", "") // What is said is about another item.
	label("hall_20261103.csv", "P1,", "species", "bad_number", "银杏") // In a delivery that is held.
	label("street_20261109.csv", "", "height", "bad_number", "")     // Never delivered.
	label("tax_20261101.csv", "99999", "", "filler", "")
	label("tax_20261102.csv", "99999", "", "filler", "")
	label("street_20261101.csv", "P2,", "species", "spaces", "香樟")  // The claim is right.
	label("hall_20261101.csv", "P1,", "species", "spaces", "银杏")    // The golden row is.
	label("parks_20261101.csv", "P3,", "species", "spaces", "槐树")   // Neither.
	label("tax_20261102.csv", "92390101", "phone", "spaces", "15")  // The row is as it was.
	label("tax_20261101.csv", "number,", "phone", "spaces", "15")   // Nothing is left of it, and no delivery was before.
	label("parks_20261101.csv", "P1,", "planted", "spaces", "1890") // Compatible is not equal.
	label("street_20261101.csv", "P1,", "species", "stale", "银杏")
	label("hall_20261101.csv", "P4,", "species", "stale", "榕树")
	label("parks_20261101.csv", "P3,", "species", "stale", "槐树")
	label("hall_20261103.csv", "", "", "cut", "")
	label("hall_20261101.csv", "", "", "cut", "") // Accepted all the same.
	label("hall_20261102.csv", "", "", "resent", "")
	label("tax_20261101.csv", "390100123456788", "", "former", "913901001234567889")
	label("tax_20261101.csv", "92390101", "", "former", "91390100MA39X0A12F")
	label("parks_20261101.csv", "P1,", "planted", "alone", "1890-03-05")
	label("tax_20261101.csv", "", "", "doubled", "")
	label("parks_20261101.csv", "P2,", "height", "unseen", "9.25")
	return labels
}

// markedCity gives three persons of the built-in city a true name that can be recognized, and
// knows nobody else.
func markedCity(t *testing.T, u *user) string {
	t.Helper()
	cat, err := pipelines.Load(schemas.BuiltIn())
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]sheet{
		"alias":  {columns: []string{"base", "number", "key", "linked"}},
		"labels": {columns: []string{"feed", "file", "slot", "seq", "position", "item", "kind", "true_value"}, ints: []string{"slot", "seq", "position"}},
	}
	for _, b := range cat.Bases {
		s := sheet{columns: []string{"key", "state_from", "state_until"}, ints: []string{"state_from", "state_until"}}
		for _, it := range b.Items {
			s.columns = append(s.columns, it.Name)
		}
		if b.Name == "population" {
			for i, key := range strings.Fields(u.must(0, "sql", "SELECT id_no FROM population.person ORDER BY id_no LIMIT 3").out)[1:] {
				row := make([]string, len(s.columns))
				row[0], row[1], row[2] = key, "0", "0"
				row[3+b.ItemIndex("name")] = "龘真" + strconv.Itoa(i)
				s.rows = append(s.rows, row)
			}
		}
		files[b.Name] = s
	}
	dir := t.TempDir()
	truthCity(t, dir, map[string]any{"complete": true, "persons": 3, "seed": 1, "days": 0, "kinds": []map[string]any{{"id": "none", "outcome": "none"}}}, files)
	return dir
}
