package pipelines

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"jiku/schemas"
)

// purpose is why claims of a feed are counted.
type purpose string

const (
	counted purpose = "counted" // In the scores of the period.
	said    purpose = "said"    // As what the feed says now.
)

// claimTally is how many claims of deliveries have a value of something.
type claimTally struct {
	Deliveries []schemas.DeliveryID `json:"deliveries"`
	Rows       int64                `json:"rows"`
	// By are the counts by value; those of states by the place of an item and its state.
	By map[string]int64 `json:"by"`
}

// eachState gives the counts of states.
func (t claimTally) eachState(f func(item int, state schemas.State, n int64)) {
	for at, n := range t.By {
		if item, err := strconv.Atoi(at[:len(at)-1]); err == nil {
			f(item, schemas.State(at[len(at)-1]), n)
		}
	}
}

func (t *claimTally) add(column, value string, n int64) {
	t.Rows += n
	if column != "states" {
		t.By[value] += n
		return
	}
	for i := range len(value) {
		t.By[strconv.Itoa(i)+value[i:i+1]] += n
	}
}

// tally counts the claims of deliveries by a column, or by an expression of one: what was
// counted before stands, and what is new is added to it.
func (c *counter) tally(ctx context.Context, why purpose, ids []schemas.DeliveryID, column string) (claimTally, error) {
	if why == said && !c.feed.Establishes {
		// What an establishing feed says has a golden row; other claims may wait for one, and
		// which do changes without them.
		t := claimTally{By: map[string]int64{}}
		entity := "gone = 0"
		if len(c.base.Links) > 0 {
			entity += " OR linked != ''" // Claims with other keys of an entity are in its row.
		}
		// Not FINAL, which has no rows that are gone. Rows that later ones replace may be there.
		claims := fmt.Sprintf("SELECT c FROM (%s) WHERE key_hash IN (SELECT key_hash FROM %s.golden GROUP BY key_hash HAVING argMax(%s, version))",
			c.current(ids, column, ""), c.base.Name, entity)
		err := c.ask(ctx, &t, column, added(claims))
		return t, err
	}
	var t claimTally
	name := c.tallyName(why, column)
	if c.kept.get(name, &t); slices.Equal(t.Deliveries, ids) {
		return t, nil
	}
	if twin, found := c.twin(why, ids, column); found {
		return twin, c.kept.put(name, twin)
	}
	if err := c.repeats.look(ctx, ids); err != nil {
		return t, err
	}
	query := c.missing(why, t.Deliveries, ids, column)
	if query == "" {
		t = claimTally{By: map[string]int64{}}
		query = added(c.claimsFor(why, ids, column))
	}
	t.Deliveries = ids
	if err := c.ask(ctx, &t, column, query); err != nil {
		return t, err
	}
	return t, c.kept.put(name, t)
}

func (c *counter) tallyName(why purpose, column string) string {
	return fmt.Sprintf("claims of %s in %s, %s as %s: %s", c.feed.Name, c.base.Name, why, c.feed.Kind, column)
}

// twin is the tally of the same claims for the other purpose.
func (c *counter) twin(why purpose, ids []schemas.DeliveryID, column string) (claimTally, bool) {
	other := said
	if why == said {
		other = counted
	}
	var t claimTally
	c.kept.get(c.tallyName(other, column), &t)
	return t, slices.Equal(t.Deliveries, ids) && (len(ids) == 1 || c.feed.Kind == schemas.Snapshot)
}

// added is a query of claims as ask wants it: each with the sign with which it counts.
func added(claims string) string { return "SELECT toInt64(1) AS sign, c FROM (" + claims + ")" }

// missing is a query of the claims by which those of deliveries differ from what was counted
// of earlier ones; empty if all must be counted.
func (c *counter) missing(why purpose, was, ids []schemas.DeliveryID, column string) string {
	if len(was) == 0 || slices.ContainsFunc(was, func(id schemas.DeliveryID) bool { return !slices.Contains(ids, id) }) {
		return ""
	}
	if c.separate(why) {
		return added(c.all(slices.DeleteFunc(slices.Clone(ids), func(id schemas.DeliveryID) bool { return slices.Contains(was, id) }), column, ""))
	}
	// What later deliveries say supersedes what the same keys said before.
	bulk, _ := c.largest(ids)
	if before, _ := c.largest(was); bulk != before && len(was) > 1 || len(was) == 1 && bulk != was[0] || !slices.Equal(ids[:len(was)], was) {
		return ""
	}
	return c.superseded(ids, len(was), column)
}

// ask adds the counts of claims to a tally.
func (c *counter) ask(ctx context.Context, t *claimTally, column, query string) error {
	value, join := "toString(c)", ""
	if column == "failed" {
		value, join = "f", " ARRAY JOIN c AS f"
	}
	var rows []struct {
		Value string `ch:"v"`
		N     int64  `ch:"n"`
	}
	err := c.sql.Select(ctx, &rows, fmt.Sprintf("SELECT %s AS v, sum(sign) AS n FROM (%s)%s GROUP BY v HAVING n != 0", value, query, join))
	for _, r := range rows {
		t.add(column, r.Value, r.N)
	}
	return err
}
