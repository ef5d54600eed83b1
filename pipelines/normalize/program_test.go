package normalize

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas"
)

// personBase is a population base of 20 items.
func personBase() *schemas.Base {
	return &schemas.Base{Name: "population", Entity: "person", Key: schemas.KeySpec{Kind: schemas.KeyResidentID}, Items: []schemas.Item{
		{Name: "name", Type: schemas.TypeText}, {Name: "former_name", Type: schemas.TypeText},
		{Name: "sex", Type: schemas.TypeCode, Table: "sex"}, {Name: "ethnic", Type: schemas.TypeCode, Table: "ethnic"},
		{Name: "birth_date", Type: schemas.TypeDate}, {Name: "region", Type: schemas.TypeCode, Table: "region"},
		{Name: "address", Type: schemas.TypeText}, {Name: "household", Type: schemas.TypeText},
		{Name: "marital", Type: schemas.TypeCode, Table: "marital"}, {Name: "education", Type: schemas.TypeCode, Table: "education"},
		{Name: "phone", Type: schemas.TypeText}, {Name: "employer", Type: schemas.TypeText},
		{Name: "permit_from", Type: schemas.TypeDate}, {Name: "permit_until", Type: schemas.TypeDate},
		{Name: "children", Type: schemas.TypeInteger}, {Name: "income", Type: schemas.TypeDecimal},
		{Name: "spouse_id", Type: schemas.TypeText}, {Name: "status", Type: schemas.TypeCode, Table: "person_status"},
		{Name: "moved_on", Type: schemas.TypeDate}, {Name: "source", Type: schemas.TypeText},
	}}
}

// personFeed carries every item of personBase.
func personFeed() *schemas.Feed {
	f := &schemas.Feed{Name: "police_household", Base: "population",
		Key:   []schemas.KeyPart{{Column: "GMSFHM"}},
		Event: &schemas.EventColumn{Column: "GXSJ"},
		Nulls: schemas.NullWords{None: []string{"无"}, Unknown: []string{"不详", "N/A"}},
	}
	via := map[string][]schemas.Step{
		"name": {{Name: "person_name"}}, "former_name": {{Name: "person_name"}}, "address": {{Name: "address"}},
		"region": {{Name: "region"}}, "phone": {{Name: "phone"}}, "employer": {{Name: "org_name"}},
		"spouse_id": {{Name: "resident_id"}},
	}
	for _, item := range personBase().Items {
		m := schemas.ColumnMap{Column: "C_" + item.Name, Item: item.Name, Via: via[item.Name], Required: item.Name == "name"}
		if item.Name == "source" {
			m.Column, m.Value = "", "police"
		}
		f.Columns = append(f.Columns, m)
	}
	return f
}

// personRow is a row of personFeed by item; what is left out is blank.
func personRow(p *Program, cells map[string]string) *schemas.Row {
	row := &schemas.Row{}
	for _, column := range p.Columns() {
		v, ok := cells[strings.TrimPrefix(column, "C_")]
		if v == "(absent)" {
			row.Cells = append(row.Cells, nil)
			continue
		}
		if !ok {
			v = ""
		}
		row.Cells = append(row.Cells, []byte(v))
	}
	return row
}

func typicalRow() map[string]string {
	return map[string]string{"GMSFHM": "390101196504300012", "GXSJ": "2026-03-01 09:30:00", "name": "张三", "former_name": "无",
		"sex": "男", "ethnic": "汉族", "birth_date": "19650430", "region": "390101", "address": "示例市示例区示例路12号3-501",
		"household": "H00012345", "marital": "20", "education": "大学本科", "phone": "19900000001", "employer": "示例（集团）有限公司",
		"permit_from": "2019-05-06", "permit_until": "2099-12-31", "children": "2", "income": "12.5",
		"spouse_id": "390101196504300020", "status": "0", "moved_on": "2001-02-03"}
}

func personProgram(t testing.TB, change func(*schemas.Feed)) *Program {
	t.Helper()
	f := personFeed()
	if change != nil {
		change(f)
	}
	p, err := Compile(f, personBase(), testEnv())
	if err != nil {
		t.Fatal(err)
	}
	p.Begin(schemas.Delivery{Slot: schemas.Slot{Date: 20260301}, Received: time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC)})
	return p
}

// shown is a record by item, without silent ones, and its findings.
func shown(rec *schemas.Record) map[string]string {
	out := map[string]string{}
	for i := range rec.States {
		if s := Render(rec, i); s != "" {
			out[rec.Base.Items[i].Name] = s
		}
	}
	return out
}

func codesOf(rec *schemas.Record) string {
	var out []string
	for _, f := range rec.Findings {
		out = append(out, fmt.Sprintf("%s %s", f.Severity, strings.TrimRight(f.Reason.String(), ":")))
	}
	return strings.Join(out, ", ")
}

func TestTypicalRow(t *testing.T) {
	p := personProgram(t, nil)
	rec := schemas.NewRecord(p.base, 1)
	row := personRow(p, typicalRow())
	p.Row(row, rec)
	want := map[string]string{"name": "张三", "former_name": "无", "sex": "1", "ethnic": "01", "birth_date": "1965-04-30",
		"region": "390101", "address": "示例市示例区示例路12号3-501", "household": "H00012345", "marital": "20", "education": "20",
		"phone": "19900000001", "employer": "示例（集团）有限公司", "permit_from": "2019-05-06", "permit_until": "9999-12-31",
		"children": "2", "income": "12.5", "spouse_id": "390101196504300020", "status": "0", "moved_on": "2001-02-03", "source": "police"}
	if diff := cmp.Diff(want, shown(rec)); diff != "" {
		t.Error(diff)
	}
	if rec.Event != 20260301093000 || string(rec.KeyParts[0]) != "390101196504300012" || len(rec.Findings) > 0 || rec.Gone {
		t.Errorf("event %d, findings %s, gone %v", rec.Event, codesOf(rec), rec.Gone)
	}
}

func TestRow(t *testing.T) {
	const wide = " \u3000"
	for _, c := range []struct {
		name     string
		cells    map[string]string
		item     string
		want     string
		findings string
	}{
		{name: "blank", item: "phone", cells: map[string]string{"phone": wide}, want: "?"},
		{name: "column absent", item: "phone", cells: map[string]string{"phone": "(absent)"}, want: ""},
		{name: "none", item: "phone", cells: map[string]string{"phone": " 无 "}, want: "无"},
		{name: "unknown", item: "birth_date", cells: map[string]string{"birth_date": "不详"}, want: "?"},
		{name: "required blank", item: "name", cells: map[string]string{"name": ""}, want: "?", findings: "warning completeness.blank:name"},
		{name: "required unknown", item: "name", cells: map[string]string{"name": "N/A"}, want: "?", findings: "warning completeness.blank:name"},
		{name: "required none", item: "name", cells: map[string]string{"name": "无"}, want: "无"},
		{name: "required absent", item: "name", cells: map[string]string{"name": "(absent)"}, want: ""},
		{name: "fix", item: "name", cells: map[string]string{"name": "张 三"}, want: "张三", findings: "fix person_name.blank:name"},
		{name: "unknown code", item: "sex", cells: map[string]string{"sex": "甲"}, want: "!", findings: "item_error code.unknown:sex"},
		{name: "no such day", item: "birth_date", cells: map[string]string{"birth_date": "20210931"}, want: "!", findings: "item_error date.calendar:birth_date"},
		{name: "month", item: "birth_date", cells: map[string]string{"birth_date": "1990-05"}, want: "1990-05"},
		{name: "street of a region", item: "region", cells: map[string]string{"region": "390101001"}, want: "390101"},
		{name: "region not in the table", item: "region", cells: map[string]string{"region": "399999"}, want: "!", findings: "item_error code.unknown:region"},
		{name: "other number", item: "spouse_id", cells: map[string]string{"spouse_id": "390101196504300013"}, want: "!",
			findings: "item_error resident_id.checksum:spouse_id"},
		{name: "event after receipt", cells: map[string]string{"GXSJ": "2062-03-01"}, findings: "item_error event.after_receipt"},
		{name: "event unreadable", cells: map[string]string{"GXSJ": "昨天"}, findings: "item_error event.form::date.form"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := personProgram(t, nil)
			rec := schemas.NewRecord(p.base, 1)
			cells := typicalRow()
			for k, v := range c.cells {
				cells[k] = v
			}
			p.Row(personRow(p, cells), rec)
			if c.item != "" {
				if got := Render(rec, p.base.ItemIndex(c.item)); got != c.want {
					t.Errorf("%s is %q, want %q", c.item, got, c.want)
				}
			} else if rec.Event != 0 {
				t.Errorf("event %d, want none", rec.Event)
			}
			if got := codesOf(rec); got != c.findings {
				t.Errorf("findings %q, want %q", got, c.findings)
			}
		})
	}
}

func TestBlankMayMeanNone(t *testing.T) {
	p := personProgram(t, func(f *schemas.Feed) { f.Nulls.Blank = "none" })
	rec := schemas.NewRecord(p.base, 1)
	p.Row(personRow(p, map[string]string{"name": " "}), rec)
	if got := Render(rec, 0); got != "无" || codesOf(rec) != "warning completeness.blank:name" {
		t.Errorf("name %q, findings %s", got, codesOf(rec))
	}
}

func TestEventTime(t *testing.T) {
	for _, c := range []struct {
		name, cell string
		via        string
		want       schemas.EventTime
	}{
		{"moment of receipt", "2026-03-01 10:00:00", "", 20260301100000},
		{"a second later", "2026-03-01 10:00:01", "", 0},
		{"day of receipt", "2026-03-01", "date", 20260301000000},
		{"month", "202602", "date", 20260200000000},
		{"blank", "", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := personProgram(t, func(f *schemas.Feed) {
				if c.via != "" {
					f.Event.Via = []schemas.Step{{Name: c.via}}
				}
			})
			rec := schemas.NewRecord(p.base, 1)
			p.Row(personRow(p, map[string]string{"GXSJ": c.cell}), rec)
			if rec.Event != c.want {
				t.Errorf("event %d, want %d", rec.Event, c.want)
			}
		})
	}
}

func TestDeletion(t *testing.T) {
	p := personProgram(t, func(f *schemas.Feed) { f.Operation = &schemas.Operation{Column: "BZ", Delete: []string{"D", "删"}} })
	rec := schemas.NewRecord(p.base, 1)
	p.Row(personRow(p, map[string]string{"GMSFHM": "390101196504300012", "BZ": " 删 "}), rec)
	if !rec.Gone || len(rec.Findings) > 0 || string(rec.KeyParts[0]) != "390101196504300012" || Render(rec, 0) != "-" {
		t.Errorf("gone %v, findings %s, name %q", rec.Gone, codesOf(rec), Render(rec, 0))
	}
	p.Row(personRow(p, map[string]string{"BZ": "U"}), rec)
	if rec.Gone {
		t.Error("an update is taken for a deletion")
	}
}

func TestKeyParts(t *testing.T) {
	base := &schemas.Base{Name: "certificate", Key: schemas.KeySpec{Kind: schemas.KeyComposite, Parts: []string{"type", "number", "from"}}}
	f := &schemas.Feed{Name: "permits", Nulls: schemas.NullWords{None: []string{"无"}}, Key: []schemas.KeyPart{
		{Part: "type", Value: "男", Via: []schemas.Step{{Name: "code", Args: schemas.Settings{"table": "sex"}}}},
		{Part: "number", Column: "ZH", Via: []schemas.Step{{Name: "halfwidth"}, {Name: "upper"}}},
		{Part: "from", Column: "QR", Via: []schemas.Step{{Name: "date"}}},
	}}
	p, err := Compile(f, base, testEnv())
	if err != nil {
		t.Fatal(err)
	}
	rec := schemas.NewRecord(base, 3)
	for _, c := range []struct{ number, from, want, findings string }{
		{"ａ1", "2017-7-7", "[1 A1 20170707]", ""},
		{"无", "2017-7-7", "[1  20170707]", ""},
		{"a1", "20210931", "[1 A1 ]", "row_error date.calendar::from"},
	} {
		p.Row(&schemas.Row{Cells: [][]byte{[]byte(c.number), []byte(c.from)}}, rec)
		if got := fmt.Sprintf("%s", rec.KeyParts); got != c.want || codesOf(rec) != c.findings {
			t.Errorf("parts %s, want %s; findings %q, want %q", got, c.want, codesOf(rec), c.findings)
		}
	}
}

func TestRowDoesNotAllocate(t *testing.T) {
	p := personProgram(t, nil)
	rec := schemas.NewRecord(p.base, 1)
	cells := typicalRow()
	cells["name"], cells["sex"], cells["permit_from"], cells["employer"] = "阿依古丽•买买提", "甲", "2019年5月6日", "示例(集团)有限公司"
	row := personRow(p, cells)
	if n := testing.AllocsPerRun(100, func() { p.Row(row, rec) }); n != 0 {
		t.Errorf("%v allocations a row, want none", n)
	}
}

func TestRender(t *testing.T) {
	base := &schemas.Base{Items: []schemas.Item{{Name: "d", Type: schemas.TypeDate}, {Name: "n", Type: schemas.TypeDecimal},
		{Name: "i", Type: schemas.TypeInteger}, {Name: "t", Type: schemas.TypeText}}}
	rec := schemas.NewRecord(base, 0)
	for _, c := range []struct {
		item  int
		state schemas.State
		n     int64
		text  string
		want  string
	}{
		{0, schemas.Valued, 19650430, "", "1965-04-30"}, {0, schemas.Valued, 19900500, "", "1990-05"}, {0, schemas.Valued, 19900000, "", "1990"},
		{1, schemas.Valued, 505000, "", "50.5"}, {1, schemas.Valued, -2500, "", "-0.25"}, {1, schemas.Valued, 1, "", "0.0001"},
		{1, schemas.Valued, 0, "", "0"}, {1, schemas.Valued, -9223372036854775808, "", "-922337203685477.5808"},
		{2, schemas.Valued, -7, "", "-7"}, {3, schemas.Valued, 0, "甲", "甲"}, {3, schemas.None, 0, "", "无"}, {3, schemas.Unknown, 0, "", "?"},
		{3, schemas.Void, 0, "", "!"}, {3, schemas.Withdrawn, 0, "", "-"}, {3, schemas.Silent, 0, "", ""},
	} {
		rec.States[c.item], rec.Int[c.item], rec.Text[c.item] = c.state, c.n, []byte(c.text)
		if got := Render(rec, c.item); got != c.want {
			t.Errorf("state %v, %d, %q is shown as %q, want %q", c.state, c.n, c.text, got, c.want)
		}
	}
}
