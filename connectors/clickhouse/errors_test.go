package clickhouse

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/connectors"
	"jiku/connectors/conntest"
)

// TestErrors has an engine answer with errors as the real one words them: what is said of
// them is number, kind, class and hint, and nothing of their text.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       int
		want       connectors.Code
		unfit      bool
		hint       string
	}{
		{"memory", "Code: 241. DB::Exception: (total) memory limit exceeded: would use 赵小明 (MEMORY_LIMIT_EXCEEDED)", 241, connectors.Temporary, false, "JIKU_ENGINE_MEMORY"},
		{"queries", "Code: 202. DB::Exception: Too many 赵小明 (TOO_MANY_SIMULTANEOUS_QUERIES)", 202, connectors.Temporary, false, "run again"},
		{"parts", "Code: 252. DB::Exception: 赵小明 (TOO_MANY_PARTS)", 252, connectors.Temporary, false, "wait"},
		{"space", "Code: 243. DB::Exception: Cannot reserve 1.00 MiB 赵小明 (NOT_ENOUGH_SPACE)", 243, connectors.Permanent, true, "disk is full"},
		{"space while writing", "Code: 75. DB::ErrnoException: Cannot write to file 赵小明: errno: 28, strerror: No space left on device (CANNOT_WRITE_TO_FILE_DESCRIPTOR)", 75, connectors.Permanent, true, "disk is full"},
		{"writing", "Code: 75. DB::ErrnoException: 赵小明: errno: 5, strerror: Input/output error (CANNOT_WRITE_TO_FILE_DESCRIPTOR)", 75, connectors.Permanent, false, ""},
		{"rights", "Code: 497. DB::Exception: jiku: 赵小明 (ACCESS_DENIED)", 497, connectors.Denied, true, "SHOW GRANTS"},
		{"table", "Code: 60. DB::Exception: Unknown table expression identifier 赵小明 (UNKNOWN_TABLE)", 60, connectors.Missing, false, ""},
		{"value", "Code: 27. DB::Exception: Cannot parse 赵小明 (CANNOT_PARSE_INPUT_ASSERTION_FAILED)", 27, connectors.Permanent, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := answering(t, http.StatusInternalServerError, c.text)
			bulk := s.bulk.scan(t.Context(), question{sql: "SELECT 1"}, nil, nil)
			for what, err := range map[string]error{"driver": s.Exec(t.Context(), "SELECT 1"), "blocks": bulk} {
				err = fmt.Errorf("run: %w", err)
				if Code(err) != c.code || connectors.CodeOf(err) != c.want || Unfit(err) != c.unfit ||
					!strings.Contains(connectors.HintOf(err), c.hint) || c.hint == "" && connectors.HintOf(err) != "" {
					t.Errorf("%s: number %d, code %s, unfit %t, hint %q", what, Code(err), connectors.CodeOf(err), Unfit(err), connectors.HintOf(err))
				}
				if strings.Contains(err.Error(), "赵小明") || strings.Contains(err.Error(), "http://") || !strings.Contains(err.Error(), "clickhouse answers") {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
}

// TestSevered has no engine, one that hangs up, and a balancer before one that is away.
func TestSevered(t *testing.T) {
	gone := answering(t, 0, "")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := l.Addr().String()
	l.Close()
	away := answering(t, 0, "")
	away.line.now.Store(&nobody)
	for name, s := range map[string]*Store{"hangs up": gone, "nobody listens": away, "balancer": answering(t, http.StatusServiceUnavailable, "<html>")} {
		t.Run(name, func(t *testing.T) {
			in := s.bulk.insert(t.Context(), "claim.x", []string{"n"})
			n := []uint64{1}
			inserted := in.write(1, []proto.InputColumn{{Name: "n", Data: wordColumn[uint64]{&n, proto.ColumnTypeUInt64}}})
			if inserted == nil {
				inserted = in.close(true)
			}
			for what, err := range map[string]error{"driver": s.Exec(t.Context(), "SELECT 1"), "insert": inserted} {
				if connectors.CodeOf(err) != connectors.Temporary || !strings.Contains(connectors.HintOf(err), "jiku status") ||
					!strings.HasPrefix(err.Error(), "no answer from clickhouse: ") || strings.Contains(err.Error(), "http://") {
					t.Errorf("%s: %v (%s), hint %q", what, err, connectors.CodeOf(err), connectors.HintOf(err))
				}
			}
		})
	}
	if err := redact(errors.New("converting 赵小明 to UInt64")); strings.Contains(err.Error(), "赵小明") {
		t.Errorf("the driver's words are shown: %v", err)
	}
}

// answering is a store on a server that greets and then answers everything alike; status 0
// hangs up.
func answering(t *testing.T, status int, text string) *Store {
	t.Helper()
	ep := conntest.Warehouse(t)
	to, err := url.Parse(ep.URL)
	if err != nil {
		t.Fatal(err)
	}
	well := httputil.NewSingleHostReverseProxy(to)
	var sick atomic.Bool
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !sick.Load():
			well.ServeHTTP(w, r)
		case status == 0:
			panic(http.ErrAbortHandler)
		default:
			w.WriteHeader(status)
			_, _ = w.Write([]byte(text))
		}
	}))
	t.Cleanup(srv.Close)
	s, err := Open(t.Context(), Config{URL: srv.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	sick.Store(true)
	return s
}
