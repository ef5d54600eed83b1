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
)

// allAtOnce takes as much as goes into one run.
func allAtOnce(int) int { return 99 }

// drawCut cuts a history into runs at random.
func drawCut(t *rapid.T, a arrivals) []step { return drawCutOf(t, a, 0, 0, 1, 1, 2, 99) }

// drawCutOf cuts a history into runs that take so many acts of each lane.
func drawCutOf(t *rapid.T, a arrivals, takes ...int) []step {
	return a.cut(func(int) int { return rapid.SampledFrom(takes).Draw(t, "take") })
}

// TestPartition holds law 4 in memory: whatever runs the deliveries come in and whatever
// splits they are cut into, the content is that of the fewest runs.
func TestPartition(t *testing.T) {
	one := shops(t, 64<<20)
	cut := map[int64]pipelines.Config{}
	for _, n := range []int64{1, 30, 100, 64 << 20} {
		cut[n] = config(t, shops(t, n), nil, "")
	}
	rapid.Check(t, func(rt *rapid.T) {
		a := history(rt)
		steps := drawCut(rt, a)
		ref := config(t, one, connectors.NewMemory(), "")
		want, err := play(t, ref, a.cut(allAtOnce))
		if err != nil {
			rt.Fatalf("the fewest runs: %v", err)
		}
		c := cut[rapid.SampledFrom([]int64{1, 30, 100, 64 << 20}).Draw(rt, "split size")]
		c.Store = connectors.NewMemory()
		got, err := play(t, c, steps)
		if err != nil {
			rt.Fatalf("%d runs: %v", len(steps), err)
		}
		if d := append(only(want, got), only(got, want)...); len(d) > 0 {
			rt.Fatalf("%d runs: content differs from that of the fewest runs in:\n%s\n%s", len(steps), strings.Join(d, "\n"), describe(steps))
		}
	})
}

// describe prints steps so that a failure can be read.
func describe(steps []step) string {
	var sb strings.Builder
	for i, s := range steps {
		fmt.Fprintf(&sb, "run %d:\n", i+1)
		for _, a := range s.files {
			fmt.Fprintf(&sb, "  %s %d r%d: %q\n", a.feed, a.slot, a.revision, a.text)
		}
		for _, a := range s.revoked {
			fmt.Fprintf(&sb, "  revoke %s %d r%d\n", a.feed, a.slot, a.revision)
		}
	}
	return sb.String()
}

// drawn is a history with a partition of it.
type drawn struct {
	history arrivals
	steps   []step
	split   int64
}

// TestPartitionOnClickHouse does the same for a few fixed histories on the engine, one of
// them on Prism. JIKU_HISTORIES says how many.
func TestPartitionOnClickHouse(t *testing.T) {
	worlds := rapid.Custom(func(rt *rapid.T) drawn {
		a := history(rt)
		// Few runs, since each takes half a second on the engine.
		return drawn{a, drawCutOf(rt, a, 0, 1, 2, 99, 99), rapid.SampledFrom([]int64{1, 30, 100}).Draw(rt, "split size")}
	})
	histories := 3
	if n, err := strconv.Atoi(os.Getenv("JIKU_HISTORIES")); err == nil {
		histories = n
	}
	for seed := range histories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := worlds.Example(seed)
			t.Logf("%d runs", len(w.steps))
			want, err := play(t, config(t, shops(t, 64<<20), openStore(t), ""), w.history.cut(allAtOnce))
			if err != nil {
				t.Fatal(err)
			}
			c := config(t, shops(t, w.split), openStore(t), "")
			if seed == 0 {
				c.Runner = pipelines.Prism
			}
			got, err := play(t, c, w.steps)
			if err != nil {
				t.Fatal(err)
			}
			same(t, fmt.Sprintf("%d runs", len(w.steps)), want, got)
			if t.Failed() {
				t.Log(describe(w.steps))
			}
		})
	}
}
