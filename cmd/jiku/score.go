package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/spf13/cobra"

	"jiku/connectors"
	"jiku/schemas"
)

// scoreView is the stored score of a department in a period.
type scoreView struct {
	Period     string          `json:"period"`
	Department string          `json:"department"`
	Title      string          `json:"title"`
	Score      float64         `json:"score"`
	Grade      string          `json:"grade"`
	Rows       int64           `json:"rows"`
	Dimensions []namedScore    `json:"dimensions"`
	Feeds      []feedScoreView `json:"feeds"`
}

// feedScoreView is the stored score of a feed.
type feedScoreView struct {
	namedScore
	Items []namedScore `json:"items"`
}

// namedScore is the score of a feed, an item or a dimension.
type namedScore struct {
	Name  string  `json:"name"`
	Title string  `json:"title,omitempty"`
	Score float64 `json:"score"`
	Grade string  `json:"grade"`
	Rows  int64   `json:"rows"`
}

// scoreRow is a row of quality.score_rows.
type scoreRow struct {
	Period     string  `ch:"period"`
	Department string  `ch:"department"`
	Feed       string  `ch:"feed"`
	Item       string  `ch:"item"`
	Dimension  string  `ch:"dimension"`
	Score      float64 `ch:"score"`
	Grade      string  `ch:"grade"`
	Rows       int64   `ch:"rows"`
}

func (a *app) scoreCommand() *cobra.Command {
	var (
		department, period string
		asJSON             bool
	)
	cmd := verb{
		use: "score", short: "Show the scorecards of departments as they are stored",
		long: `
One line a department, best first, with the city's dimensions; --department shows its feeds and
items too. The newest period if --period names none.`,
		example: "jiku score\njiku score --department civil_affairs --period 2026-11\njiku score --json | jq '.[] | [.title, .score]'",
		exits:   exitsOf(),
		run: func(ctx context.Context, _ []string) error {
			cat, err := a.load()
			if err != nil {
				return err
			}
			cards, err := a.scores(ctx, cat, department, period)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, cards)
			}
			return a.showScores(cards, dimensions(cat), department != "")
		},
	}.command()
	cmd.Flags().StringVar(&department, "department", "", "only this `department`, with feeds and items")
	cmd.Flags().StringVar(&period, "period", "", "the `month`, such as 2026-11 (default the newest)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	_ = cmd.RegisterFlagCompletionFunc("department", a.completeDepartments)
	return cmd
}

var periodForm = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

func (a *app) scores(ctx context.Context, cat *schemas.Catalogue, department, period string) ([]scoreView, error) {
	if period != "" && !periodForm.MatchString(period) {
		return nil, usagef("write it as --period 2026-11", "read --period %q: it is no month", period)
	}
	if known := departments(cat); department != "" && !slices.Contains(known, department) {
		return nil, unknown("department", department, known)
	}
	s, _, err := a.store(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	rows, err := storedScores(ctx, s, department, period)
	if isNew(err) {
		return []scoreView{}, nil
	}
	return foldScores(rows, cat), err
}

// storedScores reads the newest version of each score of a period.
func storedScores(ctx context.Context, q connectors.Querier, department, period string) ([]scoreRow, error) {
	where := "period = (SELECT max(period) FROM quality.score_rows)"
	if period != "" {
		where = "period = " + schemas.Quote(period)
	}
	if department != "" {
		where += " AND department = " + schemas.Quote(department)
	}
	var rows []scoreRow
	err := q.Select(ctx, &rows, fmt.Sprintf(`SELECT period, department, feed, item, dimension, score, grade, rows
FROM quality.score_rows FINAL WHERE %s ORDER BY department, feed, item, dimension`, where))
	if err != nil {
		return nil, fmt.Errorf("read scores: %w", err)
	}
	return rows, nil
}

// dimensions names the quality dimensions of the city in its order.
func dimensions(c *schemas.Catalogue) []string {
	var out []string
	if c.City != nil {
		for _, d := range c.City.Dimensions {
			out = append(out, d.Name)
		}
	}
	return out
}

// departments lists the departments that deliver, in the order of the city.
func departments(c *schemas.Catalogue) []string {
	delivers := map[string]bool{}
	for _, f := range c.Feeds {
		delivers[f.Department] = true
	}
	var out []string
	if c.City != nil {
		for _, d := range c.City.Departments {
			if delivers[d.ID] {
				out = append(out, d.ID)
			}
		}
	}
	return out
}
