package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// shownNowhere are the values of the marked rows below that nothing may show which was not asked
// for them.
var shownNowhere = []string{"龘", "饕", "39010119650430", "390101****", "1390000700"}

// landMarked writes the city with rows whose personal values can be recognized: claims,
// rejects of several kinds, and a file that is held because it has no header.
func landMarked(t *testing.T) string {
	t.Helper()
	dir := land(t)
	header := "姓名,身份证号,民族,现住址,社区代码,婚姻,学历,电话,走访日期\n"
	good := "龘明甲,390101196504300012,汉族,示例市饕餮街1号,390102003001,离异,大专,13900007001,2026年10月9日\n"
	bad := "龘明乙,390101196504300013,龘族,示例市饕餮街2号,390199,龘婚,龘学,139000070,2026年13月9日\n" +
		"龘明丁,390101********7004,汉族,示例市饕餮街4号,390102003001,离异,大专,13900007004,2026年10月9日\n" +
		"\"龘明己\"龘,390101196504300047,汉族,示例市饕餮街6号,390102003001,离异,大专,13900007006,2026年10月9日\n"
	for name, text := range map[string]string{"resident_20261008.csv": header + strings.Repeat(good, 40) + bad, "resident_20261009.csv": good + bad} {
		if err := os.WriteFile(filepath.Join(dir, "street", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestNothingPersonalShows holds law 8 for the command line: every command is used on marked
// data, at the log level that says most, and no mark stands in what it prints, in the report,
// in the names and files of the home but the engine's data, or in the arguments of processes.
// Commands that are asked for values show them where they were asked to, on standard output.
func TestNothingPersonalShows(t *testing.T) {
	u := newUser(t, "JIKU_LANDING="+landMarked(t))
	page := filepath.Join(t.TempDir(), "report.html")
	u.must(exitGate, "run", "--date", "2026-11-01", "--log-level", "debug")
	var id string
	for _, d := range decode[[]struct{ ID, Feed string }](t, u.must(0, "delivery", "list", "--json").out) {
		if d.Feed == "street_resident" {
			id = d.ID
		}
	}
	city := markedCity(t, u)
	steps := map[string][][]string{
		"up": {nil}, "status": {nil, {"--json"}}, "check": {nil, {"--json"}}, "docs": {nil}, "codes": {nil, {"sex", "--json"}, {"ethnic", "汉"}}, "schema": {{"feed"}},
		"plan": {{"--date", "2026-11-01"}, {"--date", "2026-11-01", "--json"}},
		"run":  {{"--date", "2026-11-02", "--report", page}, {"--date", "2026-11-02", "--json", "--runner", "straight"}},
		"runs": {nil, {"--json"}}, "score": {nil, {"--json"}}, "report": {{"--out", page}},
		"rebuild":       {{"--dry-run"}, {"--dry-run", "--json", "--sample", "50"}, {"--dry-run", "--examples", "3"}, {"--json"}},
		"id":            {{"390101196504300012", "390101********7004"}, {"390101196504300012", "--json"}, {"390101********7004", "--strict"}},
		"explain":       {{"390101196504300012"}, {"390101196504300012", "--json"}},
		"sql":           {{"SELECT raw FROM quality.reject WHERE feed = 'street_resident' LIMIT 3"}, {"SELECT 龘 FROM population.person"}},
		"delivery list": {nil, {"--json"}}, "delivery show": {{id}, {id, "--json"}},
		"delivery revoke": {{id, "--reason", "误报", "--dry-run"}, {id, "--reason", "误报"}},
		"judge":           {{city}, {city, "--json"}, {city, "--report", filepath.Join(t.TempDir(), "judge.html")}, {city, "--examples", "3"}},
		"gen city":        {{"--persons", "50", "--out", filepath.Join(t.TempDir(), "a")}, {"--persons", "50", "--out", filepath.Join(t.TempDir(), "b"), "--json"}},
		"down":            {nil},
	}
	asked := []string{"explain", "id", "sql", "rebuild --dry-run --examples 3", "judge " + city + " --examples 3"}
	names := slices.DeleteFunc(commandPaths(newApp(streams{}).root(), ""), func(name string) bool {
		return strings.HasPrefix(name, "completion") || name == "help" // They know no data.
	})
	slices.SortFunc(names, func(a, b string) int { return order(a) - order(b) })
	for _, name := range names {
		if steps[name] == nil {
			t.Errorf("jiku %s is not looked at: add it", name)
		}
		for _, args := range steps[name] {
			line := append(strings.Fields(name), args...)
			got := u.do("", append(line, "--log-level", "debug")...)
			where := "jiku " + strings.Join(line[:min(len(line), 2)], " ")
			if !slices.ContainsFunc(asked, func(a string) bool { return strings.HasPrefix(strings.Join(line, " "), a) }) {
				hides(t, where+" on standard output", got.out)
			}
			if name != "sql" { // The engine quotes the statement that it was given.
				hides(t, where+" on standard error", got.err)
			}
			if name == "judge" && strings.Contains(got.out, "龘真") != slices.Contains(args, "--examples") {
				t.Errorf("true names are shown unless asked for, or not then:\n%s%s", got.out, got.err)
			}
			if name == "up" || name == "run" {
				hides(t, "the arguments of a process", commandLines(t))
			}
		}
	}
	searchHome(t, u.home)
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	hides(t, "the report", string(text))
}

// order puts what starts first and what stops last.
func order(name string) int {
	return map[string]int{"up": -1, "delivery revoke": 1, "down": 2}[name]
}

// commandPaths are the commands that do something, as they are typed.
func commandPaths(c *cobra.Command, prefix string) []string {
	var out []string
	for _, sub := range c.Commands() {
		name := strings.TrimSpace(prefix + " " + sub.Name())
		if sub.HasSubCommands() {
			out = append(out, commandPaths(sub, name)...)
		} else {
			out = append(out, name)
		}
	}
	return out
}

func hides(t *testing.T, where, text string) {
	t.Helper()
	for _, m := range shownNowhere {
		if i := strings.Index(text, m); i >= 0 {
			t.Errorf("%s shows %q in …%q…", where, m, text[max(0, i-80):min(len(text), i+60)])
		}
	}
}

// commandLines are the arguments of all processes that can be read.
func commandLines(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil || len(files) == 0 {
		t.Fatalf("no process is seen: %v", err)
	}
	var sb strings.Builder
	for _, f := range files {
		text, _ := os.ReadFile(f) // A process that has ended meanwhile.
		if strings.Contains(string(text), "jiku-warehouse") {
			sb.Write(text)
		}
	}
	return sb.String()
}

// searchHome looks at the names of all files, and into those that are not the engine's data.
func searchHome(t *testing.T, home string) {
	t.Helper()
	read := 0
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hides(t, "the name of a file", path)
		if d.IsDir() && d.Name() == "data" {
			return fs.SkipDir
		}
		if !d.Type().IsRegular() {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		read++
		hides(t, "the file "+d.Name(), string(text))
		return nil
	})
	if err != nil || read < 3 {
		t.Errorf("%d files of the home are read, %v", read, err)
	}
}
