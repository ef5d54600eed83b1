package pipelines

import (
	"fmt"
	"slices"
	"strings"

	"jiku/schemas"
)

// separate reports whether each claim counts, or only what no later one supersedes: scores
// count a snapshot feed's current claims, and all of a delta feed's deliveries.
func (c *counter) separate(why purpose) bool {
	return why == counted && c.feed.Kind != schemas.Snapshot
}

// all is a query of all claims of deliveries, which fulfil a further condition.
func (c *counter) all(ids []schemas.DeliveryID, column, also string) string {
	return fmt.Sprintf("SELECT key_hash, %[1]s AS c FROM claim.%[2]s WHERE delivery IN (%[3]s) AND gone = 0%[4]s%[5]s",
		column, c.base.Name, idList(ids), also, c.repeats.limit(ids))
}

// current is a query of the claims that no later one of the feed supersedes, and whose keys
// fulfil a further condition. A single delivery has none worth the cost. Where one delivery
// holds most claims, as a first full load does, only the keys of the others are compared.
func (c *counter) current(ids []schemas.DeliveryID, column, also string) string {
	if len(ids) == 1 {
		return c.all(ids, column, also)
	}
	bulk, others := c.largest(ids)
	if bulk == 0 {
		return c.newest(ids, column, also)
	}
	keys := fmt.Sprintf("(SELECT key_hash FROM claim.%s WHERE delivery IN (%s))", c.base.Name, idList(others))
	return fmt.Sprintf("%s UNION ALL %s", c.all([]schemas.DeliveryID{bulk}, column, also+" AND key_hash NOT IN "+keys),
		c.newest(ids, column, also+" AND key_hash IN "+keys))
}

// newest is a query of the last claim of each key.
func (c *counter) newest(ids []schemas.DeliveryID, column, also string) string {
	return fmt.Sprintf(`SELECT key_hash, c FROM (
  SELECT key_hash, argMax(c, o) AS c, argMax(gone, o) AS left FROM (%s)
  GROUP BY key_hash) WHERE left = 0`, c.ordered(ids, column, also))
}

// ordered is a query of claims with their order as o.
func (c *counter) ordered(ids []schemas.DeliveryID, column, also string) string {
	return fmt.Sprintf(`
    SELECT key_hash, %[1]s AS c, gone, %[5]s AS o
    FROM claim.%[3]s WHERE delivery IN (%[2]s)%[4]s`, column, idList(ids), c.base.Name, also, schemas.ClaimOrder(ids))
}

// superseded is a query of what the first n deliveries said of the keys of the later ones, to be
// taken away, and of what all say now, to be added.
func (c *counter) superseded(ids []schemas.DeliveryID, n int, column string) string {
	return signed(c.beforeAndAfter(ids, n, column, c.keysOf(ids[n:])))
}

// withRows is superseded for claims that count where their key has a golden row: rows that
// came or went with the later runs change what counts as later deliveries do. It is empty where
// neither does.
func (c *counter) withRows(ids []schemas.DeliveryID, n int, column string, h history) string {
	var from []string
	if h.moved != "" {
		from = append(from, h.moved)
	}
	if n < len(ids) {
		from = append(from, c.keysOf(ids[n:]))
	}
	if len(from) == 0 {
		return ""
	}
	keys := strings.Join(from, " UNION ALL ")
	return signed(fmt.Sprintf(`SELECT if(had, was, []) AS was, if(has, now, []) AS now
FROM (%s) AS said INNER JOIN (%s) AS entity ON entity.key_hash = said.key_hash`, c.beforeAndAfter(ids, n, column, keys), h.presence(keys)))
}

// signed is a query of claims with the sign with which they count.
func signed(beforeAndAfter string) string {
	return fmt.Sprintf(`SELECT sign, c FROM (%s)
ARRAY JOIN arrayConcat(was, now) AS c, arrayConcat(arrayMap(x -> toInt64(-1), was), arrayMap(x -> toInt64(1), now)) AS sign`, beforeAndAfter)
}

// keysOf is a query of the keys of deliveries.
func (c *counter) keysOf(ids []schemas.DeliveryID) string {
	return fmt.Sprintf("SELECT key_hash FROM claim.%s WHERE delivery IN (%s)", c.base.Name, idList(ids))
}

// beforeAndAfter is a query of what the first n deliveries said of keys (was), and of what all
// say (now). It reads the claims of these keys once. Both are what current counts: all that the
// largest delivery says of a key that no other has, or else the last claim.
func (c *counter) beforeAndAfter(ids []schemas.DeliveryID, n int, column, keys string) string {
	bulk, _ := c.largest(ids[:n])
	keys = " AND key_hash IN (" + keys + ")" + c.repeats.limit(ids)
	before, largest := fmt.Sprintf("%s <= %d", schemas.PlaceIn("o"), n), fmt.Sprintf("%s = %d", schemas.PlaceIn("o"), slices.Index(ids, bulk)+1)
	return fmt.Sprintf(`SELECT key_hash, if(others > 0, arrayResize([last], lost = 0), many) AS was, if(rest > 0, arrayResize([newest], left = 0), many) AS now
FROM (
  SELECT key_hash, countIf(%[2]s AND NOT %[3]s) AS others, argMaxIf(c, o, %[2]s) AS last, argMaxIf(gone, o, %[2]s) AS lost,
    groupArrayIf(c, %[3]s AND gone = 0) AS many, countIf(NOT %[3]s) AS rest, argMax(c, o) AS newest, argMax(gone, o) AS left
  FROM (%[1]s)
  GROUP BY key_hash)`, c.ordered(ids, column, keys), before, largest)
}

// largest is the delivery that holds most claims of these, and the others; 0 if none does.
func (c *counter) largest(ids []schemas.DeliveryID) (schemas.DeliveryID, []schemas.DeliveryID) {
	var (
		all   int64
		bulk  schemas.DeliveryState
		among = setOf(ids)
	)
	for _, d := range c.own {
		if n := d.Counts.Claims + d.Counts.Withdrawals; among[d.ID] {
			if all += n; n > bulk.Counts.Claims+bulk.Counts.Withdrawals {
				bulk = d
			}
		}
	}
	if (bulk.Counts.Claims+bulk.Counts.Withdrawals)*2 < all {
		return 0, nil
	}
	return bulk.ID, slices.DeleteFunc(slices.Clone(ids), func(id schemas.DeliveryID) bool { return id == bulk.ID })
}

func idList(ids []schemas.DeliveryID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = fmt.Sprint(uint64(id))
	}
	return strings.Join(list, ", ")
}
