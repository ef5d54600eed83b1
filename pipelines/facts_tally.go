package pipelines

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiku/schemas"
)

// purpose is why claims of a feed are counted.
type purpose string

const (
	counted purpose = "counted" // In the scores of the period.
	said    purpose = "said"    // As what the feed says now.
	seen    purpose = "seen"    // As what it says now of keys that have a row.
)

// says is what claims are counted by in one scan: the states of their items and, after each a
// separator, their findings. Most have none.
const (
	says      = `if(empty(failed), states, concat(states, '\x1f', arrayStringConcat(failed, '\x1f')))`
	separator = "\x1f"
)

// claimTally is how many claims of deliveries have a value of something.
type claimTally struct {
	Deliveries []schemas.DeliveryID `json:"deliveries"`
	// Runs is the digest of what runs had published, where only claims count whose key has a row.
	Runs string `json:"runs,omitempty"`
	Rows int64  `json:"rows"`
	// By are the counts by value; those of states by the place of an item and its state.
	By map[string]int64 `json:"by"`
	// Failed are those by finding.
	Failed map[string]int64 `json:"failed,omitempty"`
}

func newClaimTally() claimTally {
	return claimTally{By: map[string]int64{}, Failed: map[string]int64{}}
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
	if column != says {
		t.By[value] += n
		return
	}
	list := strings.Split(value, separator)
	for i := range len(list[0]) {
		t.By[strconv.Itoa(i)+list[0][i:i+1]] += n
	}
	for _, f := range list[1:] {
		if t.Failed[f] += n; t.Failed[f] == 0 {
			delete(t.Failed, f) // As if it had never been.
		}
	}
}

// tally counts the claims of deliveries by a column, or by an expression of one: what was
// counted before stands, and what is new is added to it.
func (c *counter) tally(ctx context.Context, why purpose, ids []schemas.DeliveryID, column string) (claimTally, error) {
	if why == said && !c.feed.Establishes {
		return c.tallyWithRows(ctx, ids, column)
	}
	t, name := newClaimTally(), c.tallyName(why, column)
	if c.kept.get(name, &t); slices.Equal(t.Deliveries, ids) {
		return t, nil
	}
	if twin, found := c.twin(why, ids, column); found {
		return twin, c.kept.put(name, twin)
	}
	was := t.Deliveries
	if !c.extends(why, was, ids) {
		was, t = nil, newClaimTally()
	}
	t.Deliveries = ids
	var err error
	switch {
	case c.separate(why) || len(ids) == 1:
		err = c.addEach(ctx, &t, without(ids, was), column)
	case len(was) > 0:
		err = c.addBy(ctx, &t, column, func() string { return c.superseded(ids, len(was), column) })
	default:
		err = c.addBy(ctx, &t, column, func() string { return added(c.current(ids, column, "")) })
	}
	if err != nil {
		return t, err
	}
	return t, c.kept.put(name, t)
}

// extends reports whether what was counted of deliveries stands in a count of others.
func (c *counter) extends(why purpose, was, ids []schemas.DeliveryID) bool {
	if c.separate(why) {
		return len(was) > 0 && len(without(was, ids)) == 0
	}
	return c.adds(was, ids)
}

// without are the deliveries of a list that another one lacks.
func without(ids, others []schemas.DeliveryID) []schemas.DeliveryID {
	gone := setOf(others)
	return slices.DeleteFunc(slices.Clone(ids), func(id schemas.DeliveryID) bool { return gone[id] })
}

func setOf(ids []schemas.DeliveryID) map[schemas.DeliveryID]bool {
	out := make(map[schemas.DeliveryID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out
}

// expect tells what will be asked of the deliveries: which are counted each by itself, and of
// which it is asked whether they are stored twice.
func (c *counter) expect(ids []schemas.DeliveryID) {
	var t, now claimTally
	why := said
	if !c.feed.Establishes {
		why = seen
	}
	c.kept.get(c.tallyName(why, says), &now)
	if all := c.inForce(); !slices.Equal(now.Deliveries, all) {
		c.repeats.want(all)
	}
	c.kept.get(c.tallyName(counted, says), &t)
	if slices.Equal(t.Deliveries, ids) || !c.separate(counted) && len(ids) != 1 {
		return
	}
	if !c.extends(counted, t.Deliveries, ids) {
		t.Deliveries = nil
	}
	c.sums.want(without(ids, t.Deliveries))
}

// addEach adds the claims of deliveries, each of them.
func (c *counter) addEach(ctx context.Context, t *claimTally, ids []schemas.DeliveryID, column string) error {
	if len(ids) == 0 {
		return nil
	}
	if column != says {
		return c.addBy(ctx, t, column, func() string { return added(c.all(ids, column, "")) })
	}
	for _, id := range ids {
		sums, err := c.sums.of(ctx, id)
		if err != nil {
			return err
		}
		for value, n := range sums {
			t.add(column, value, n)
		}
	}
	return nil
}

// addBy adds what a query counts, which is made once it is known which deliveries are stored twice.
func (c *counter) addBy(ctx context.Context, t *claimTally, column string, query func() string) error {
	if err := c.repeats.look(ctx, t.Deliveries); err != nil {
		return err
	}
	return c.ask(ctx, t, column, query())
}

// tallyWithRows counts what a feed says that does not establish: what an establishing feed
// says has a golden row, other claims may wait for one, and which do changes without them.
func (c *counter) tallyWithRows(ctx context.Context, ids []schemas.DeliveryID, column string) (claimTally, error) {
	t := newClaimTally()
	name, h := c.tallyName(seen, column), history{base: c.base, runs: c.won.Runs, once: c.won.once}
	c.kept.get(name, &t)
	if t.Runs == runsDigest(c.won.Runs) && slices.Equal(t.Deliveries, ids) {
		return t, nil
	}
	later, known := lacks(c.won.former, c.won.Runs)
	known = known && t.Runs == runsDigest(c.won.former)
	if err := c.repeats.look(ctx, ids); err != nil {
		return t, err
	}
	var query string
	if known && len(later) > 0 && h.rowsOf(later)*3 < c.won.Golden && c.adds(t.Deliveries, ids) {
		var err error
		h.later = later
		if h.moved, err = c.moves.keys(ctx, h); err != nil {
			return t, err
		}
		query = c.withRows(ids, len(t.Deliveries), column, h)
	} else {
		t = newClaimTally()
		query = added(fmt.Sprintf("SELECT c FROM (%s) WHERE key_hash IN (%s)", c.current(ids, column, ""), h.present()))
	}
	t.Deliveries, t.Runs = ids, runsDigest(c.won.Runs)
	if query != "" {
		if err := c.ask(ctx, &t, column, query); err != nil {
			return t, err
		}
	}
	return t, c.kept.put(name, t)
}

// runsDigest names what runs have published: there are more of them every day, and a tally a
// feed.
func runsDigest(runs map[string]int64) string {
	sum := sha256.Sum256(fmt.Append(nil, runs)) // Maps are printed in order.
	return hex.EncodeToString(sum[:16])
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

// adds reports whether deliveries are others and some after them, so that what the later ones say
// supersedes what the same keys said before. The largest must be the same, since all that it
// says of a key is counted where nobody else has the key.
func (c *counter) adds(was, ids []schemas.DeliveryID) bool {
	if len(was) == 0 || len(was) > len(ids) || !slices.Equal(ids[:len(was)], was) {
		return false
	}
	bulk, _ := c.largest(ids)
	before, _ := c.largest(was)
	return bulk == before || len(was) == 1 && bulk == was[0]
}

// ask adds the counts of claims to a tally.
func (c *counter) ask(ctx context.Context, t *claimTally, column, query string) error {
	var rows []struct {
		Value string `ch:"v"`
		N     int64  `ch:"n"`
	}
	err := c.sql.Select(ctx, &rows, fmt.Sprintf("SELECT toString(c) AS v, sum(sign) AS n FROM (%s) GROUP BY v HAVING n != 0", query))
	for _, r := range rows {
		t.add(column, r.Value, r.N)
	}
	return err
}
