package pipelines_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
)

// lawKeys is how many keys the revision changes; it is published in many parts.
const lawKeys = 20_000

// TestPublishWhole holds law 5: while a run publishes a revision that changes an item of
// every key, each query sees all keys as before or all as after, in every table that comes
// of the golden rows.
func TestPublishWhole(t *testing.T) {
	cat, landing := shops(t, 200_000), t.TempDir()
	f := &faulty{Store: openStore(t), ranges: 60}
	c := config(t, cat, f, landing)
	market, tax := generation("甲店", 1)
	files(t, landing, map[string]string{"market_20261101.csv": market, "tax_20261101.csv": tax})
	mustRun(t, c)
	market, tax = generation("乙店", 2)
	files(t, landing, map[string]string{"market_20261101.csv": market, "tax_20261101.csv": tax})

	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	polls := map[string]string{
		"golden":     "SELECT groupUniqArray(name) AS seen, count() AS n FROM shops.golden FINAL WHERE gone = 0",
		"entity":     "SELECT groupUniqArray(ifNull(name, '')) AS seen, count() AS n FROM shops.shop",
		"conflict":   "SELECT groupUniqArray(winner_value) AS seen, count() AS n FROM shops.conflict",
		"provenance": "SELECT groupUniqArray(value) AS seen, count() AS n FROM shops.shop_provenance WHERE item = 'name'",
	}
	seen := map[string]chan map[string]int{}
	var pause atomic.Int64 // between polls, so that the run gets some of the machine
	pause.Store(int64(50 * time.Millisecond))
	for name, sql := range polls {
		answers := make(chan map[string]int, 1)
		seen[name] = answers
		go func() { answers <- poll(ctx, t, &pause, sql) }()
	}
	time.Sleep(300 * time.Millisecond)
	parts := 0
	f.publishing = func() { parts = stagedParts(t, f.Store); pause.Store(0) }
	r := mustRun(t, c)
	time.Sleep(300 * time.Millisecond)
	stop()
	if parts < 2 {
		t.Errorf("the revision was published in %d part: too few to show a mixed state", parts)
	}
	old, now := fmt.Sprintf("甲店 %d", lawKeys), fmt.Sprintf("乙店 %d", lawKeys)
	for name := range polls {
		got := <-seen[name]
		for _, state := range slices.Sorted(maps.Keys(got)) {
			if state != old && state != now {
				t.Errorf("%s: %d answers show %s, want %s or %s", name, got[state], state, old, now)
			}
		}
		if got[old] == 0 || got[now] == 0 {
			t.Errorf("%s: %d answers before and %d after: the poller missed the publication", name, got[old], got[now])
		}
	}
	themeNames(t, f.Store, r.Run)
}

// generation is a state of all keys: the register's name for all is name, the tax office
// disagrees about each, so that every key has a conflict.
func generation(name string, staff int) (market, tax string) {
	var m, x strings.Builder
	m.WriteString("code,name,phone\n")
	x.WriteString("code,op,name,staff\n")
	for i := range lawKeys {
		fmt.Fprintf(&m, "S%d,%s,%d\n", i, name, i)
		fmt.Fprintf(&x, "S%d,,丙店,%d\n", i, staff)
	}
	return m.String(), x.String()
}

// poll asks until the context ends and counts the answers: the values seen and the rows.
func poll(ctx context.Context, t *testing.T, pause *atomic.Int64, sql string) map[string]int {
	ep := conntest.Warehouse(t)
	out := map[string]int{}
	s, err := clickhouse.Open(context.Background(), clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		t.Error(err)
		return out
	}
	defer s.Close()
	for ; ctx.Err() == nil; time.Sleep(time.Duration(pause.Load())) {
		var rows []struct {
			Seen []string `ch:"seen"`
			N    uint64   `ch:"n"`
		}
		if err := s.Select(context.Background(), &rows, sql); err != nil {
			t.Errorf("%s: %v", sql, err)
			return out
		}
		slices.Sort(rows[0].Seen)
		out[fmt.Sprintf("%s %d", strings.Join(rows[0].Seen, "+"), rows[0].N)]++
	}
	return out
}

// stagedParts counts the parts that the publication will attach.
func stagedParts(t *testing.T, s *clickhouse.Store) int {
	t.Helper()
	var n []struct {
		N uint64 `ch:"n"`
	}
	err := s.Select(context.Background(), &n, "SELECT count() AS n FROM system.parts WHERE active AND database = 'shops' AND startsWith(table, 'stage_')")
	if err != nil {
		t.Error(err)
		return 0
	}
	return int(n[0].N)
}

// themeNames checks that every table of a theme says which published state it is of.
func themeNames(t *testing.T, s *clickhouse.Store, run string) {
	t.Helper()
	var tables []struct {
		Name    string `ch:"name"`
		Comment string `ch:"comment"`
	}
	if err := s.Select(context.Background(), &tables, "SELECT name, comment FROM system.tables WHERE startsWith(database, 'theme_')"); err != nil {
		t.Fatal(err)
	}
	if len(tables) != 1 {
		t.Errorf("%d tables of themes, want 1: %v", len(tables), tables)
	}
	for _, x := range tables {
		if !strings.Contains(x.Comment, "批次 "+run) || !strings.Contains(x.Comment, fmt.Sprintf("业务日 %d", day)) {
			t.Errorf("theme table %s says %q, want run %s and the day", x.Name, x.Comment, run)
		}
	}
	var rows []struct {
		Name  string `ch:"name"`
		Staff int64  `ch:"staff"`
	}
	if err := s.Select(context.Background(), &rows, "SELECT name, staff FROM theme_streets.staff"); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Name != "乙店" || rows[0].Staff != 2*lawKeys {
		t.Errorf("the theme shows %v, want the state that the run published", rows)
	}
}
