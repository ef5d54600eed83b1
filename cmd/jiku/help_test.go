package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// walk visits every command of jiku.
func walk(t *testing.T, visit func(t *testing.T, cmd *cobra.Command)) {
	t.Helper()
	var down func(cmd *cobra.Command)
	down = func(cmd *cobra.Command) {
		t.Run(cmd.CommandPath(), func(t *testing.T) { visit(t, cmd) })
		for _, c := range cmd.Commands() {
			down(c)
		}
	}
	var b bytes.Buffer
	down(newApp(streams{strings.NewReader(""), &b, &b}).root())
}

func TestHelp(t *testing.T) {
	walk(t, func(t *testing.T, cmd *cobra.Command) {
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("short help %q: want one line without a full stop", cmd.Short)
		}
		_, codes, found := strings.Cut(cmd.Long, "Exit codes:\n")
		if !found {
			t.Fatalf("the help lists no exit codes:\n%s", cmd.Long)
		}
		for _, want := range []int{exitDone, exitUsage} {
			if !strings.Contains(codes, meaning(want)) {
				t.Errorf("exit code %d is missing", want)
			}
		}
		if strings.TrimSpace(cmd.Example) == "" {
			t.Error("there are no examples")
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Usage == "" {
				t.Errorf("flag --%s has no help", f.Name)
			}
		})
	})
}

// TestJSON holds every verb that prints a table to printing JSON too.
func TestJSON(t *testing.T) {
	plain := []string{"jiku", "jiku up", "jiku down", "jiku completion", "jiku delivery", "jiku schema", "jiku report", "jiku gen"}
	walk(t, func(t *testing.T, cmd *cobra.Command) {
		for _, p := range plain {
			if cmd.CommandPath() == p {
				return
			}
		}
		if cmd.Flags().Lookup("json") == nil {
			t.Error("there is no flag --json")
		}
	})
}

var shellWord = regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`)

// TestExamplesParse takes the command lines of all examples apart as cobra does.
func TestExamplesParse(t *testing.T) {
	walk(t, func(t *testing.T, cmd *cobra.Command) {
		for line := range strings.Lines(cmd.Example) {
			for _, part := range strings.Split(line, "&&") {
				at := strings.Index(part, "jiku ")
				if at < 0 {
					continue
				}
				words := shellWord.FindAllString(part[at+len("jiku "):], -1)
				for i, w := range words {
					if w == "|" || w == ">" || w == "<" || strings.HasPrefix(w, "#") || strings.HasSuffix(w, ")") {
						words = words[:i]
						break
					}
				}
				found, rest, err := cmd.Root().Find(words)
				if err == nil {
					err = found.ParseFlags(rest)
				}
				if err != nil || found == cmd.Root() {
					t.Errorf("example %q: %v", strings.TrimSpace(line), err)
				}
			}
		}
	})
}
