package pipelines_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// tallying is the ClickHouse store, which counts how often tallies are corrected, and which
// may break a run off just after it has published.
type tallying struct {
	*clickhouse.Store
	dies                           bool
	outcomes, superseded, withRows int
}

// Publish implements connectors.GoldenStore.
func (s *tallying) Publish(ctx context.Context, run string, base *schemas.Base, rows int64) error {
	if err := s.Store.Publish(ctx, run, base, rows); err != nil || !s.dies {
		return err
	}
	return errBroken
}

// Select implements connectors.Querier.
func (s *tallying) Select(ctx context.Context, into any, sql string) error {
	switch {
	case strings.Contains(sql, "HAVING old != now"):
		s.outcomes++
	case strings.Contains(sql, "if(had, was, [])"):
		s.withRows++
	case strings.Contains(sql, "arrayConcat(was, now)"):
		s.superseded++
	}
	return s.Store.Select(ctx, into, sql)
}

// tallyShops are shops of whose staff the market tells, too: it may be wrong in a snapshot and
// right in the next one.
func tallyShops(t *testing.T, changes ...string) *schemas.Catalogue {
	last := "  - {column: phone, item: phone}\n-- feeds/tax.yaml"
	return shopsWith(t, 64<<20, append(changes, last, strings.Replace(last, "\n", "\n  - {column: staff, item: staff, via: [integer]}\n", 1))...)
}

// tallyWorld is a city whose feeds send something new in each run.
type tallyWorld struct {
	*rand.Rand
	t      *testing.T
	store  *tallying
	conf   pipelines.Config
	cats   []*schemas.Catalogue
	market map[string]string
	slots  map[string][]int
	stamp  int
}

func newTallyWorld(t *testing.T, seed uint64) *tallyWorld {
	s := &tallying{Store: openStore(t)}
	w := &tallyWorld{Rand: rand.New(rand.NewPCG(seed, 7)), t: t, store: s, market: map[string]string{}, slots: map[string][]int{},
		cats: []*schemas.Catalogue{tallyShops(t), tallyShops(t, "fallbacks: [tax]", "fallbacks: [street]"),
			tallyShops(t, "kind: delta\norder: event", "kind: delta\norder: event\nestablishes: true")}}
	w.conf = config(t, w.cats[0], s, t.TempDir())
	w.conf.Day = 20261130
	return w
}

func (w *tallyWorld) write(feed string, slot int, header string, lines []string) {
	name := filepath.Join(w.conf.Env.Landing, fmt.Sprintf("%s_%d.csv", feed, slot))
	if err := os.WriteFile(name, []byte(header+"\n"+strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.stamp++
	at := received.Add(time.Duration(w.stamp) * time.Minute)
	if err := os.Chtimes(name, at, at); err != nil {
		w.t.Fatal(err)
	}
	if !slices.Contains(w.slots[feed], slot) {
		w.slots[feed] = append(w.slots[feed], slot)
	}
}

func (w *tallyWorld) pick(of ...string) string { return of[w.IntN(len(of))] }

func (w *tallyWorld) shop() string { return fmt.Sprintf("S%d", 1+w.IntN(40)) }

// send writes a delivery of a few rows, the first ones of every shop.
func (w *tallyWorld) send(feed string, slot int, keys []string) {
	var lines []string
	for _, k := range keys {
		name, phone, staff := w.pick("甲店", "乙店", "丙店", ""), w.pick("11", "12", ""), w.pick("1", "2", "x", "无")
		switch feed {
		case "market":
			if w.IntN(8) > 0 {
				staff = strings.ReplaceAll(staff, "x", "3") // What is wrong comes and goes.
			}
			w.market[k] = strings.Join([]string{k, name, phone, staff}, ",")
		case "tax":
			lines = append(lines, strings.Join([]string{k, w.operation(k), name, staff}, ","))
		default:
			lines = append(lines, strings.Join([]string{k, w.pick("2026-10-01", "2026-10-15", ""), name, phone, staff}, ","))
		}
	}
	if feed == "market" {
		lines = slices.Sorted(maps.Values(w.market))
	}
	w.write(feed, slot, map[string]string{"market": "code,name,phone,staff", "tax": "code,op,name,staff", "visit": "code,at,name,phone,staff"}[feed], lines)
}

// few are some shops, and two of those that the market never tells of: they are there while
// the tax office says so, whatever the street says of them.
func (w *tallyWorld) few() []string {
	n := w.IntN(3)
	out := []string{w.shop(), w.shop(), w.shop(), fmt.Sprint("S9", n), fmt.Sprint("S9", n+1+w.IntN(2))}
	return out[w.IntN(3):]
}

func (w *tallyWorld) operation(shop string) string {
	if strings.HasPrefix(shop, "S9") && len(shop) == 3 {
		return w.pick("", "注销")
	}
	return w.pick("", "", "", "注销")
}

// happenings are what happens before runs, each in a history at least once.
func happenings() []string {
	return []string{"new", "new", "new", "revision", "revision", "late", "revoke", "revoke", "declarations", "establishes", "rebuild", "killed", "merge", "two", "two"}
}

// happen lets something happen before the next run, and says what and to whom.
func (w *tallyWorld) happen(what string) string {
	if w.conf.Catalogue == w.cats[2] {
		w.conf.Catalogue = w.cats[0] // The street establishes for a run.
	}
	feed := w.pick("market", "tax", "tax", "visit")
	last := w.slots[feed][len(w.slots[feed])-1]
	switch what {
	case "revision":
		w.send(feed, last, w.few())
	case "late":
		w.send(w.pick("tax", "visit"), []int{20261005, 20261020, 20261101, 20261102}[w.IntN(4)], w.few())
	case "revoke":
		w.revoke()
	case "declarations":
		w.conf.Catalogue = w.cats[w.IntN(len(w.cats))]
	case "establishes":
		w.conf.Catalogue = w.cats[2]
	case "rebuild":
		if _, err := pipelines.Rebuild(w.t.Context(), w.conf); err != nil {
			w.t.Fatal(err)
		}
		w.send(feed, last+1, w.few())
	case "killed":
		w.send(feed, last+1, w.few())
		w.store.dies = true
		if _, err := pipelines.Run(w.t.Context(), w.conf); err == nil {
			w.t.Fatal("a run that is broken off goes unnoticed")
		}
		w.store.dies = false
	case "merge":
		for _, table := range []string{"claim.shops", "shops.history_rows", "shops.golden"} {
			if err := w.store.Exec(w.t.Context(), "OPTIMIZE TABLE "+table+" FINAL"); err != nil {
				w.t.Fatal(err)
			}
		}
		fallthrough
	default:
		w.send(feed, last+1, w.few())
		if what == "two" {
			w.send(feed, last+2, w.few())
		}
	}
	return what + " " + feed
}

// revoke takes back a delivery that may be.
func (w *tallyWorld) revoke() {
	list, err := w.store.Deliveries(w.t.Context(), "")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, i := range w.Perm(len(list)) {
		if d := list[i]; d.InForce() && d.Counts.Claims < 20 {
			if _, err := pipelines.Revocable(w.t.Context(), w.conf, d.ID); err == nil {
				if _, err := pipelines.Revoke(w.t.Context(), w.conf, d.ID, "报错文件"); err != nil {
					w.t.Fatal(err)
				}
				return
			}
		}
	}
}

// frozen are the scores of a run with what they were computed from.
func (w *tallyWorld) frozen(run string) []string {
	var rows []struct {
		Line string `ch:"line"`
	}
	if err := w.store.Select(w.t.Context(), &rows, "SELECT toString((period, department, feed, item, dimension, score, grade, rows, inputs)) AS line FROM quality.score_rows WHERE run = "+schemas.Quote(run)); err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, r := range rows {
		out = append(out, r.Line)
	}
	slices.Sort(out)
	return out
}

// counted runs, and counts all again without the tallies of former runs; these are put back.
func (w *tallyWorld) counted(what string) {
	do := func(sql string) {
		if err := w.store.Exec(w.t.Context(), sql); err != nil {
			w.t.Fatal(err)
		}
	}
	r := mustRun(w.t, w.conf)
	got := w.frozen(r.Run)
	do("CREATE TABLE quality.tally_aside ENGINE = Memory AS SELECT * FROM quality.tally")
	do("TRUNCATE TABLE quality.tally")
	e := connectors.RunEvent{Run: "x", Event: connectors.RunFailed, At: time.Now(), Ordinal: r.Ordinal, Day: r.Day}
	if err := w.store.RecordRun(w.t.Context(), e); err != nil {
		w.t.Fatal(err)
	}
	want := w.frozen(mustRun(w.t, w.conf).Run)
	do("TRUNCATE TABLE quality.tally")
	do("INSERT INTO quality.tally SELECT * FROM quality.tally_aside")
	do("DROP TABLE quality.tally_aside SYNC")
	if len(got) > 0 && !slices.Equal(got, want) {
		w.t.Errorf("%s: what was counted bit by bit is not what is there:\n- %s\n+ %s", what, strings.Join(only(want, got), "\n- "), strings.Join(only(got, want), "\n+ "))
	}
	golden, conflicts, err := w.store.Totals(w.t.Context(), w.conf.Catalogue.Bases[0])
	if err != nil || golden != r.Bases[0].Golden || conflicts != r.Bases[0].Conflicts {
		w.t.Errorf("%s: the report says %d golden rows and %d conflicts, there are %d and %d (%v)", what, r.Bases[0].Golden, r.Bases[0].Conflicts, golden, conflicts, err)
	}
}

// TestTallies holds what is counted bit by bit, run by run, to what is counted as a whole:
// over random histories with revisions, late slots, revocations, changed declarations,
// rebuilds, and runs that were killed after they had published.
func TestTallies(t *testing.T) {
	histories := 2
	if n, err := strconv.Atoi(os.Getenv("JIKU_HISTORIES")); err == nil {
		histories = n
	}
	var sum tallying
	for seed := range histories {
		w := newTallyWorld(t, uint64(seed))
		s := w.store
		var all []string
		for i := range 40 {
			all = append(all, fmt.Sprintf("S%d", i+1))
		}
		w.send("market", 20261103, all)
		w.send("tax", 20261103, all)
		w.send("visit", 20261103, append(all, "S90", "S91", "S90", "S92", "S93", "S91")) // A row counts each time.
		w.counted("first")
		for i, what := range w.Perm(len(happenings())) {
			*pipelines.NamedKeys = i % 2 * 1000
			w.counted(fmt.Sprintf("history %d: run %d: %s", seed, i, w.happen(happenings()[what])))
		}
		w.conf.Catalogue = tallyShops(t, "kind: delta\norder: event", "kind: snapshot")
		w.counted("a feed of another kind")
		sum.outcomes, sum.superseded, sum.withRows = sum.outcomes+s.outcomes, sum.superseded+s.superseded, sum.withRows+s.withRows
	}
	if sum.outcomes == 0 || sum.superseded == 0 || sum.withRows == 0 {
		t.Errorf("%d outcomes, %d claims and %d claims with rows were corrected: nothing was tried", sum.outcomes, sum.superseded, sum.withRows)
	}
	t.Logf("corrected %d outcomes, %d claims, %d claims with rows", sum.outcomes, sum.superseded, sum.withRows)
}

// TestTalliesFindings corrects the last row of a snapshot feed that has a finding, and breaks it again.
func TestTalliesFindings(t *testing.T) {
	w := newTallyWorld(t, 0)
	for i, staff := range []string{"3", "x", "3", "x"} {
		w.write("market", 20261103+i, "code,name,phone,staff", []string{"S1,甲店,11," + staff, "S2,乙店,12,2", "S3,丙店,,1", "S4,丙店,,1"})
		w.counted(fmt.Sprintf("slot %d", i))
	}
	if w.store.superseded == 0 {
		t.Error("no claims were corrected: nothing was tried")
	}
}
