package judge

import (
	"testing"

	"jiku/schemas"
)

func TestParse(t *testing.T) {
	cases := []struct {
		name string
		typ  schemas.Type
		text string
		want int64
		ok   bool
	}{
		{"a day", schemas.TypeDate, "1890-03-05", 18900305, true},
		{"a month", schemas.TypeDate, "1890-03", 18900300, true},
		{"a year", schemas.TypeDate, "1890", 18900000, true},
		{"open", schemas.TypeDate, "长期", schemas.OpenDate, true},
		{"slashes", schemas.TypeDate, "1890/3/5", 0, false},
		{"too long", schemas.TypeDate, "18900305000000", 0, false},
		{"a decimal", schemas.TypeDecimal, "-50.5", -505000, true},
		{"a whole decimal", schemas.TypeDecimal, "50", 500000, true},
		{"trailing zeros", schemas.TypeDecimal, "50.50", 505000, true},
		{"nothing but zeros", schemas.TypeDecimal, "50.00000", 500000, true},
		{"no digits behind the point", schemas.TypeDecimal, "50.", 0, false},
		{"zeros in front", schemas.TypeDecimal, "050.5", 0, false},
		{"five decimals", schemas.TypeDecimal, "0.12345", 0, false},
		{"an integer", schemas.TypeInteger, "12", 12, true},
		{"leading zeros", schemas.TypeInteger, "012", 0, false},
		{"words", schemas.TypeInteger, "many", 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, ok := parse(c.typ, c.text)
			if ok != c.ok || ok && got != c.want {
				t.Errorf("parse(%q) = %d, %v; want %d, %v", c.text, got, ok, c.want, c.ok)
			}
		})
	}
}

// TestRelation compares values in the forms that truth and golden rows have.
func TestRelation(t *testing.T) {
	cases := []struct {
		name         string
		typ          schemas.Type
		value, truth string
		want         schemas.Relation
	}{
		{"zeros behind a decimal", schemas.TypeDecimal, "3215.47", "3215.470", schemas.Equal},
		{"zeros on the other side", schemas.TypeDecimal, "3215.470", "3215.47", schemas.Equal},
		{"another decimal", schemas.TypeDecimal, "3215.47", "3215.407", schemas.Different},
		{"a month of a day", schemas.TypeDate, "1890-03", "1890-03-05", schemas.Compatible},
		{"a day of a year", schemas.TypeDate, "1890-03-05", "1890", schemas.Compatible},
		{"another month", schemas.TypeDate, "1890-04", "1890-03-05", schemas.Different},
		{"a day against an open end", schemas.TypeDate, "1890-03-05", "长期", schemas.Different},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			by, err := newComparison(&schemas.Item{Name: "x", Type: c.typ})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := by.relation(c.value, c.truth); got != c.want || err != nil {
				t.Errorf("%s and %s: %v, %v; want %v", c.value, c.truth, got, err, c.want)
			}
		})
	}
}

// TestFollows asks whether a snapshot can have rows that its feed had before.
func TestFollows(t *testing.T) {
	of := func(feed string, day uint32, last schemas.Event) schemas.DeliveryState {
		return schemas.DeliveryState{Delivery: schemas.Delivery{Feed: feed, Slot: schemas.Slot{Date: day}}, Last: last}
	}
	cases := []struct {
		name string
		sent []schemas.DeliveryState
		want bool
	}{
		{"none before it", []schemas.DeliveryState{of("f", 20261102, schemas.Accepted), of("f", 20261103, schemas.Accepted)}, false},
		{"one in force", []schemas.DeliveryState{of("f", 20261101, schemas.Accepted)}, true},
		{"one that is held", []schemas.DeliveryState{of("f", 20261101, schemas.Held)}, false},
		{"one that is revoked", []schemas.DeliveryState{of("f", 20261101, schemas.Revoked)}, false},
		{"one of another feed", []schemas.DeliveryState{of("g", 20261101, schemas.Accepted)}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := (&judge{sent: c.sent}).follows("f", schemas.Slot{Date: 20261102}); got != c.want {
				t.Errorf("follows: %v, want %v", got, c.want)
			}
		})
	}
}

// TestFinders wants names that figures can tell apart.
func TestFinders(t *testing.T) {
	seen := map[string]string{}
	for _, f := range finders() {
		if seen[f.Rule.Rule] != "" || f.Title == "" || f.at == "" {
			t.Errorf("%s of %s: is of %q, too, or lacks a word", f.Rule.Rule, f.Of, seen[f.Rule.Rule])
		}
		seen[f.Rule.Rule] = f.Of
	}
	for name, of := range map[string]string{"date.order": "rules", "decimal": "normalizers", "key": "keys", "row": "connectors"} {
		if seen[name] != of {
			t.Errorf("%s is of %q, want %s", name, seen[name], of)
		}
	}
}

// TestDelivery chooses, of several revisions of a slot, what a label is about.
func TestDelivery(t *testing.T) {
	slot := schemas.Slot{Date: 20261101}
	of := func(id schemas.DeliveryID, file string, last schemas.Event, superseded bool) schemas.DeliveryState {
		return schemas.DeliveryState{Delivery: schemas.Delivery{ID: id, Feed: "f", Slot: slot, Location: file}, Last: last, Superseded: superseded}
	}
	cases := []struct {
		name     string
		sent     []schemas.DeliveryState
		want     uint64
		standing string
	}{
		{"none", nil, 0, absent},
		{"in force", []schemas.DeliveryState{of(1, "a/x.csv", schemas.Accepted, false)}, 1, inForce},
		{"landed elsewhere", []schemas.DeliveryState{of(1, "/mnt/a/x.csv", schemas.Accepted, false), of(2, "/mnt/a/y.csv", schemas.Accepted, false)}, 1, inForce},
		{"held", []schemas.DeliveryState{of(1, "a/x.csv", schemas.Held, false)}, 1, held},
		{"held, then corrected", []schemas.DeliveryState{of(1, "a/x.csv", schemas.Held, false), of(2, "a/x.csv", schemas.Accepted, false)}, 2, inForce},
		{"superseded by another file", []schemas.DeliveryState{of(1, "a/x.csv", schemas.Accepted, true), of(2, "a/y.csv", schemas.Accepted, false)}, 1, superseded},
		{"revoked", []schemas.DeliveryState{of(1, "a/x.csv", schemas.Revoked, false)}, 1, superseded},
		{"a repeat under another name", []schemas.DeliveryState{of(1, "a/y.csv", schemas.Accepted, false)}, 1, inForce},
		{"of another feed", []schemas.DeliveryState{{Delivery: schemas.Delivery{ID: 1, Feed: "g", Slot: slot, Location: "a/x.csv"}, Last: schemas.Accepted}}, 0, absent},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			j := &judge{sent: c.sent}
			if id, standing := j.delivery("f", "a/x.csv", slot); id != c.want || standing != c.standing {
				t.Errorf("delivery %d, %s; want %d, %s", id, standing, c.want, c.standing)
			}
		})
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{1: "100.00%", 0: "0.00%", 0.99999: ">99.99%", 0.00001: "<0.01%", 2. / 3: "66.67%"} {
		if got := Percent(share); got != want {
			t.Errorf("Percent(%v) = %s, want %s", share, got, want)
		}
	}
}

func TestAgainst(t *testing.T) {
	city := Identity{Persons: 3, Seed: 1, Days: 0}
	was := &Figures{Identity: city, Accuracy: map[string]float64{"a.x": 0.5, "a.y": 0.5, "a.z": 0.5}}
	now := &Figures{Identity: city, Accuracy: map[string]float64{"a.x": 0.6, "a.y": 0.5 - 1e-10, "a.z": 0.5 - 1e-8, "a.new": 0}}
	lower, err := now.Against(was)
	if err != nil || len(lower) != 1 || lower[0].Name != "a.z" || lower[0].Figure != "accuracy" {
		t.Errorf("%+v, %v", lower, err)
	}
	// Figures of before there were rules, and the majority, which may get worse.
	now.RuleRecall, now.Majority, was.Majority = map[string]float64{"date.order": 0.5}, map[string]float64{"a.x": 0.1}, map[string]float64{"a.x": 0.9, "a.y": 1}
	if lower, err := now.Against(was); err != nil || len(lower) != 1 {
		t.Errorf("%+v, %v", lower, err)
	}
	was.RuleRecall, was.RulePrecision = map[string]float64{"date.order": 0.6}, map[string]float64{"decimal": 1}
	if lower, err := now.Against(was); err != nil || len(lower) != 3 || lower[1].Figure != "rule_recall" || lower[2].Figure != "rule_precision" || lower[2].Is != nil {
		t.Errorf("%+v, %v", lower, err)
	}
	now.Seed = 2
	if _, err := now.Against(was); err == nil {
		t.Error("figures of another city are compared")
	}
}
