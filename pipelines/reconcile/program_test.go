package reconcile

import (
	"strings"
	"testing"

	"jiku/schemas"
)

func TestCompileRefuses(t *testing.T) {
	for _, tc := range []struct{ name, declare, want string }{
		{"comparator", "item x date comparator=phone", "compile base b: choose comparator of item x: comparator phone does not compare items of type date"},
		{"group item", "item x text; group g lead=x items=y", `compile base b: group g: unknown item "y"`},
		{"two groups", "item x text; group g lead=x items=x; group h lead=x items=x", "compile base b: group h: item x belongs to another group too"},
		{"feed twice", "item x text; feed f 甲; feed f 甲", "compile base b: feed f: declared twice"},
		{"policy of a follower", "item x text; item y text policy=vote; group g lead=x items=x,y",
			"compile base b: item y: policy of an item in group g, give it to the lead item x"},
		{"unknown policy", "item x text policy=random", `compile base b: item x: unknown policy "random", want one of latest, priority, vote`},
		{"priority without order", "item x text policy=priority", "policy priority has no order, list its feeds, first wins"},
		{"vote with order", "item x text policy=vote order=a", "policy vote takes no order, remove it"},
		{"order twice", "item x text policy=priority order=a,a", "policy priority lists feed a twice"},
		{"register item", "item x text; register y source=甲", `compile base b: register: unknown item or group "y"`},
		{"register follower", "item x text; item y text; group g lead=x items=x,y; register y source=甲",
			"compile base b: register: item y wins with group g, name the group instead"},
		{"overlap", "item x text; register x source=甲 until=20261031; register x source=乙 from=20261031",
			"compile base b: register: two entries of x in force on the same day, end the first before 20261031"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld()
			for _, line := range strings.Split(tc.declare, ";") {
				w.declare(t, strings.TrimSpace(line))
			}
			_, err := Compile(w.cat, w.base)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want %s", err, tc.want)
			}
		})
	}
}

// TestPolicyExamples runs the examples of every policy.
func TestPolicyExamples(t *testing.T) {
	for _, p := range Policies() {
		if len(p.Examples) == 0 || !strings.HasSuffix(p.Doc, "。") || p.Why.Title() == "" {
			t.Errorf("policy %s has no examples, document or reason", p.Name)
		}
		for _, e := range p.Examples {
			t.Run(p.Name+"/"+e.Name, func(t *testing.T) {
				w := newWorld()
				w.base.Items = []schemas.Item{{Name: "x", Type: schemas.TypeText, Policy: &schemas.PolicyUse{Name: p.Name, Order: e.Order}}}
				for _, c := range e.Claims {
					if w.cat.Feed(c.Feed) == nil {
						w.cat.Feeds = append(w.cat.Feeds, &schemas.Feed{Name: c.Feed, Department: c.Feed, Base: "b", Kind: schemas.Delta, Establishes: true})
					}
					id := w.deliver(c.Feed, schemas.Slot{Date: c.Day}, 0)
					w.claims = append(w.claims, claim{key: "K", ref: schemas.Ref{Delivery: id}, states: []schemas.State{schemas.Valued}, texts: []string{c.Value}})
				}
				v := w.run(t, w.claims).View(0)
				if o, _ := v.Origin(0); o.Feed != e.Winner || v.Why(0) != e.Why {
					t.Errorf("%s wins by %s, want %s by %s", o.Feed, v.Why(0), e.Winner, e.Why)
				}
			})
		}
	}
}

func TestLossesHaveSentences(t *testing.T) {
	for _, l := range Losses() {
		if l.Title() == "" {
			t.Errorf("loss %s has no sentence", l)
		}
	}
	if Loss("other").Title() != "" {
		t.Error("a loss outside the list has a sentence")
	}
}

func TestDays(t *testing.T) {
	for _, tc := range []struct {
		day    uint32
		number int32
	}{{19700101, 0}, {20261101, 20758}, {20000229, 11016}, {20000301, 11017}, {19000301, -25508}, {16000229, -135081}} {
		if got := dayNumber(tc.day); got != tc.number {
			t.Errorf("day number of %d is %d, want %d", tc.day, got, tc.number)
		}
		if got := dayOf(tc.number); got != tc.day {
			t.Errorf("day of %d is %d, want %d", tc.number, got, tc.day)
		}
	}
	if dayNumber(20260500) != dayNumber(20260501) || dayNumber(20260000) != dayNumber(20260101) {
		t.Error("an unknown month or day does not count as the first")
	}
	for n := int32(-200_000); n < 200_000; n += 13 {
		day := dayOf(n)
		if dayNumber(day) != n {
			t.Fatalf("day %d goes to %d and back to %d", n, day, dayNumber(day))
		}
		if n >= 0 && days(int(day)) != int(n) {
			t.Fatalf("day %d: the standard library says %d", day, days(int(day)))
		}
	}
}
