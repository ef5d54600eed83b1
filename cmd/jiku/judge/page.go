package judge

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"jiku/cmd/jiku/city"
	"jiku/quality/report"
	"jiku/schemas"
)

//go:embed page/judge.html
var files embed.FS

var page = template.Must(template.New("judge.html").Funcs(template.FuncMap{
	"pct": func(s *float64) string {
		if s == nil {
			return "—"
		}
		return Percent(*s)
	},
	"num": func(n int64) string {
		text := strconv.FormatInt(n, 10)
		for i := len(text) - 3; i > 0; i -= 3 {
			text = text[:i] + "," + text[i:]
		}
		return text
	},
	"share": func(s float64) string { return strconv.FormatFloat(s, 'f', 9, 64) },
	"day":   func(day uint32) string { return schemas.FormatInt(schemas.TypeDate, int64(day)) },
	"figure": func(name string) string {
		return map[string]string{"coverage": "覆盖率", "accuracy": "准确率", "joined": "关联召回率", "precise": "关联准确率", "apart": "重号分开率", "recall": "差错发现率", "precision": "问题准确率", "rule_recall": "规则发现率", "rule_precision": "规则准确率"}[name]
	},
	"registry": func(of string) string {
		return map[string]string{"rules": "质量规则", "normalizers": "规范化步骤", "keys": "标识", "connectors": "读取"}[of]
	},
	"outcome": func(k city.Kind) string {
		if !covered(k) {
			return "尚无规则"
		}
		return outcomes[k.Outcome]
	},
}).ParseFS(files, "page/judge.html"))

// view is what the page shows.
type view struct {
	*Verdict
	Lower []Lower
	CSS   template.CSS
	Place string // of the catalogue
	// Feeds are the titles of feeds, with their departments.
	Feeds map[string]string
	// Covered are the kinds that a rule covers, Open the others.
	Covered, Open []Found
}

// Render writes a verdict as one HTML file that needs nothing else: counts, shares and declared
// words; the examples stay out.
func Render(w io.Writer, v *Verdict, lower []Lower, cat *schemas.Catalogue) error {
	css, err := report.Style()
	if err != nil {
		return fmt.Errorf("render verdict: %w", err)
	}
	p := view{Verdict: v, Lower: lower, CSS: css, Feeds: map[string]string{}}
	if cat.City != nil {
		p.Place = cat.City.Title
	}
	for _, f := range cat.Feeds {
		p.Feeds[f.Name] = cat.DepartmentTitle(f.Department) + "：" + f.Title
	}
	for _, k := range v.Kinds {
		if k.Covered() {
			p.Covered = append(p.Covered, k)
		} else {
			p.Open = append(p.Open, k)
		}
	}
	if err := page.Execute(w, p); err != nil {
		return fmt.Errorf("render verdict: %w", err)
	}
	return nil
}

// Percent writes a share; only all is 100 %, and only none is 0 %.
func Percent(share float64) string {
	text := strconv.FormatFloat(100*share, 'f', 2, 64)
	switch {
	case text == "100.00" && share < 1:
		return ">99.99%"
	case text == "0.00" && share > 0:
		return "<0.01%"
	}
	return text + "%"
}
