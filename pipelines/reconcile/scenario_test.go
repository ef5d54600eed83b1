package reconcile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"jiku/schemas"
)

// A scenario is a txtar file; see testdata/README.md for its words.

// words are the words of one line: plain ones and name=value.
type words struct {
	plain []string
	args  map[string]string
}

func splitWords(line string) words {
	w := words{args: map[string]string{}}
	for _, f := range strings.Fields(line) {
		if name, value, ok := strings.Cut(f, "="); ok {
			w.args[name] = value
		} else {
			w.plain = append(w.plain, f)
		}
	}
	return w
}

func (w words) has(name string) bool { return slices.Contains(w.plain, name) }

func (w words) list(name string) []string {
	if w.args[name] == "" {
		return nil
	}
	return strings.Split(w.args[name], ",")
}

func (w words) number(t testing.TB, name string) uint64 {
	if w.args[name] == "" {
		return 0
	}
	n, err := strconv.ParseUint(w.args[name], 10, 64)
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return n
}

func lines(text []byte) []string {
	var out []string
	for _, l := range strings.Split(string(text), "\n") {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
			out = append(out, l)
		}
	}
	return out
}

func (w *world) declare(t testing.TB, line string) {
	l := splitWords(line)
	switch l.plain[0] {
	case "item":
		it := schemas.Item{Name: l.plain[1], Title: l.plain[1], Type: schemas.Type(l.plain[2]), Comparator: l.args["comparator"]}
		if l.args["policy"] != "" {
			it.Policy = &schemas.PolicyUse{Name: l.args["policy"], Order: l.list("order")}
		}
		w.base.Items = append(w.base.Items, it)
	case "group":
		w.base.Groups = append(w.base.Groups, schemas.Group{Name: l.plain[1], Title: l.plain[1], Lead: l.args["lead"], Items: l.list("items")})
	case "feed":
		f := &schemas.Feed{Name: l.plain[1], Title: l.plain[1], Department: l.plain[2], Base: w.base.Name, Kind: schemas.Delta,
			Establishes: l.has("establishes"), Order: l.args["order"], CopiesFrom: l.list("copies")}
		if l.has("snapshot") {
			f.Kind = schemas.Snapshot
		}
		for _, it := range w.base.Items {
			if carries := l.list("carries"); carries == nil || slices.Contains(carries, it.Name) {
				f.Columns = append(f.Columns, schemas.ColumnMap{Column: it.Name, Item: it.Name})
			}
		}
		w.cat.Feeds = append(w.cat.Feeds, f)
	case "register":
		e := schemas.AuthorityEntry{Source: l.args["source"], CoSource: l.args["co"], Fallbacks: l.list("fallbacks"),
			Checkers: schemas.Checkers{Of: l.list("checkers")}, StaleAfter: int(l.number(t, "stale")),
			From: schemas.Day(l.number(t, "from")), Until: schemas.Day(l.number(t, "until"))}
		e.Item = l.plain[1]
		for _, g := range w.base.Groups {
			if g.Name == e.Item {
				e.Item, e.Group = "", g.Name
			}
		}
		w.cat.Authorities = append(w.cat.Authorities, &schemas.Authority{Base: w.base.Name, Entries: []schemas.AuthorityEntry{e}})
	default:
		t.Fatalf("unknown declaration %q", line)
	}
}

func (w *world) fact(t testing.TB, line string) {
	l := splitWords(line)
	switch l.plain[0] {
	case "day":
		w.facts.Day = uint32(mustUint(t, l.plain[1]))
	case "delivery":
		id := w.delivery(t, l.plain[1])
		d := w.facts.Deliveries[id]
		d.InForce, d.Events = !l.has("held"), uint32(l.number(t, "events"))
		if l.args["received"] != "" {
			at, err := time.Parse("20060102T15:04", l.args["received"])
			if err != nil {
				t.Fatal(err)
			}
			d.Received = at
		}
		w.facts.Deliveries[id] = d
	case "last":
		w.facts.LastSlot[l.plain[1]] = schemas.Slot{Date: uint32(mustUint(t, l.plain[2]))}
	case "ruling", "pin":
		d := Decision{Kind: DecisionKind(l.plain[0]), ID: l.plain[1], Key: schemas.Key(l.plain[2]), KeyHash: testHash(l.plain[2]),
			Subject: l.plain[3], Cites: w.ref(t, l.plain[4]), From: schemas.Day(l.number(t, "from")),
			Until: schemas.Day(l.number(t, "until")), Undone: l.has("undone"),
			Recorded: time.Unix(int64(l.number(t, "recorded")), 0)}
		w.facts.Decisions = append(w.facts.Decisions, d)
	default:
		t.Fatalf("unknown fact %q", line)
	}
}

// delivery reads feed@date[.seq][rN].
func (w *world) delivery(t testing.TB, name string) schemas.DeliveryID {
	feed, rest, _ := strings.Cut(name, "@")
	rest, revision, _ := strings.Cut(rest, "r")
	date, seq, _ := strings.Cut(rest, ".")
	if w.cat.Feed(feed) == nil {
		t.Fatalf("unknown feed in %q", name)
	}
	return w.deliver(feed, schemas.Slot{Date: uint32(mustUint(t, date)), Seq: uint32(mustUint(t, "0"+seq))}, uint32(mustUint(t, "0"+revision)))
}

// ref reads delivery/position.
func (w *world) ref(t testing.TB, name string) schemas.Ref {
	d, position, _ := strings.Cut(name, "/")
	return schemas.Ref{Delivery: w.delivery(t, d), Position: mustUint(t, position)}
}

func mustUint(t testing.TB, s string) uint64 {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (w *world) claim(t testing.TB, line string) {
	l := splitWords(line)
	c := claim{ref: w.ref(t, l.plain[0]), key: l.plain[1], gone: l.has("gone"), texts: make([]string, len(w.base.Items))}
	if day := l.number(t, "event"); day > 0 {
		c.event = schemas.EventTime(day)
		if day < 1e8 {
			c.event = schemas.EventTimeOfDay(uint32(day))
		}
	}
	for i, it := range w.base.Items {
		value, given := l.args[it.Name]
		state, isState := map[string]schemas.State{"无": schemas.None, "?": schemas.Unknown, "!": schemas.Void, "~": schemas.Withdrawn, "-": schemas.Silent}[value]
		switch {
		case !given:
			state = schemas.Silent
		case !isState:
			state, c.texts[i] = schemas.Valued, value
		}
		c.states = append(c.states, state)
	}
	w.claims = append(w.claims, c)
}

// render writes golden rows in the words of scenarios, by key.
func (w *world) render(g *schemas.GoldenBlock) string {
	var rows []string
	ref := func(r schemas.Ref) string { return fmt.Sprintf("%s/%d", w.names[r.Delivery], r.Position) }
	for i := range g.Len() {
		v := g.View(i)
		var b strings.Builder
		fmt.Fprintf(&b, "%s facts=%d", v.KeyBytes(), uint32(v.Version()>>16))
		if v.Gone() {
			b.WriteString(" gone")
		}
		if v.Due() > 0 {
			fmt.Fprintf(&b, " due=%d", v.Due())
		}
		b.WriteString("\n")
		for j, it := range w.base.Items {
			if v.Gone() {
				break
			}
			fmt.Fprintf(&b, "  %s %s %s", it.Name, stateText(v.State(j), v.Value(j)), v.Why(j))
			if o, ok := v.Origin(j); ok {
				fmt.Fprintf(&b, " %s", ref(o.Ref))
			}
			b.WriteString("\n")
		}
		for _, c := range v.Conflicts() {
			fmt.Fprintf(&b, "  conflict %s %s %s\n", w.base.Items[c.Item].Name, ref(c.Ref), stateText(c.State, string(c.Value)))
		}
		rows = append(rows, b.String())
	}
	slices.Sort(rows)
	return strings.Join(rows, "")
}

func stateText(s schemas.State, value string) string {
	switch s {
	case schemas.Valued:
		return value
	case schemas.None:
		return "无"
	case schemas.Unknown:
		return "?"
	case schemas.Void:
		return "!"
	default:
		return map[schemas.State]string{schemas.Withdrawn: "~", schemas.Silent: "-"}[s]
	}
}
