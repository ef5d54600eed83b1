package pipelines_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
	"jiku/pipelines"
)

// bent is the engine of the tests behind a proxy that knows statements: it lets them lack
// memory (the engine's own ceiling, of one byte), or keeps what the engine answered.
type bent struct {
	starve, lose func(statement string) bool
}

// lostKey marks requests whose answer is lost.
type lostKey struct{}

func (b bent) serve(t *testing.T) *httptest.Server {
	t.Helper()
	to, err := url.Parse(conntest.Warehouse(t).URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{FlushInterval: -1}
	proxy.Rewrite = func(r *httputil.ProxyRequest) {
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
		if b.starve != nil && b.starve(statement) {
			q.Set("max_memory_usage", "1")
			q.Set("max_untracked_memory", "1")
			r.Out.URL.RawQuery = q.Encode()
		}
		if b.lose != nil && b.lose(statement) {
			r.Out = r.Out.WithContext(context.WithValue(r.Out.Context(), lostKey{}, true))
		}
	}
	proxy.ModifyResponse = func(r *http.Response) error {
		if r.Request.Context().Value(lostKey{}) == nil {
			return nil
		}
		_, _ = io.Copy(io.Discard, r.Body)
		return errBroken
	}
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
	s := httptest.NewServer(proxy)
	t.Cleanup(s.Close)
	return s
}

// firsts chooses each kind of statement once, from the run's entry in the log on.
type firsts struct {
	mu   sync.Mutex
	on   bool
	seen map[string]int
}

func (f *firsts) choose(statement string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	// Tables are made by one operation of some hundred statements, which would begin anew
	// for each.
	if f.on = f.on || strings.Contains(statement, "INSERT INTO ops.run_event"); !f.on {
		return false
	}
	form := statement[:min(len(statement), 80)] // What follows may be another each time.
	f.seen[form]++
	return f.seen[form] == 1
}

// again is how many kinds of statements came more than once, of how many.
func (f *firsts) again() (again, all int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.seen {
		if n > 1 {
			again++
		}
	}
	return again, len(f.seen)
}

// stubborn is a policy for runs each step of which fails.
var stubborn = connectors.RetryPolicy{Tries: 200, First: time.Millisecond, Longest: 2 * time.Millisecond}

// TestFaultMemory has every kind of statement of a run fail for want of memory the first
// time; the run ends in the content of an undisturbed one.
func TestFaultMemory(t *testing.T) {
	w, direct := lines(t)
	f := &firsts{seen: map[string]int{}}
	conf := quietly(config(t, w.cat, through(t, bent{starve: f.choose}.serve(t).URL), w.landing))
	conf.Runner, conf.Retry = pipelines.Prism, stubborn
	mustRun(t, conf)
	again, all := f.again()
	t.Logf("%d kinds of statements of %d were sent again", again, all)
	if again < 20 {
		t.Error("too few statements failed: the ceiling does not reach the engine")
	}
	w.equal(t, direct)
}

// TestFaultAnswers has the engine do what every kind of statement says, and jiku not hear of
// it the first time, while it takes leases, loads snapshots that are compared, publishes and
// exchanges tables. What is done twice then leaves the content of an undisturbed run.
func TestFaultAnswers(t *testing.T) {
	cat := shops(t, 64<<20)
	slots := []map[string]string{
		{"market_20261101.csv": "code,name,phone\nS1,甲店,11\nS2,乙店,\nS3,丙店,13\n,无号,1\n", "tax_20261101.csv": "code,op,name,staff\nS1,,甲店,1\nS3,,,3\n,,无,1\n"},
		{"market_20261108.csv": "code,name,phone\nS1,甲店,12\nS3,丙店,13\nS4,丁店,14\n", "tax_20261108.csv": "code,op,name,staff\nS1,注销,,\n"},
	}
	var want, scored []string
	for _, lossy := range []bool{false, true} {
		direct, dir := openStore(t), t.TempDir()
		for _, slot := range slots {
			files(t, dir, slot)
			conf := quietly(config(t, cat, direct, dir))
			f := &firsts{seen: map[string]int{}}
			if lossy {
				conf.Store, conf.Retry = through(t, bent{lose: f.choose}.serve(t).URL), stubborn
			}
			mustRun(t, conf)
			if again, all := f.again(); lossy {
				t.Logf("%d kinds of statements of %d were sent again", again, all)
			}
		}
		if !lossy {
			want, scored = whole(t, cat, direct), scores(t, direct)
			continue
		}
		same(t, "with lost answers", want, whole(t, cat, direct))
		once(t, direct)
		if got := scores(t, direct); !slices.Equal(scored, got) {
			t.Errorf("scores differ: %v\n%v", only(scored, got), only(got, scored))
		}
	}
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
		s := through(t, bent{starve: func(statement string) bool { return strings.Contains(statement, form) }}.serve(t).URL)
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
