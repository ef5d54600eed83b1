package clickhouse

import (
	"strings"
	"testing"

	"jiku/connectors"
)

// TestOlderWarehouse: a shared table of another form is refused with what to do, which is
// nothing about declarations.
func TestOlderWarehouse(t *testing.T) {
	s, c := openTest(t)
	for _, sql := range []string{"DROP TABLE claim.raw SYNC",
		"CREATE TABLE claim.raw (delivery UInt64, position UInt64, cells Array(String)) ENGINE = MergeTree ORDER BY delivery"} {
		if err := s.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.Changes(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "column cells is Array(String), want String") || !strings.Contains(connectors.HintOf(err), "load into a new one") || connectors.CodeOf(err) != connectors.Denied {
		t.Errorf("an older warehouse gives %v", err)
	}
	if err := s.Exec(t.Context(), "DROP TABLE claim.raw SYNC"); err != nil {
		t.Fatal(err)
	}
	if err := s.Migrate(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// TestViews makes a view again where it is missing or defined otherwise, and no other.
func TestViews(t *testing.T) {
	s, c := openTest(t)
	made := func() string {
		t.Helper()
		steps, err := s.changes(t.Context(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, st := range steps {
			out = append(out, st.object)
		}
		if err := s.Migrate(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		return strings.Join(out, " ")
	}
	for _, test := range []struct{ sql, want string }{
		{"SELECT 1", ""},
		{"DROP VIEW blocks.conflict SYNC", "blocks.conflict"},
		{"CREATE OR REPLACE VIEW blocks.history AS SELECT 1 AS known_from COMMENT '测试库：历次发布的版本（何时得知、取自何处）（定义 00000000）'", "blocks.history"},
		{"SELECT 1", ""},
	} {
		if err := s.Exec(t.Context(), test.sql); err != nil {
			t.Fatal(err)
		}
		if got := made(); got != test.want {
			t.Errorf("after %s: %q is made, want %q", test.sql, got, test.want)
		}
	}
	if err := s.Exec(t.Context(), "SELECT h.name, h.amount, c.item FROM blocks.history AS h, blocks.conflict AS c FORMAT Null"); err != nil {
		t.Error(err)
	}
}
