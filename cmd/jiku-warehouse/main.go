// Command jiku-warehouse is the embedded ClickHouse as a process of its own. It loads the
// ClickHouse library without cgo and serves HTTP on loopback until it is told to end by
// SIGTERM or SIGINT; it never ends by itself. It is started and stopped by
// jiku/connectors/warehouse and has no use without it.
//
// The library must not share a process with anything else: it installs signal handlers,
// owns its allocator and may abort.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/ebitengine/purego"
)

// Exit codes as in jiku: 1 the engine ended on its own, 2 usage, 3 the library does not load.
const (
	exitEnded   = 1
	exitUsage   = 2
	exitLibrary = 3
)

func main() {
	// The library runs on the main thread: it has the large stack that ClickHouse expects,
	// and signals meant for the process reach it first.
	runtime.LockOSThread()
	o, err := parse(os.Args[1:])
	if err != nil {
		os.Exit(exitUsage)
	}
	eng, err := load(o.library)
	if err != nil {
		fmt.Fprintln(os.Stderr, "jiku-warehouse:", err)
		os.Exit(exitLibrary)
	}
	if err := serve(eng, o); err != nil {
		fmt.Fprintln(os.Stderr, "jiku-warehouse:", err)
		os.Exit(exitEnded)
	}
}

type options struct {
	library, config, path string
	port                  int
	follow                bool
}

func parse(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("jiku-warehouse", flag.ContinueOnError)
	f.StringVar(&o.library, "library", "", "`file` of the ClickHouse library")
	f.StringVar(&o.config, "config", "", "ClickHouse configuration `file`")
	f.StringVar(&o.path, "path", "", "`folder` of the data")
	f.IntVar(&o.port, "port", 0, "`number` of the HTTP port to listen on")
	f.BoolVar(&o.follow, "follow", false, "end when standard input ends, that is with the process that started this one")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if o.library == "" || o.config == "" || o.path == "" || o.port == 0 || f.NArg() > 0 {
		err := errors.New("need --library, --config, --path and --port, and nothing else")
		fmt.Fprintln(os.Stderr, "jiku-warehouse:", err)
		return o, err
	}
	return o, nil
}

// library is the part of the library's interface that is used here. Its main returns an
// opaque result, not an exit code.
type library struct {
	main    func(argc int32, argv **byte) uintptr
	problem func(result uintptr) string
}

func load(path string) (library, error) {
	var l library
	h, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return l, fmt.Errorf("load library %s: %w", path, err)
	}
	purego.RegisterLibFunc(&l.main, h, "chdb_query_cmdline")
	purego.RegisterLibFunc(&l.problem, h, "chdb_result_error")
	return l, nil
}

// serve runs ClickHouse until a signal. After the listener is started the engine inserts
// what it reads from a pipe into nothing; nobody writes to the pipe, so this waits without
// any work. Closing the pipe ends the insert and lets the engine shut down in order.
func serve(l library, o options) error {
	r, w, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("open pipe: %w", err)
	}
	defer r.Close() // Keeps the descriptor, whose number is in the statement, open until the end.
	told := make(chan struct{})
	go func() {
		waitForEnd(o.follow)
		close(told)
		_ = w.Close()
	}()
	statements := fmt.Sprintf("SYSTEM START LISTEN HTTP; "+
		"INSERT INTO FUNCTION null('line String') FROM INFILE '/dev/fd/%d' FORMAT LineAsString", r.Fd())
	argv := cStrings("clickhouse", "--config-file="+o.config, "--path="+o.path, "--query", statements,
		"--", fmt.Sprintf("--http_port=%d", o.port))
	result := l.main(int32(len(argv)-1), &argv[0])
	runtime.KeepAlive(argv)
	select {
	case <-told:
		return nil
	default:
	}
	first := "see the lines above"
	if result != 0 {
		if s, _, _ := strings.Cut(l.problem(result), "\n"); s != "" {
			first = s
		}
	}
	return fmt.Errorf("run engine: it ended by itself: %s", first)
}

// waitForEnd returns at the first signal to end, or at the end of standard input if follow
// is set.
func waitForEnd(follow bool) {
	signals := make(chan os.Signal, 1)
	signal.Ignore(syscall.SIGHUP)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	orphaned := make(chan struct{})
	if follow {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			close(orphaned)
		}()
	}
	select {
	case <-signals:
	case <-orphaned:
	}
}

// cStrings makes a NULL-terminated argv. The engine may keep pointers into it, so it must
// stay reachable while the engine runs.
func cStrings(args ...string) []*byte {
	argv := make([]*byte, 0, len(args)+1)
	for _, a := range args {
		b := append([]byte(a), 0)
		argv = append(argv, &b[0])
	}
	return append(argv, nil)
}
