// Package publish says, as ClickHouse statements, how what is computed from a published
// state becomes visible: aside first, judged, then at once. It runs nothing.
package publish

import (
	"fmt"
	"strings"

	"jiku/schemas"
)

// ThemePlan are the statements that compute one table of a theme.
type ThemePlan struct {
	// Aside is the table that is filled.
	Aside string
	// Fill makes and fills it.
	Fill []string
	// Check counts its rows, and for each check the rows that fail it (columns rows, failed).
	Check string
	// Swap exchanges it with the live table, at once.
	Swap []string

	table  schemas.ThemeTable
	checks []string
}

// DayPlaceholder stands in the SQL of themes for the day of the run, as a Date32.
const DayPlaceholder = "{day}"

// Theme plans one table of a theme for a run.
func Theme(t *schemas.Theme, table schemas.ThemeTable, run string, day uint32) ThemePlan {
	live := "theme_" + t.Name + "." + table.Name
	aside := live + "_" + run
	sql := strings.ReplaceAll(table.SQL, DayPlaceholder, fmt.Sprintf("YYYYMMDDToDate32(%d)", day))
	comment := fmt.Sprintf("%s（%s；批次 %s，业务日 %d）", table.Title, t.Title, run, day)
	p := ThemePlan{Aside: aside, table: table, checks: table.Checks}
	p.Fill = []string{
		"DROP TABLE IF EXISTS " + aside + " SYNC",
		fmt.Sprintf("CREATE TABLE %s ENGINE = MergeTree ORDER BY tuple() SETTINGS allow_nullable_key = 1 COMMENT %s AS\n%s", aside, schemas.Quote(comment), sql),
	}
	for _, c := range table.Columns {
		p.Fill = append(p.Fill, fmt.Sprintf("ALTER TABLE %s COMMENT COLUMN %s %s", aside, c.Name, schemas.Quote(c.Title)))
	}
	failed := make([]string, len(table.Checks))
	for i, c := range table.Checks {
		failed[i] = fmt.Sprintf("countIf(NOT coalesce(toBool(%s), false))", c)
	}
	p.Check = fmt.Sprintf("SELECT count() AS rows, CAST([%s] AS Array(UInt64)) AS failed FROM %s", strings.Join(failed, ", "), aside)
	p.Swap = []string{
		fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s AS %s", live, aside),
		fmt.Sprintf("EXCHANGE TABLES %s AND %s", aside, live),
	}
	return p
}

// Judge says in Chinese which gates the table fails and how far off it is.
func (p ThemePlan) Judge(rows int64, failed []uint64) []string {
	var why []string
	if rows < p.table.MinRows {
		why = append(why, fmt.Sprintf("行数 %d 少于下限 %d", rows, p.table.MinRows))
	}
	for i, n := range failed {
		if n > 0 {
			why = append(why, fmt.Sprintf("%d 行不满足 %s", n, p.checks[i]))
		}
	}
	return why
}
