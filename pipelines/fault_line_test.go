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

	"github.com/sirupsen/logrus"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
	"jiku/connectors/warehouse"
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
	once(t, s)
}

// once checks that no row of the base shops is stored twice.
func once(t *testing.T, s *clickhouse.Store) {
	t.Helper()
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
	for _, c := range []struct {
		name    string
		runner  pipelines.Runner
		trouble trouble
		times   int64
	}{
		{"reset half-way through an insert", pipelines.Prism, trouble{toEngine: 100_000}, 4},
		{"reset half-way through an answer", pipelines.Straight, trouble{toJiku: 100_000}, 3},
		{"silent half-way through an insert", pipelines.Prism, trouble{toEngine: 150_000, deaf: true}, 1},
		{"slow", pipelines.Prism, trouble{pace: 20 * time.Millisecond}, 1 << 30},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, direct := lines(t)
			var on atomic.Bool
			p := newProxy(t, conntest.Warehouse(t).URL, func(p *proxy) trouble {
				if on.Load() && p.resets.Load() < c.times {
					return c.trouble
				}
				return trouble{}
			})
			conf := quietly(config(t, w.cat, through(t, p.url), w.landing))
			conf.Runner, conf.Retry = c.runner, patient
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

// quietly drops the warnings of a run that is disturbed on purpose.
func quietly(c pipelines.Config) pipelines.Config {
	c.Log.(*logrus.Logger).SetOutput(io.Discard)
	return c
}

// TestFaultLineAnywhere resets connections after any number of bytes, also between requests
// and within their headers, on an engine of the test's own: the embedded one aborts some
// seconds after a connection ends within a header. The run starts it again.
func TestFaultLineAnywhere(t *testing.T) {
	w, _ := lines(t)
	chance, times := rand.New(rand.NewPCG(killSeed(t), 4)), int64(killCount(t, 4))
	var mu sync.Mutex
	o, ep := engineOfOwn(t, t.TempDir())
	p := newProxy(t, ep.URL, func(p *proxy) trouble {
		mu.Lock()
		defer mu.Unlock()
		if p.resets.Load() >= times {
			return trouble{}
		}
		return trouble{toEngine: 1 + chance.Int64N(40_000), toJiku: 1 + chance.Int64N(20_000)}
	})
	s, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password, Silence: 5 * time.Second,
		Wake: func(ctx context.Context) (string, error) {
			now, err := warehouse.Revive(ctx, o)
			if err == nil {
				p.point(now.URL)
			}
			return p.url, err
		}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	conf := quietly(config(t, w.cat, s, w.landing))
	// Each try may meet no more than one of the connections that are broken.
	conf.Retry = connectors.RetryPolicy{Tries: 40 + int(times), First: 10 * time.Millisecond, Longest: 500 * time.Millisecond}
	if err := s.Wake(t.Context()); err != nil { // From here on by way of the proxy.
		t.Fatal(err)
	}
	mustRun(t, conf)
	time.Sleep(5 * time.Second) // An engine that is going to abort has done so.
	now, err := warehouse.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if p.resets.Load() < min(times, 10)/2 {
		t.Error("hardly a connection was broken")
	}
	t.Logf("%d connections were broken; the engine was started again: %t", p.resets.Load(), now.PID != ep.PID)
	direct, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: now.URL, User: now.User, Password: now.Password})
	if err != nil {
		t.Fatal(err)
	}
	defer direct.Close()
	w.equal(t, direct)
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

	p := newProxy(t, conntest.Warehouse(t).URL, func(p *proxy) trouble {
		if p.resets.Load() > 0 {
			return trouble{refuse: true}
		}
		return trouble{toEngine: 300_000}
	})
	conf := quietly(config(t, w.cat, through(t, p.url), w.landing))
	conf.Runner, conf.Retry = pipelines.Prism, connectors.RetryPolicy{Tries: 4, First: time.Millisecond, Longest: 10 * time.Millisecond}
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
