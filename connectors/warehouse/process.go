package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	startWait = 3 * time.Minute // Many tables take a while to load.
	stopWait  = 30 * time.Second
	pollEvery = 20 * time.Millisecond
	logKept   = 4 << 20
)

// process is a child that was started by this process and has not answered yet.
type process struct {
	pid  int
	port int
	// died is closed when the child has ended; how tells of it then.
	died <-chan struct{}
	how  *exec.Cmd
	// logFrom is where the child's lines begin in engine.log.
	logFrom int64
}

func (p process) kill() {
	_ = syscall.Kill(p.pid, syscall.SIGKILL)
	<-p.died
}

// command is the child's command line. identify knows it by --path and the port.
func (h home) command(o Options, library string, port int) (*exec.Cmd, error) {
	if o.Binary != "" {
		// A server's log has the text of queries, hence none of it.
		return exec.Command(o.Binary, "server", "--config-file="+h.path("config.xml"),
			"--", "--path="+h.path("data"), fmt.Sprintf("--http_port=%d", port), "--logger.level=none"), nil
	}
	child, err := o.child()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(child, "--library="+library, "--config="+h.path("config.xml"),
		"--path="+h.path("data"), fmt.Sprintf("--port=%d", port))
	if o.Follow {
		cmd.Args = append(cmd.Args, "--follow")
	}
	return cmd, nil
}

// launch starts the child in a session of its own, so that it survives this process and
// the terminal.
func (h home) launch(o Options, library string, port int) (process, error) {
	cmd, err := h.command(o, library, port)
	if err != nil {
		return process{}, err
	}
	log, from, err := h.openLog()
	if err != nil {
		return process{}, err
	}
	defer log.Close()
	cmd.Dir = h.dir
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	// Nothing else of the environment: it may hold passwords that are none of the engine's.
	cmd.Env = []string{"HOME=" + h.dir, "PATH=" + os.Getenv("PATH"), "TZ=UTC", "LC_ALL=C.UTF-8"}
	var tie io.Closer = io.NopCloser(nil)
	if o.Follow && o.Binary == "" {
		r, w, err := os.Pipe()
		if err != nil {
			return process{}, fmt.Errorf("open pipe: %w", err)
		}
		defer r.Close()
		cmd.Stdin, tie = r, w
	}
	if err := cmd.Start(); err != nil {
		_ = tie.Close()
		return process{}, hinted(fmt.Errorf("start %s: %w", cmd.Path, err), startHint(o))
	}
	died := make(chan struct{})
	go reap(cmd, tie, died)
	return process{pid: cmd.Process.Pid, port: port, died: died, how: cmd, logFrom: from}, nil
}

// reap waits for the child, so that it leaves no zombie, and holds the pipe that a
// following child watches.
func reap(cmd *exec.Cmd, tie io.Closer, died chan<- struct{}) {
	_ = cmd.Wait()
	_ = tie.Close()
	close(died)
}

func startHint(o Options) string {
	if o.Binary != "" {
		return "JIKU_CLICKHOUSE must be the path of an executable ClickHouse: `\"$JIKU_CLICKHOUSE\" --version`"
	}
	return "jiku-warehouse must lie beside jiku: build both with `make build`, or install both"
}

// openLog opens engine.log for appending; a long one is kept once as engine.log.1.
func (h home) openLog() (*os.File, int64, error) {
	name := h.path("engine.log")
	if info, err := os.Stat(name); err == nil && info.Size() > logKept {
		_ = os.Rename(name, name+".1")
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, 0, onDisk(fmt.Errorf("open engine log: %w", err), h.dir)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(fmt.Errorf("open engine log: %w", err), f.Close())
	}
	return f, info.Size(), nil
}

// ready waits until the child answers as user jiku. It kills a child that does not.
func (h home) ready(ctx context.Context, p process, ep Endpoint) (Endpoint, error) {
	ctx, cancel := context.WithTimeout(ctx, startWait)
	defer cancel()
	last := errors.New("it does not listen yet")
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-p.died:
			return Endpoint{}, h.diagnose(p)
		case <-ctx.Done():
			p.kill()
			return Endpoint{}, hinted(fmt.Errorf("start engine: no answer: %w (%w)", last, ctx.Err()), "read "+h.path("engine.log"))
		case <-tick.C:
		}
		if !listens(p.pid, p.port) {
			continue
		}
		if ep.Version, last = version(ctx, ep); last == nil {
			return ep, nil
		} else if errors.Is(last, errDenied) { // It has just read its users: waiting does not help.
			p.kill()
			return Endpoint{}, hinted(fmt.Errorf("start engine: %w", last), "read "+h.path("engine.log"))
		}
	}
}

var (
	errPortTaken = errors.New("the port is taken")
	// errDying says that a process which was killed still holds its files: the kernel closes
	// them after its last thread, when the process itself counts as gone.
	errDying = errors.New("the former engine is still ending")
	// errKilled says that the kernel, for want of memory, or somebody has ended it at once.
	errKilled = errors.New("it was killed before it answered")
)

// killed reports whether a child that has ended was killed.
func (p process) killed() bool {
	s, ok := p.how.ProcessState.Sys().(syscall.WaitStatus)
	return ok && s.Signaled() && s.Signal() == syscall.SIGKILL
}

// diagnose turns the last lines of a dead child into an error.
func (h home) diagnose(p process) error {
	tail := h.logTail(p.logFrom)
	switch {
	case p.killed():
		return fmt.Errorf("start engine: %w", errKilled)
	case strings.Contains(tail, "Address already in use"):
		return fmt.Errorf("start engine: %w", errPortTaken)
	case strings.Contains(tail, "Cannot lock file") && birth(h.lockHolder()) == "":
		return fmt.Errorf("start engine: %w", errDying)
	case strings.Contains(tail, "Cannot lock file"):
		return hinted(fmt.Errorf("start engine: process %d holds %s", h.lockHolder(), h.path("data")),
			fmt.Sprintf("look what it is (`ps -fp %d`); if it is a ClickHouse that lost its jiku, end it with `kill %[1]d` and run the command again", h.lockHolder()))
	case strings.Contains(tail, "No space left on device"), strings.Contains(tail, "NOT_ENOUGH_SPACE"):
		return onDisk(fmt.Errorf("start engine: %w", syscall.ENOSPC), h.dir)
	case strings.Contains(tail, "Permission denied"):
		return onDisk(fmt.Errorf("start engine: %w", os.ErrPermission), h.dir)
	}
	return hinted(fmt.Errorf("start engine: it ended before it answered (%s): %s", p.how.ProcessState, tail),
		"read "+h.path("engine.log")+"; if data of the engine is damaged, move "+h.path("data")+" away and build again from the deliveries")
}

// logTail is the start of the last few lines that a child wrote. The engine logs no
// queries, and a child that has not answered has seen no data.
func (h home) logTail(from int64) string {
	f, err := os.Open(h.path("engine.log"))
	if err != nil {
		return "(no log)"
	}
	defer f.Close()
	b, _ := io.ReadAll(io.LimitReader(io.NewSectionReader(f, from, logKept), logKept))
	lines := strings.FieldsFunc(string(b), func(r rune) bool { return r == '\n' })
	lines = lines[max(0, len(lines)-6):]
	for i, l := range lines {
		lines[i] = l[:min(len(l), 300)]
	}
	if len(lines) == 0 {
		return "it said nothing"
	}
	return strings.Join(lines, " | ")
}

// freePort gives a port that nobody listens on: the preferred one if it is free, so that
// addresses survive a restart.
func freePort(prefer int) (int, error) {
	l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(prefer)))
	if err != nil && prefer != 0 {
		l, err = net.Listen("tcp4", "127.0.0.1:0")
	}
	if err != nil {
		return 0, fmt.Errorf("choose port: %w", err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// end stops a process in order, and by force if that takes too long.
func end(ctx context.Context, pid int, born string) error {
	if err := syscall.Kill(pid, syscall.SIGTERM); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stop engine: process %d: %w", pid, err)
	}
	deadline := time.Now().Add(stopWait)
	for birth(pid) == born {
		if ctx.Err() != nil {
			return fmt.Errorf("stop engine: process %d: %w", pid, ctx.Err())
		}
		if time.Now().After(deadline) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		time.Sleep(pollEvery)
	}
	return nil
}
