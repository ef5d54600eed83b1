package pipelines

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jiku/connectors"
	"jiku/schemas"
)

// history asks for the newest published row of keys. Rows of a key with the same version are
// equal. Counts tell keys apart by their hashes: reading the keys as well costs a quarter
// more, and of a hundred million keys two have one hash in one of 3,700 warehouses.
type history struct {
	base *schemas.Base
	runs map[string]int64
	// later are the runs whose keys are compared with before; none if all keys are counted.
	later []string
	// moved is a query of the keys whose rows came or went with them, empty where there are none.
	moved string
	// once is set when the largest run has each key once.
	once bool
}

func (h history) rowsOf(runs []string) int64 {
	var n int64
	for _, r := range runs {
		n += h.runs[r]
	}
	return n
}

// largest is the run that published most rows.
func (h history) largest() string {
	var out string
	for _, r := range slices.Sorted(maps.Keys(h.runs)) {
		if out == "" || h.runs[r] > h.runs[out] {
			out = r
		}
	}
	return out
}

// unique reports whether the largest run has no key twice, as a range that was staged again
// after a failure has. A row that is there twice is one.
func (h history) unique(ctx context.Context, sql connectors.Querier) (bool, error) {
	var n []struct {
		Keys uint64 `ch:"n"`
	}
	err := sql.Select(ctx, &n, fmt.Sprintf("SELECT uniqExact(key_hash) AS n FROM %s.history_rows WHERE run = %s", h.base.Name, schemas.Quote(h.largest())))
	return err == nil && len(n) == 1 && int64(n[0].Keys) == h.runs[h.largest()], err
}

// changes is a query of what the newest rows of the later runs' keys say, how often more
// than before.
func (h history) changes() string {
	return fmt.Sprintf(`SELECT says, sum(sign) AS n FROM (
  SELECT key_hash, argMaxIf(t, version, was) AS old, argMax(t, version) AS now FROM (
    SELECT key_hash, version, run NOT IN (%[2]s) AS was, if(gone = 1, '', arrayStringConcat(arrayConcat(
      [concat('won ', hex(origins), ' ', arrayStringConcat(winner_feed, ' '))],
      arrayMap((i, f) -> concat('disputed ', f, ' ', i), conflict_item, conflict_feed)), '\n')) AS t
    FROM %[1]s.history_rows WHERE key_hash IN (SELECT key_hash FROM %[1]s.history_rows WHERE run IN (%[2]s)))
  GROUP BY key_hash HAVING old != now)
ARRAY JOIN arrayConcat(splitByChar('\n', old), splitByChar('\n', now)) AS says,
  arrayConcat(arrayMap(x -> toInt64(-1), splitByChar('\n', old)), arrayMap(x -> toInt64(1), splitByChar('\n', now))) AS sign
GROUP BY says HAVING n != 0`, h.base.Name, quoted(h.later))
}

// keysOf is a query of the keys of runs.
func (h history) keysOf(runs []string) string {
	return fmt.Sprintf("SELECT key_hash FROM %s.history_rows WHERE run IN (%s)", h.base.Name, quoted(runs))
}

// entity is true of a row that stands for something: it is not gone, or its claims are in the
// row of another key of the entity.
func (h history) entity() string {
	if len(h.base.Links) == 0 {
		return "gone = 0"
	}
	return "gone = 0 OR linked != ''"
}

// present is a query of the keys that stand for something. Where there is one run alone, as after
// a first load, no row is compared.
func (h history) present() string {
	if h.once && len(h.runs) == 1 {
		return fmt.Sprintf("SELECT key_hash FROM %s.history_rows WHERE %s", h.base.Name, h.entity())
	}
	return fmt.Sprintf("SELECT key_hash FROM %s.history_rows GROUP BY key_hash HAVING argMax(%s, version)", h.base.Name, h.entity())
}

// presence is a query of whether keys stood for something before the later runs (had), and
// whether they do (has).
func (h history) presence(keys string) string {
	return fmt.Sprintf(`SELECT key_hash, argMaxIf(%[2]s, version, run NOT IN (%[3]s)) AS had, argMax(%[2]s, version) AS has
FROM %[1]s.history_rows WHERE key_hash IN (%[4]s) GROUP BY key_hash`, h.base.Name, h.entity(), quoted(h.later), keys)
}

// comings is a query of the keys whose rows came or went with the later runs.
func (h history) comings() string {
	return fmt.Sprintf("SELECT key_hash FROM (%s) WHERE had != has", h.presence(h.keysOf(h.later)))
}

// moves finds the keys whose rows came or went with later runs: few, and asked for each feed.
type moves struct {
	sql   connectors.Querier
	known map[string]string
}

// namedKeys is how many keys a statement names. A run seldom changes more; where it does, the
// query that finds them stands in their place, so that no statement grows with the rows of a run.
var namedKeys = 1000

// keys is a query of them, empty where there are none. Some are named, since finding them takes
// longer than all that is then asked of them.
func (m *moves) keys(ctx context.Context, h history) (string, error) {
	name := strings.Join(h.later, " ")
	if query, known := m.known[name]; known {
		return query, nil
	}
	var found []struct {
		Hash uint64 `ch:"key_hash"`
	}
	if err := m.sql.Select(ctx, &found, fmt.Sprintf("%s LIMIT %d", h.comings(), namedKeys+1)); err != nil {
		return "", err
	}
	list := make([]string, len(found))
	for i := range found {
		list[i] = strconv.FormatUint(found[i].Hash, 10)
	}
	switch {
	case len(found) > namedKeys:
		m.known[name] = h.comings()
	case len(found) > 0:
		m.known[name] = "SELECT arrayJoin(CAST([" + strings.Join(list, ", ") + "], 'Array(UInt64)'))"
	default:
		m.known[name] = ""
	}
	return m.known[name], nil
}

// query is a query of all newest rows as (gone, a, b). Most keys have one row alone, and then
// none is compared.
func (h history) query(a, b string) string {
	from := h.base.Name + ".history_rows"
	newest := fmt.Sprintf("SELECT argMax(h.gone, version) AS gone, argMax(%[2]s, version) AS a, argMax(%[3]s, version) AS b FROM %[1]s AS h%%s GROUP BY key_hash", from, a, b)
	if !h.once {
		return fmt.Sprintf(newest, "")
	}
	plain := fmt.Sprintf("SELECT gone, %[2]s AS a, %[3]s AS b FROM %[1]s", from, a, b)
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(h.runs)), func(r string) bool { return r == h.largest() })
	if len(others) == 0 {
		return plain
	}
	keys := fmt.Sprintf("(SELECT key_hash FROM %s WHERE run IN (%s))", from, quoted(others))
	return fmt.Sprintf("%s WHERE key_hash NOT IN %s UNION ALL %s", plain, keys, fmt.Sprintf(newest, " WHERE key_hash IN "+keys))
}

func quoted(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = schemas.Quote(s)
	}
	return strings.Join(out, ", ")
}
