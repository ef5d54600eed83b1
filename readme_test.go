package jiku_test

import (
	"os"
	"path"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	fenced = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")
	linked = regexp.MustCompile(`\]\(([^)#:]+)\)`)
	target = regexp.MustCompile(`(?m)^([a-z]+):`)
	made   = regexp.MustCompile("(?:^|[`\n])make ([a-z]+)")
	noted  = regexp.MustCompile(`(?m) +# .*$`)
)

// blocks are the fenced parts of a page, commands without their remarks.
func blocks(text string) []string {
	var out []string
	for _, m := range fenced.FindAllStringSubmatch(text, -1) {
		out = append(out, noted.ReplaceAllString(m[2], ""))
	}
	return out
}

// TestReadmesAgree holds both languages to the same commands and the same output.
func TestReadmesAgree(t *testing.T) {
	english, chinese := blocks(read(t, "README.md")), blocks(read(t, "README.zh-CN.md"))
	if len(english) < 5 {
		t.Fatalf("README.md has %d fenced blocks", len(english))
	}
	if diff := cmp.Diff(english, chinese); diff != "" {
		t.Errorf("fenced blocks (-README.md +README.zh-CN.md):\n%s", diff)
	}
}

// TestReadmeTargets finds make targets that a page names and the Makefile does not have.
func TestReadmeTargets(t *testing.T) {
	has := map[string]bool{}
	for _, m := range target.FindAllStringSubmatch(read(t, "Makefile"), -1) {
		has[m[1]] = true
	}
	for _, s := range texts(t) {
		if path.Ext(s.path) != ".md" {
			continue
		}
		for _, m := range made.FindAllStringSubmatch(s.text, -1) {
			if !has[m[1]] {
				t.Errorf("%s: make %s is no target", s.path, m[1])
			}
		}
	}
}

// TestReadmeLinks follows the links between files.
func TestReadmeLinks(t *testing.T) {
	found := 0
	for _, s := range texts(t) {
		if path.Ext(s.path) != ".md" {
			continue
		}
		for _, m := range linked.FindAllStringSubmatch(fenced.ReplaceAllString(s.text, ""), -1) {
			found++
			if _, err := os.Stat(path.Join(path.Dir(s.path), m[1])); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", s.path, m[1])
			}
		}
	}
	if found < 10 {
		t.Errorf("%d links found: the pattern misses them", found)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
