package publish

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiku/schemas"
)

func marketTable() (*schemas.Theme, schemas.ThemeTable) {
	table := schemas.ThemeTable{Name: "due", Title: "到期'证", Columns: []schemas.ThemeColumn{{Name: "n", Title: "数量"}},
		SQL: "SELECT count() AS n FROM a.b WHERE until < {day}", MinRows: 2, Checks: []string{"n > 0", "n IS NOT NULL"}}
	return &schemas.Theme{Name: "market", Title: "市场"}, table
}

// TestTheme: the table is filled aside, named by its run and day, and exchanged at the end.
func TestTheme(t *testing.T) {
	theme, table := marketTable()
	p := Theme(theme, table, "r1", 20261115)
	if p.Aside != "theme_market.due_r1" {
		t.Errorf("aside %s", p.Aside)
	}
	fill := strings.Join(p.Fill, ";")
	for _, want := range []string{"DROP TABLE IF EXISTS theme_market.due_r1", "until < YYYYMMDDToDate32(20261115)", `到期\'证（市场；批次 r1，业务日 20261115）`,
		"COMMENT COLUMN n '数量'"} {
		if !strings.Contains(fill, want) {
			t.Errorf("fill lacks %q: %s", want, fill)
		}
	}
	if strings.Contains(fill, DayPlaceholder) {
		t.Errorf("the day is not filled in: %s", fill)
	}
	if last := p.Swap[len(p.Swap)-1]; last != "EXCHANGE TABLES theme_market.due_r1 AND theme_market.due" {
		t.Errorf("swap ends with %s", last)
	}
}

// TestJudge: a gate says which check fails and how far off it is.
func TestJudge(t *testing.T) {
	theme, table := marketTable()
	p := Theme(theme, table, "r1", 20261115)
	for _, c := range []struct {
		name   string
		rows   int64
		failed []uint64
		want   []string
	}{
		{"passes", 2, []uint64{0, 0}, nil},
		{"too few rows", 1, []uint64{0, 0}, []string{"行数 1 少于下限 2"}},
		{"a check fails", 9, []uint64{0, 3}, []string{"3 行不满足 n IS NOT NULL"}},
		{"all", 0, []uint64{1, 1}, []string{"行数 0 少于下限 2", "1 行不满足 n > 0", "1 行不满足 n IS NOT NULL"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, p.Judge(c.rows, c.failed)); d != "" {
				t.Error(d)
			}
		})
	}
}
