package warehouse

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"jiku/schemas"
)

// child is the jiku-warehouse that the tests of this package run.
var child string

// starterHome makes the test binary a program that opens the home it names, says the pid
// of the engine and waits to be killed; starterFollow is "true" or "false".
const starterHome, starterChild, starterFollow = "JIKU_TEST_HOME", "JIKU_TEST_CHILD", "JIKU_TEST_FOLLOW"

func TestMain(m *testing.M) {
	if dir := os.Getenv(starterHome); dir != "" {
		ep, err := Open(context.Background(), Options{Home: dir, Child: os.Getenv(starterChild),
			Memory: "1G", Follow: os.Getenv(starterFollow) == "true"})
		fmt.Println(ep.PID, err)
		time.Sleep(time.Minute)
		return
	}
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "jiku-child-*")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		child = filepath.Join(dir, "jiku-warehouse")
		build := exec.Command("go", "build", "-o", child, "jiku/cmd/jiku-warehouse")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			panic(string(out))
		}
		return m.Run()
	}())
}

// fresh gives options of an empty home; its engine ends with the test, and with the test
// process at the latest.
func fresh(t *testing.T) Options {
	t.Helper()
	o := Options{Home: filepath.Join(t.TempDir(), "a & b"), Child: child, Memory: "2G", Follow: true}
	t.Cleanup(func() {
		if err := Stop(context.Background(), o.Home); err != nil {
			t.Error(err)
		}
	})
	return o
}

func mustOpen(t *testing.T, o Options) Endpoint {
	t.Helper()
	ep, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return ep
}

// ask runs a query and gives status and text of the answer.
func ask(t *testing.T, ep Endpoint, user string, password schemas.Secret, query string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, ep.URL+"/", strings.NewReader(query))
	if err != nil {
		t.Fatal(err)
	}
	if user != "" {
		req.Header.Set("X-ClickHouse-User", user)
		req.Header.Set("X-ClickHouse-Key", password.Reveal())
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, strings.TrimSpace(string(b))
}

// do runs a query as jiku that must succeed.
func do(t *testing.T, ep Endpoint, query string) string {
	t.Helper()
	status, text := ask(t, ep, ep.User, ep.Password, query)
	if status != http.StatusOK {
		t.Fatalf("%s: %s", query, text)
	}
	return text
}

// sleeper runs a program in the place of an engine until the test ends.
func sleeper(t *testing.T, name string, args ...string) int {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	})
	return cmd.Process.Pid
}

func killHard(t *testing.T, pid int) {
	t.Helper()
	born := birth(pid)
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	for birth(pid) == born {
		time.Sleep(time.Millisecond)
	}
}
