package clickhouse

import (
	"testing"
	"time"

	"jiku/connectors"
)

// TestIdleInsert gives a split whose blocks come far apart. What came is stored without
// waiting for more, since the engine would break off an INSERT that gives nothing for half a
// minute (209 SOCKET_TIMEOUT, seen after 40 seconds), and the split ends with all of it.
func TestIdleInsert(t *testing.T) {
	s, cat := openTest(t)
	s.bulk.idle = 50 * time.Millisecond
	a, err := s.Append(t.Context(), connectors.AppendSpec{Base: cat.Bases[0], Feed: cat.Feeds[0], Delivery: 1})
	if err != nil {
		t.Fatal(err)
	}
	stored := func() (n uint64) {
		if err := s.conn.QueryRow(t.Context(), "SELECT uniqExact(position) FROM claim.blocks WHERE delivery = 1").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := range uint64(3) {
		if err := a.Claims(benchClaims(cat.Bases[0], int(i)*10, 10)); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(10 * time.Second); stored() < 10*(i+1); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("block %d waits for the end of the split", i+1)
			}
		}
	}
	if err := a.Close(true); err != nil || stored() != 30 {
		t.Errorf("%d rows are stored, want 30; %v", stored(), err)
	}
}
