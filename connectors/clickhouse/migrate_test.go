package clickhouse

import (
	"strings"
	"testing"
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
	if err == nil || !strings.Contains(err.Error(), "column cells is Array(String), want String") || !strings.Contains(err.Error(), "load into a new one") {
		t.Errorf("an older warehouse gives %v", err)
	}
	if err := s.Exec(t.Context(), "DROP TABLE claim.raw SYNC"); err != nil {
		t.Fatal(err)
	}
	if err := s.Migrate(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}
