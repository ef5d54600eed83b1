package reconcile

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas"
)

// plainWorld has one item and two feeds.
func plainWorld(t testing.TB, facts ...string) *world {
	w := newWorld()
	for _, line := range []string{"item name text", "feed a 甲局 establishes", "feed b 乙局", "register name source=甲局 fallbacks=乙局"} {
		w.declare(t, line)
	}
	for _, line := range facts {
		w.fact(t, line)
	}
	return w
}

// TestHashCollision gives two keys one hash: they stay two entities, and a decision about
// one is none about the other.
func TestHashCollision(t *testing.T) {
	w := plainWorld(t, "ruling r K name b@20260101/2")
	w.facts.Decisions[0].KeyHash = 42
	for _, line := range []string{"a@20260101/1 K name=甲", "a@20260101/2 L name=乙", "b@20260101/1 L name=丙", "b@20260101/2 K name=丁"} {
		w.claim(t, line)
	}
	p, err := Compile(w.cat, w.base)
	if err != nil {
		t.Fatal(err)
	}
	b := w.block(w.claims)
	for i := range b.KeyHash {
		b.KeyHash[i] = 42
	}
	worker := p.Worker(w.facts)
	worker.Add(b)
	got := ""
	if err := worker.Drain(func(g *schemas.GoldenBlock) error { got = w.render(g); return nil }); err != nil {
		t.Fatal(err)
	}
	want := "K facts=3\n  name 丁 ruling b@20260101/2\n  conflict name a@20260101/1 甲\n" +
		"L facts=2\n  name 乙 authority a@20260101/2\n  conflict name b@20260101/1 丙\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestManyClaimsOfOneKey has more claims than are compared pair by pair, half of them
// repeats, in chunks of their own.
func TestManyClaimsOfOneKey(t *testing.T) {
	w := plainWorld(t)
	for i := range 500 {
		w.claim(t, fmt.Sprintf("a@20260101/%d K name=%d", i%250, i%250))
	}
	want := "K facts=250\n  name 249 only a@20260101/249\n"
	if diff := cmp.Diff(want, w.render(w.run(t, w.claims))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLongTexts lays out texts that do not fit into a piece, a batch or a chunk.
func TestLongTexts(t *testing.T) {
	w := plainWorld(t)
	for i := range 700 {
		size := []int{0, 1, 23, 24, 25, 3000}[i%6]
		if i == 300 {
			size = chunkBytes + 1
		}
		w.claim(t, fmt.Sprintf("a@20260101/%d K%03d name=%s", i, i, strings.Repeat("x", size)))
	}
	p, err := Compile(w.cat, w.base)
	if err != nil {
		t.Fatal(err)
	}
	worker := p.Worker(w.facts)
	worker.Add(w.block(w.claims))
	rows := 0
	if err := worker.Drain(func(g *schemas.GoldenBlock) error {
		for i := range g.Len() {
			v := g.View(i)
			c := w.claims[slices.IndexFunc(w.claims, func(c claim) bool { return c.key == string(v.KeyBytes()) })]
			if string(v.Text(0)) != c.texts[0] {
				t.Errorf("%s: %d bytes, want %d", c.key, len(v.Text(0)), len(c.texts[0]))
			}
			rows++
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if rows != 700 {
		t.Errorf("%d rows, want 700", rows)
	}
}

// TestBlocks checks that blocks are full but for the last, that conflicts may be kept, and
// that a worker is empty and usable after Drain and after an error.
func TestBlocks(t *testing.T) {
	s := benchSpec{keys: blockRows + 100, items: 4, feeds: 2, disagree: 10}
	w, parts := s.build()
	p, err := Compile(w.cat, w.base)
	if err != nil {
		t.Fatal(err)
	}
	worker := p.Worker(w.facts)
	add := func() {
		for _, b := range parts[0] {
			worker.Add(b)
		}
	}
	add()
	stop := errors.New("stop")
	if err := worker.Drain(func(*schemas.GoldenBlock) error { return stop }); !errors.Is(err, stop) {
		t.Fatalf("drain gives %v, want the error of emit", err)
	}
	if err := worker.Drain(func(*schemas.GoldenBlock) error { t.Error("not empty after an error"); return nil }); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		add()
		var sizes []int
		var kept []schemas.Conflict
		var texts []string
		if err := worker.Drain(func(g *schemas.GoldenBlock) error {
			sizes = append(sizes, g.Len())
			for _, c := range g.Conflicts {
				kept, texts = append(kept, c), append(texts, string(c.Value))
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(sizes, []int{blockRows, 100}) {
			t.Fatalf("blocks of %v rows", sizes)
		}
		for i := range kept {
			if string(kept[i].Value) != texts[i] {
				t.Fatal("the value of a conflict changed after emit")
			}
		}
	}
}

// TestAllocations checks that memory is reused: nothing is allocated for a row or claim.
func TestAllocations(t *testing.T) {
	s := benchSpec{keys: 20_000, items: 8, feeds: 3, disagree: 10}
	w, parts := s.build()
	p, err := Compile(w.cat, w.base)
	if err != nil {
		t.Fatal(err)
	}
	worker, values := p.Worker(w.facts), 0
	n := testing.AllocsPerRun(3, func() {
		for _, b := range parts[0] {
			worker.Add(b)
		}
		if err := worker.Drain(func(g *schemas.GoldenBlock) error {
			for _, c := range g.Conflicts {
				values += len(c.Value)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
	// Conflict values live in arenas of 64 KiB that the reader may keep.
	if most := float64(values/4/(60<<10) + 5); n > most {
		t.Errorf("%v allocations for 20,000 rows, want at most %v", n, most)
	}
}

// TestChecks runs an entity rule: it sees the finished row, and not gone ones.
func TestChecks(t *testing.T) {
	w := plainWorld(t)
	for _, line := range []string{"a@20260101/1 K name=甲", "b@20260101/1 K name=乙", "b@20260101/2 L name=丙", "a@20260101/3 M name=丁"} {
		w.claim(t, line)
	}
	check := func(v schemas.GoldenView, day uint32, emit func(schemas.Reason)) uint32 {
		if o, ok := v.Origin(0); !ok || o.Feed != "a" || v.Gone() || len(v.Findings()) != 0 {
			t.Error("the rule sees an unfinished row")
		}
		for range v.Conflicts() {
			emit(schemas.Reason{Code: "entity.test", Item: v.Base().Items[0].Name, Detail: string(v.Text(0))})
			return day + 5
		}
		return 0
	}
	g := w.run(t, w.claims, check, check)
	got := map[string][]string{}
	for i := range g.Len() {
		if due := g.Due[i]; (due != 0) != (string(g.Key.At(i)) == "K") {
			t.Errorf("due %d of %s: a rule's due day is the row's", due, g.Key.At(i))
		}
		got[string(g.View(i).KeyBytes())] = append([]string{}, g.View(i).Findings()...)
	}
	want := map[string][]string{"K": {"entity.test:name:甲", "entity.test:name:甲"}, "L": {}, "M": {}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestVersion checks that versions order computations: by ordinal, facts, and day.
func TestVersion(t *testing.T) {
	version := func(facts ...string) schemas.Version {
		w := plainWorld(t, facts...)
		w.claim(t, "a@20260101/1 K name=甲")
		return w.run(t, w.claims).Version[0]
	}
	first := version("day 20261101")
	if want := schemas.MakeVersion(1, 1, 20758); first != want {
		t.Errorf("version %x, want %x", first, want)
	}
	for _, later := range []schemas.Version{version("day 20261102"), version("day 20261101", "delivery a@20260101 events=1"),
		version("day 20261101", "delivery a@20260101 held events=2"), version("day 20261101", "ruling r K name a@20260101/1")} {
		if later <= first {
			t.Errorf("version %x does not follow %x", later, first)
		}
	}
}

// TestSnapshotFreshness checks that a new slot of a snapshot feed, which brings no claim of
// the key, gives its row another version where the register lets the feed turn stale.
func TestSnapshotFreshness(t *testing.T) {
	w := newWorld()
	for _, line := range []string{"item name text", "feed a 甲局 snapshot establishes", "register name source=甲局 stale=30"} {
		w.declare(t, line)
	}
	w.claim(t, "a@20260901/1 K name=甲")
	stale := w.run(t, w.claims)
	w.deliver("a", schemas.Slot{Date: 20261101}, 0)
	fresh := w.run(t, w.claims)
	if stale.View(0).Why(0) != schemas.WhyStale || fresh.View(0).Why(0) != schemas.WhyOnly {
		t.Errorf("reasons %s, %s, want stale, only", stale.View(0).Why(0), fresh.View(0).Why(0))
	}
	if fresh.Version[0] <= stale.Version[0] {
		t.Error("two rows of one day have one version")
	}
	p, err := Compile(w.cat, w.base)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.StaleLimits("a"); !slices.Equal(got, []int{30}) {
		t.Errorf("stale limits %v, want [30]", got)
	}
	if got := p.StaleLimits("b"); got != nil {
		t.Errorf("stale limits of an unknown feed: %v", got)
	}
}
