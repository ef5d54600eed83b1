package reconcile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jiku/schemas"
)

// drawWorld draws declarations, facts and claims from small sets, so that ties, equal
// values and every rule come up often.
func drawWorld(t *rapid.T) *world {
	w := newWorld()
	w.base.Items = []schemas.Item{
		{Name: "name", Title: "name", Type: schemas.TypeText, Comparator: "person_name"},
		{Name: "birth", Title: "birth", Type: schemas.TypeDate},
		{Name: "address", Title: "address", Type: schemas.TypeText, Comparator: "address"},
		{Name: "code", Title: "code", Type: schemas.TypeCode},
		{Name: "region", Title: "region", Type: schemas.TypeCode},
	}
	w.base.Groups = []schemas.Group{{Name: "domicile", Title: "domicile", Lead: "address", Items: []string{"address", "region"}}}
	drawFeeds(t, w)
	for _, unit := range []string{"name", "birth", "domicile", "code"} {
		drawEntry(t, w, unit)
	}
	for _, item := range []int{0, 1, 2, 3} {
		switch rapid.SampledFrom([]string{"", "", "", "vote", "latest", "priority"}).Draw(t, "policy") {
		case "vote":
			w.base.Items[item].Policy = &schemas.PolicyUse{Name: "vote"}
		case "latest":
			w.base.Items[item].Policy = &schemas.PolicyUse{Name: "latest"}
		case "priority":
			w.base.Items[item].Policy = &schemas.PolicyUse{Name: "priority", Order: rapid.Permutation([]string{"a", "b", "c"}).Draw(t, "order")[:2]}
		}
	}
	drawClaims(t, w)
	drawDecisions(t, w)
	return w
}

var lawDepartments = []string{"甲", "乙", "丙"}

func drawFeeds(t *rapid.T, w *world) {
	for i := range rapid.IntRange(1, 5).Draw(t, "feeds") {
		f := &schemas.Feed{Name: string(rune('a' + i)), Department: rapid.SampledFrom(lawDepartments).Draw(t, "department"), Base: "b",
			Kind:        rapid.SampledFrom([]schemas.FeedKind{schemas.Snapshot, schemas.Delta}).Draw(t, "kind"),
			Establishes: i == 0 || rapid.Bool().Draw(t, "establishes"),
			Order:       rapid.SampledFrom([]string{"", "event"}).Draw(t, "order")}
		if i > 0 && rapid.IntRange(0, 4).Draw(t, "copies") == 0 {
			f.CopiesFrom = []string{"a"}
		}
		for _, it := range w.base.Items {
			if rapid.IntRange(0, 9).Draw(t, "carries") > 0 {
				f.Columns = append(f.Columns, schemas.ColumnMap{Column: it.Name, Item: it.Name})
			}
		}
		w.cat.Feeds = append(w.cat.Feeds, f)
	}
}

func drawEntry(t *rapid.T, w *world, unit string) {
	if rapid.IntRange(0, 3).Draw(t, "entry") == 0 {
		return
	}
	departments := rapid.Permutation(lawDepartments).Draw(t, "departments")
	e := schemas.AuthorityEntry{Item: unit, Source: departments[0], Fallbacks: departments[1:rapid.IntRange(1, 3).Draw(t, "fallbacks")],
		StaleAfter: rapid.SampledFrom([]int{0, 0, 30}).Draw(t, "stale"),
		From:       rapid.SampledFrom([]schemas.Day{0, 0, 20261101, 20261102}).Draw(t, "from"),
		Until:      rapid.SampledFrom([]schemas.Day{0, 0, 20261105}).Draw(t, "until")}
	if rapid.IntRange(0, 4).Draw(t, "co") == 0 {
		e.CoSource = departments[2]
	}
	if unit == "domicile" {
		e.Item, e.Group = "", unit
	}
	w.cat.Authorities = append(w.cat.Authorities, &schemas.Authority{Base: "b", Entries: []schemas.AuthorityEntry{e}})
}

var lawValues = [][]string{
	{"张三", "张·三", "张山", "李四"},
	{"19900000", "19900500", "19900506", "19900600"},
	{"海州市青松路1号", "海州青松路１号", "江城省海州市青松路1号", "翠柏路2号"},
	{"1", "2"},
	{"390101", "390102"},
}

var lawStates = []schemas.State{schemas.Valued, schemas.Valued, schemas.Valued, schemas.Valued, schemas.None, schemas.Unknown, schemas.Withdrawn,
	schemas.Void, schemas.Silent}

var lawSlots = []schemas.Slot{{Date: 20261001}, {Date: 20261001, Seq: 1}, {Date: 20261002}, {Date: 20261030}}

func drawClaims(t *rapid.T, w *world) {
	for range rapid.IntRange(0, 30).Draw(t, "claims") {
		f := rapid.SampledFrom(w.cat.Feeds).Draw(t, "feed")
		id := w.deliver(f.Name, rapid.SampledFrom(lawSlots).Draw(t, "slot"), uint32(rapid.IntRange(0, 1).Draw(t, "revision")))
		c := claim{key: rapid.SampledFrom([]string{"K", "L"}).Draw(t, "key"), gone: rapid.IntRange(0, 9).Draw(t, "gone") == 0,
			event: schemas.EventTimeOfDay(rapid.SampledFrom([]uint32{0, 20261001, 20261002, 20261025}).Draw(t, "event")),
			ref:   schemas.Ref{Delivery: id, Position: uint64(len(w.claims))}, texts: make([]string, len(w.base.Items))}
		for i := range w.base.Items {
			s := rapid.SampledFrom(lawStates).Draw(t, "state")
			// Now and then a state without a value has one all the same: it must not show.
			if s == schemas.Valued || rapid.IntRange(0, 9).Draw(t, "left over") == 0 {
				c.texts[i] = rapid.SampledFrom(lawValues[i]).Draw(t, "value")
			}
			c.states = append(c.states, s)
		}
		w.claims = append(w.claims, c)
	}
	for _, f := range w.cat.Feeds {
		for _, slot := range lawSlots {
			for revision := range uint32(2) {
				id := schemas.IDOf(f.Name, slot, revision)
				if d, ok := w.facts.Deliveries[id]; ok {
					d.InForce = rapid.IntRange(0, 7).Draw(t, "held") > 0
					d.Events = uint32(rapid.IntRange(0, 2).Draw(t, "events"))
					d.Received = time.Unix(int64(rapid.IntRange(0, 2).Draw(t, "received")), 0)
					w.facts.Deliveries[id] = d
				}
			}
		}
		if rapid.Bool().Draw(t, "last") {
			w.facts.LastSlot[f.Name] = schemas.Slot{Date: rapid.SampledFrom([]uint32{20261001, 20261002}).Draw(t, "slot")}
		}
	}
}

func drawDecisions(t *rapid.T, w *world) {
	if len(w.claims) == 0 {
		return
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "decisions") {
		c := rapid.SampledFrom(w.claims).Draw(t, "cites")
		w.facts.Decisions = append(w.facts.Decisions, Decision{ID: fmt.Sprint(i), Kind: rapid.SampledFrom([]DecisionKind{Ruling, Pin}).Draw(t, "kind"),
			Key: schemas.Key(c.key), KeyHash: testHash(c.key), Cites: c.ref,
			Subject: rapid.SampledFrom([]string{"name", "birth", "domicile", "region", "code"}).Draw(t, "subject"),
			From:    rapid.SampledFrom([]schemas.Day{0, 0, 20261101, 20261103}).Draw(t, "from"),
			Until:   rapid.SampledFrom([]schemas.Day{0, 0, 20261031, 20261104}).Draw(t, "until"),
			Undone:  rapid.IntRange(0, 4).Draw(t, "undone") == 0, Recorded: time.Unix(int64(rapid.IntRange(0, 1).Draw(t, "recorded")), 0)})
	}
}

// TestOracle compares the program with the plain code of the specification.
func TestOracle(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt)
		if diff := cmp.Diff(w.oracle(), w.render(w.run(t, w.claims))); diff != "" {
			rt.Fatalf("(-oracle +program):\n%s", diff)
		}
	})
}

// TestLaw2 checks that order and repetition of claims and the order of declarations do not
// matter, that values come from claims, and that reasons are in the closed list.
func TestLaw2(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt)
		once := w.run(t, w.claims)
		again := rapid.Permutation(append(slices.Clone(w.claims), w.claims...)).Draw(rt, "again")
		w.cat.Feeds = rapid.Permutation(w.cat.Feeds).Draw(rt, "feeds")
		w.cat.Authorities = rapid.Permutation(w.cat.Authorities).Draw(rt, "authorities")
		w.facts.Decisions = rapid.Permutation(w.facts.Decisions).Draw(rt, "decisions")
		if diff := cmp.Diff(once, w.run(t, again)); diff != "" {
			rt.Fatalf("(-once +again):\n%s", diff)
		}
		for i := range once.Len() {
			checkRow(rt, w, once.View(i))
		}
	})
}

func checkRow(rt *rapid.T, w *world, v schemas.GoldenView) {
	for j := range w.base.Items {
		if !slices.Contains(schemas.Whys(), v.Why(j)) {
			rt.Fatalf("%s: reason %q is not in the list", w.base.Items[j].Name, v.Why(j))
		}
		o, ok := v.Origin(j)
		if ok != (v.Why(j) != schemas.WhyNothing) {
			rt.Fatalf("%s: an item has an origin if and only if something competes", w.base.Items[j].Name)
		}
		if v.State(j) != schemas.Valued {
			if textual := w.base.Items[j].Type.Textual(); textual && len(v.Text(j)) > 0 || !textual && v.Int(j) != 0 {
				rt.Fatalf("%s: a value stands in state %s", w.base.Items[j].Name, v.State(j))
			}
			continue
		}
		i := slices.IndexFunc(w.claims, func(c claim) bool { return c.ref == o.Ref && schemas.Key(c.key) == v.Key() })
		if i < 0 || w.claims[i].states[j] != schemas.Valued || !w.facts.Deliveries[o.Delivery].InForce {
			rt.Fatalf("%s: no claim in force says the value", w.base.Items[j].Name)
		}
		k := &keyO{oracle: &oracle{w: w}}
		if k.value(w.claims[i], j) != v.Value(j) {
			rt.Fatalf("%s: the value is invented", w.base.Items[j].Name)
		}
	}
}

// TestExplainAgrees compares explain with the golden rows and looks for gaps in it.
func TestExplainAgrees(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt)
		g := w.run(t, w.claims)
		p, err := Compile(w.cat, w.base)
		if err != nil {
			rt.Fatal(err)
		}
		all := p.Explain(w.facts, w.block(w.claims))
		if len(all) != g.Len() {
			rt.Fatalf("explained %d keys of %d", len(all), g.Len())
		}
		for i, e := range all {
			v := g.View(i)
			if e.Key != v.Key() || e.Exists == v.Gone() || e.Version != v.Version() || e.Due != v.Due() || len(e.Items) != len(w.base.Items) {
				rt.Fatal("explain has another row")
			}
			var conflicts []string
			for j, it := range e.Items {
				checkItem(rt, w, it, v, j)
				for _, c := range it.Candidates {
					if c.Conflict {
						conflicts = append(conflicts, it.Item+c.Feed+c.Value)
					}
				}
			}
			var want []string
			for _, c := range v.Conflicts() {
				want = append(want, w.base.Items[c.Item].Name+c.Feed+string(c.Value))
			}
			slices.Sort(conflicts)
			slices.Sort(want)
			if !slices.Equal(conflicts, want) {
				rt.Fatalf("conflicts %v, want %v", conflicts, want)
			}
		}
	})
}

func checkItem(rt *rapid.T, w *world, it ItemExplanation, v schemas.GoldenView, j int) {
	if it.Item != w.base.Items[j].Name || it.Value != v.Value(j) || it.State != v.State(j).String() || it.Reason != v.Why(j).String() {
		rt.Fatalf("%s: explained %+v, golden %s %s", w.base.Items[j].Name, it, v.State(j), v.Why(j))
	}
	o, won := v.Origin(j)
	for n, c := range it.Candidates {
		if c.Won != (won && n == 0) || c.Won && (schemas.Ref{Delivery: c.Delivery, Position: c.Position}) != o.Ref {
			rt.Fatalf("%s: the winner does not stand first", it.Item)
		}
		if c.Won == (c.LostTitle != "") || c.Lost != "" && !slices.Contains(Losses(), c.Lost) {
			rt.Fatalf("%s: candidate %s lost by %q", it.Item, c.Feed, c.Lost)
		}
	}
	if !strings.HasSuffix(it.Sentence, "。") || it.Value != "" && len(it.Value) > 1 && strings.Contains(it.Sentence, it.Value) {
		rt.Fatalf("%s: bad sentence", it.Item)
	}
}

// TestDue checks that nothing changes by itself before the row is due. Snapshot feeds turn
// stale as a whole, which the run sees, so they are left out.
func TestDue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt)
		for _, f := range w.cat.Feeds {
			f.Kind = schemas.Delta
		}
		before := w.run(t, w.claims)
		w.facts.Day = dayOf(dayNumber(w.facts.Day) + int32(rapid.IntRange(1, 40).Draw(rt, "days")))
		after := w.run(t, w.claims)
		for i := range before.Len() {
			v := before.View(i)
			if due := v.Due(); due != 0 && due <= w.facts.Day {
				continue
			}
			if a, b := rowText(w, v), rowText(w, after.View(i)); a != b {
				rt.Fatalf("due %d, but on %d:\n%s\nis\n%s", v.Due(), w.facts.Day, a, b)
			}
		}
	})
}

func rowText(w *world, v schemas.GoldenView) string {
	var b strings.Builder
	for j := range w.base.Items {
		o, _ := v.Origin(j)
		fmt.Fprintln(&b, v.State(j), v.Value(j), v.Why(j), o)
	}
	for _, c := range v.Conflicts() {
		fmt.Fprintln(&b, c.Item, c.Ref)
	}
	return b.String()
}
