package pipelines_test

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/conntest"
)

// proxy stands between jiku and the engine of the tests and does to connections what
// networks do.
type proxy struct {
	url     string
	to      atomic.Pointer[string]
	listens net.Listener
	// trouble says what happens to the next connection.
	trouble func(p *proxy) trouble
	resets  atomic.Int64
	held    sync.WaitGroup
}

// trouble is what happens to a connection. A direction is cut after some bytes: the ends are
// reset, or nothing moves any more if deaf.
type trouble struct {
	toEngine, toJiku int64 // 0 is never
	deaf             bool
	// pace is how long 64 KiB take.
	pace time.Duration
	// refuse closes it at once.
	refuse bool
}

// newProxy stands before the engine at a URL.
func newProxy(t *testing.T, url string, next func(p *proxy) trouble) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{url: "http://" + l.Addr().String(), listens: l, trouble: next}
	p.point(url)
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.held.Add(1)
			go func() {
				defer p.held.Done()
				p.serve(ctx, c.(*net.TCPConn))
			}()
		}
	}()
	t.Cleanup(func() { stop(); l.Close(); p.held.Wait() })
	return p
}

// point leads to another engine from now on.
func (p *proxy) point(url string) {
	to := strings.TrimPrefix(url, "http://")
	p.to.Store(&to)
}

func (p *proxy) serve(ctx context.Context, jiku *net.TCPConn) {
	defer jiku.Close()
	what := p.trouble(p)
	if what.refuse {
		_ = jiku.SetLinger(0)
		return
	}
	c, err := net.Dial("tcp", *p.to.Load())
	if err != nil {
		return
	}
	engine := c.(*net.TCPConn)
	defer engine.Close()
	defer context.AfterFunc(ctx, func() { jiku.Close(); engine.Close() })()
	ended := make(chan struct{}, 2)
	pass := func(to, from *net.TCPConn, limit int64) {
		defer func() { ended <- struct{}{} }()
		if !what.pass(to, from, limit) {
			_ = to.CloseWrite()
			return
		}
		p.resets.Add(1)
		if what.deaf {
			<-ctx.Done()
		}
		for _, c := range []*net.TCPConn{jiku, engine} {
			_ = c.SetLinger(0) // Closing sends a reset then.
			_ = c.Close()
		}
	}
	go pass(engine, jiku, what.toEngine)
	go pass(jiku, engine, what.toJiku)
	<-ended
	<-ended
}

// pass copies up to the limit and reports whether it was reached.
func (w trouble) pass(to, from *net.TCPConn, limit int64) bool {
	if limit == 0 {
		limit = 1 << 62
	}
	for limit > 0 {
		n, err := io.CopyN(to, from, min(limit, 64<<10))
		limit -= n
		if err != nil {
			return false
		}
		time.Sleep(w.pace)
	}
	return true
}

// through opens the tests' engine by way of a proxy.
func through(t *testing.T, url string) *clickhouse.Store {
	t.Helper()
	ep := conntest.Warehouse(t)
	s, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: url, User: ep.User, Password: ep.Password, Silence: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// patient is a policy for tests: many tries, short pauses.
var patient = connectors.RetryPolicy{Tries: 60, First: time.Millisecond, Longest: 50 * time.Millisecond}
