package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiku/schemas"
)

// land writes the deliveries of the fictional city.
func land(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	newUser(t).must(0, "gen", "city", "--persons", "1600", "--days", "7", "--out", dir, "--feeds",
		"police_household,civil_marriage,medical_enrolment,hr_pension,hr_employment,street_resident,market_registration,market_status,tax_taxpayer,hr_employer,street_shop,food_permit,market_penalty")
	// The first day and the last of the daily deliveries are enough.
	days, err := filepath.Glob(filepath.Join(dir, "landing", "*", "*_202610[23][6789013].*"))
	for _, day := range days {
		if err == nil {
			err = os.Remove(day)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "landing")
}

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

// TestRun loads the city and then asks about it in every way.
func TestRun(t *testing.T) {
	u := newUser(t, "JIKU_LANDING="+land(t))
	page := filepath.Join(t.TempDir(), "run.html")
	before := decode[planView](t, u.must(0, "plan", "--date", "2026-11-01", "--json").out)
	first := decode[runView](t, u.must(exitRejects, "run", "--date", "2026-11-01", "--strict", "--report", page, "--json").out)
	if len(first.Deliveries) != 26 || len(before.Deliveries) != 26 || !before.Pending {
		t.Fatalf("%d deliveries planned, %d run, want 26", len(before.Deliveries), len(first.Deliveries))
	}
	rejects := int64(0)
	for _, d := range first.Deliveries {
		if !d.Counts.Balanced() || d.State != schemas.Accepted {
			t.Errorf("%s %s: %s, %+v", d.Feed, d.Slot, d.State, d.Counts)
		}
		rejects += d.Counts.Rejects
	}
	if rejects == 0 || first.Rows == 0 || first.Use.Jiku.PeakBytes == 0 || first.Use.Engine == nil || len(first.Stages) == 0 {
		t.Errorf("%d rejects, %d rows, %+v, %+v", rejects, first.Rows, first.Use, first.Stages)
	}
	t.Run("the page is written", func(t *testing.T) { isPage(t, page) })
	t.Run("again", func(t *testing.T) {
		table := u.in(t).must(0, "run", "--date", "2026-11-01", "--strict").out
		for _, want := range []string{"26 deliveries registered already", "人口基础信息库", "theme_market.", "市公安局", "CPU-s, peak"} {
			if !strings.Contains(table, want) {
				t.Errorf("%q is not in the report:\n%s", want, table)
			}
		}
	})
	t.Run("runs", func(t *testing.T) {
		list := decode[[]runEntry](t, u.in(t).must(0, "runs", "--json").out)
		if len(list) != 2 || list[0].State != "finished" || list[1].Run != first.Run || list[1].Day != 20261101 {
			t.Errorf("runs: %+v", list)
		}
	})
	t.Run("scores", func(t *testing.T) {
		cards := decode[[]scoreView](t, u.in(t).must(0, "score", "--period", "2026-11", "--json").out)
		if len(cards) == 0 || cards[0].Score < cards[len(cards)-1].Score || len(cards[0].Feeds) == 0 {
			t.Errorf("scores: %+v", cards)
		}
	})
	t.Run("report", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "last.html")
		u.in(t).must(0, "report", "--out", file)
		isPage(t, file)
	})
	t.Run("explain", func(t *testing.T) { explains(t, u.in(t)) })
	t.Run("what if", func(t *testing.T) { asksWhatIf(t, u.in(t)) })
	t.Run("declared otherwise", func(t *testing.T) { declaresOtherwise(t, u.in(t)) })
	t.Run("rebuild", func(t *testing.T) { rebuilds(t, u.in(t), first) })
	t.Run("revoke", func(t *testing.T) { revokes(t, u.in(t)) })
}

func isPage(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), "示例市") || !strings.Contains(string(text), "</html>") {
		t.Errorf("page of %d bytes, %v", len(text), err)
	}
}

// explains asks about an organization, by its key from standard input.
func explains(t *testing.T, u *user) {
	answer := u.must(0, "sql", "SELECT uscc FROM legal_entity.organization WHERE conflicts > 0 ORDER BY uscc LIMIT 1").out
	_, key, _ := strings.Cut(strings.TrimSpace(answer), "\n")
	got := u.do(strings.ToLower(key)+"\n", "explain", "-", "--base", "legal_entity")
	if got.code != 0 || !strings.Contains(got.out, "机构名称 name = ") || !strings.Contains(got.out, "采用") || !strings.Contains(got.out, "有分歧") {
		t.Errorf("explain ends with %d:\n%s%s", got.code, got.out, got.err)
	}
	asJSON := u.do(key, "explain", "-", "--item", "name", "--json")
	if asJSON.code != 0 || strings.Contains(asJSON.out, key) || !strings.Contains(asJSON.out, `"candidates"`) {
		t.Errorf("explain --json ends with %d, or shows the key:\n%s%s", asJSON.code, asJSON.out, asJSON.err)
	}
	if none := u.do("91390100MA39X0A12F", "explain", "-"); none.code != 1 || strings.Contains(none.err, "MA39X0A12F") {
		t.Errorf("an unknown key ends with %d: %s", none.code, none.err)
	}
}

// revokes takes back the newest slot of a snapshot feed.
func revokes(t *testing.T, u *user) {
	list := decode[[]deliveryView](t, u.must(0, "delivery", "list", "--feed", "police_household", "--json").out)
	if len(list) != 2 {
		t.Fatalf("%d deliveries, want 2", len(list))
	}
	older, newer := list[0].ID, list[1].ID
	u.must(1, "delivery", "revoke", older, "--reason", "误报")
	dry := decode[revoked](t, u.must(0, "delivery", "revoke", newer, "--reason", "误报", "--dry-run", "--json").out)
	if !dry.DryRun || dry.State != schemas.Accepted {
		t.Errorf("dry run: %+v", dry)
	}
	u.must(0, "delivery", "revoke", newer, "--reason", "误报")
	shown := decode[deliveryView](t, u.must(0, "delivery", "show", newer, "--json").out)
	if shown.State != schemas.Revoked || shown.InForce || shown.Note != "误报" {
		t.Errorf("after revoking: %+v", shown)
	}
	u.must(1, "delivery", "revoke", newer, "--reason", "误报")
	u.must(1, "delivery", "show", "0123456789abcdef")
}

// TestGates runs a delivery that its gate holds.
func TestGates(t *testing.T) {
	cases := []struct {
		name string
		args []string
	}{
		{"on prism", nil},
		{"straight", []string{"--runner", "straight"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			landing := t.TempDir()
			if err := os.MkdirAll(filepath.Join(landing, "civil"), 0o700); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(landing, "civil", "marriage_20261101.csv.gz")
			if err := os.WriteFile(file, zipped(t, "甲,乙\n1,2\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			u := newUser(t, "JIKU_LANDING="+landing)
			got := u.must(exitGate, append([]string{"run", "--date", "2026-11-01"}, c.args...)...)
			if !strings.Contains(got.err, "a gate held delivery 20261101 of civil_marriage") || !strings.Contains(got.err, "\n  → ") {
				t.Errorf("the gate and its hint are not said:\n%s", got.err)
			}
		})
	}
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
