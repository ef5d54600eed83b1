package pipelines_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
	"jiku/pipelines"
	"jiku/schemas"
)

func TestMain(m *testing.M) {
	pipelines.Init()
	if asChild() {
		return
	}
	code := conntest.Main(m)
	city.remove()
	os.Exit(code)
}

const day = 20261115

// openStore connects to the engine of this test binary; each test has a warehouse of its
// own by dropping all that a former one left.
func openStore(tb testing.TB) *clickhouse.Store {
	tb.Helper()
	ep := conntest.Warehouse(tb)
	ctx := context.Background()
	s, err := clickhouse.Open(ctx, clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	dropAll(tb, s)
	return s
}

// dropAll drops all databases of a warehouse but the one with the key of the key hashes.
func dropAll(tb testing.TB, s *clickhouse.Store) {
	tb.Helper()
	ctx := context.Background()
	var dbs []struct {
		Name string `ch:"name"`
	}
	if err := s.Select(ctx, &dbs, "SELECT name FROM system.databases WHERE name NOT IN ('system', 'default', 'information_schema', 'INFORMATION_SCHEMA')"); err != nil {
		tb.Fatal(err)
	}
	for _, d := range dbs {
		if d.Name == "vault" {
			continue // the key of the key hashes stays: content does not depend on it
		}
		if err := s.Exec(ctx, "DROP DATABASE "+d.Name+" SYNC"); err != nil {
			tb.Fatal(err)
		}
	}
}

func config(tb testing.TB, cat *schemas.Catalogue, store connectors.Store, landing string) pipelines.Config {
	tb.Helper()
	loc, err := time.LoadLocation(cat.City.TimeZone)
	if err != nil {
		tb.Fatal(err)
	}
	log := logrus.New()
	log.SetLevel(logrus.WarnLevel)
	return pipelines.Config{Catalogue: cat, Store: store, Day: day, Runner: pipelines.Straight, Log: log,
		Env: connectors.Env{Landing: landing, Location: loc, Log: log}}
}

func mustRun(tb testing.TB, c pipelines.Config) *pipelines.Report {
	tb.Helper()
	r, err := pipelines.Run(context.Background(), c)
	if err != nil {
		tb.Fatalf("run: %v", err)
	}
	return r
}

// content is what the laws speak of, as sorted lines: claims in force (each ref once),
// golden rows with conflicts and findings, and rejects; no versions, no log.
func content(tb testing.TB, cat *schemas.Catalogue, store connectors.Store) []string {
	tb.Helper()
	ctx := context.Background()
	states, err := store.Deliveries(ctx, "")
	if err != nil {
		tb.Fatal(err)
	}
	inForce := map[schemas.DeliveryID]bool{}
	names := map[schemas.DeliveryID]string{}
	var out []string
	for _, d := range states {
		inForce[d.ID], names[d.ID] = d.InForce(), fmt.Sprintf("%s/%s/%d", d.Feed, d.Slot, d.Revision)
		out = append(out, fmt.Sprintf("delivery %s %s %+v %s", names[d.ID], d.Last, d.Counts, d.Note))
	}
	for _, b := range cat.Bases {
		q := connectors.ScanSpec{Base: b, Range: schemas.Range{Last: 255}, Touched: schemas.Touched{All: true}, Whole: true}
		for blk, err := range store.Scan(ctx, q) {
			if err != nil {
				tb.Fatal(err)
			}
			for i := range blk.Len() {
				if inForce[blk.Delivery[i]] {
					out = append(out, claimLine(blk, i, names))
				}
			}
		}
		for g, err := range store.Golden(ctx, b, schemas.AllBuckets()) {
			if err != nil {
				tb.Fatal(err)
			}
			for i := range g.Len() {
				out = append(out, goldenLine(g, i, names))
			}
		}
		out = append(out, orphanLines(tb, b, store, names)...)
	}
	out = append(out, rejectLines(tb, store, names)...)
	slices.Sort(out)
	return slices.Compact(out)
}

func claimLine(b *schemas.ClaimBlock, i int, names map[schemas.DeliveryID]string) string {
	position := fmt.Sprint(b.Position[i])
	if schemas.IsWithdrawal(b.Position[i]) {
		position = "withdrawal" // made of the key's hash, which is the warehouse's own
	}
	return fmt.Sprintf("claim %s %s %s %s %d %v %s %s %v", b.Base.Name, b.Key.At(i), names[b.Delivery[i]], position, b.Event[i], b.Gone[i],
		b.StatesOf(i), items(b.Base, b.Items, i), b.Failed.At(i))
}

func goldenLine(g *schemas.GoldenBlock, i int, names map[schemas.DeliveryID]string) string {
	n := len(g.Base.Items)
	var sb strings.Builder
	fmt.Fprintf(&sb, "golden %s %s %s %s %s %v", g.Base.Name, g.Key.At(i), g.States[i*n:(i+1)*n], g.Reasons[i*n:(i+1)*n],
		items(g.Base, g.Items, i), g.Findings.At(i))
	winners := g.WinnersOf(i)
	for k, o := range g.Origins[i*n : (i+1)*n] {
		if o > 0 {
			w := winners[o-1]
			fmt.Fprintf(&sb, " %s<%s:%d", g.Base.Items[k].Name, names[w.Delivery], w.Position&^(1<<63))
			if schemas.IsWithdrawal(w.Position) {
				sb.WriteString("(withdrawn)")
			}
		}
	}
	var said []string
	for _, c := range g.ConflictsOf(i) {
		said = append(said, fmt.Sprintf("%s %s %s %d %s %s", g.Base.Items[c.Item].Name, c.Feed, names[c.Delivery], c.Event, c.State, c.Value))
	}
	slices.Sort(said)
	fmt.Fprintf(&sb, " conflicts %v", said)
	if len(g.Base.Links) > 0 {
		for _, a := range g.AliasesOf(i) {
			fmt.Fprintf(&sb, " alias %s %d-%d %s:%d %v", a.Text, a.From, a.Until, names[a.Delivery], a.Position, a.Disputed)
		}
		fmt.Fprintf(&sb, " linked %q waiting %d %s", g.Linked.At(i), len(g.WaitingOf(i)), g.WaitingWhy[i])
	}
	return sb.String()
}

// orphanLines are the claims that wait, with why.
func orphanLines(tb testing.TB, b *schemas.Base, store connectors.Store, names map[schemas.DeliveryID]string) []string {
	tb.Helper()
	if len(b.Links) == 0 {
		return nil
	}
	var out []string
	for g, err := range store.Waiting(context.Background(), b) {
		if err != nil {
			tb.Fatal(err)
		}
		for i := range g.Len() {
			for _, x := range g.WaitingOf(i) {
				out = append(out, fmt.Sprintf("orphan %s %s %s:%d %s", b.Name, g.Key.At(i), names[x.Delivery], x.Position, g.WaitingWhy[i]))
			}
		}
	}
	return out
}

func items(b *schemas.Base, cols []schemas.Column, i int) string {
	var out []string
	for k := range b.Items {
		if b.Items[k].Type.Textual() {
			out = append(out, string(cols[k].Text.At(i)))
		} else {
			out = append(out, fmt.Sprint(cols[k].Int[i]))
		}
	}
	return strings.Join(out, "|")
}

func rejectLines(tb testing.TB, store connectors.Store, names map[schemas.DeliveryID]string) []string {
	tb.Helper()
	var out []string
	for _, r := range rejects(tb, store) {
		out = append(out, rejectLine(r, names))
	}
	return out
}

func rejectLine(r schemas.Reject, names map[schemas.DeliveryID]string) string {
	return fmt.Sprintf("reject %s %d %d %q %v", names[r.Delivery], r.Position, r.Line, r.Raw, r.Reasons)
}

// rejects are those of a store, by position.
func rejects(tb testing.TB, store connectors.Store) []schemas.Reject {
	tb.Helper()
	if m, ok := store.(*connectors.Memory); ok {
		return m.AllRejects()
	}
	var rows []struct {
		Delivery uint64   `ch:"delivery"`
		Position uint64   `ch:"position"`
		Line     uint64   `ch:"line"`
		Raw      string   `ch:"raw"`
		Reasons  []string `ch:"reasons"`
	}
	if err := store.(connectors.Querier).Select(context.Background(), &rows,
		"SELECT DISTINCT delivery, position, line, raw, reasons FROM quality.reject ORDER BY delivery, position"); err != nil {
		tb.Fatal(err)
	}
	out := make([]schemas.Reject, 0, len(rows))
	for _, r := range rows {
		x := schemas.Reject{Ref: schemas.Ref{Delivery: schemas.DeliveryID(r.Delivery), Position: r.Position}, Line: r.Line, Raw: []byte(r.Raw)}
		for _, why := range r.Reasons {
			x.Reasons = append(x.Reasons, schemas.ParseReason(why))
		}
		out = append(out, x)
	}
	return out
}
