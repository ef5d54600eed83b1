package clickhouse

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"jiku/connectors"
	"jiku/schemas"
)

// change is one step that brings the warehouse to the declarations: the table or view, the
// statement, and what it does in Chinese (empty for what stores nothing).
type change struct{ object, sql, what string }

// Changes implements connectors.Keeper.
func (s *Store) Changes(ctx context.Context, c *schemas.Catalogue) ([]string, error) {
	names, err := s.feedNames(ctx)
	if err != nil {
		return nil, err
	}
	steps, err := s.changes(ctx, c, names)
	var out []string
	for _, st := range steps {
		if st.what != "" {
			out = append(out, st.object+"："+st.what)
		}
	}
	return out, err
}

// changes lists what Migrate does. A stored column that is no longer declared, or whose
// type differs, is an error: nothing is dropped or converted silently.
func (s *Store) changes(ctx context.Context, c *schemas.Catalogue, names map[string]feedName) ([]change, error) {
	have, err := s.columns(ctx)
	if err != nil {
		return nil, err
	}
	databases, comments, err := s.comments(ctx)
	if err != nil {
		return nil, err
	}
	var out []change
	for _, db := range databasesOf(c) {
		if !databases[db] {
			out = append(out, change{object: db, sql: "CREATE DATABASE IF NOT EXISTS " + db})
		}
	}
	keys, err := s.fixed(ctx, c, facts{have, comments, names})
	if err != nil {
		return nil, err
	}
	out = append(out, keys...)
	for _, o := range objects(c) {
		cols, exists := have[o.FullName()]
		switch {
		case o.View():
			if comments[o.FullName()] != o.Comment {
				out = append(out, change{object: o.FullName(), sql: o.Create})
			}
		case !exists:
			out = append(out, change{object: o.FullName(), sql: o.Create, what: "新建表"})
		default:
			more, err := alter(o, cols)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
	}
	return out, nil
}

// alter adds the columns that a table lacks.
func alter(o schemas.Object, have []schemas.Col) ([]change, error) {
	var out []change
	want := map[string]bool{}
	for _, col := range o.Columns {
		want[col.Name] = true
		at := slices.IndexFunc(have, func(h schemas.Col) bool { return h.Name == col.Name })
		if at < 0 {
			sql := fmt.Sprintf("ALTER TABLE %s ADD COLUMN %s", o.FullName(), col.Define())
			out = append(out, change{object: o.FullName(), sql: sql, what: "新增列 " + col.Name})
			continue
		}
		if typ := have[at].Type; typ != col.Type {
			return nil, unfit(o, "restore the item's type, or declare a new item", "column %s is %s, want %s", col.Name, typ, col.Type)
		}
	}
	for _, h := range have {
		if !want[h.Name] {
			return nil, unfit(o, "restore the item: nothing is dropped silently", "column %s is stored but no longer declared", h.Name)
		}
	}
	return out, nil
}

// unfit is a table that does not fit: no declaration of a catalogue says what the shared tables
// have.
func unfit(o schemas.Object, hint, format string, args ...any) error {
	err := misdeclared(o.FullName(), hint, format, args...)
	if slices.ContainsFunc(schemas.SharedObjects(), func(s schemas.Object) bool { return s.FullName() == o.FullName() }) {
		err.Code, err.Hint = connectors.Denied, "another version of jiku made the warehouse: load into a new one (another --home, or another server)"
	}
	return err
}

// columns are the names and types of the columns of all tables, in their order.
func (s *Store) columns(ctx context.Context) (map[string][]schemas.Col, error) {
	out := map[string][]schemas.Col{}
	err := s.Each(ctx, `SELECT database, table, name, type FROM system.columns
WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') ORDER BY database, table, position`, func(scan func(...any) error) error {
		var (
			db, table string
			col       schemas.Col
		)
		err := scan(&db, &table, &col.Name, &col.Type)
		out[db+"."+table] = append(out[db+"."+table], col)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read columns: %w", err)
	}
	return out, nil
}

// comments are those of views, each of which tells a definition, and of marks; and the databases.
func (s *Store) comments(ctx context.Context) (databases map[string]bool, comments map[string]string, err error) {
	databases, comments = map[string]bool{}, map[string]string{}
	err = s.Each(ctx, `SELECT name, '', '' FROM system.databases
UNION ALL SELECT database, name, comment FROM system.tables WHERE engine = 'View' OR database = 'vault'`, func(scan func(...any) error) error {
		var db, name, comment string
		err := scan(&db, &name, &comment)
		databases[db], comments[db+"."+name] = true, comment
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read comments: %w", err)
	}
	return databases, comments, nil
}

func databasesOf(c *schemas.Catalogue) []string {
	out := []string{"ops", "claim", "quality", "vault"}
	for _, b := range c.Bases {
		out = append(out, b.Name)
	}
	for _, t := range c.Themes {
		out = append(out, "theme_"+t.Name)
	}
	return out
}

// objects are the shared tables first, since views of bases read ops.feed.
func objects(c *schemas.Catalogue) []schemas.Object {
	out := schemas.SharedObjects()
	for _, b := range c.Bases {
		out = append(out, b.Objects()...)
	}
	return append(out, schemas.FindingView(c.Bases))
}

// Migrate implements connectors.Keeper. It also drops what dead runs left aside.
func (s *Store) Migrate(ctx context.Context, c *schemas.Catalogue) error {
	old, err := s.feedNames(ctx)
	if err != nil {
		return err
	}
	steps, err := s.changes(ctx, c, old)
	if err != nil {
		return err
	}
	for _, st := range steps {
		if err := redact(s.conn.Exec(ctx, st.sql)); Code(err) == tableExists {
			return s.Migrate(ctx, c) // Another run was faster; what it declares may differ.
		} else if err != nil {
			return fmt.Errorf("migrate %s: %w", st.object, err)
		}
	}
	if err := s.sweep(ctx); err != nil {
		return err
	}
	return s.nameFeeds(ctx, c, old)
}

// nameFeeds keeps the names of feeds that views show. They are exchanged at once: a view
// that joins them must never find a feed twice, which would double its rows.
func (s *Store) nameFeeds(ctx context.Context, c *schemas.Catalogue, old map[string]feedName) error {
	names := maps.Clone(old)
	for _, f := range c.Feeds {
		names[f.Name] = feedName{f.Name, f.Title, f.Base, f.Department, c.DepartmentTitle(f.Department)}
	}
	if maps.Equal(old, names) {
		return nil
	}
	s.naming.Lock()
	defer s.naming.Unlock()
	aside := "ops.feed_" + s.token
	err := s.Exec(ctx, "DROP TABLE IF EXISTS "+aside+" SYNC") // Of a call that failed.
	if err == nil {
		err = s.Exec(ctx, "CREATE TABLE "+aside+" AS ops.feed")
	}
	if err == nil {
		err = s.insertNames(ctx, aside, names)
	}
	if err == nil {
		err = s.Exec(ctx, "EXCHANGE TABLES "+aside+" AND ops.feed")
	}
	if dropped := s.Exec(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS "+aside+" SYNC"); err == nil {
		err = dropped
	}
	if err != nil {
		return fmt.Errorf("name feeds: %w", err)
	}
	return nil
}

// feedNames are the names of feeds as the last run left them.
func (s *Store) feedNames(ctx context.Context) (map[string]feedName, error) {
	var have []feedName
	err := s.Select(ctx, &have, "SELECT feed, title, base, department, department_title FROM ops.feed FINAL")
	if err != nil && !noTable(err) {
		return nil, fmt.Errorf("read feeds: %w", err)
	}
	out := map[string]feedName{}
	for _, f := range have {
		out[f.Feed] = f
	}
	return out, nil
}

// feedName is a row of ops.feed.
type feedName struct {
	Feed            string `ch:"feed"`
	Title           string `ch:"title"`
	Base            string `ch:"base"`
	Department      string `ch:"department"`
	DepartmentTitle string `ch:"department_title"`
}

func (s *Store) insertNames(ctx context.Context, table string, names map[string]feedName) error {
	rows := make([][]any, 0, len(names))
	for _, n := range names {
		rows = append(rows, []any{n.Feed, n.Title, n.Base, n.Department, n.DepartmentTitle})
	}
	return s.Insert(ctx, table, []string{"feed", "title", "base", "department", "department_title"}, rows)
}
