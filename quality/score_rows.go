package quality

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"jiku/schemas"
)

// ScoreRow is one row of the table quality.score_rows. Feed, Item and Dimension tell what it
// scores: all empty the department, Feed the feed, Feed and Item the item, Dimension alone
// the department in that dimension.
type ScoreRow struct {
	Period     string
	Department string
	Feed       string
	Item       string
	Dimension  string
	Score      float64
	Grade      string
	Rows       int64
	// Inputs are the frozen facts as JSON, in the row of the feed; empty in the others.
	Inputs string
	// Ordinal is that of the declarations: rules, weights and bounds.
	Ordinal uint16
}

// ScoreRows is the flat form of scorecards with the facts that they were computed from.
// Feeds that wait for their first delivery have no score and no row.
func ScoreRows(cards []Scorecard, facts []Facts, cat *schemas.Catalogue, ordinal uint16) ([]ScoreRow, error) {
	inputs, err := freeze(facts)
	if err != nil {
		return nil, err
	}
	var out []ScoreRow
	for _, c := range cards {
		head := ScoreRow{Period: c.Period, Department: c.Department, Ordinal: ordinal}
		if len(c.Feeds) == 0 {
			continue
		}
		row := head
		row.Score, row.Grade, row.Rows = c.Score, c.Grade, c.Rows
		out = append(out, row)
		for _, d := range c.Dimensions {
			if d.Score == nil {
				continue
			}
			row := head
			row.Dimension, row.Score, row.Rows, row.Grade = d.Name, *d.Score, c.Rows, grade(c.Rows, *d.Score, cat.City)
			out = append(out, row)
		}
		for _, f := range c.Feeds {
			row := head
			row.Feed, row.Score, row.Grade, row.Rows = f.Feed, f.Score, f.Grade, f.Rows
			row.Inputs = inputs[[2]string{c.Period, f.Feed}]
			out = append(out, row)
			for _, it := range f.Items {
				row := head
				row.Feed, row.Item, row.Score, row.Rows, row.Grade = f.Feed, it.Item, it.Score, it.Due, grade(it.Due, it.Score, cat.City)
				out = append(out, row)
			}
		}
	}
	return out, nil
}

// grade is the grade of a score over so many rows, if there is one.
func grade(rows int64, score float64, city *schemas.City) string {
	if !measured(rows, score) {
		return ""
	}
	return gradeOf(score, city.Grades)
}

// freeze gives the canonical JSON of the facts by period and feed.
func freeze(facts []Facts) (map[[2]string]string, error) {
	out := map[[2]string]string{}
	for _, f := range facts {
		f.Items = slices.SortedFunc(slices.Values(f.Items), func(a, b ItemFacts) int { return cmp.Compare(a.Item, b.Item) })
		f.Failed = sorted(f.Failed)
		f.Agreement = slices.SortedFunc(slices.Values(f.Agreement), func(a, b Agreement) int { return cmp.Compare(a.Item, b.Item) })
		b, err := json.Marshal(f)
		if err != nil {
			return nil, fmt.Errorf("freeze facts of %s: %w", f.Feed, err)
		}
		out[[2]string{f.Period, f.Feed}] = string(b)
	}
	return out, nil
}

// Thaw reads the frozen facts back, so that a score can be recomputed: Score of them under
// the declarations of the same ordinal gives the same bytes.
func Thaw(rows []ScoreRow) ([]Facts, error) {
	var out []Facts
	for _, r := range rows {
		if r.Inputs == "" {
			continue
		}
		var f Facts
		dec := json.NewDecoder(bytes.NewReader([]byte(r.Inputs)))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&f); err != nil {
			return nil, fmt.Errorf("thaw facts of %s in %s: %w", r.Feed, r.Period, err)
		}
		out = append(out, f)
	}
	return out, nil
}

// EncodeScorecards writes scorecards as JSON; equal cards give equal bytes.
func EncodeScorecards(w io.Writer, cards []Scorecard) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(cards)
}

// WriteScoreCSV writes the flat form without the frozen facts, with Chinese column names.
func WriteScoreCSV(w io.Writer, rows []ScoreRow) error {
	out := csv.NewWriter(w)
	records := [][]string{{"考核期", "部门", "数源", "数据项", "维度", "得分", "等级", "行数"}}
	for _, r := range rows {
		records = append(records, []string{r.Period, r.Department, r.Feed, r.Item, r.Dimension,
			strconv.FormatFloat(r.Score, 'f', 2, 64), r.Grade, strconv.FormatInt(r.Rows, 10)})
	}
	if err := out.WriteAll(records); err != nil {
		return fmt.Errorf("write scores: %w", err)
	}
	return nil
}
