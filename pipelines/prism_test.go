package pipelines_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"jiku/connectors"
	"jiku/pipelines"
)

// listening are the TCP ports that this process listens on.
func listening(t *testing.T) []int {
	t.Helper()
	dir, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	var out []int
	for _, e := range dir {
		fd, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		if on, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_ACCEPTCONN); err != nil || on == 0 {
			continue
		}
		switch a, _ := unix.Getsockname(fd); a := a.(type) {
		case *unix.SockaddrInet4:
			out = append(out, a.Port)
		case *unix.SockaddrInet6:
			out = append(out, a.Port)
		}
	}
	return out
}

// outside are the addresses of this machine that are not loopback.
func outside(t *testing.T) []string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, a := range all {
		if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLoopback() && !ip.IP.IsLinkLocalUnicast() {
			out = append(out, ip.IP.String())
		}
	}
	return out
}

func reach(host string, port int) error {
	c, err := net.DialTimeout("tcp", net.JoinHostPort(host, strconv.Itoa(port)), 2*time.Second)
	if err == nil {
		_ = c.Close()
	}
	return err
}

// TestPrismFenced looks, during a run on Prism and after it, from where the ports of this
// process can be reached: Prism runs commands for whoever reaches it, so nobody may but
// this machine itself, by its loopback address.
func TestPrismFenced(t *testing.T) {
	hosts := outside(t)
	if len(hosts) == 0 {
		inNamespace(t)
		return
	}
	cat, landing := shops(t, 64<<20), t.TempDir()
	files(t, landing, map[string]string{"market_20261101.csv": "code,name,phone\nS1,甲店,11\n"})
	c := config(t, cat, connectors.NewMemory(), landing)
	c.Runner = pipelines.Prism
	var during []int
	c.Watch = func(p pipelines.Progress) {
		if p.Stage == "ingest" {
			during = listening(t)
			fenced(t, "during the run", hosts, during)
		}
	}
	mustRun(t, c)
	if len(during) == 0 {
		t.Fatal("nobody listened during the run: Prism was not looked at")
	}
	after := listening(t)
	if len(after) != 1 {
		t.Errorf("after the run %d ports listen, want Prism's alone", len(after))
	}
	fenced(t, "after the run", hosts, after)
	for _, p := range after {
		if err := reach("127.0.0.1", p); err != nil {
			t.Errorf("Prism cannot be reached from this machine: %v", err)
		}
	}
}

func fenced(t *testing.T, when string, hosts []string, ports []int) {
	t.Helper()
	for _, h := range hosts {
		for _, p := range ports {
			if reach(h, p) == nil {
				t.Errorf("%s: port %d can be reached by %s", when, p, h)
			}
		}
	}
}

// inNamespace runs the test in a network namespace with an address of its own, where the
// machine has none.
func inNamespace(t *testing.T) {
	t.Helper()
	script := "ip link set lo up && (ip link add jiku0 type veth || ip tuntap add jiku0 mode tap || ip link add jiku0 type dummy) && ip addr add 192.0.2.77/24 dev jiku0 && ip link set jiku0 up && " +
		`exec "$0" -test.run '^TestPrismFenced$'`
	out, err := exec.Command("unshare", "--map-root-user", "--net", "sh", "-c", script, os.Args[0]).CombinedOutput()
	if err != nil {
		t.Fatalf("in a network namespace of its own: %v\n%s", err, out)
	}
}

// TestPrismIdles guards against Prism's busy loop on stages whose outputs nobody consumes:
// while a stage only waits, this process uses next to no CPU.
func TestPrismIdles(t *testing.T) {
	cat, landing := shops(t, 64<<20), t.TempDir()
	files(t, landing, map[string]string{"market_20261101.csv": "code,name,phone\nS1,甲店,11\n"})
	f := &faulty{Store: openStore(t)}
	var mu sync.Mutex
	waited := []string{}
	wait := func(stage string) {
		mu.Lock()
		defer mu.Unlock()
		const long = 1500 * time.Millisecond
		before := cpu(t)
		time.Sleep(long)
		if used := cpu(t) - before; used > long/5 {
			t.Errorf("while %s waits for %v, the process uses %v of CPU", stage, long, used)
		}
		waited = append(waited, stage)
	}
	f.closed = func(string) error { wait("ingest"); return nil }
	f.publishing = func() { wait("publish") }
	c := config(t, cat, f, landing)
	c.Runner = pipelines.Prism
	mustRun(t, c)
	if !slices.Equal(waited, []string{"ingest", "publish"}) {
		t.Errorf("stages that waited: %s", strings.Join(waited, ", "))
	}
}

// cpu is the CPU time that this process has used.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(fmt.Errorf("read CPU time: %w", err))
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
