package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/quality"
	"jiku/schemas"
)

func TestNearest(t *testing.T) {
	feeds := []string{"civil_marriage", "police_household", "tax_taxpayer"}
	cases := []struct{ name, word, want string }{
		{"a letter is missing", "police_houshold", "police_household"},
		{"letters change places", "civil_marraige", "civil_marriage"},
		{"upper case", "TAX_TAXPAYER", "tax_taxpayer"},
		{"something else", "weather", ""},
		{"a single letter", "x", ""},
		{"nothing", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := nearest(c.word, feeds); got != c.want {
				t.Errorf("nearest(%q) = %q, want %q", c.word, got, c.want)
			}
		})
	}
}

func TestParseDay(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, text string
		want       uint32
		ok         bool
	}{
		{"as people write it", "2026-11-01", 20261101, true},
		{"as files write it", "20261101", 20261101, true},
		{"no such day", "2026-02-30", 0, false},
		{"no such month", "2026-13-01", 0, false},
		{"words", "yesterday", 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := parseDay(c.text, shanghai)
			if got != c.want || (err == nil) != c.ok {
				t.Errorf("parseDay(%q) = %d, %v", c.text, got, err)
			}
			if err != nil && exitCode(err) != exitUsage {
				t.Errorf("exit code %d, want %d", exitCode(err), exitUsage)
			}
		})
	}
	t.Run("today is the city's", func(t *testing.T) {
		for _, zone := range []string{"Pacific/Kiritimati", "Pacific/Pago_Pago"} { // 25 hours apart
			loc, err := time.LoadLocation(zone)
			if err != nil {
				t.Fatal(err)
			}
			before := time.Now().In(loc).Format("2006-01-02")
			got, err := parseDay("", loc)
			after := time.Now().In(loc).Format("2006-01-02")
			if day := showDay(got); err != nil || day != before && day != after {
				t.Errorf("%s: %s, %v; want %s", zone, day, err, before)
			}
		}
	})
}

func TestFoldRuns(t *testing.T) {
	at := func(s int) time.Time { return time.Date(2026, 11, 1, 8, 0, s, 0, time.UTC) }
	events := []connectors.RunEvent{
		{Run: "r4", Event: connectors.RunStarted, At: at(40), Day: 20261102},
		{Run: "r3", Event: connectors.RunFailed, At: at(33), Day: 20261101, Summary: json.RawMessage(`{"run":"r3"}`)},
		{Run: "r3", Event: connectors.RunStarted, At: at(30), Day: 20261101, Summary: json.RawMessage(`null`)},
		{Run: "r2", Event: connectors.RunFinished, At: at(25), Day: 20261101, Ordinal: 7},
	}
	type short struct {
		Run, State string
		Seconds    float64
	}
	var got []short
	for _, r := range foldRuns(events) {
		got = append(got, short{r.Run, r.State, r.Seconds})
	}
	want := []short{{"r4", "unfinished", 0}, {"r3", "failed", 3}, {"r2", "finished", 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("runs (-want +got):\n%s", diff)
	}
}

func TestVerdict(t *testing.T) {
	ingested := func(state schemas.Event, rejects int64) pipelines.DeliveryReport {
		return pipelines.DeliveryReport{Feed: "f", Slot: "20261101", Action: pipelines.Ingest, State: state, Counts: schemas.Counts{Rows: 9, Rejects: rejects}}
	}
	cases := []struct {
		name   string
		report pipelines.Report
		strict bool
		want   int
	}{
		{"all well", pipelines.Report{Deliveries: []pipelines.DeliveryReport{ingested(schemas.Accepted, 0)}}, true, exitDone},
		{"rejects", pipelines.Report{Deliveries: []pipelines.DeliveryReport{ingested(schemas.Accepted, 2)}}, false, exitDone},
		{"rejects, strict", pipelines.Report{Deliveries: []pipelines.DeliveryReport{ingested(schemas.Accepted, 2)}}, true, exitRejects},
		{"held delivery outranks rejects", pipelines.Report{Deliveries: []pipelines.DeliveryReport{ingested(schemas.Held, 2)}}, true, exitGate},
		{"held theme", pipelines.Report{Themes: []pipelines.ThemeReport{{Theme: "m", Table: "t", Held: "min_rows"}}}, false, exitGate},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := exitCode(verdict(&c.report, c.strict)); got != c.want {
				t.Errorf("exit code %d, want %d", got, c.want)
			}
		})
	}
}

func TestCheckReason(t *testing.T) {
	cases := []struct {
		name, reason string
		ok           bool
	}{
		{"plain", "报送了测试文件", true},
		{"with a day", "20261101 的文件有误", true},
		{"blank", "  ", false},
		{"resident ID number", "号码 390101196504300012 有误", false},
		{"15 digits", "号码 390101650430001 有误", false},
		{"mobile phone", "请联系 13900000000", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := checkReason(c.reason)
			if (err == nil) != c.ok {
				t.Fatalf("checkReason: %v", err)
			}
			if err != nil && strings.Contains(err.Error()+hintOf(err), "390101") {
				t.Errorf("the error repeats the number: %v", err)
			}
		})
	}
}

func TestUse(t *testing.T) {
	pid := os.Getpid()
	seconds, ok := processSeconds(pid)
	if !ok || seconds < 0 {
		t.Errorf("processor time of this process: %v, %v", seconds, ok)
	}
	if peak := peakBytes(pid); peak < 1<<20 {
		t.Errorf("peak memory of this process is %d bytes", peak)
	}
	if own := ownSeconds(); own <= 0 {
		t.Errorf("own processor time is %v", own)
	}
	if _, ok := processSeconds(0); ok {
		t.Error("process 0 has a processor time")
	}
}

// TestDocs holds every component to a title, and all but reasons and synthetic numbers, which are lists, to examples.
func TestDocs(t *testing.T) {
	lists := []string{"reasons", "synthetic"}
	for _, r := range references() {
		list := r.entries()
		if len(list) == 0 {
			t.Errorf("%s is empty", r.name)
		}
		for _, e := range list {
			if e.Name == "" || e.Title == "" || e.Doc == "" && !slices.Contains(lists, r.name) {
				t.Errorf("%s %s: title or text is missing", r.name, e.Name)
			}
			if len(e.Examples) == 0 && !slices.Contains(lists, r.name) {
				t.Errorf("%s %s has no example", r.name, e.Name)
			}
		}
	}
	if got, want := len(ruleDocs()), len(quality.Rules()); got != want {
		t.Errorf("%d rules are documented, want %d", got, want)
	}
}

func TestFoldScores(t *testing.T) {
	cat, err := pipelines.Load(schemas.BuiltIn())
	if err != nil {
		t.Fatal(err)
	}
	rows := []scoreRow{
		{Period: "2026-11", Department: "civil_affairs", Score: 70, Grade: "中", Rows: 5},
		{Period: "2026-11", Department: "tax", Score: 90, Grade: "良", Rows: 7},
		{Period: "2026-11", Department: "tax", Dimension: "完整性", Score: 80},
		{Period: "2026-11", Department: "tax", Dimension: "真实性", Score: 60},
		{Period: "2026-11", Department: "tax", Feed: "tax_taxpayer", Score: 91},
		{Period: "2026-11", Department: "tax", Feed: "tax_taxpayer", Item: "name", Score: 99},
	}
	got := foldScores(rows, cat)
	if len(got) != 2 || got[0].Department != "tax" || got[0].Title != "市税务局" || got[0].Score != 90 {
		t.Fatalf("cards: %+v", got)
	}
	if diff := cmp.Diff([]namedScore{{Name: "真实性", Score: 60}, {Name: "完整性", Score: 80}}, got[0].Dimensions); diff != "" {
		t.Errorf("dimensions stand in the order of the city (-want +got):\n%s", diff)
	}
	if f := got[0].Feeds; len(f) != 1 || f[0].Title == "" || len(f[0].Items) != 1 || f[0].Items[0].Title != "机构名称" {
		t.Errorf("feeds: %+v", f)
	}
}

func TestStageClock(t *testing.T) {
	var c stageClock
	for _, stage := range []string{"ingest", "ingest", "reconcile", "ingest", "odd"} {
		c.note(pipelines.Progress{Stage: stage})
	}
	var got []string
	for _, s := range titled(c.stop()) {
		if s.Seconds < 0 {
			t.Errorf("stage %s took %v s", s.Title, s.Seconds)
		}
		got = append(got, s.Title)
	}
	if diff := cmp.Diff([]string{"读取", "归并", "odd"}, got); diff != "" {
		t.Errorf("stages (-want +got):\n%s", diff)
	}
}

func TestMissingIsOfTheEnvironment(t *testing.T) {
	if got := exitCode(missing{errors.New("gone")}); got != exitEnvironment {
		t.Errorf("exit code %d, want %d", got, exitEnvironment)
	}
}

// TestRevokedText: a delivery that was held had nothing that counted.
func TestRevokedText(t *testing.T) {
	v := deliveryView{ID: "0123456789abcdef", Feed: "tax", Slot: "20261101", Counts: schemas.Counts{Claims: 3, Withdrawals: 1}}
	for _, c := range []struct {
		name string
		r    revoked
		want string
	}{
		{"counted", revoked{deliveryView: v, Counted: true}, "delivery 0123456789abcdef of tax, slot 20261101: revoked; 4 claims no longer count after the next run\n"},
		{"held", revoked{deliveryView: v, DryRun: true}, "delivery 0123456789abcdef of tax, slot 20261101: would be revoked; nothing of it counted\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := (&app{streams: streams{out: &out}}).showRevoked(c.r); err != nil || out.String() != c.want {
				t.Errorf("%q, %v", out.String(), err)
			}
		})
	}
}
