package pipelines_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/schemas"
)

// render is what a person reads of the store: deliveries, golden rows with where each item
// is from, conflicts, findings of claims in force, rejects; and what the run refused.
func (c *scenario) render(t *testing.T, store connectors.Store, report *pipelines.Report) string {
	t.Helper()
	var sb strings.Builder
	names := map[schemas.DeliveryID]string{}
	states, err := store.Deliveries(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range states {
		n := d.Counts
		names[d.ID] = fmt.Sprintf("%s/%s/%d", d.Feed, d.Slot, d.Revision)
		if !n.Balanced() {
			t.Errorf("%s: rows are lost: %+v", names[d.ID], n)
		}
		state := string(d.Last)
		if d.Superseded {
			state += " (superseded)"
		}
		fmt.Fprintf(&sb, "delivery %s %s r%d %s: rows %d = claims %d + rejects %d + unchanged %d; withdrawals %d", d.Feed, d.Slot, d.Revision, state,
			n.Rows, n.Claims, n.Rejects, n.Unchanged, n.Withdrawals)
		if d.Note != "" {
			fmt.Fprintf(&sb, "\n  %s", d.Note)
		}
		sb.WriteString("\n")
		checkChinese(t, d.Note)
	}
	for _, d := range report.Deliveries {
		if d.Action == pipelines.Refused {
			fmt.Fprintf(&sb, "refused %s %s\n  %s\n", d.Feed, d.Slot, d.Note)
			checkChinese(t, d.Note)
		}
	}
	for _, b := range c.cat.Bases {
		var rows []string
		for g, err := range store.Golden(context.Background(), b, schemas.AllBuckets()) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range g.Len() {
				rows = append(rows, renderGolden(g, i))
			}
		}
		slices.Sort(rows)
		if len(rows) > many {
			rows = []string{fmt.Sprintf("%s: %d rows\n", b.FullName(), len(rows))}
		}
		sb.WriteString(strings.Join(rows, ""))
		waiting := orphanLines(t, b, store, names)
		slices.Sort(waiting)
		for _, l := range waiting {
			sb.WriteString(l + "\n")
		}
	}
	sb.WriteString(renderRejects(t, store, names))
	return sb.String()
}

// many rows are counted and not shown.
const many = 100

// english is a phrase that departments need not understand.
var english = regexp.MustCompile(`[A-Za-z]{2,} +[A-Za-z]{2,}`)

// checkChinese holds that notes, which departments read, are wholly Chinese.
func checkChinese(t *testing.T, note string) {
	t.Helper()
	if note = strings.ReplaceAll(note, "jiku delivery revoke", ""); english.MatchString(note) {
		t.Errorf("note %q is not wholly Chinese", note)
	}
}

// renderRejects are the rejects of each delivery, or how many there are of each kind.
func renderRejects(t *testing.T, store connectors.Store, names map[schemas.DeliveryID]string) string {
	t.Helper()
	byDelivery := map[schemas.DeliveryID][]schemas.Reject{}
	for _, r := range rejects(t, store) {
		byDelivery[r.Delivery] = append(byDelivery[r.Delivery], r)
	}
	var lines []string
	for id, list := range byDelivery {
		kinds := map[string]int{}
		for _, r := range list {
			if len(list) <= many {
				lines = append(lines, renderReject(r, names)+"\n")
			} else {
				kinds[fmt.Sprint(codesOf(r.Reasons))]++
			}
		}
		for kind, n := range kinds {
			lines = append(lines, fmt.Sprintf("rejects %s: %d %s\n", names[id], n, kind))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// renderReject shows the first bytes of a long row.
func renderReject(r schemas.Reject, names map[schemas.DeliveryID]string) string {
	whole := len(r.Raw)
	if whole <= many {
		return rejectLine(r, names)
	}
	r.Raw = r.Raw[:many/4]
	return strings.Replace(rejectLine(r, names), "\" [", fmt.Sprintf("…\" (%d bytes) [", whole), 1)
}

func codesOf(reasons []schemas.Reason) []string {
	out := make([]string, len(reasons))
	for i, r := range reasons {
		out[i] = r.Code
	}
	return out
}

// shown quotes what an editor would not show as it is.
func shown(text []byte) string {
	s := string(text)
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

func renderGolden(g *schemas.GoldenBlock, i int) string {
	var sb strings.Builder
	b, n := g.Base, len(g.Base.Items)
	fmt.Fprintf(&sb, "%s %s\n", b.FullName(), shown(g.Key.At(i)))
	for k := range b.Items {
		value, at := "", i*n+k
		if b.Items[k].Type.Textual() {
			value = shown(g.Items[k].Text.At(i))
		} else if schemas.State(g.States[at]) == schemas.Valued {
			value = schemas.FormatInt(b.Items[k].Type, g.Items[k].Int[i])
		}
		state, from := schemas.State(g.States[at]), "-"
		if o := g.Origins[at]; o > 0 {
			from = g.WinnersOf(i)[o-1].Feed
		}
		fmt.Fprintf(&sb, "  %s = %s [%s, %s, %s]\n", b.Items[k].Name, value, state, from, schemas.Why(g.Reasons[at]))
	}
	var said []string
	for _, c := range g.ConflictsOf(i) {
		said = append(said, fmt.Sprintf("  conflict %s: %s says %s [%s] since %d\n", b.Items[c.Item].Name, c.Feed, c.Value, c.State, c.Event.Day()))
	}
	slices.Sort(said)
	sb.WriteString(strings.Join(said, ""))
	for _, f := range g.Findings.At(i) {
		fmt.Fprintf(&sb, "  finding %s\n", f)
	}
	if len(b.Links) == 0 {
		return sb.String()
	}
	for _, a := range g.AliasesOf(i) {
		fmt.Fprintf(&sb, "  alias %s since %d, %s says%s\n", a.Text, a.From, a.Feed, map[bool]string{true: " [disputed]"}[a.Disputed])
	}
	return sb.String()
}
