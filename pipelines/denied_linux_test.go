package pipelines_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"jiku/connectors"
	"jiku/pipelines"
)

// nobody gives up the right to read every file, which tests that run as root have: for what
// this goroutine opens, until the test ends.
func nobody(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	// The thread ends with the goroutine, since it is not unlocked.
	runtime.LockOSThread()
	if err := syscall.Setfsuid(65534); err != nil {
		t.Fatal(err)
	}
}

// TestDeniedFeed takes away the rights to the files of one feed, and to the directory of
// another: these feeds are left out of the run, which says so and loads the others.
func TestDeniedFeed(t *testing.T) {
	cat := shopsWith(t, 1500, `"market_*.csv"`, `"in/*/market_*.csv"`)
	landing := t.TempDir()
	files(t, landing, map[string]string{"in/a/market_20261101.csv": "code,name,phone\nS1,一号店,1\n",
		"tax_20261101.csv": "code,op,name,staff\nS1,,甲店,1\n", "visit_20261101.csv": "code,at,name,phone,staff\nS2,2026-11-01,二号店,2,3\n"})
	for _, dir := range []string{landing, filepath.Dir(landing)} {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, mode := range map[string]os.FileMode{"in/a": 0, "tax_20261101.csv": 0} {
		path := filepath.Join(landing, name)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(path, 0o700) })
	}
	type outcome struct {
		report *pipelines.Report
		err    error
	}
	done := make(chan outcome)
	store := connectors.NewMemory()
	go func() {
		nobody(t)
		r, err := pipelines.Run(t.Context(), config(t, cat, store, landing))
		done <- outcome{r, err}
	}()
	got := <-done
	if got.err != nil {
		t.Fatalf("rights to one feed stop the run: %v", got.err)
	}
	refused := 0
	for _, d := range got.report.Deliveries {
		if d.Action == pipelines.Refused {
			refused++
			if !strings.Contains(d.Note, "权限") || strings.Contains(d.Note, landing) {
				t.Errorf("%s: note %q", d.Feed, d.Note)
			}
		}
	}
	if states := statesOf(t, store); refused != 2 || len(states) != 1 || !got.report.Stopped() {
		t.Errorf("%d feeds refused, want 2; deliveries %v; stopped %v", refused, states, got.report.Stopped())
	}
}
