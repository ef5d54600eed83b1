package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestEngineLost takes the engine away from a run: one that is killed is started again and
// the run ends well; one that somebody stops stays down, and the run says so and what to do.
func TestEngineLost(t *testing.T) {
	landing := land(t)
	for _, c := range []struct {
		name string
		lose func(u *user)
		code int
		says string
	}{
		{"killed", func(u *user) { _ = syscall.Kill(enginePID(u), syscall.SIGKILL) }, 0, "engine started"},
		{"stopped", func(u *user) { u.must(0, "down") }, 3, "→ start it with `jiku up`, then run again"},
	} {
		t.Run(c.name, func(t *testing.T) {
			u := newUser(t, "JIKU_LANDING="+landing)
			u.must(0, "up")
			ended := make(chan outcome, 1)
			go func() { ended <- u.do("", "run", "--date", "2026-11-01", "--log-level", "info") }()
			// The database of claims is made early in the first run.
			sign := filepath.Join(u.home, "warehouse", "data", "metadata", "claim.sql")
			for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
				if _, err := os.Lstat(sign); err == nil {
					break
				}
				if time.Now().After(deadline) {
					t.Fatal("the run does not come to its tables")
				}
			}
			c.lose(u)
			got := <-ended
			if got.code != c.code || !strings.Contains(got.err, c.says) || strings.Contains(got.err, "http://") {
				t.Errorf("the run ends with %d, want %d; it must say %q:\n%s%s", got.code, c.code, c.says, got.out, got.err)
			}
			u.must(0, "run", "--date", "2026-11-01")
		})
	}
}

// enginePID is the process of a user's engine.
func enginePID(u *user) int {
	u.t.Helper()
	var state struct{ PID int }
	text, err := os.ReadFile(filepath.Join(u.home, "warehouse", "state.json"))
	if err == nil {
		err = json.Unmarshal(text, &state)
	}
	if err != nil || state.PID == 0 {
		u.t.Fatalf("find the engine: %v", err)
	}
	return state.PID
}
