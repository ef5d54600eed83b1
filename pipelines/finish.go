package pipelines

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"jiku/connectors"
	"jiku/pipelines/publish"
	"jiku/quality"
	"jiku/schemas"
)

// finishing is the name under which runs lease what is computed from the published state.
// No feed has such a name.
const finishing = "_finish"

// finish computes what follows from the published state: findings across entities, themes
// and scorecards. All of it is computed anew from one state, so a run that was killed in
// here is made good by the next. Runs that end together do it one after the other: the last
// one sees what all of them published.
func (s *Session) finish(ctx context.Context, sql connectors.Querier, r *Report) error {
	ctx, release, err := s.turn(ctx, finishing)
	if err != nil {
		return err
	}
	defer release()
	s.progress("finish", 0, 3)
	for i, step := range []func(context.Context) error{
		func(ctx context.Context) error { return s.nameReasons(ctx, sql) },
		func(ctx context.Context) error { return s.crossFindings(ctx, sql) },
		func(ctx context.Context) error { return s.themes(ctx, sql, r) },
		func(ctx context.Context) error { return s.scores(ctx, sql, r) },
	} {
		if err := s.Store.Again(ctx, step); err != nil {
			return err
		}
		s.progress("finish", int64(i), 3)
	}
	return nil
}

// nameReasons writes the sentences of reason codes beside the findings.
func (s *Session) nameReasons(ctx context.Context, sql connectors.Querier) error {
	infos := Infos()
	var have []struct {
		Code      string `ch:"code"`
		Severity  string `ch:"severity"`
		Dimension string `ch:"dimension"`
		Title     string `ch:"title"`
		Advice    string `ch:"advice"`
	}
	if err := sql.Select(ctx, &have, "SELECT code, severity, dimension, title, advice FROM quality.reason FINAL"); err != nil {
		return fmt.Errorf("name reasons: %w", err)
	}
	for _, h := range have {
		old := schemas.ReasonInfo{Code: h.Code, Severity: schemas.Severity(h.Severity), Dimension: h.Dimension, Title: h.Title, Advice: h.Advice}
		if infos[h.Code] == old {
			delete(infos, h.Code)
		}
	}
	var rows [][]any
	for code, i := range infos {
		rows = append(rows, []any{code, string(i.Severity), i.Dimension, i.Title, i.Advice})
	}
	return sql.Insert(ctx, "quality.reason", []string{"code", "severity", "dimension", "title", "advice"}, rows)
}

// crossFindings computes the findings across bases aside and exchanges them at once.
func (s *Session) crossFindings(ctx context.Context, sql connectors.Querier) error {
	queries, err := quality.CompileCross(s.Catalogue, s.Day)
	if err != nil {
		return err
	}
	const live = "quality.cross_finding"
	stage := "quality.cross_" + s.Run
	defer func() { _ = sql.Exec(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS "+stage+" SYNC") }()
	steps := []string{"DROP TABLE IF EXISTS " + stage + " SYNC", "CREATE TABLE " + stage + " AS " + live}
	for _, q := range queries {
		steps = append(steps, fmt.Sprintf("INSERT INTO %s (rule, base, key, item, detail, run, at) SELECT %s, base, key, item, detail, %s, now64(6, 'UTC') FROM (%s)",
			stage, schemas.Quote(q.Rule), schemas.Quote(s.Run), q.SQL))
	}
	steps = append(steps, "EXCHANGE TABLES "+stage+" AND "+live)
	for _, step := range steps {
		if err := sql.Exec(ctx, step); err != nil {
			return fmt.Errorf("find across bases: %w", err)
		}
	}
	return nil
}

// themes computes every table of every theme aside, holds it to its gate and exchanges it
// with the live one. A table that fails stays as it was.
func (s *Session) themes(ctx context.Context, sql connectors.Querier, r *Report) error {
	r.Themes = nil
	for _, t := range s.Catalogue.Themes {
		for _, table := range t.Tables {
			held, rows, err := s.theme(ctx, sql, publish.Theme(t, table, s.Run, s.Day))
			if err != nil {
				return fmt.Errorf("compute theme %s: table %s: %w", t.Name, table.Name, err)
			}
			r.Themes = append(r.Themes, ThemeReport{Theme: t.Name, Table: table.Name, Title: table.Title, Rows: rows, Held: held})
		}
	}
	return nil
}

func (s *Session) theme(ctx context.Context, sql connectors.Querier, p publish.ThemePlan) (held string, rows int64, err error) {
	defer func() { _ = sql.Exec(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS "+p.Aside+" SYNC") }()
	for _, step := range p.Fill {
		if err := sql.Exec(ctx, step); err != nil {
			return "", 0, err
		}
	}
	var counts []struct {
		Rows   uint64   `ch:"rows"`
		Failed []uint64 `ch:"failed"`
	}
	if err := sql.Select(ctx, &counts, p.Check); err != nil {
		return "", 0, err
	}
	rows = int64(counts[0].Rows)
	if why := p.Judge(rows, counts[0].Failed); len(why) > 0 {
		return strings.Join(why, "；"), rows, nil
	}
	for _, step := range p.Swap {
		if err := sql.Exec(ctx, step); err != nil {
			return "", rows, err
		}
	}
	return "", rows, nil
}

// recall fills the report with the themes and scorecards that stand.
func (s *Session) recall(ctx context.Context, sql connectors.Querier, r *Report) error {
	r.Themes = nil
	for _, t := range s.Catalogue.Themes {
		for _, table := range t.Tables {
			var n []struct {
				Rows uint64 `ch:"n"`
			}
			if err := sql.Select(ctx, &n, fmt.Sprintf("SELECT toUInt64(ifNull(max(total_rows), 0)) AS n FROM system.tables WHERE database = %s AND name = %s",
				schemas.Quote("theme_"+t.Name), schemas.Quote(table.Name))); err != nil {
				return fmt.Errorf("count theme %s: table %s: %w", t.Name, table.Name, err)
			}
			r.Themes = append(r.Themes, ThemeReport{Theme: t.Name, Table: table.Name, Title: table.Title, Rows: int64(n[0].Rows)})
		}
	}
	facts, err := storedFacts(ctx, sql, s.period())
	if err != nil {
		return err
	}
	r.Scorecards = quality.Score(facts, s.Catalogue, Infos())
	return nil
}

// storedFacts are the frozen inputs of the scores of a period.
func storedFacts(ctx context.Context, sql connectors.Querier, period string) ([]quality.Facts, error) {
	var rows []struct {
		Feed   string `ch:"feed"`
		Inputs string `ch:"inputs"`
	}
	if err := sql.Select(ctx, &rows, fmt.Sprintf("SELECT feed, inputs FROM quality.score_rows FINAL WHERE period = %s AND inputs != '' ORDER BY feed", schemas.Quote(period))); err != nil {
		return nil, fmt.Errorf("read scores: %w", err)
	}
	list := make([]quality.ScoreRow, len(rows))
	for i, r := range rows {
		list[i] = quality.ScoreRow{Period: period, Feed: r.Feed, Inputs: r.Inputs}
	}
	return quality.Thaw(list)
}

// period is the month of the run's day.
func (s *Session) period() string { return fmt.Sprintf("%04d-%02d", s.Day/10_000, s.Day/100%100) }

// scores counts the facts of the current period, scores them and keeps both.
func (s *Session) scores(ctx context.Context, sql connectors.Querier, r *Report) error {
	facts, err := s.qualityFacts(ctx, sql, s.period())
	if err != nil {
		return fmt.Errorf("count quality facts: %w", err)
	}
	r.Scorecards = quality.Score(facts, s.Catalogue, Infos())
	list, err := quality.ScoreRows(r.Scorecards, facts, s.Catalogue, s.Ordinal)
	if err != nil {
		return err
	}
	at := time.Now().UTC()
	var rows [][]any
	for _, x := range list {
		rows = append(rows, []any{x.Period, x.Department, x.Feed, x.Item, x.Dimension, x.Score, x.Grade, x.Rows, x.Inputs, x.Ordinal, s.Run, at})
	}
	slices.SortFunc(rows, func(a, b []any) int { return strings.Compare(fmt.Sprint(a[:5]...), fmt.Sprint(b[:5]...)) })
	return sql.Insert(ctx, "quality.score_rows",
		[]string{"period", "department", "feed", "item", "dimension", "score", "grade", "rows", "inputs", "ordinal", "run", "at"}, rows)
}
