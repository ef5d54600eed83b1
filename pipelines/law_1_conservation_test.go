package pipelines_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// ledger is what one delivery left in the store, by position, and what the source says.
type ledger struct {
	rows, claims, raw map[uint64]string
	rejects           map[uint64]bool
	withdrawals       int64
}

// read reads a delivery with its source, past everything that the pipeline does.
func (l *ledger) read(t *testing.T, src connectors.Source, d schemas.Delivery, columns []string) {
	t.Helper()
	l.rows = map[uint64]string{}
	splits, err := src.Splits(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for _, sp := range splits {
		for row, err := range src.Rows(t.Context(), sp, columns) {
			if err != nil {
				t.Fatal(err)
			}
			l.rows[row.Position] = string(bytes.Join(row.Cells, []byte{0}))
		}
	}
}

// stored looks up what the store has of a delivery.
func (l *ledger) stored(t *testing.T, s *clickhouse.Store, base string, id schemas.DeliveryID) {
	t.Helper()
	l.claims, l.raw, l.rejects = map[uint64]string{}, map[uint64]string{}, map[uint64]bool{}
	var rows []struct {
		Position uint64   `ch:"position"`
		Cells    []string `ch:"cells"`
	}
	ask := func(sql string) {
		rows = nil
		if err := s.Select(t.Context(), &rows, fmt.Sprintf(sql, base, uint64(id))); err != nil {
			t.Fatal(err)
		}
	}
	ask("SELECT DISTINCT position, CAST([] AS Array(String)) AS cells FROM claim.%s WHERE delivery = %d")
	for _, r := range rows {
		if schemas.IsWithdrawal(r.Position) {
			l.withdrawals++
		} else {
			l.claims[r.Position] = ""
		}
	}
	ask("SELECT position, splitByChar('\x1f', cells) AS cells FROM claim.raw WHERE '%s' != '' AND delivery = %d")
	for _, r := range rows {
		l.raw[r.Position] = strings.Join(r.Cells, "\x00")
	}
	ask("SELECT DISTINCT position, CAST([] AS Array(String)) AS cells FROM quality.reject WHERE '%s' != '' AND delivery = %d")
	for _, r := range rows {
		l.rejects[r.Position] = true
	}
}

// check holds law 1: every row is a claim, a reject or unchanged, and just one of them.
// before are the rows of the slot before; what is unchanged must be among them.
func (l *ledger) check(t *testing.T, d schemas.DeliveryState, before map[uint64]string) {
	t.Helper()
	name := fmt.Sprintf("%s %s r%d", d.Feed, d.Slot, d.Revision)
	was := map[string]bool{}
	for _, cells := range before {
		was[cells] = true
	}
	var unchanged int64
	for p, cells := range l.rows {
		_, claim := l.claims[p]
		switch {
		case claim && l.rejects[p]:
			t.Errorf("%s: the row at %d is a claim and a reject", name, p)
		case claim:
			if raw, ok := l.raw[p]; !ok || raw != cells {
				t.Errorf("%s: the raw row at %d is not what was delivered", name, p)
			}
		case !l.rejects[p]:
			unchanged++
			if !was[cells] {
				t.Errorf("%s: the row at %d is lost: no claim, no reject, and not in the slot before", name, p)
			}
		}
	}
	for p := range l.claims {
		if _, ok := l.rows[p]; !ok {
			t.Errorf("%s: the claim at %d has no row", name, p)
		}
	}
	for p := range l.rejects {
		if _, ok := l.rows[p]; !ok {
			t.Errorf("%s: the reject at %d has no row", name, p)
		}
	}
	got := schemas.Counts{Rows: int64(len(l.rows)), Claims: int64(len(l.claims)), Rejects: int64(len(l.rejects)), Unchanged: unchanged,
		Withdrawals: l.withdrawals, Doubled: d.Counts.Doubled}
	if got != d.Counts || len(l.raw) != len(l.claims) {
		t.Errorf("%s: the store has %+v and %d raw rows, the receipt says %+v", name, got, len(l.raw), d.Counts)
	}
}

// conserve checks every accepted delivery that is in the landing directory, in slot order.
func conserve(t *testing.T, c pipelines.Config, s *clickhouse.Store) (checked int) {
	t.Helper()
	list, err := s.Deliveries(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	before := map[string]map[uint64]string{}
	for _, d := range list {
		feed := c.Catalogue.Feed(d.Feed)
		src, err := connectors.OpenSource(c.Env, feed)
		if err != nil {
			t.Fatal(err)
		}
		var l ledger
		l.read(t, src, d.Delivery, feed.ContractColumns())
		l.stored(t, s, feed.Base, d.ID)
		l.check(t, d, before[d.Feed])
		if feed.Kind == schemas.Snapshot {
			before[d.Feed] = l.rows
		}
		checked++
	}
	return checked
}

// TestConservation holds law 1 for every delivery of the small city.
func TestConservation(t *testing.T) {
	cat, landing := demo(t)
	s := openStore(t)
	c := config(t, cat, s, landing)
	c.Runner = pipelines.Prism
	mustRun(t, c)
	if n := conserve(t, c, s); n != 26 {
		t.Errorf("%d deliveries, want the 26 of the city", n)
	}
}

// spoilt is a snapshot of two slots with many rejects of every kind and doubled rows.
func spoilt() map[string]string {
	var one, two strings.Builder
	one.WriteString("code,name,phone\n")
	two.WriteString("code,name,phone\n")
	for i := range 400 {
		row := fmt.Sprintf("S%d,店%d,%d\n", i%150, i%150, i%3)
		switch i % 5 {
		case 1:
			row = fmt.Sprintf(",无号%d,1\n", i)
		case 2:
			row = fmt.Sprintf("S%d,\"多一列\",1,%d\n", i, i)
		case 3:
			row = fmt.Sprintf("S%d,\xff\xfe,1\n", i)
		}
		one.WriteString(row + row)
		if i%150%7 > 0 {
			two.WriteString(strings.Repeat(strings.Replace(row, ",2\n", ",9\n", 1), 1+i%2))
		}
	}
	return map[string]string{"market_20261101.csv": one.String(), "market_20261108.csv": two.String()}
}

// spoiltShops takes spoilt deliveries: no share of rejects holds them.
func spoiltShops(t *testing.T) *schemas.Catalogue {
	const gate = "gates: {shrink: {strong: 0.6}"
	return shopsWith(t, 1500, gate, gate+", rejects: {strong: 1}, encoding: {strong: 1}")
}

// TestConservationOfSpoilt holds law 1 where most rows are rejects and rows stand twice.
func TestConservationOfSpoilt(t *testing.T) {
	cat, landing, s := spoiltShops(t), t.TempDir(), openStore(t)
	files(t, landing, spoilt())
	c := config(t, cat, s, landing)
	mustRun(t, c)
	if n := conserve(t, c, s); n != 2 {
		t.Errorf("%d deliveries, want 2", n)
	}
	d := statesOf(t, s)
	first, second := d["market 20261101 r0"].Counts, d["market 20261108 r0"].Counts
	if first.Rejects != 480 || first.Claims != 320 || first.Doubled != 260 || second.Unchanged == 0 || second.Claims == 0 || second.Withdrawals == 0 {
		t.Errorf("the deliveries do not show what they are made for: %+v, %+v", first, second)
	}
	var told []struct {
		Detail string `ch:"detail"`
		Title  string `ch:"title"`
	}
	if err := s.Select(t.Context(), &told, "SELECT detail, title FROM quality.finding WHERE depth = 'feed' AND code = 'feed.duplicates' AND base = 'shops' ORDER BY delivery"); err != nil {
		t.Fatal(err)
	}
	if len(told) != 2 || told[0].Title == "" {
		t.Errorf("findings about doubled keys: %v", told)
	}
}

// TestFailedSplit breaks off splits in two ways, after some rows are stored and after all
// are stored but nobody knows. What is ingested again leaves no double count: not in the
// store, not in the content, not in the scores.
func TestFailedSplit(t *testing.T) {
	cat, landing := spoiltShops(t), t.TempDir()
	files(t, landing, spoilt())
	files(t, landing, map[string]string{"tax_20261101.csv": "code,op,name,staff\n" + strings.Repeat("S1,,甲店,1\nS2,,乙店,2\n,,丙店,3\n", 100)})
	whole := openStore(t)
	mustRun(t, config(t, cat, whole, landing))
	want, scored := content(t, cat, whole), scores(t, whole)

	s := openStore(t)
	n := 0
	f := &faulty{Store: s}
	f.stored = func(claims bool) error {
		if n++; n == 5 && claims {
			return errBroken
		}
		return nil
	}
	c := config(t, cat, f, landing)
	if _, err := pipelines.Run(context.Background(), c); err == nil {
		t.Fatal("a broken split goes unnoticed")
	}
	f.stored, n = nil, 0
	f.closed = func(feed string) error {
		if feed == "tax" {
			n++
		}
		if n == 2 {
			return errBroken
		}
		return nil
	}
	if _, err := pipelines.Run(context.Background(), c); err == nil {
		t.Fatal("a split that is stored without an answer goes unnoticed")
	}
	f.closed = nil
	mustRun(t, c)
	conserve(t, c, s)
	same(t, "after two failed runs", want, content(t, cat, s))
	if got := scores(t, s); !slices.Equal(scored, got) {
		t.Errorf("scores differ:\n%s\n%s", strings.Join(only(scored, got), "\n"), strings.Join(only(got, scored), "\n"))
	}
}

func scores(t *testing.T, s *clickhouse.Store) []string {
	t.Helper()
	var rows []struct {
		Line string `ch:"line"`
	}
	err := s.Select(t.Context(), &rows, "SELECT toString((period, department, feed, item, dimension, score, rows, inputs)) AS line FROM quality.score_rows FINAL ORDER BY line")
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d scores, %v", len(rows), err)
	}
	out := make([]string, len(rows))
	for i := range rows {
		out[i] = rows[i].Line
	}
	return out
}
