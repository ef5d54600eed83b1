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
	s, err := clickhouse.Open(ctx, clickhouse.Config{URL: c.URL, User: c.User, Password: schemas.Secret(c.Password)})
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
	_, err = pipelines.Run(ctx, pipelines.Config{Catalogue: cat, Store: s, Day: day, Runner: c.Runner, Log: log,
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
	task, err := json.Marshal(childTask{URL: ep.URL, User: ep.User, Password: ep.Password.Reveal(), Landing: landing, Runner: runner})
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
