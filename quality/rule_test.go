package quality

import (
	"strings"
	"testing"
	"time"

	"jiku/schemas"
	"jiku/schemas/codes"
	"jiku/schemas/ident"
)

func personBase() *schemas.Base {
	return &schemas.Base{Name: "population", Entity: "person", Key: schemas.KeySpec{Kind: schemas.KeyResidentID, Column: "id_no"},
		Items: []schemas.Item{
			{Name: "name", Title: "姓名", Type: schemas.TypeText},
			{Name: "sex", Title: "性别", Type: schemas.TypeCode},
			{Name: "birth_date", Title: "出生日期", Type: schemas.TypeDate},
			{Name: "death_date", Title: "死亡日期", Type: schemas.TypeDate},
			{Name: "phone", Title: "联系电话", Type: schemas.TypeText},
			{Name: "region", Title: "行政区划", Type: schemas.TypeText},
			{Name: "org_type", Title: "机构类型", Type: schemas.TypeText},
			{Name: "employer_code", Title: "单位代码", Type: schemas.TypeText},
			{Name: "height", Title: "身高", Type: schemas.TypeInteger},
		}}
}

func allRowRules() []schemas.RuleUse {
	return []schemas.RuleUse{
		{Rule: "resident_id.birth_date", Items: []string{"birth_date"}},
		{Rule: "resident_id.sex", Items: []string{"sex"}},
		{Rule: "date.not_future", Items: []string{"birth_date"}},
		{Rule: "date.order", Items: []string{"birth_date", "death_date"}},
		{Rule: "text.length", Items: []string{"name"}, Args: schemas.Settings{"max": 50}},
		{Rule: "number.range", Items: []string{"height"}, Args: schemas.Settings{"min": 20, "max": 280}},
		{Rule: "person.age", Items: []string{"birth_date"}},
		{Rule: "name.characters", Items: []string{"name"}},
		{Rule: "region.known", Items: []string{"region"}},
		{Rule: "uscc.org_code", Items: []string{"employer_code"}},
		{Rule: "uscc.kind", Items: []string{"org_type", "employer_code"}},
		{Rule: "text.masked", Items: []string{"name"}},
		{Rule: "phone.form", Items: []string{"phone"}},
		{Rule: "entity.sole_source", Items: []string{"name"}}, // another depth: skipped
	}
}

func goodRecord(base *schemas.Base) *schemas.Record {
	rec := schemas.NewRecord(base, 1)
	rec.Begin()
	rec.Key = []byte("390101196504300012")
	text := map[string]string{"name": "试验·拉提", "sex": "1", "phone": "13900000139", "region": "110101", "org_type": "有限责任公司", "employer_code": "91390100MA39X0A12F"}
	for i := range base.Items {
		rec.States[i], rec.Text[i] = schemas.Valued, []byte(text[base.Items[i].Name])
	}
	rec.Int[base.ItemIndex("birth_date")], rec.Int[base.ItemIndex("death_date")], rec.Int[base.ItemIndex("height")] = 19650430, 20200101, 170
	return rec
}

func compileAll(t testing.TB, base *schemas.Base) *RowChecks {
	t.Helper()
	checks, err := CompileRow(allRowRules(), base, Env{Table: codes.Load})
	if err != nil {
		t.Fatal(err)
	}
	checks.Begin(schemas.Delivery{Received: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)})
	return checks
}

func TestPassingRowsAllocateNothing(t *testing.T) {
	base := personBase()
	checks, rec := compileAll(t, base), goodRecord(base)
	if n := testing.AllocsPerRun(100, func() { checks.Check(rec) }); n != 0 || len(rec.Findings) != 0 {
		t.Errorf("%v allocations and findings %v, want none", n, rec.Findings)
	}
}

func BenchmarkRowChecks(b *testing.B) {
	base := personBase()
	checks, rec := compileAll(b, base), goodRecord(base)
	b.ReportAllocs()
	for b.Loop() {
		checks.Check(rec)
	}
}

func TestDayOfReceiptIsTheCitysDay(t *testing.T) {
	base := personBase()
	shanghai := time.FixedZone("UTC+8", 8*3600)
	checks, err := CompileRow([]schemas.RuleUse{{Rule: "date.not_future", Items: []string{"birth_date"}}}, base, Env{Location: shanghai})
	if err != nil {
		t.Fatal(err)
	}
	rec := goodRecord(base)
	rec.Int[base.ItemIndex("birth_date")] = 20261102
	checks.Begin(schemas.Delivery{Received: time.Date(2026, 11, 1, 17, 0, 0, 0, time.UTC)})
	checks.Check(rec)
	if len(rec.Findings) != 0 {
		t.Errorf("17:00 UTC is 2 November in Shanghai, got %v", rec.Findings)
	}
	checks.Begin(schemas.Delivery{Received: time.Date(2026, 11, 1, 15, 0, 0, 0, time.UTC)})
	checks.Check(rec)
	if len(rec.Findings) != 1 || rec.States[base.ItemIndex("birth_date")] != schemas.Void {
		t.Errorf("15:00 UTC is 1 November in Shanghai: got %v, want one finding and a void item", rec.Findings)
	}
}

func TestCheckRuleRefuses(t *testing.T) {
	base := personBase()
	tests := []struct {
		name string
		use  schemas.RuleUse
		want string
	}{
		{"unknown rule", schemas.RuleUse{Rule: "date.orders"}, "did you mean date.order?"},
		{"too few items", schemas.RuleUse{Rule: "date.order", Items: []string{"birth_date"}}, "want [from, until]"},
		{"too many items", schemas.RuleUse{Rule: "person.age", Items: []string{"birth_date", "death_date", "name"}}, "want [birth_date, death_date?]"},
		{"unknown item", schemas.RuleUse{Rule: "date.not_future", Items: []string{"birthdate"}}, "did you mean birth_date?"},
		{"wrong type", schemas.RuleUse{Rule: "date.not_future", Items: []string{"name"}}, "type text does not fit"},
		{"unknown argument", schemas.RuleUse{Rule: "person.age", Items: []string{"birth_date"}, Args: schemas.Settings{"limit": 3}}, "limit"},
		{"argument to none", schemas.RuleUse{Rule: "date.order", Items: []string{"birth_date", "death_date"}, Args: schemas.Settings{"x": 1}}, "want no args"},
		{"wrong argument type", schemas.RuleUse{Rule: "person.age", Items: []string{"birth_date"}, Args: schemas.Settings{"max": "old"}}, "want max"},
		{"range without bounds", schemas.RuleUse{Rule: "number.range", Items: []string{"height"}}, "want min, max or both"},
		{"key of another kind", schemas.RuleUse{Rule: "uscc.org_code"}, "its key is resident_id, want uscc"},
		{"status without values", schemas.RuleUse{Rule: "entity.deceased_active", Items: []string{"death_date", "sex"}}, "want active"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := CheckRule(tt.use, base)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestRulesAreDocumented(t *testing.T) {
	for _, r := range Rules() {
		if r.Title == "" || len([]rune(r.Doc)) < 20 || !strings.HasSuffix(r.Doc, "。") || len(r.Dimension) != 4 || r.Weight <= 0 || len(r.Reasons) == 0 {
			t.Errorf("rule %s lacks a title, a doc sentence, a dimension, a weight or reasons", r.Name)
		}
		if (r.CompileRow != nil) != (r.Depth == Row) || (r.CompileEntity != nil) != (r.Depth == Entity) ||
			(r.CompileCross != nil) != (r.Depth == Cross) || (r.CompileFeed != nil) != (r.Depth == Feed) {
			t.Errorf("rule %s does not have exactly the compile function of its depth %s", r.Name, r.Depth)
		}
		for _, info := range r.Reasons {
			if info.Title == "" || info.Advice == "" || info.Severity == "" || len(info.Dimension) != 4 || strings.ContainsRune(info.Code, ':') {
				t.Errorf("rule %s: reason %s lacks a title, an advice, a severity or a dimension", r.Name, info.Code)
			}
		}
		for _, p := range append(r.Items, r.Args...) {
			if p.Title == "" {
				t.Errorf("rule %s: parameter %s has no title", r.Name, p.Name)
			}
		}
	}
}

func TestCatalogTakesTheFirst(t *testing.T) {
	got := Catalog([]schemas.ReasonInfo{{Code: "a", Title: "1"}}, []schemas.ReasonInfo{{Code: "a", Title: "2"}, {Code: "b", Title: "3"}})
	if len(got) != 2 || got["a"].Title != "1" || got["b"].Title != "3" {
		t.Errorf("got %v", got)
	}
}

func TestOrgCodeIsFoundOnce(t *testing.T) {
	base := personBase()
	checks, err := CompileRow([]schemas.RuleUse{{Rule: "uscc.org_code", Items: []string{"employer_code"}}}, base, Env{})
	if err != nil {
		t.Fatal(err)
	}
	rec := goodRecord(base)
	item := base.ItemIndex("employer_code")
	rec.Text[item] = []byte("91390100MA39X0A13J")
	rec.Fail(item, Lookup("uscc.org_code").reason("uscc.org_code"), "")
	checks.Check(rec)
	if len(rec.Findings) != 1 {
		t.Errorf("findings %v, want the normalizer's alone", rec.Findings)
	}
}

// A key of another kind may be as long as a resident ID number and says nothing of birth and sex.
func TestKeysOfOtherKinds(t *testing.T) {
	base := personBase()
	checks, rec := compileAll(t, base), goodRecord(base)
	rec.Key = []byte("passport:E12345678")
	if checks.Check(rec); len(rec.Findings) != 0 {
		t.Errorf("findings %v, want none", rec.Findings)
	}
}

// A telephone number of the city's own form is none elsewhere.
func TestPhoneFormOfTheCity(t *testing.T) {
	forms, err := ident.LoadForms()
	if err != nil {
		t.Fatal(err)
	}
	city, err := forms.Add([]ident.Form{{Kind: ident.KindPhone, Pattern: `120\d{8}`}})
	if err != nil {
		t.Fatal(err)
	}
	r := Lookup("phone.form")
	base, use := exampleBase(t, r, r.Examples[0])
	for env, want := range map[*ident.Forms]int{nil: 1, forms: 1, city: 0} {
		got, _ := runExample(t, r, Example{Values: Values{"item": "12000000139"}}, base, use, Env{Forms: env})
		if len(got) != want {
			t.Errorf("findings %v, want %d", got, want)
		}
	}
}
