package pipelines_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/schemas"
)

// act is something that happens to a feed: a file arrives, or a delivery is revoked.
type act struct {
	feed     string
	slot     uint32
	revision uint32
	revoke   bool
	text     string
}

// lane holds acts in the order in which they must happen: those of a snapshot feed, or
// those of one slot of a delta feed. Lanes are free to pass each other.
type lane []act

// arrivals are all acts of a small history.
type arrivals []lane

var lawSlots = []uint32{20261005, 20261020, 20261028, 20261110}

// history draws deliveries of the three feeds with overlapping keys, doubled rows, rows of
// bad shape, revisions and revocations.
func history(t *rapid.T) arrivals { return historyOf(t, drawFile) }

// historyOf draws a history with files as a function draws them.
func historyOf(t *rapid.T, file func(*rapid.T, string) string) arrivals {
	var out arrivals
	var market lane
	slots := lawSlots[:rapid.IntRange(1, 4).Draw(t, "market slots")]
	for i, slot := range slots {
		market = append(market, drawSlot(t, file, "market", slot, i == len(slots)-1)...)
	}
	out = append(out, market)
	for _, feed := range []string{"tax", "visit"} {
		for _, slot := range lawSlots[:rapid.IntRange(1, 3).Draw(t, feed+" slots")] {
			out = append(out, drawSlot(t, file, feed, slot, true))
		}
	}
	return out
}

// drawSlot draws the revisions of a slot, and perhaps a revocation of one of them; only the
// newest slot of a snapshot feed can be revoked.
func drawSlot(t *rapid.T, file func(*rapid.T, string) string, feed string, slot uint32, revocable bool) lane {
	var out lane
	last := ""
	for r := range rapid.SampledFrom([]uint32{1, 1, 1, 2, 3}).Draw(t, "revisions") {
		text := file(t, feed)
		if text == last {
			text += "\n" // blank lines are no rows, so it says the same in other bytes
		}
		last = text
		out = append(out, act{feed: feed, slot: slot, revision: r, text: text})
		if revocable && rapid.IntRange(0, 5).Draw(t, "revoke") == 0 {
			out = append(out, act{feed: feed, slot: slot, revision: r, revoke: true})
		}
	}
	return out
}

func drawFile(t *rapid.T, feed string) string {
	header := map[string]string{"market": "code,name,phone", "tax": "code,op,name,staff", "visit": "code,at,name,phone,staff"}[feed]
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	lines := []string{header}
	for range rapid.IntRange(1, 8).Draw(t, "rows") {
		cells := []string{pick("code", "S1", "S2", "S3", "S4", "S5", "S1", "S2", "")}
		name, phone, staff := pick("name", "甲店", "乙店", "乙店（总店）", ""), pick("phone", "11", "12", ""), pick("staff", "1", "2", "x", "无")
		switch feed {
		case "market":
			cells = append(cells, name, phone)
		case "tax":
			cells = append(cells, pick("op", "", "", "", "注销"), name, staff)
		default:
			cells = append(cells, pick("at", "2026-10-01", "2026-10-15", "2026-11-01", ""), name, phone, staff)
		}
		if rapid.IntRange(0, 11).Draw(t, "broken") == 0 {
			cells = append(cells, "more")
		}
		lines = append(lines, strings.Join(cells, ","))
	}
	return strings.Join(lines, "\n") + "\n"
}

// step is what happens between two runs: files arrive, the run reads them, deliveries are
// revoked after it.
type step struct{ files, revoked []act }

// cut takes the acts of a history into steps. take says how many acts of a lane go into a
// step at most; a step has one file a slot, and a revocation ends what the step takes from
// a lane.
func (a arrivals) cut(take func(lane int) int) []step {
	rest := make(arrivals, len(a))
	copy(rest, a)
	var out []step
	for left := true; left; {
		var s step
		left = false
		for i := range rest {
			slots, n := map[uint32]bool{}, take(i)
			for n > 0 && len(rest[i]) > 0 {
				next := rest[i][0]
				if !next.revoke && slots[next.slot] {
					break
				}
				rest[i], n = rest[i][1:], n-1
				if next.revoke {
					s.revoked = append(s.revoked, next)
					break
				}
				slots[next.slot] = true
				s.files = append(s.files, next)
			}
			left = left || len(rest[i]) > 0
		}
		if len(s.files)+len(s.revoked) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// play runs steps on a store and gives the content after a last run.
func play(tb testing.TB, c pipelines.Config, steps []step) ([]string, error) {
	dir, err := os.MkdirTemp("", "jiku-law-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	c.Env.Landing = dir
	ctx := context.Background()
	for _, s := range append(steps, step{}) {
		for _, a := range s.files {
			path := filepath.Join(dir, fmt.Sprintf("%s_%d.csv", a.feed, a.slot))
			at := received.Add(time.Duration(a.revision) * time.Hour)
			if err := os.WriteFile(path, []byte(a.text), 0o600); err != nil {
				return nil, err
			}
			if err := os.Chtimes(path, at, at); err != nil {
				return nil, err
			}
		}
		if _, err := pipelines.Run(ctx, c); err != nil {
			return nil, err
		}
		for _, a := range s.revoked {
			if _, err := pipelines.Revoke(ctx, c, schemas.IDOf(a.feed, schemas.Slot{Date: a.slot}, a.revision), "报错文件"); err != nil {
				return nil, err
			}
		}
	}
	if w, ok := c.Store.(*watched); ok {
		c.Store = w.Memory
	}
	out := content(tb, c.Catalogue, c.Store)
	if s, ok := c.Store.(connectors.Querier); ok {
		var rows []struct {
			Line string `ch:"line"`
		}
		if err := s.Select(ctx, &rows, "SELECT toString(tuple(*)) AS line FROM theme_streets.staff ORDER BY line"); err != nil {
			return nil, err
		}
		for _, r := range rows {
			out = append(out, "theme "+r.Line)
		}
	}
	return out, nil
}
