package conntest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jiku/connectors/warehouse"
)

// engine is the one engine of a test binary. Starting one per test would cost a second
// each, so that this is the one place where tests share something.
type engine struct {
	once sync.Once
	dir  string
	ep   warehouse.Endpoint
	err  error
}

var shared engine

// Warehouse gives the embedded engine of this test binary; the first call starts it in an
// empty home. Tests that share it must use databases of their own. The engine ends with the
// test process, however that ends; Main removes its files too.
//
// A test that looks for leaked goroutines ignores the one that waits for the engine:
// goleak.IgnoreAnyFunction("jiku/connectors/warehouse.reap").
func Warehouse(tb testing.TB) warehouse.Endpoint {
	tb.Helper()
	shared.once.Do(shared.start)
	if shared.err != nil {
		tb.Fatalf("start the warehouse of the tests: %v", shared.err)
	}
	return shared.ep
}

// Main runs the tests of a package and stops the engine that they started, if any:
//
//	func TestMain(m *testing.M) { os.Exit(conntest.Main(m)) }
func Main(m *testing.M) int {
	defer shared.stop()
	return m.Run()
}

func (e *engine) start() {
	if e.dir, e.err = os.MkdirTemp("", "jiku-test-*"); e.err != nil {
		return
	}
	child := filepath.Join(e.dir, "jiku-warehouse")
	if e.err = BuildChild(child); e.err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute) // The library may have to be fetched.
	defer cancel()
	e.ep, e.err = warehouse.Open(ctx, warehouse.Options{Home: e.dir, Child: child, Memory: "4G", Follow: true})
}

func (e *engine) stop() {
	if e.dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := warehouse.Stop(ctx, e.dir); err != nil {
		fmt.Fprintln(os.Stderr, "stop the warehouse of the tests:", err)
	}
	_ = os.RemoveAll(e.dir)
}

// BuildChild builds jiku-warehouse for tests.
func BuildChild(path string) error {
	cmd := exec.Command("go", "build", "-o", path, "jiku/cmd/jiku-warehouse")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build jiku-warehouse: %w: %s", err, out)
	}
	return nil
}
