package schemas

import (
	"fmt"
	"slices"
)

func (c *checker) theme(t *Theme, s scope) {
	s.key("theme").name("theme", t.Name)
	var entities []string
	for _, b := range c.Bases {
		entities = append(entities, b.FullName())
	}
	s.repeated("inputs", t.Inputs)
	for i, in := range t.Inputs {
		if in != "" && !slices.Contains(entities, in) && !c.lost["base"] {
			s.at("inputs", i).fail(suggest(in, entities), "input %q is not the entity table of a base", in)
		}
	}
	names := make([]string, len(t.Tables))
	read := make(map[string]bool)
	for i := range t.Tables {
		names[i] = t.Tables[i].Name
		c.themeTable(t, &t.Tables[i], s.at("tables", i), read)
	}
	s.duplicates("tables", "name", names)
	for i, in := range t.Inputs {
		if !read[in] && slices.Contains(entities, in) {
			at := s.at("inputs", i)
			at.out = &c.Warnings
			at.fail("remove it", "no SQL of the theme reads %s", in)
		}
	}
}

func (c *checker) themeTable(t *Theme, table *ThemeTable, s scope, read map[string]bool) {
	s.key("name").name("table", table.Name)
	names := make([]string, len(table.Columns))
	for i, col := range table.Columns {
		names[i] = col.Name
		s.at("columns", i).key("name").name("column", col.Name)
	}
	s.duplicates("columns", "name", names)
	c.sql(t, table.SQL, s.key("sql"), read)
	if words := sqlWords(table.SQL); len(words) > 0 && !words[0].is("select", "with") {
		s.key("sql").failIn(words[0].line, words[0].column, "begin with SELECT or WITH", "SQL is not a query")
	}
	for i, check := range table.Checks {
		c.sql(t, check, s.at("checks", i), read)
	}
}

// sql checks that a query reads the theme's inputs and nothing else.
func (c *checker) sql(t *Theme, sql string, s scope, read map[string]bool) {
	words := sqlWords(sql)
	for _, w := range words {
		if w.text == ";" {
			s.failIn(w.line, w.column, "remove it: one query, without a semicolon", "SQL has a semicolon")
		}
	}
	for i, w := range words {
		if w.is("into") && i+1 < len(words) && words[i+1].is("outfile") {
			s.failIn(w.line, w.column, "remove it", "SQL writes a file")
		}
	}
	for _, r := range sqlReads(words, c.isTable) {
		read[r.name] = true
		if !slices.Contains(t.Inputs, r.name) {
			s.failIn(r.line, r.column, c.sqlHint(r), fmt.Sprintf("SQL reads %s, which is not among the inputs", r.name))
		}
	}
}

func (c *checker) sqlHint(r sqlRead) string {
	if slices.ContainsFunc(c.Bases, func(b *Base) bool { return b.FullName() == r.name }) {
		return "add it to inputs"
	}
	return "a theme reads the entity tables among its inputs only"
}

// isTable reports whether database.table names a table of the warehouse wherever it
// stands; other pairs of words may be an alias and its column.
func (c *checker) isTable(database, name string) bool {
	if b := c.Base(database); b != nil {
		return name == b.Entity || slices.Contains(baseTables(b.Entity), name)
	}
	return slices.Contains(databases, database)
}
