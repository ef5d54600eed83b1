package report

import (
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"

	"jiku/quality"
	"jiku/schemas"
)

var functions = template.FuncMap{
	"num": num, "rows": rows, "score": score, "points": points, "pct": pct, "seconds": seconds, "size": size, "state": state,
	"worst": worst, "more": more, "bar": bar, "stack": stack, "spark": spark, "last": last, "coverage": coverage, "period": period, "wide": wide,
}

// num groups digits by three.
func num(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// rows writes a number of rows that weights have made a fraction.
func rows(n float64) string { return num(int64(math.Round(n))) }

// score writes a score with one decimal; nil is not measured.
func score(x any) string {
	switch v := x.(type) { // templates hand over both forms
	case float64:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case *float64:
		if v != nil {
			return strconv.FormatFloat(*v, 'f', 1, 64)
		}
	}
	return "—"
}

// points writes what a fix is worth; what is less than a hundredth is not nothing.
func points(x float64) string {
	switch {
	case x >= 10:
		return strconv.FormatFloat(x, 'f', 1, 64)
	case x >= 0.005:
		return strconv.FormatFloat(x, 'f', 2, 64)
	default:
		return "<0.01"
	}
}

func pct(part, whole int64) string {
	if whole == 0 {
		return "—"
	}
	share := 100 * float64(part) / float64(whole)
	if part > 0 && share < 0.01 {
		return "<0.01%"
	}
	return strconv.FormatFloat(share, 'f', 2, 64) + "%"
}

func seconds(s float64) string {
	switch {
	case s < 60:
		return strconv.FormatFloat(s, 'f', 1, 64) + " 秒"
	case s < 3600:
		return fmt.Sprintf("%d 分 %02d 秒", int(s)/60, int(s)%60)
	default:
		return fmt.Sprintf("%d 小时 %02d 分", int(s)/3600, int(s)/60%60)
	}
}

func size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return strconv.FormatFloat(float64(bytes)/(1<<30), 'f', 2, 64) + " GiB"
	default:
		return strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 0, 64) + " MiB"
	}
}

func state(e schemas.Event) string {
	switch e {
	case schemas.Accepted, schemas.Published:
		return "已接收"
	case schemas.Held:
		return "已拦下"
	case schemas.Revoked:
		return "已撤销"
	default:
		return "待处理"
	}
}

func period(p string) string {
	year, rest, _ := strings.Cut(p, "-")
	switch {
	case rest == "":
		return year + " 年"
	case strings.HasPrefix(rest, "Q"):
		return year + " 年第 " + rest[1:] + " 季度"
	default:
		return year + " 年 " + strings.TrimPrefix(rest, "0") + " 月"
	}
}

const shownFixes = 3

func worst(fixes []quality.Fix) []quality.Fix { return fixes[:min(shownFixes, len(fixes))] }

func more(fixes []quality.Fix) []quality.Fix { return fixes[min(shownFixes, len(fixes)):] }

// coverage is the share of slots over all feeds of a card, as text.
func coverage(c quality.Scorecard) string {
	due, delivered := 0, 0
	for _, f := range c.Feeds {
		due += f.SlotsDue
		delivered += min(f.SlotsDelivered, f.SlotsDue)
	}
	return fmt.Sprintf("%d / %d", delivered, due)
}

// wide reports scores whose interval is to be shown.
func wide(c quality.Scorecard) bool { return c.Small && c.Rows > 0 }

// bar draws a score beside its number, so it is hidden from screen readers.
func bar(x any) template.HTML {
	v := 0.0
	switch n := x.(type) {
	case float64:
		v = n
	case *float64:
		if n == nil {
			return `<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/></svg>`
		}
		v = *n
	}
	return template.HTML(fmt.Sprintf(`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="fill" width="%.1f" height="6"/></svg>`,
		math.Max(0, math.Min(100, v))))
}

// stack draws rows by what became of them.
func stack(l load) template.HTML {
	c, total := l.Counts, l.Rows()
	if total == 0 {
		return ""
	}
	var sb strings.Builder
	fmt.Fprintf(&sb, `<svg class="stack" viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label="主张 %s，未变 %s，拒收 %s，已删除 %s，拦下 %s">`,
		pct(c.Claims, total), pct(c.Unchanged, total), pct(c.Rejects, total), pct(c.Erased, total), pct(l.Held, total))
	x := 0.0
	for _, part := range []struct {
		class string
		n     int64
	}{{"claims", c.Claims}, {"unchanged", c.Unchanged}, {"rejects", c.Rejects}, {"erased", c.Erased}, {"held", l.Held}} {
		width := 1000 * float64(part.n) / float64(total)
		if part.n > 0 && width < 3 { // a few rejects among millions are still seen
			width = 3
		}
		fmt.Fprintf(&sb, `<rect class="%s" x="%.1f" width="%.1f" height="14"/>`, part.class, min(x, 1000-width), width)
		x += width
	}
	sb.WriteString(`</svg>`)
	return template.HTML(sb.String())
}

func last(points []Point) Point { return points[len(points)-1] }

// spark draws the scores of the periods, oldest first, on the scale 0 to 100.
func spark(points []Point) template.HTML {
	if len(points) < 2 {
		return ""
	}
	var line strings.Builder
	label := "得分走势："
	for i, p := range points {
		x := 4 + 152*float64(i)/float64(len(points)-1)
		fmt.Fprintf(&line, "%.1f,%.1f ", x, 36-0.32*math.Max(0, math.Min(100, p.Score)))
		label += fmt.Sprintf("%s %.1f；", p.Period, p.Score)
	}
	return template.HTML(fmt.Sprintf(`<svg class="spark" viewBox="0 0 160 40" role="img" aria-label="%s"><line class="axis" x1="0" y1="36" x2="160" y2="36"/><line class="axis" x1="0" y1="4" x2="160" y2="4"/><polyline points="%s"/><circle cx="156" cy="%.1f" r="3"/></svg>`,
		template.HTMLEscapeString(label), strings.TrimSpace(line.String()), 36-0.32*math.Max(0, math.Min(100, last(points).Score))))
}
