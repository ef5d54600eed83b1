package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUsage types command lines that need no engine.
func TestUsage(t *testing.T) {
	for _, name := range []string{"JIKU_HOME", "JIKU_CATALOG", "JIKU_LANDING", "JIKU_WAREHOUSE"} {
		t.Setenv(name, "")
	}
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	cases := []struct {
		name string
		args []string
		code int
		says []string
	}{
		{"no verb", nil, 0, []string{"Available Commands", "Exit codes:"}},
		{"help", []string{"run", "--help"}, 0, []string{"--strict", "Exit codes:", "130"}},
		{"unknown verb", []string{"rnus"}, 2, []string{`unknown command "rnus"`, "  → did you mean jiku run or runs?"}},
		{"unknown verb of a group", []string{"delivery", "lst"}, 2, []string{"did you mean list?"}},
		{"unknown flag", []string{"run", "--fed", "x"}, 2, []string{"unknown flag: --fed", "did you mean --feed?"}},
		{"unknown feed", []string{"run", "--feed", "police_houshold"}, 2, []string{`unknown feed "police_houshold"`, "did you mean police_household?"}},
		{"unknown feed of a plan", []string{"plan", "--feed", "weather"}, 2, []string{"known are civil_funeral"}},
		{"unknown runner", []string{"run", "--runner", "prisma"}, 2, []string{"did you mean prism?"}},
		{"unknown base", []string{"explain", "k", "--base", "populaton"}, 2, []string{"did you mean population?"}},
		{"unknown base of a rebuild", []string{"rebuild", "--base", "populaton"}, 2, []string{"did you mean population?"}},
		{"unknown runner of a rebuild", []string{"rebuild", "--runner", "prisma"}, 2, []string{"did you mean prism?"}},
		{"sample of nothing", []string{"rebuild", "--dry-run", "--sample", "0"}, 2, []string{"--sample 5", "above 0 and up to 100"}},
		{"sample of no number", []string{"rebuild", "--dry-run", "--sample", "NaN"}, 2, []string{"above 0 and up to 100"}},
		{"fewer examples than none", []string{"rebuild", "--dry-run", "--examples", "-1"}, 2, []string{"want 0 or more"}},
		{"rebuild of a sample", []string{"rebuild", "--sample", "5"}, 2, []string{"--sample and --examples go with --dry-run"}},
		{"unknown item", []string{"explain", "k", "--base", "population", "--item", "marita"}, 2, []string{"did you mean marital?"}},
		{"unknown department", []string{"score", "--department", "taxx"}, 2, []string{"did you mean tax?"}},
		{"unknown kind", []string{"schema", "fed"}, 2, []string{"did you mean feed?"}},
		{"unknown rule", []string{"docs", "rules", "date.ordr"}, 2, []string{"did you mean date.order?"}},
		{"unknown log level", []string{"--log-level", "debugg", "check"}, 2, []string{"did you mean debug?"}},
		{"no day", []string{"run", "--date", "2026-02-30"}, 2, []string{"--date 2026-11-01"}},
		{"no month", []string{"score", "--period", "2026-13"}, 2, []string{"--period 2026-11"}},
		{"arguments", []string{"sql"}, 2, []string{"accepts 1 arg(s), received 0"}},
		{"two formats", []string{"sql", "SELECT 1", "--json", "--csv"}, 2, []string{"exclude each other"}},
		{"blank statement", []string{"sql", " ; "}, 2, []string{"the statement is empty"}},
		{"no delivery id", []string{"delivery", "show", "12"}, 2, []string{"16 hexadecimal digits"}},
		{"no reason", []string{"delivery", "revoke", "0123456789abcdef"}, 2, []string{"--reason is missing"}},
		{"no output", []string{"report"}, 2, []string{"--out is missing"}},
		{"number of runs", []string{"runs", "-n", "0"}, 2, []string{"want 1 or more"}},
		{"catalogue missing", []string{"check", "--catalog", "/nowhere/at/all"}, 3, []string{"no such file", "--catalog"}},
		{"landing missing", []string{"run", "--landing", "/nowhere/at/all"}, 3, []string{"no such file", "--landing"}},
		{"built-in catalogue", []string{"check"}, 0, []string{"built-in: 4 bases", "0 problems"}},
		{"schema", []string{"schema", "feed"}, 0, []string{`"$schema"`}},
		{"docs", []string{"docs"}, 0, []string{"normalizers", "连接器"}},
		{"code tables", []string{"codes"}, 0, []string{"GB/T 3304-1991", "民族代码"}},
		{"code table", []string{"codes", "ethnic"}, 0, []string{"毛难族", "01"}},
		{"code table as JSON", []string{"codes", "region_office", "--json"}, 0, []string{`"source": "01 of a city`, `"group": "440100"`}},
		{"words of a table", []string{"codes", "ethnic", "崩龙族", "汉", "甲"}, 0, []string{"旧名称", "46", "德昂族", "不在表中"}},
		{"words of regions", []string{"codes", "region", "110224", "520321", "440101", "鼓楼区"}, 0, []string{"110115", "520300", "440100", "多个代码同名"}},
		{"words as feeds have them", []string{"codes", "region", "１１０２２４", "110224000000", " 390101001 ", "1101"}, 0, []string{"110115", "东城湖区", "110000"}},
		{"unknown code table", []string{"codes", "ethnics"}, 2, []string{"did you mean ethnic?"}},
		{"docs as Markdown", []string{"docs", "rules", "date.order", "--markdown"}, 0, []string{"## date.order", "| --- |"}},
		{"completion", []string{"completion", "bash"}, 0, []string{"complete"}},
		{"completion of feeds", []string{"__complete", "run", "--feed", ""}, 0, []string{"police_household\t"}},
		{"completion of bases", []string{"__complete", "explain", "--base", ""}, 0, []string{"population\t"}},
		{"completion of bases to rebuild", []string{"__complete", "rebuild", "--base", ""}, 0, []string{"legal_entity\t"}},
		{"completion of deliveries without an engine", []string{"__complete", "delivery", "show", ""}, 0, []string{":4"}},
		{"status of nothing", []string{"status", "--json"}, 0, []string{`"running": false`}},
		{"down of nothing", []string{"down"}, 0, []string{"was not running"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := inside(t, c.args...)
			if got.code != c.code {
				t.Errorf("exit code %d, want %d", got.code, c.code)
			}
			for _, s := range c.says {
				if !strings.Contains(got.out+got.err, s) {
					t.Errorf("%q is not said:\n%s%s", s, got.out, got.err)
				}
			}
			if c.code != 0 && strings.Count(got.err, "\n") > 2 {
				t.Errorf("an error has more than two lines:\n%s", got.err)
			}
		})
	}
}

// brokenCatalogue has an item that no base has.
func brokenCatalogue(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	copyBuiltIn(t, dir)
	file := filepath.Join(dir, "feeds", "civil_marriage.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.Replace(string(text), "item: marriage_date,", "item: marriage_dat,", 1)
	if broken == string(text) {
		t.Fatal("the feed does not map marriage_date any more")
	}
	if err := os.WriteFile(file, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCheckBroken(t *testing.T) {
	dir := brokenCatalogue(t)
	want := filepath.Join(dir, "feeds", "civil_marriage.yaml") + ":"
	t.Run("check lists places", func(t *testing.T) {
		got := inside(t, "check", "--catalog", dir)
		if got.code != exitUsage || !strings.HasPrefix(got.out, want) || !strings.Contains(got.out, `did you mean "marriage_date"?`) {
			t.Errorf("exit code %d\n%s%s", got.code, got.out, got.err)
		}
	})
	t.Run("check as JSON", func(t *testing.T) {
		got := inside(t, "check", "--catalog", dir, "--json")
		var r checkResult
		if err := json.Unmarshal([]byte(got.out), &r); err != nil {
			t.Fatal(err)
		}
		feeds, err := filepath.Glob(filepath.Join(dir, "feeds", "*.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		if got.code != exitUsage || len(r.Problems) == 0 || r.Problems[0].Line == 0 || r.Problems[0].Column == 0 || r.Feeds != len(feeds) {
			t.Errorf("exit code %d, %+v", got.code, r)
		}
	})
	t.Run("run does not begin", func(t *testing.T) {
		got := inside(t, "run", "--catalog", dir, "--home", t.TempDir())
		if got.code != exitUsage || !strings.HasPrefix(got.err, want) || !strings.Contains(got.err, "jiku check") {
			t.Errorf("exit code %d\n%s", got.code, got.err)
		}
	})
}

func TestCheckExamples(t *testing.T) {
	dir := t.TempDir()
	copyBuiltIn(t, dir)
	file := filepath.Join(dir, "feeds", "civil_marriage.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wrong := strings.Replace(string(text), "marital: \"22\"", "marital: \"21\"", 1)
	if wrong == string(text) {
		t.Fatal("the feed's first example changed")
	}
	if err := os.WriteFile(file, []byte(wrong), 0o600); err != nil {
		t.Fatal(err)
	}
	got := inside(t, "check", "--catalog", dir)
	if got.code != exitUsage || !strings.Contains(got.out, "civil_marriage") || !strings.Contains(got.out, "marital") {
		t.Errorf("exit code %d\n%s%s", got.code, got.out, got.err)
	}
}
