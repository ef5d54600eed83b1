package pipelines

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"jiku/connectors"
	"jiku/schemas"
)

// outcomes are, by feed and item, how often its value won and how often it conflicts, and
// what the report says of the base. They follow from the rows that runs have published.
type outcomes struct {
	// Base is the digest of the base's declarations, Runs how many rows each run published.
	Base      string                      `json:"base"`
	Runs      map[string]int64            `json:"runs"`
	Golden    int64                       `json:"golden"`
	Conflicts int64                       `json:"conflicts"`
	Wins      map[string]map[string]int64 `json:"wins"`
	Against   map[string]map[string]int64 `json:"against"`
	// former are the runs that were counted before.
	former map[string]int64
	// once is set when the largest run is known to have each key once.
	once bool
}

// outcomes counts the golden rows of a base. The history holds every row that a run has
// published, so where most keys are as they were, the former outcomes are corrected: for the
// keys of new runs by what their rows say now, less what they said before.
func (s *Session) outcomes(ctx context.Context, sql connectors.Querier, b *schemas.Base, kept *tallies) (outcomes, error) {
	name := "outcomes " + b.Name
	runs, err := publishedRows(ctx, sql, b)
	if err != nil {
		return outcomes{}, err
	}
	var o outcomes
	kept.get(name, &o)
	h := history{base: b, runs: runs}
	former := o.Runs
	later, known := lacks(former, runs)
	if digest := s.Catalogue.BaseDigest(b.Name); known && o.Base == digest && h.rowsOf(later)*3 < o.Golden {
		h.later = later
	} else {
		o = outcomes{Base: digest, Wins: map[string]map[string]int64{}, Against: map[string]map[string]int64{}}
		if h.once, err = h.unique(ctx, sql); err != nil {
			return o, err
		}
	}
	if len(h.later) > 0 {
		err = o.correct(ctx, sql, h)
	} else if len(o.Runs) == 0 {
		err = o.count(ctx, sql, h)
	}
	if err != nil {
		return o, err
	}
	o.Runs, o.former, o.once = runs, former, h.once
	s.totals[b.Name] = totals{o.Golden, o.Conflicts}
	return o, kept.put(name, o)
}

// publishedRows are how many rows of a base each run has published.
func publishedRows(ctx context.Context, sql connectors.Querier, b *schemas.Base) (map[string]int64, error) {
	var rows []struct {
		Run string `ch:"run"`
		N   uint64 `ch:"n"`
	}
	if err := sql.Select(ctx, &rows, fmt.Sprintf("SELECT run, count() AS n FROM %s.history_rows GROUP BY run", b.Name)); err != nil {
		return nil, err
	}
	out := map[string]int64{}
	for _, r := range rows {
		out[r.Run] = int64(r.N)
	}
	return out, nil
}

// lacks are the runs that were not counted; known is false where others were than are there.
func lacks(counted, runs map[string]int64) (later []string, known bool) {
	for run, n := range counted {
		if runs[run] != n {
			return nil, false
		}
	}
	for run := range runs {
		if _, found := counted[run]; !found {
			later = append(later, run)
		}
	}
	slices.Sort(later)
	return later, len(counted) > 0
}

// count counts all keys of a history.
func (o *outcomes) count(ctx context.Context, sql connectors.Querier, h history) error {
	var rows []struct {
		Origins string   `ch:"origins"`
		Feeds   []string `ch:"feeds"`
		N       uint64   `ch:"n"`
	}
	err := sql.Select(ctx, &rows, fmt.Sprintf("SELECT hex(a) AS origins, b AS feeds, count() AS n FROM (%s) WHERE gone = 0 GROUP BY a, b",
		h.query("origins", "winner_feed")))
	if err != nil {
		return err
	}
	for _, r := range rows {
		o.won(h.base, r.Origins, r.Feeds, int64(r.N))
	}
	var said []struct {
		Item string `ch:"item"`
		Feed string `ch:"feed"`
		N    uint64 `ch:"n"`
	}
	err = sql.Select(ctx, &said, fmt.Sprintf(`SELECT item, feed, count() AS n
FROM (%s) ARRAY JOIN a AS item, b AS feed WHERE gone = 0 GROUP BY item, feed`, h.query("conflict_item", "conflict_feed")))
	for _, r := range said {
		o.disputed(r.Feed, r.Item, int64(r.N))
	}
	return err
}

// correct adds what the keys of later runs say, and takes away what they said before. Rows
// are compared as texts, since the engine compares the arrays of a key far slower.
func (o *outcomes) correct(ctx context.Context, sql connectors.Querier, h history) error {
	var rows []struct {
		Says string `ch:"says"`
		N    int64  `ch:"n"`
	}
	if err := sql.Select(ctx, &rows, h.changes()); err != nil {
		return err
	}
	for _, r := range rows {
		kind, rest, _ := strings.Cut(r.Says, " ")
		first, second, _ := strings.Cut(rest, " ")
		switch kind {
		case "won":
			o.won(h.base, first, strings.Split(second, " "), r.N)
		case "disputed":
			o.disputed(first, second, r.N)
		}
	}
	return nil
}

// won adds rows whose items come from these feeds: a byte in hex an item.
func (o *outcomes) won(b *schemas.Base, origins string, feeds []string, n int64) {
	o.Golden += n
	list, err := hex.DecodeString(origins)
	for i := 0; err == nil && i < min(len(list), len(b.Items)); i++ {
		if at := int(list[i]); at > 0 && at <= len(feeds) {
			addTo(o.Wins, feeds[at-1], b.Items[i].Name, n)
		}
	}
}

func (o *outcomes) disputed(feed, item string, n int64) {
	o.Conflicts += n
	addTo(o.Against, feed, item, n)
}

func addTo(m map[string]map[string]int64, feed, item string, n int64) {
	if m[feed] == nil {
		m[feed] = map[string]int64{}
	}
	m[feed][item] += n
}
