package schemas

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSQLReads(t *testing.T) {
	isTable := func(database, name string) bool { return database == "a" && name == "b" || database == "ops" }
	for _, c := range []struct{ name, sql, want string }{
		{"from", "SELECT 1 FROM a.b", "a.b"},
		{"any case and line", "select 1\nfrom\n a.b", "a.b"},
		{"quoted", "SELECT 1 FROM `a`.\"b\"", "a.b"},
		{"spaced", "SELECT 1 FROM a . b", "a.b"},
		{"comma list", "SELECT 1 FROM a.b AS x, c.d y, e.f WHERE 1 IN (1, 2)", "a.b c.d e.f"},
		{"no list after where", "SELECT 1 FROM a.b WHERE f(x, y) ORDER BY p, q", "a.b"},
		{"joins", "SELECT 1 FROM a.b LEFT JOIN c.d ON x = y ANY JOIN e.f USING (z)", "a.b c.d e.f"},
		{"array join is no table", "SELECT 1 FROM a.b LEFT ARRAY JOIN xs AS x, ys AS y", "a.b"},
		{"subquery", "SELECT 1 FROM (SELECT 2 FROM a.b) AS s JOIN (SELECT 3 FROM c.d) AS t USING k", "a.b c.d"},
		{"subquery after in", "SELECT 1 WHERE x IN (SELECT y FROM c.d)", "c.d"},
		{"scalar subquery in a call", "SELECT coalesce((SELECT max(x) FROM c.d), 0)", "c.d"},
		{"query as an argument", "SELECT exists(SELECT 1 FROM c.d)", "c.d"},
		{"union", "SELECT 1 FROM a.b UNION ALL SELECT 2 FROM c.d", "a.b c.d"},
		{"with", "WITH s AS (SELECT 1 FROM a.b) SELECT * FROM s JOIN s AS t USING k", "a.b"},
		{"extract", "SELECT extract(YEAR FROM p.born), substring(p.x FROM 2), trim(BOTH ' ' FROM p.y) FROM a.b AS p", "a.b"},
		{"distinct from", "SELECT p.x IS NOT DISTINCT FROM p.y FROM a.b AS p", "a.b"},
		{"string", "SELECT 'FROM c.d', 'it''s FROM c.d', 'a\\' FROM c.d' FROM a.b", "a.b"},
		{"comments", "SELECT 1 -- FROM c.d\n/* FROM c.d */ FROM a.b # FROM c.d", "a.b"},
		{"alias and column", "SELECT p.b, a.x FROM c.d AS p", "c.d"},
		{"table after in without from", "SELECT 1 WHERE x IN a.b OR y GLOBAL IN ops.run", "a.b ops.run"},
		{"table function", "SELECT 1 FROM remote('h', a.b)", "remote()  a.b"},
		{"harmless table function", "SELECT number FROM numbers(10)", ""},
		{"reading function", "SELECT dictGetString('d', 'x', 1), joinGet('j', 'x', 1)", "dictGetString() joinGet()"},
		{"unqualified", "SELECT 1 FROM somewhere", "somewhere"},
		{"unclosed string", "SELECT 'x FROM a.b", ""},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, r := range sqlReads(sqlWords(c.sql), isTable) {
				if r.function {
					r.name += "()"
				}
				got = append(got, r.name)
			}
			if diff := cmp.Diff(strings.Fields(c.want), append([]string{}, got...)); diff != "" {
				t.Errorf("tables (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzSQLReads looks for SQL that the scan does not survive.
func FuzzSQLReads(f *testing.F) {
	for _, sql := range []string{"SELECT 1 FROM a.b", "FROM", "FROM (", "'\\", "`", "))", "JOIN a.", "/*", "\"\"."} {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		words := sqlWords(sql)
		for _, w := range words {
			if w.text == "" {
				t.Errorf("empty word in %q", sql)
			}
		}
		sqlReads(words, func(string, string) bool { return true })
	})
}
