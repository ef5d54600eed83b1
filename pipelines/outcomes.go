package pipelines

import (
	"context"
	"fmt"

	"jiku/connectors"
	"jiku/schemas"
)

// outcomes are, by feed and item, how often its value won and how often it conflicts.
type outcomes struct {
	wins, conflicts map[[2]string]int64
}

// outcomes counts the golden rows by the whole of their origins, and the conflicts by feed
// and item. On the way it counts what the report says of the base.
func (s *Session) outcomes(ctx context.Context, sql connectors.Querier, b *schemas.Base) (outcomes, error) {
	o := outcomes{wins: map[[2]string]int64{}, conflicts: map[[2]string]int64{}}
	var sums totals
	var rows []struct {
		Origins string   `ch:"origins"`
		Feeds   []string `ch:"feeds"`
		N       uint64   `ch:"n"`
	}
	// Grouping by a hash takes half as long as grouping by arrays.
	err := sql.Select(ctx, &rows, fmt.Sprintf(`SELECT hex(any(g.origins)) AS origins, any(winner_feed) AS feeds, count() AS n
FROM %s.golden AS g FINAL WHERE gone = 0 GROUP BY sipHash128(g.origins, winner_feed)`, b.Name))
	if err != nil {
		return o, err
	}
	for _, r := range rows {
		sums.golden += int64(r.N)
		for i := range b.Items {
			var at int
			if _, err := fmt.Sscanf(r.Origins[2*i:2*i+2], "%02X", &at); err == nil && at > 0 && at <= len(r.Feeds) {
				o.wins[[2]string{r.Feeds[at-1], b.Items[i].Name}] += int64(r.N)
			}
		}
	}
	var said []struct {
		Item string `ch:"item"`
		Feed string `ch:"feed"`
		N    uint64 `ch:"n"`
	}
	err = sql.Select(ctx, &said, fmt.Sprintf(`SELECT item, feed, count() AS n FROM %s.golden FINAL
ARRAY JOIN conflict_item AS item, conflict_feed AS feed WHERE gone = 0 GROUP BY item, feed`, b.Name))
	for _, r := range said {
		sums.conflicts += int64(r.N)
		o.conflicts[[2]string{r.Feed, r.Item}] += int64(r.N)
	}
	s.totals[b.Name] = sums
	return o, err
}
