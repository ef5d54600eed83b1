package pipelines

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"jiku/connectors"
)

// tallies are counts that stand as they are: each says what it was counted from, which does
// not change once it is there (the claims of accepted deliveries, the rows that runs have
// published). So what was counted before is not counted again, and a tally that lacks
// something gets it added. None is believed beyond what it names: a tally of anything else
// is counted anew.
type tallies struct {
	kept, fresh map[string]string
}

// tallies reads what former runs have counted. A rebuild believes nothing of it.
func (s *Session) tallies(ctx context.Context, sql connectors.Querier) (*tallies, error) {
	t := newTallies()
	if len(s.plan.Rebuild) > 0 {
		return t, nil
	}
	var rows []struct {
		Name  string `ch:"name"`
		Value string `ch:"value"`
	}
	if err := sql.Select(ctx, &rows, "SELECT name, value FROM quality.tally FINAL"); err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	for _, r := range rows {
		t.kept[r.Name] = r.Value
	}
	return t, nil
}

// get reads the tally of a name into a zero value, and leaves it where there is none. One
// that cannot be read is none.
func (t *tallies) get(name string, into any) {
	text, found := t.fresh[name]
	if !found {
		text, found = t.kept[name]
	}
	if found {
		_ = json.Unmarshal([]byte(text), into) // What it does not name is counted.
	}
}

func (t *tallies) put(name string, value any) error {
	text, err := json.Marshal(value)
	if err == nil && t.kept[name] != string(text) {
		t.fresh[name] = string(text)
	}
	return err
}

// keep stores what is new.
func (t *tallies) keep(ctx context.Context, sql connectors.Querier, run string) error {
	at := time.Now().UTC()
	var rows [][]any
	for _, name := range slices.Sorted(maps.Keys(t.fresh)) {
		rows = append(rows, []any{name, t.fresh[name], run, at})
	}
	return sql.Insert(ctx, "quality.tally", []string{"name", "value", "run", "at"}, rows)
}

func newTallies() *tallies {
	return &tallies{kept: map[string]string{}, fresh: map[string]string{}}
}
