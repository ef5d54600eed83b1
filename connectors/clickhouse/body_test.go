package clickhouse

import (
	"context"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/connectors"
	"jiku/connectors/conntest"
	"jiku/schemas"
)

// TestInsertEnds lets INSERTs end before their blocks do. The next block, or the end, says why
// and never waits; what the engine answers goes before what the connection says.
func TestInsertEnds(t *testing.T) {
	const blockRows = 1 << 16
	column := make(proto.ColUInt64, blockRows)
	block := []proto.InputColumn{{Name: "a", Data: &column}}
	refuse := func(w http.ResponseWriter) {
		w.Header().Set("X-ClickHouse-Exception-Code", "241")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, "Code: 241. DB::Exception: memory")
	}
	for _, c := range []struct {
		name   string
		handle func(w http.ResponseWriter, r *http.Request, cancel context.CancelFunc)
		code   int
		// blocks is how many are written at most.
		blocks int
	}{
		{"an answer before the first block", func(w http.ResponseWriter, _ *http.Request, _ context.CancelFunc) { refuse(w) }, 241, 1000},
		{"an answer in the middle", func(w http.ResponseWriter, r *http.Request, _ context.CancelFunc) {
			_, _ = io.CopyN(io.Discard, r.Body, 3<<20)
			refuse(w)
		}, 241, 1000},
		{"an answer after the last block", func(w http.ResponseWriter, r *http.Request, _ context.CancelFunc) {
			_, _ = io.Copy(io.Discard, r.Body)
			refuse(w)
		}, 241, 3},
		{"a connection that is cut", func(_ http.ResponseWriter, r *http.Request, _ context.CancelFunc) {
			_, _ = io.CopyN(io.Discard, r.Body, 3<<20)
			panic(http.ErrAbortHandler)
		}, 0, 1000},
		{"a run that is cancelled", func(_ http.ResponseWriter, r *http.Request, cancel context.CancelFunc) {
			_, _ = io.CopyN(io.Discard, r.Body, 3<<20)
			cancel()
			_, _ = io.Copy(io.Discard, r.Body) // Until the connection ends.
		}, 0, 1000},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { c.handle(w, r, cancel) }))
			defer srv.Close()
			b := &bulk{base: srv.URL, client: srv.Client(), buffers: make(chan *proto.Buffer, 1), idle: time.Minute}
			in, err := b.insert(ctx, "t", []string{"a"}), error(nil)
			for n := 0; n < c.blocks && err == nil; n++ {
				err = in.write(blockRows, block)
			}
			if c.blocks == 1000 && err == nil {
				t.Fatal("blocks are written for ever")
			}
			if last := in.close(true); err == nil {
				err = last
			}
			if err == nil || Code(err) != c.code {
				t.Errorf("the INSERT ends with %v, want code %d", err, c.code)
			}
		})
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	b := &bulk{base: "http://" + closed.Addr().String(), client: http.DefaultClient, buffers: make(chan *proto.Buffer, 1), idle: time.Minute}
	if err := b.insert(t.Context(), "t", []string{"a"}).write(blockRows, block); err == nil || strings.Contains(err.Error(), closed.Addr().String()) {
		t.Errorf("nobody listens: %v", err)
	}
}

// TestSecure reaches the engine through a balancer that speaks TLS and would speak HTTP/2.
func TestSecure(t *testing.T) {
	ep := conntest.Warehouse(t)
	engine, err := url.Parse(ep.URL)
	if err != nil {
		t.Fatal(err)
	}
	var versions []string
	proxy := httputil.NewSingleHostReverseProxy(engine)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Query().Get("query"), "INSERT INTO claim.") {
			versions = append(versions, r.Proto)
		}
		proxy.ServeHTTP(w, r)
	}))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	authority := filepath.Join(t.TempDir(), "authority.pem")
	if err := os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", authority)
	s, err := Open(t.Context(), Config{URL: srv.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	cat := testCatalogue()
	if err := s.Migrate(t.Context(), cat); err != nil {
		t.Fatal(err)
	}
	const secure = schemas.DeliveryID(443) // Other tests store claims of the first delivery.
	a, err := s.Append(t.Context(), connectors.AppendSpec{Base: cat.Bases[0], Feed: cat.Feeds[0], Delivery: secure})
	if err != nil {
		t.Fatal(err)
	}
	block := benchClaims(cat.Bases[0], 0, 10)
	for i := range block.Delivery {
		block.Delivery[i] = secure
	}
	if err := a.Claims(block); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(true); err != nil {
		t.Fatal(err)
	}
	got, err := s.Stored(t.Context(), cat.Bases[0], true, secure)
	if err != nil || got[secure].Claims != 10 || len(versions) == 0 || versions[0] != "HTTP/1.1" {
		t.Errorf("%d claims are stored over %v, want 10; %v", got[secure].Claims, versions, err)
	}
}
