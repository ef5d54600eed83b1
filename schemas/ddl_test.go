package schemas

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ddlBase has an item of each type, a code item for the region and words that need quoting.
func ddlBase() *Base {
	return &Base{Name: "things", Entity: "thing", Title: "物'品库", Description: "一行一物", Region: "place",
		Key: KeySpec{Kind: KeyText, Column: "code", Title: "编号"},
		Items: []Item{{Name: "name", Title: "名\\称", Type: TypeText}, {Name: "place", Title: "区划", Type: TypeCode, Table: "region"},
			{Name: "made_on", Title: "日期", Type: TypeDate}, {Name: "pieces", Title: "件数", Type: TypeInteger},
			{Name: "price", Title: "价格", Type: TypeDecimal}}}
}

// TestDDL compares every statement with the committed file; -update rewrites it. The engine
// runs them in the tests of connectors/clickhouse.
func TestDDL(t *testing.T) {
	const file = "testdata/ddl.sql"
	var sb strings.Builder
	for _, o := range append(append(SharedObjects(), ddlBase().Objects()...), ddlBase().StageObject("r1"), FindingView([]*Base{ddlBase()})) {
		sb.WriteString("-- " + o.FullName() + "\n" + o.Create + ";\n\n")
	}
	if *update {
		if err := os.WriteFile(file, []byte(sb.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), sb.String()); d != "" {
		t.Errorf("(-committed +now) %s", d)
	}
}

// TestReservedColumns: no item can take the name of a stored column.
func TestReservedColumns(t *testing.T) {
	b := ddlBase()
	b.Items = nil
	reserved := map[string]bool{}
	for _, name := range ReservedColumns() {
		reserved[name] = true
	}
	for _, c := range append(b.ClaimColumns(), b.GoldenColumns()...) {
		if !reserved[c.Name] {
			t.Errorf("column %s is not reserved", c.Name)
		}
	}
}
