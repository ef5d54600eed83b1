package pipelines_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/pipelines"
)

// smallDisk mounts a file system of its own for a test, and runs the test again in a mount
// namespace where it may not.
func smallDisk(t *testing.T, size string) (dir string, mounted bool) {
	t.Helper()
	dir = t.TempDir()
	err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size)
	if err == nil {
		t.Cleanup(func() {
			if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
				t.Error(err)
			}
		})
		return dir, true
	}
	if os.Geteuid() == 0 {
		t.Fatalf("mount a small file system: %v", err)
	}
	out, err := exec.Command("unshare", "--map-root-user", "--mount", os.Args[0], "-test.run", "^"+t.Name()+"$").CombinedOutput()
	if err != nil {
		t.Fatalf("in a mount namespace of its own (needs root, or a kernel that lets users have namespaces): %v\n%s", err, out)
	}
	return "", false
}

// fill leaves so many bytes of a file system free; the file is removed to free the rest.
func fill(t *testing.T, dir string, leave int64) (ballast string) {
	t.Helper()
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		t.Fatal(err)
	}
	ballast = filepath.Join(dir, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if size := int64(st.Bavail)*st.Bsize - leave; size > 0 {
		if err := syscall.Fallocate(int(f.Fd()), 0, 0, size); err != nil {
			t.Fatal(err)
		}
	}
	return ballast
}

// TestFaultDisk lets the engine's disk run full at several moments of a run: the run says so
// with what to do, as an error of the environment that nobody tries again; when there is
// space the next run ends in the content of an undisturbed one, and nothing is there twice.
func TestFaultDisk(t *testing.T) {
	dir, mounted := smallDisk(t, "256m")
	if !mounted {
		return
	}
	w, _ := lines(t)
	_, ep := engineOfOwn(t, dir)
	s, err := clickhouse.Open(t.Context(), clickhouse.Config{URL: ep.URL, User: ep.User, Password: ep.Password})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	conf := quietly(config(t, w.cat, s, w.landing))
	full := 0
	moments := []int64{1 << 20, 2 << 20, 4 << 20} // Before the first row, while rows are stored, while golden rows are.
	for more := int64(256 << 10); len(moments) < killCount(t, 3) && more < 8<<20; more += 384 << 10 {
		moments = append(moments, more)
	}
	for i, leave := range moments {
		empty(t, ep)
		conf.Runner = []pipelines.Runner{pipelines.Prism, pipelines.Straight}[i%2]
		ballast := fill(t, dir, leave)
		_, err := pipelines.Run(context.Background(), conf)
		if err != nil {
			full++
			if !clickhouse.Unfit(err) || !strings.Contains(connectors.HintOf(err), "disk is full") {
				t.Errorf("with %d KiB left the run ends with %v, hint %q", leave>>10, err, connectors.HintOf(err))
			}
		}
		t.Logf("%d KiB left: %v", leave>>10, err)
		if err := os.Remove(ballast); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		mustRun(t, conf)
		w.equal(t, s)
	}
	if full < 2 {
		t.Errorf("the disk was full in %d runs", full)
	}
}
