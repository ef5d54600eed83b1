package quality

import (
	"maps"
	"slices"

	"jiku/schemas"
)

// tally is one sub-indicator of GB/T 36344-2018: of B elements evaluated, Failed did not
// satisfy it.
type tally struct{ failed, evaluated float64 }

// elementIndicators are counted per value; the others per row.
var elementIndicators = []string{"0101", "0102", "0105", "0201", "0301", "0302", "0401"}

// dimensions fills in the city's dimensions, each the mean of its measured sub-indicators.
func (card *Scorecard) dimensions(feeds []feedResult, declared []schemas.Dimension) {
	all := map[string]tally{}
	for i := range feeds {
		feeds[i].indicators(all)
	}
	var sum, weights float64
	for _, d := range declared {
		out := DimensionScore{Name: d.Name, Article: d.Article}
		if share, ok := meanOf(all, d.Indicators); ok {
			weight := d.Weight
			if weight == 0 {
				weight = 1
			}
			sum, weights = sum+weight*share, weights+weight
			score := round(100 * share)
			out.Score = &score
		}
		card.Dimensions = append(card.Dimensions, out)
	}
	if weights > 0 {
		total := round(100 * sum / weights)
		card.ByDimension = &total
	}
}

func meanOf(all map[string]tally, indicators []string) (share float64, ok bool) {
	n := 0
	for _, code := range indicators {
		if t := all[code]; t.evaluated > 0 {
			share += 1 - min(1, t.failed/t.evaluated)
			n++
		}
	}
	if n == 0 {
		return 0, false
	}
	return share / float64(n), true
}

// indicators adds the feed's counts. Completeness, dirty rows, timeliness and accuracy come
// from the facts themselves, the rest from findings.
func (r *feedResult) indicators(all map[string]tally) {
	f := r.facts
	add := func(code string, failed, evaluated float64) {
		t := all[code]
		all[code] = tally{t.failed + failed, t.evaluated + evaluated}
	}
	for _, it := range r.items {
		add("0201", it.lost(codeBlank)+it.lost("feed.defaults"), float64(it.Due-f.Rejected))
	}
	add("0305", float64(f.Rejected), float64(f.Rows))
	if f.SlotsDue > 0 {
		for _, code := range []string{"0202", "0502"} { // the rows of a missing slot are missing too
			add(code, float64(max(0, f.SlotsDue-f.SlotsDelivered)), float64(f.SlotsDue))
		}
	}
	for _, g := range f.Agreement {
		add("0301", float64(g.Compared-g.Agreed), float64(g.Compared))
	}
	for code, failed := range r.findings() {
		evaluated := float64(f.Rows)
		if slices.Contains(elementIndicators, code) {
			evaluated *= float64(len(r.items))
		}
		add(code, failed, evaluated)
	}
}

func (it *itemResult) lost(code string) float64 {
	sum := 0.0
	for _, l := range it.losses {
		if l.code == code {
			sum += l.cost
		}
	}
	return sum
}

// findings sums the weighted findings by sub-indicator. A sub-indicator that a declared rule
// or the types of the items measure is there with 0 when nothing was found.
func (r *feedResult) findings() map[string]float64 {
	out := map[string]float64{"0302": 0}
	for _, code := range r.spec.measured() {
		out[code] += 0
	}
	for _, failed := range sorted(r.facts.Failed) {
		weight, shadow := r.spec.weight(failed.Code, failed.Item)
		info, known := r.spec.infos[failed.Code]
		if shadow || !known || info.Severity == schemas.Fix || info.Dimension == "0201" {
			continue
		}
		out[info.Dimension] += weight * float64(failed.Rows)
	}
	for _, code := range slices.Sorted(maps.Keys(r.facts.Rejects)) {
		if info, known := r.spec.infos[code]; known && info.Dimension != "0305" && info.Dimension != "0201" {
			out[info.Dimension] += float64(r.facts.Rejects[code])
		}
	}
	return out
}

// measured lists the sub-indicators of the rules in use, and 0105 if items have code tables.
func (s *spec) measured() []string {
	if s.feed == nil || s.base == nil {
		return nil
	}
	var out []string
	for _, u := range append(slices.Clone(s.feed.Rules), s.base.Rules...) {
		r := Lookup(u.Rule)
		// A rule across bases sees one feed at a time only by its findings.
		if r == nil || u.Shadow || r.Depth == Cross || r.Depth == Feed {
			continue
		}
		out = append(out, r.Dimension)
	}
	for _, c := range s.feed.Columns {
		if i := s.base.ItemIndex(c.Item); i >= 0 && s.base.Items[i].Type == schemas.TypeCode {
			out = append(out, "0105")
		}
	}
	return out
}
