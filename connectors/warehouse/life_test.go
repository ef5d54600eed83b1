package warehouse

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
)

// life is a home with a table, whose engine is reopened again and again.
type life struct {
	options Options
	home    home
	ep      Endpoint
}

func begin(t *testing.T) *life {
	t.Helper()
	l := &life{options: fresh(t)}
	l.ep = mustOpen(t, l.options)
	do(t, l.ep, "CREATE DATABASE d")
	do(t, l.ep, "CREATE TABLE d.t (x UInt64) ENGINE = MergeTree ORDER BY x")
	do(t, l.ep, "INSERT INTO d.t SELECT number FROM numbers(1000)")
	var err error
	if l.home, err = homeOf(l.options.Home); err != nil {
		t.Fatal(err)
	}
	return l
}

// reopen opens the home once more; the data must be there, served by the same engine or
// by a new one as wanted.
func (l *life) reopen(t *testing.T, wantSame bool) {
	t.Helper()
	next := mustOpen(t, l.options)
	if got := do(t, next, "SELECT sum(x) FROM d.t"); got != "499500" {
		t.Errorf("the table sums to %s, want 499500", got)
	}
	if same := next.PID == l.ep.PID; same != wantSame {
		t.Errorf("same engine: %t, want %t", same, wantSame)
	}
	l.ep = next
}

// TestLife attaches to, stops and restarts an engine, and loses its files while it runs.
func TestLife(t *testing.T) {
	l := begin(t)
	t.Run("attach", func(t *testing.T) { l.reopen(t, true) })
	t.Run("inspect", func(t *testing.T) {
		st, err := Inspect(t.Context(), l.options.Home)
		if err != nil || !st.Running || st.PID != l.ep.PID || st.URL != l.ep.URL || st.Version != l.ep.Version || st.Disk == 0 {
			t.Errorf("Inspect gives %+v, %v; the engine is %d at %s", st, err, l.ep.PID, l.ep.URL)
		}
	})
	t.Run("state lost while it runs", func(t *testing.T) {
		if err := os.Remove(l.home.path("state.json")); err != nil {
			t.Fatal(err)
		}
		l.reopen(t, true)
		if l.home.readState().PID != l.ep.PID {
			t.Error("the state was not written again")
		}
	})
	t.Run("state half written while it runs", func(t *testing.T) {
		if err := os.WriteFile(l.home.path("state.json"), []byte(`{"pid": 12`), 0o600); err != nil {
			t.Fatal(err)
		}
		l.reopen(t, true)
	})
	t.Run("passwords lost while it runs", func(t *testing.T) {
		if err := os.Remove(l.home.path("password")); err != nil {
			t.Fatal(err)
		}
		l.reopen(t, false)
	})
	t.Run("stop and restart", func(t *testing.T) {
		old := l.ep
		if err := Stop(t.Context(), l.options.Home); err != nil {
			t.Fatal(err)
		}
		if st, err := Inspect(t.Context(), l.options.Home); err != nil || st.Running || st.Disk == 0 {
			t.Errorf("after Stop, Inspect gives %+v, %v", st, err)
		}
		if _, err := os.Stat(l.home.path("data/status")); err == nil {
			t.Error("the engine did not shut down in order: data/status is left")
		}
		l.reopen(t, false)
		if l.ep.URL != old.URL || l.ep.Password != old.Password || l.ep.ReaderPassword != old.ReaderPassword {
			t.Error("address or passwords changed over a restart")
		}
	})
	t.Run("files are private", func(t *testing.T) {
		for _, name := range []string{"config.xml", "users.xml", "state.json", "password", "reader-password", "engine.log"} {
			if info, err := os.Stat(l.home.path(name)); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: mode %v, %v; want 0600", name, info.Mode(), err)
			}
		}
		b, _ := json.Marshal(l.ep)
		if strings.Contains(string(b), l.ep.Password.Reveal()) {
			t.Error("an endpoint prints its password")
		}
	})
}

// TestHeal opens homes whose engine is gone without a word.
func TestHeal(t *testing.T) {
	l := begin(t)
	t.Run("killed", func(t *testing.T) {
		killHard(t, l.ep.PID)
		l.reopen(t, false)
	})
	t.Run("killed, and its pid is another program's", func(t *testing.T) {
		killHard(t, l.ep.PID)
		other := sleeper(t, "sleep", "60")
		s := l.home.readState()
		s.PID, s.Birth = other, birth(other) // The command line alone tells.
		if err := l.home.writeState(s); err != nil {
			t.Fatal(err)
		}
		l.reopen(t, false)
		if birth(other) != s.Birth {
			t.Error("the other program was touched")
		}
	})
	t.Run("killed, and its pid is a program with the same arguments", func(t *testing.T) {
		killHard(t, l.ep.PID)
		s := l.home.readState()
		s.PID = sleeper(t, "sh", "-c", "sleep 60; true", "jiku-warehouse", "--path="+l.home.path("data"), fmt.Sprintf("--port=%d", s.Port))
		if err := l.home.writeState(s); err != nil { // The birth alone tells.
			t.Fatal(err)
		}
		l.reopen(t, false)
	})
	t.Run("stopped, and the port is taken", func(t *testing.T) {
		if err := Stop(t.Context(), l.options.Home); err != nil {
			t.Fatal(err)
		}
		taken, err := net.Listen("tcp4", strings.TrimPrefix(l.ep.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer taken.Close()
		old := l.ep.URL
		l.reopen(t, false)
		if l.ep.URL == old {
			t.Error("the engine has a port that another program listens on")
		}
	})
}

// TestPortRace lets another program take the port between its choice and its use.
func TestPortRace(t *testing.T) {
	o := fresh(t)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	taken := l.Addr().(*net.TCPAddr).Port
	calls := 0
	ep, err := open(t.Context(), o, func(prefer int) (int, error) {
		if calls++; calls == 1 {
			return taken, nil
		}
		return freePort(prefer)
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls != 2 || do(t, ep, "SELECT 1") != "1" {
		t.Errorf("%d ports were chosen, want 2", calls)
	}
}

// TestTwoOpens starts several at once; all get the same engine.
func TestTwoOpens(t *testing.T) {
	o := fresh(t)
	var wg sync.WaitGroup
	eps := make([]Endpoint, 3)
	for i := range eps {
		wg.Go(func() {
			ep, err := Open(t.Context(), o)
			if err != nil {
				t.Error(err)
			}
			eps[i] = ep
		})
	}
	wg.Wait()
	for _, ep := range eps[1:] {
		if ep != eps[0] {
			t.Errorf("one Open gives %+v, another %+v", eps[0], ep)
		}
	}
}

// TestRevive: an engine that died is started again with its data; one that was stopped stays
// down, whoever had it, until somebody opens the warehouse; a server is left alone.
func TestRevive(t *testing.T) {
	o := fresh(t)
	ep := mustOpen(t, o)
	do(t, ep, "CREATE TABLE default.kept ENGINE = MergeTree ORDER BY n AS SELECT 7 AS n")
	if same, err := Revive(t.Context(), o); err != nil || same.PID != ep.PID {
		t.Errorf("an engine that lives: process %d, %v; want %d", same.PID, err, ep.PID)
	}
	killHard(t, ep.PID)
	again, err := Revive(t.Context(), o)
	if err != nil || again.PID == ep.PID {
		t.Fatalf("an engine that died: process %d, %v", again.PID, err)
	}
	if got := do(t, again, "SELECT n FROM default.kept"); got != "7" {
		t.Errorf("its data: %q", got)
	}
	if err := Stop(t.Context(), o.Home); err != nil {
		t.Fatal(err)
	}
	_, err = Revive(t.Context(), o)
	mustSay(t, err, "it was stopped while this run worked", "jiku up")
	mustOpen(t, o)
	if _, err := Revive(t.Context(), o); err != nil {
		t.Errorf("after it was opened again: %v", err)
	}
	if ep, err := Revive(t.Context(), Options{DSN: "clickhouse://u:p@127.0.0.1:1/"}); err != nil || ep.URL != "" {
		t.Errorf("a server: %+v, %v", ep, err)
	}
}
