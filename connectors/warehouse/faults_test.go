package warehouse

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas"
)

// mustSay checks that an error tells what is wrong and what to do.
func mustSay(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want one that says %q", parts)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("%q does not say %q", err, p)
		}
	}
}

// TestParentKilled kills the program that started an engine: an engine that follows ends
// with it, another stays and is attached to.
func TestParentKilled(t *testing.T) {
	for _, follow := range []bool{true, false} {
		t.Run(fmt.Sprintf("follow %t", follow), func(t *testing.T) {
			o := fresh(t)
			parent := exec.Command(os.Args[0])
			parent.Env = append(os.Environ(), starterHome+"="+o.Home, starterChild+"="+child, fmt.Sprintf("%s=%t", starterFollow, follow))
			out, err := parent.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := parent.Start(); err != nil {
				t.Fatal(err)
			}
			line, _ := bufio.NewReader(out).ReadString('\n')
			_ = parent.Process.Kill()
			_ = parent.Wait()
			var pid int
			if _, err := fmt.Sscan(line, &pid); err != nil || pid == 0 {
				t.Fatalf("the starter says %q", line)
			}
			if !follow {
				if ep := mustOpen(t, o); ep.PID != pid {
					t.Errorf("another engine was started: %d, not %d", ep.PID, pid)
				}
				return
			}
			deadline := time.Now().Add(10 * time.Second)
			for birth(pid) != "" && time.Now().Before(deadline) {
				time.Sleep(10 * time.Millisecond)
			}
			if birth(pid) != "" {
				t.Error("the engine outlived the program that it follows")
			}
		})
	}
}

// TestForeignLock starts an engine on data that a process which is no jiku-warehouse holds:
// here one whose command line says another folder.
func TestForeignLock(t *testing.T) {
	o := fresh(t)
	ep := mustOpen(t, o)
	link := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.MkdirAll(filepath.Join(link, "warehouse"), 0o700); err != nil {
		t.Fatal(err)
	}
	h, err := homeOf(o.Home)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(h.path("data"), filepath.Join(link, "warehouse", "data")); err != nil {
		t.Fatal(err)
	}
	other := o
	other.Home = link
	_, err = Open(t.Context(), other)
	mustSay(t, err, fmt.Sprintf("process %d holds", ep.PID), fmt.Sprintf("`kill %d`", ep.PID))
	if birth(ep.PID) == "" {
		t.Error("the other engine was ended")
	}
}

// killing is a program in the place of the child that is killed as it starts if a shell condition
// holds, and is the child if not.
func killing(t *testing.T, condition string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "jiku-warehouse")
	script := fmt.Sprintf("#!/bin/sh\nif %s; then kill -9 $$; fi\nexec %s \"$@\"\n", condition, child)
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestKilledAtStart kills an engine as it starts, once: another start finds it.
func TestKilledAtStart(t *testing.T) {
	o := fresh(t)
	o.Child = killing(t, fmt.Sprintf("mkdir %q 2>/dev/null", filepath.Join(t.TempDir(), "once")))
	ep := mustOpen(t, o)
	if again := mustOpen(t, o); again.PID != ep.PID {
		t.Errorf("process %d answers, then %d", ep.PID, again.PID)
	}
}

// TestBadEnvironment checks the messages for what goes wrong on a machine.
func TestBadEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		change func(o *Options)
		want   []string
	}{
		{"no home", func(o *Options) { o.Home = "" }, []string{"no home", "--home"}},
		{"home is a file", func(o *Options) { o.Home = file }, []string{"create warehouse", "--home"}},
		{"no child", func(o *Options) { o.Child = file + "-none" }, []string{"start ", "no such file", "make build"}},
		{"child does not run", func(o *Options) { o.Child = file }, []string{"start ", "permission denied", "make build"}},
		{"child ends at once", func(o *Options) { o.Child = "/bin/false" }, []string{"ended before it answered", "engine.log"}},
		{"child is killed", func(o *Options) { o.Child = killing(t, "true") }, []string{"killed before it answered", "dmesg", "JIKU_ENGINE_MEMORY"}},
		{"no such binary", func(o *Options) { o.Binary = file + "-none" }, []string{"start ", "JIKU_CLICKHOUSE"}},
		{"bad memory", func(o *Options) { o.Memory = "lots" }, []string{`JIKU_ENGINE_MEMORY "lots"`, "export JIKU_ENGINE_MEMORY=6G"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			o := Options{Home: t.TempDir(), Child: child, Follow: true}
			c.change(&o)
			_, err := Open(t.Context(), o)
			mustSay(t, err, c.want...)
		})
	}
}

func TestDiskErrors(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"full":      {syscall.ENOSPC, "df -h /h"},
		"quota":     {syscall.EDQUOT, "df -h /h"},
		"denied":    {fs.ErrPermission, "chown -R $(id -un) /h"},
		"read-only": {syscall.EROFS, "--home"},
	} {
		t.Run(name, func(t *testing.T) {
			err := onDisk(&fs.PathError{Op: "write", Path: "/h/x", Err: c.err}, "/h")
			mustSay(t, err, c.want)
			if !errors.Is(err, c.err) {
				t.Error("the cause is lost")
			}
		})
	}
}

// TestServerCommand checks the command line of a ClickHouse binary. None is at hand to run.
func TestServerCommand(t *testing.T) {
	h := home{dir: "/h/warehouse"}
	cmd, err := h.command(Options{Binary: "/usr/bin/clickhouse"}, "", 8123)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/usr/bin/clickhouse", "server", "--config-file=/h/warehouse/config.xml", "--",
		"--path=/h/warehouse/data", "--http_port=8123", "--logger.level=none"}
	if d := cmp.Diff(want, cmd.Args); d != "" {
		t.Error(d)
	}
}

func TestParseMemory(t *testing.T) {
	for _, c := range []struct {
		setting string
		want    int64
	}{
		{"6G", 6 << 30}, {"800m", 800 << 20}, {"1T", 1 << 40}, {"1073741824", 1 << 30}, {"60%", 6000 << 20},
		{"1%", leastMemory}, {"", 0}, {"G", 0}, {"-1G", 0}, {"0", 0}, {"101%", 0}, {"100M", 0}, {"9999999999T", 0}, {"1.5G", 0},
	} {
		t.Run(c.setting, func(t *testing.T) {
			got, err := parseMemory(c.setting, 10000<<20)
			if got != c.want || (err == nil) != (c.want > 0) {
				t.Errorf("%d, %v; want %d", got, err, c.want)
			}
		})
	}
}

func TestDSN(t *testing.T) {
	for _, c := range []struct {
		name, dsn string
		want      Endpoint
	}{
		{"plain", "clickhouse://u:p@db.example:9001/", Endpoint{URL: "http://db.example:9001", User: "u", Password: "p"}},
		{"defaults", "clickhouse://db.example", Endpoint{URL: "http://db.example:8123", User: "default"}},
		{"secure", "clickhouse://u:p%40%2F@db.example/?secure=true", Endpoint{URL: "https://db.example:8443", User: "u", Password: "p@/"}},
		{"reader", "clickhouse://u:p@[::1]/default?reader=r&reader_password=q", Endpoint{URL: "http://[::1]:8123", User: "u", Password: "p", Reader: "r", ReaderPassword: "q"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parseDSN(schemas.Secret(c.dsn))
			if err != nil || got != c.want {
				t.Errorf("%+v, %v; want %+v", got, err, c.want)
			}
		})
	}
	for name, dsn := range map[string]string{
		"other scheme": "http://u:hidden@h", "no host": "clickhouse://u:hidden@/", "database": "clickhouse://u:hidden@h/mine",
		"parameter": "clickhouse://u:hidden@h/?compress=1", "secure": "clickhouse://u:hidden@h/?secure=maybe",
		"slash in the password": "clickhouse://u:hid/den@h:8123/", "percent in the password": "clickhouse://u:hidden%zz@h",
		"several hosts": "clickhouse://u:hidden@a,b:8123/", "nothing listens": "clickhouse://u:hidden@127.0.0.1:1/",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(t.Context(), Options{DSN: schemas.Secret(dsn)})
			mustSay(t, err, "open warehouse:")
			if strings.Contains(err.Error(), "hid") || strings.Contains(fmt.Sprintf("%+v", Options{DSN: schemas.Secret(dsn)}), "hid") {
				t.Errorf("the password shows: %v", err)
			}
			var e *Error
			if !errors.As(err, &e) || e.Hint() == "" {
				t.Errorf("no hint: %v", err)
			}
		})
	}
}

// TestDSNServer uses a running engine as if it were somebody's server.
func TestDSNServer(t *testing.T) {
	ep := mustOpen(t, fresh(t))
	dsn := func(password schemas.Secret) Options {
		return Options{DSN: schemas.Secret("clickhouse://jiku:" + password.Reveal() + "@" + strings.TrimPrefix(ep.URL, "http://") + "/")}
	}
	got, err := Open(t.Context(), dsn(ep.Password))
	want := Endpoint{URL: ep.URL, User: "jiku", Password: ep.Password, Version: ep.Version}
	if err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	_, err = Open(t.Context(), dsn("wrong"))
	mustSay(t, err, "user or password is wrong", "check user and password in JIKU_WAREHOUSE")
}
