package pipelines_test

import (
	"context"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// lineWorld is a world whose INSERTs and scans are some hundred kilobytes each: 20,000 keys
// in two feeds of several splits, with rejects.
type lineWorld struct {
	cat     *schemas.Catalogue
	landing string
	// want and scored are the content and the scores of an undisturbed run.
	want, scored []string
}

var (
	lineOnce   sync.Once
	linesWorld lineWorld
)

func lines(t *testing.T) (lineWorld, *clickhouse.Store) {
	t.Helper()
	landing := t.TempDir()
	market, tax := generation("甲店", 1)
	files(t, landing, map[string]string{"market_20261101.csv": market, "tax_20261101.csv": tax + strings.Repeat(",,无主店,1\n", 500)})
	lineOnce.Do(func() {
		s := openStore(t)
		linesWorld = lineWorld{cat: shops(t, 200_000)}
		mustRun(t, config(t, linesWorld.cat, s, landing))
		linesWorld.want, linesWorld.scored = whole(t, linesWorld.cat, s), scores(t, s)
	})
	w := linesWorld
	w.landing = landing
	return w, openStore(t)
}

// equal checks that a warehouse holds what an undisturbed run leaves, and no row twice.
func (w lineWorld) equal(t *testing.T, s *clickhouse.Store) {
	t.Helper()
	same(t, "content", w.want, whole(t, w.cat, s))
	if got := scores(t, s); !slices.Equal(w.scored, got) {
		t.Errorf("scores differ: %v\n%v", only(w.scored, got), only(got, w.scored))
	}
	var n []struct {
		Claims  int64 `ch:"claims"`
		Raw     int64 `ch:"raw"`
		Rejects int64 `ch:"rejects"`
	}
	if err := s.Select(t.Context(), &n, `SELECT (SELECT count() - uniqExact(delivery, position) FROM claim.shops) AS claims,
  (SELECT count() - uniqExact(delivery, position) FROM claim.raw) AS raw, (SELECT count() - uniqExact(delivery, position) FROM quality.reject) AS rejects`); err != nil {
		t.Fatal(err)
	}
	if n[0].Claims+n[0].Raw+n[0].Rejects > 0 {
		t.Errorf("repeats stay: %+v", n[0])
	}
}

// TestFaultLine breaks connections in the ways that networks do. The run tries again and
// ends in the content of an undisturbed one.
func TestFaultLine(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 4))
	var mu sync.Mutex
	random := func(n int64) int64 {
		mu.Lock()
		defer mu.Unlock()
		return chance.Int64N(n)
	}
	for _, c := range []struct {
		name    string
		runner  pipelines.Runner
		trouble func(left int64) trouble
		times   int64
	}{
		{"reset half-way through an insert", pipelines.Prism, func(int64) trouble { return trouble{toEngine: 100_000} }, 4},
		{"reset half-way through an answer", pipelines.Straight, func(int64) trouble { return trouble{toJiku: 100_000} }, 3},
		{"silent half-way through an insert", pipelines.Prism, func(int64) trouble { return trouble{toEngine: 150_000, deaf: true} }, 1},
		{"reset at random", pipelines.Straight, func(int64) trouble {
			return trouble{toEngine: 1 + random(40_000), toJiku: 1 + random(20_000)}
		}, 12},
		{"slow", pipelines.Prism, func(int64) trouble { return trouble{pace: 30 * time.Millisecond} }, 1 << 30},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, direct := lines(t)
			var on atomic.Bool
			var p *proxy
			p = newProxy(t, func() trouble {
				if left := c.times - p.resets.Load(); on.Load() && left > 0 {
					return c.trouble(left)
				}
				return trouble{}
			})
			conf := config(t, w.cat, through(t, p.url), w.landing)
			conf.Runner, conf.Retry = c.runner, patient
			conf.Log.(interface{ SetOutput(io.Writer) }).SetOutput(io.Discard)
			on.Store(true)
			mustRun(t, conf)
			if p.resets.Load() == 0 && c.times < 1<<30 {
				t.Error("no connection was broken")
			}
			t.Logf("%d connections were broken", p.resets.Load())
			w.equal(t, direct)
		})
	}
}

// TestFaultGone takes the engine away in the middle of a run that replaces what is published,
// for longer than the run has patience: it says so, what was published stays as it was, and
// the next run ends in the content of an undisturbed one.
func TestFaultGone(t *testing.T) {
	w, direct := lines(t)
	before := t.TempDir()
	files(t, before, map[string]string{"market_20261101.csv": "code,name,phone\nS1,旧店,1\n"})
	mustRun(t, config(t, w.cat, direct, before))
	published := goldenOf(t, w.cat, direct)

	var p *proxy
	p = newProxy(t, func() trouble {
		if p.resets.Load() > 0 {
			return trouble{refuse: true}
		}
		return trouble{toEngine: 300_000}
	})
	conf := config(t, w.cat, through(t, p.url), w.landing)
	conf.Runner, conf.Retry = pipelines.Prism, connectors.RetryPolicy{Tries: 4, First: time.Millisecond, Longest: 10 * time.Millisecond}
	conf.Log.(interface{ SetOutput(io.Writer) }).SetOutput(io.Discard)
	_, err := pipelines.Run(context.Background(), conf)
	if connectors.CodeOf(err) != connectors.Temporary || !strings.Contains(connectors.HintOf(err), "jiku status") {
		t.Errorf("the run ends with %v (%s), hint %q; want a temporary error with a hint", err, connectors.CodeOf(err), connectors.HintOf(err))
	}
	if err != nil && (strings.Contains(err.Error(), "http://") || strings.Contains(err.Error(), "INSERT")) {
		t.Errorf("the driver's own words are shown: %v", err)
	}
	same(t, "what was published", published, goldenOf(t, w.cat, direct))

	fresh := openStore(t)
	conf = config(t, w.cat, fresh, w.landing)
	mustRun(t, conf)
	w.equal(t, fresh)
}

// goldenOf are the golden rows of a store.
func goldenOf(t *testing.T, cat *schemas.Catalogue, s connectors.Store) []string {
	t.Helper()
	var out []string
	for _, l := range content(t, cat, s) {
		if strings.HasPrefix(l, "golden ") {
			out = append(out, l)
		}
	}
	return out
}
