package pipelines_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
	"jiku/pipelines"
)

// starved is an engine that lacks memory for statements that a test chooses: the real one
// behind a proxy that adds a ceiling of one byte to their settings.
func starved(t *testing.T, choose func(statement string) bool) *httptest.Server {
	t.Helper()
	to, err := url.Parse(conntest.Warehouse(t).URL)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(&httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		q := r.Out.URL.Query()
		statement := q.Get("query")
		if r.Out.ContentLength > 0 && r.Out.Header.Get("Content-Type") == "" {
			body, err := io.ReadAll(r.Out.Body)
			if err != nil {
				t.Error(err)
			}
			r.Out.Body = io.NopCloser(bytes.NewReader(body))
			statement += string(body)
		}
		if choose(statement) {
			q.Set("max_memory_usage", "1")
			q.Set("max_untracked_memory", "1")
			r.Out.URL.RawQuery = q.Encode()
		}
	}, ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }})
	t.Cleanup(s.Close)
	return s
}

// TestFaultMemory has every kind of statement of a run fail for want of memory the first time; the
// run ends in the content of an undisturbed one.
func TestFaultMemory(t *testing.T) {
	w, direct := lines(t)
	var mu sync.Mutex
	seen, on := map[string]int{}, false
	s := through(t, starved(t, func(statement string) bool {
		mu.Lock()
		defer mu.Unlock()
		// Tables are made by one operation of some hundred statements, which would begin anew
		// for each: the run proper begins with its entry in the log.
		if on = on || strings.Contains(statement, "INSERT INTO ops.run_event"); !on {
			return false
		}
		form := statement[:min(len(statement), 80)] // What follows may be another each time.
		seen[form]++
		return seen[form] == 1
	}).URL)
	conf := quietly(config(t, w.cat, s, w.landing))
	conf.Runner, conf.Retry = pipelines.Prism, connectors.RetryPolicy{Tries: 200, First: time.Millisecond, Longest: 2 * time.Millisecond}
	mustRun(t, conf)
	mu.Lock()
	again := 0
	for _, n := range seen {
		if n > 1 {
			again++
		}
	}
	t.Logf("%d statements of %d were sent again", again, len(seen))
	if again < 20 {
		t.Error("too few statements failed: the ceiling does not reach the engine")
	}
	mu.Unlock()
	w.equal(t, direct)
}

// TestFaultMemoryStays has one kind of statement fail for good: the run says so with the
// engine's number and what to do, what was published stays, and the next run ends well.
func TestFaultMemoryStays(t *testing.T) {
	w, direct := lines(t)
	before := t.TempDir()
	files(t, before, map[string]string{"market_20261101.csv": "code,name,phone\nS1,旧店,1\n"})
	mustRun(t, config(t, w.cat, direct, before))
	published := goldenOf(t, w.cat, direct)
	// In the order of a run: what one has stored, the next does not do again.
	for _, c := range [][2]string{{"appending", "INSERT INTO claim.shops"}, {"scanning", "FROM claim.shops WHERE key_hash"}, {"staging", "INSERT INTO shops.stage_"}} {
		what, form := c[0], c[1]
		s := through(t, starved(t, func(statement string) bool { return strings.Contains(statement, form) }).URL)
		conf := quietly(config(t, w.cat, s, w.landing))
		conf.Runner, conf.Retry = pipelines.Prism, connectors.RetryPolicy{Tries: 3, First: time.Millisecond, Longest: 2 * time.Millisecond}
		_, err := pipelines.Run(context.Background(), conf)
		if connectors.CodeOf(err) != connectors.Temporary || clickhouse.Code(err) != 241 || !strings.Contains(connectors.HintOf(err), "JIKU_ENGINE_MEMORY") {
			t.Errorf("%s: the run ends with %v (%s), hint %q", what, err, connectors.CodeOf(err), connectors.HintOf(err))
		}
		same(t, "what was published, after "+what, published, goldenOf(t, w.cat, direct))
	}
	fresh := openStore(t)
	mustRun(t, config(t, w.cat, fresh, w.landing))
	w.equal(t, fresh)
}
