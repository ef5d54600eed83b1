package pipelines_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/sirupsen/logrus"

	"jiku/connectors"
	"jiku/connectors/clickhouse"
	"jiku/connectors/warehouse"
	"jiku/pipelines"
	"jiku/schemas"
)

// childEnv makes the test binary a program that performs one run over the built-in
// catalogue; it holds a childTask.
const childEnv = "JIKU_LAW_RUN"

// childTask is what a child does. The password is that of a test's own engine.
type childTask struct {
	URL, User, Password, Landing string
	Runner                       pipelines.Runner
	// Home and Program, if set, are those of an engine that the child may start again.
	Home, Program string
	// Point is where the child kills itself, the Nth time that it comes there.
	Point string
	Nth   int64
}

// The points at which a child can kill itself.
const (
	afterAppend  = "after append, before ack"
	afterAccept  = "between accept and reconcile"
	whileStaging = "while staging"
	afterPublish = "between attach and report"
)

// die makes a store end the process at a point, as kill -9 does.
func (c childTask) die(s *clickhouse.Store) *faulty {
	f := &faulty{Store: s}
	var n atomic.Int64
	at := func(point string) func() {
		return func() {
			if c.Point == point && n.Add(1) == c.Nth {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {}
			}
		}
	}
	f.closed = func(string) error { at(afterAppend)(); return nil }
	f.accepted, f.staged, f.published = at(afterAccept), at(whileStaging), at(afterPublish)
	return f
}

// wake starts the engine of the task's home again.
func (c childTask) wake(ctx context.Context) (string, error) {
	ep, err := warehouse.Revive(ctx, warehouse.Options{Home: c.Home, Child: c.Program, Memory: "1G"})
	return ep.URL, err
}

// asChild performs the run that the environment asks for, if it asks for one.
func asChild() bool {
	text := os.Getenv(childEnv)
	if text == "" {
		return false
	}
	var task childTask
	err := json.Unmarshal([]byte(text), &task)
	if err == nil {
		err = task.run()
	}
	if err != nil {
		fmt.Println("error:", strings.ReplaceAll(err.Error(), "\n", " "))
		os.Exit(1)
	}
	fmt.Println("done")
	return true
}

func (c childTask) run() error {
	ctx := context.Background()
	conf := clickhouse.Config{URL: c.URL, User: c.User, Password: schemas.Secret(c.Password)}
	if c.Home != "" {
		conf.Wake = c.wake
	}
	s, err := clickhouse.Open(ctx, conf)
	if err != nil {
		return err
	}
	cat, err := pipelines.Load(schemas.BuiltIn())
	if err != nil {
		return err
	}
	loc, err := time.LoadLocation(cat.City.TimeZone)
	if err != nil {
		return err
	}
	log := logrus.New()
	log.SetOutput(io.Discard)
	stage := ""
	_, err = pipelines.Run(ctx, pipelines.Config{Catalogue: cat, Store: c.die(s), Day: day, Runner: c.Runner, Log: log,
		Env: connectors.Env{Landing: c.Landing, Location: loc, Log: log},
		Watch: func(p pipelines.Progress) {
			if p.Stage != stage {
				stage = p.Stage
				fmt.Println(stage)
			}
		}})
	return err
}

// child is a running child; said is the last line that it said.
type child struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
	said  string
}

// spawn starts a child on an engine.
func spawn(t *testing.T, ep warehouse.Endpoint, landing string, runner pipelines.Runner) *child {
	t.Helper()
	return start(t, ep, childTask{Landing: landing, Runner: runner})
}

// start starts a child for a task on an engine.
func start(t *testing.T, ep warehouse.Endpoint, todo childTask) *child {
	t.Helper()
	todo.URL, todo.User, todo.Password = ep.URL, ep.User, ep.Password.Reveal()
	task, err := json.Marshal(todo)
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: exec.Command(os.Args[0])}
	c.cmd.Env = append(os.Environ(), childEnv+"="+string(task))
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	t.Cleanup(func() { _ = c.cmd.Process.Kill(); _ = c.cmd.Wait() })
	return c
}

// until reads what the child says up to a stage; it is false if the child ends before.
func (c *child) until(stage string) bool {
	for c.lines.Scan() {
		if c.said = c.lines.Text(); c.said == stage {
			return true
		}
	}
	return false
}

// kill ends the child as a power cut would; it is false if the child had ended by itself.
func (c *child) kill() bool {
	_ = c.cmd.Process.Kill()
	for c.lines.Scan() {
		c.said = c.lines.Text()
	}
	_ = c.cmd.Wait()
	return c.said != "done" && !strings.HasPrefix(c.said, "error:")
}

// wait lets the child end by itself and gives its last line.
func (c *child) wait() string {
	c.until("")
	_ = c.cmd.Wait()
	return c.said
}
