package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"jiku/schemas"
)

// built holds jiku and jiku-warehouse side by side, built once for the tests that need them.
var built struct {
	once sync.Once
	dir  string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if built.dir != "" {
		_ = os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

func binary(t *testing.T) string {
	t.Helper()
	built.once.Do(func() {
		if built.dir, built.err = os.MkdirTemp("", "jiku-test-*"); built.err != nil {
			return
		}
		for _, name := range []string{"jiku", "jiku-warehouse"} {
			cmd := exec.Command("go", "build", "-o", filepath.Join(built.dir, name), "jiku/cmd/"+name)
			cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
			if out, err := cmd.CombinedOutput(); err != nil {
				built.err = fmt.Errorf("build %s: %w: %s", name, err, out)
				return
			}
		}
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return filepath.Join(built.dir, "jiku")
}

// user is somebody at a terminal with a home of their own.
type user struct {
	t    *testing.T
	home string
	env  []string
}

// newUser gives a user whose engine, if one is started, ends with the test.
func newUser(t *testing.T, env ...string) *user {
	t.Helper()
	u := &user{t: t, home: t.TempDir()}
	u.env = append(u.environment("JIKU_"), "JIKU_HOME="+u.home, "JIKU_ENGINE_MEMORY=4G")
	u.env = append(u.env, env...)
	t.Cleanup(func() {
		if got := u.do("", "down"); got.code != 0 {
			t.Errorf("jiku down ends with %d: %s", got.code, got.err)
		}
	})
	return u
}

// in is the same user in a subtest.
func (u *user) in(t *testing.T) *user { return &user{t: t, home: u.home, env: u.env} }

// with is the same user with more in the environment.
func (u *user) with(env ...string) *user {
	return &user{t: u.t, home: u.home, env: slices.Concat(u.env, env)}
}

// environment is that of the tests without variables of a prefix.
func (*user) environment(without string) []string {
	var out []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, without) {
			out = append(out, v)
		}
	}
	return out
}

// outcome is what a command line led to.
type outcome struct {
	out, err string
	code     int
}

// do runs the built jiku.
func (u *user) do(stdin string, args ...string) outcome {
	u.t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(u.t.Context()), binary(u.t), args...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = u.env, strings.NewReader(stdin), &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		u.t.Fatal(err)
	}
	return outcome{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// must runs the built jiku and fails the test unless it ends with the code.
func (u *user) must(code int, args ...string) outcome {
	u.t.Helper()
	got := u.do("", args...)
	if got.code != code {
		u.t.Fatalf("jiku %s ends with %d, want %d\n%s%s", strings.Join(args, " "), got.code, code, got.out, got.err)
	}
	return got
}

// inside runs a command line in this process, for verbs that need no engine.
func inside(t *testing.T, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(t.Context(), args, streams{strings.NewReader(""), &out, &errs})
	return outcome{out.String(), errs.String(), code}
}

// copyBuiltIn writes the built-in catalogue to a folder.
func copyBuiltIn(t *testing.T, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, schemas.BuiltIn()); err != nil {
		t.Fatal(err)
	}
}
