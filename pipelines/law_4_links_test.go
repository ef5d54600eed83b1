package pipelines_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/schemas"
)

// linkedShops is shops with permit numbers, by which visits are keyed, and with former codes:
// the market's register states both, the tax office's permits alone.
func linkedShops(tb testing.TB, splitBytes int64) *schemas.Catalogue {
	tb.Helper()
	return shopsWith(tb, splitBytes,
		"items:\n", "links:\n  - {kind: permit, title: 许可证号, item: permit}\n  - {kind: text, title: 原店铺号, item: formerly}\nitems:\n"+
			"  - {name: permit, title: 许可证号, type: text}\n  - {name: formerly, title: 原店铺号, type: text}\n",
		"  - {column: name, item: name}\n  - {column: phone, item: phone}\n-- feeds/tax", "  - {column: name, item: name}\n  - {column: phone, item: phone}\n"+
			"  - {column: permit, item: permit}\n  - {column: formerly, item: formerly}\n-- feeds/tax",
		"  - {column: staff, item: staff, via: [integer]}\n-- feeds/visit", "  - {column: staff, item: staff, via: [integer]}\n  - {column: permit, item: permit}\n-- feeds/visit",
		"  - {column: code}\nevent:", "  - {column: code, kinds: [permit]}\nevent:")
}

// drawLinkedFile draws a file of linkedShops: few permits and codes, so that one permit often
// belongs to two shops, shops name each other, and visits come before and after.
func drawLinkedFile(t *rapid.T, feed string) string {
	header := map[string]string{"market": "code,name,phone,permit,formerly", "tax": "code,op,name,staff,permit", "visit": "code,at,name,phone,staff"}[feed]
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	lines := []string{header}
	for range rapid.IntRange(1, 5).Draw(t, "rows") {
		code, name, staff := pick("code", "S1", "S2", "S3", "S4"), pick("name", "甲店", "乙店", ""), pick("staff", "1", "2", "x")
		permit := pick("permit", "P1", "P2", "P3", "", "", "")
		switch feed {
		case "market":
			lines = append(lines, strings.Join([]string{code, name, "11", permit, pick("formerly", "S1", "S2", "S3", "S5", "", "", "", "")}, ","))
		case "tax":
			lines = append(lines, strings.Join([]string{code, pick("op", "", "", "", "注销"), name, staff, permit}, ","))
		default:
			lines = append(lines, strings.Join([]string{pick("code", "P1", "P2", "P3", "P9"), pick("at", "2026-10-01", "2026-10-15", ""), name, "12", staff}, ","))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestPartitionOfLinks holds law 4 with links: whatever order registrations and claims that
// are keyed by other numbers come in, with revisions and revocations on both sides, the
// content with aliases and orphans is that of the fewest runs, and versions order rows.
func TestPartitionOfLinks(t *testing.T) {
	one := linkedShops(t, 64<<20)
	cut := map[int64]pipelines.Config{}
	for _, n := range []int64{1, 30, 64 << 20} {
		cut[n] = config(t, linkedShops(t, n), nil, "")
	}
	rapid.Check(t, func(rt *rapid.T) {
		a := historyOf(rt, drawLinkedFile)
		steps := drawCut(rt, a)
		want, err := play(t, config(t, one, connectors.NewMemory(), ""), a.cut(allAtOnce))
		if err != nil {
			rt.Fatalf("the fewest runs: %v", err)
		}
		c := cut[rapid.SampledFrom([]int64{1, 30, 64 << 20}).Draw(rt, "split size")]
		w := &watched{Memory: connectors.NewMemory(), rows: map[string]string{}}
		c.Store = w
		got, err := play(t, c, steps)
		if err != nil {
			rt.Fatalf("%d runs: %v", len(steps), err)
		}
		if w.clash != "" {
			rt.Fatalf("two rows have one version: %s\n%s", w.clash, describe(steps))
		}
		if d := append(only(want, got), only(got, want)...); len(d) > 0 {
			rt.Fatalf("%d runs: content differs from that of the fewest runs in:\n%s\n%s", len(steps), strings.Join(d, "\n"), describe(steps))
		}
	})
}

// TestPartitionOfLinksOnClickHouse does the same for a few fixed histories on the engine, and
// compares it with the store in memory.
func TestPartitionOfLinksOnClickHouse(t *testing.T) {
	worlds := rapid.Custom(func(rt *rapid.T) drawn {
		a := historyOf(rt, drawLinkedFile)
		return drawn{a, drawCutOf(rt, a, 0, 1, 2, 99, 99), rapid.SampledFrom([]int64{1, 30, 100}).Draw(rt, "split size")}
	})
	histories := 3
	if n, err := strconv.Atoi(os.Getenv("JIKU_HISTORIES")); err == nil {
		histories = n
	}
	for seed := range histories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := worlds.Example(seed)
			want, err := play(t, config(t, linkedShops(t, 64<<20), connectors.NewMemory(), ""), w.history.cut(allAtOnce))
			if err != nil {
				t.Fatal(err)
			}
			c := config(t, linkedShops(t, w.split), openStore(t), "")
			if seed == 0 {
				c.Runner = pipelines.Prism
			}
			got, err := play(t, c, w.steps)
			if err != nil {
				t.Fatal(err)
			}
			got = without(got, "theme ")
			same(t, fmt.Sprintf("%d runs", len(w.steps)), want, got)
			if t.Failed() {
				t.Log(describe(w.steps))
			}
		})
	}
}

// without leaves out lines that begin so.
func without(lines []string, prefix string) []string {
	var out []string
	for _, l := range lines {
		if !strings.HasPrefix(l, prefix) {
			out = append(out, l)
		}
	}
	return out
}
