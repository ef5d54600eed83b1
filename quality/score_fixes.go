package quality

import (
	"cmp"
	"slices"

	"jiku/schemas"
)

const codePunctuality = "feed.punctuality"

// fixes lists what the department lost, each worth the points that its score gains when
// that alone is mended. The points of one feed's quality fixes add up to what its quality
// lacks; those of a missing slot are what the quality that there is would have earned.
func fixes(feeds []feedResult, items int) []Fix {
	type place struct{ feed, code, item string }
	at := map[place]int{}
	var out []Fix
	for i := range feeds {
		r := &feeds[i]
		for _, it := range r.items {
			for _, l := range it.losses {
				p := place{r.Feed, l.code, l.item}
				k, known := at[p]
				if !known {
					k, at[p] = len(out), len(out)
					out = append(out, r.spec.fix(r.Feed, l))
				}
				out[k].Points += 100 * r.coverage * l.cost / float64(it.Due) / float64(items)
			}
		}
		if missing := r.SlotsDue - r.SlotsDelivered; missing > 0 {
			out = append(out, r.slotsFix(missing, items))
		}
	}
	return ranked(out)
}

func (r *feedResult) slotsFix(missing, items int) Fix {
	f := r.spec.fix(r.Feed, loss{code: codePunctuality})
	f.Slots = missing
	quality := r.quality
	if r.facts.Rows == 0 {
		quality = 1 // nothing is known of it: at most
	}
	f.Points = 100 * quality * (1 - r.coverage) * float64(len(r.items)) / float64(max(1, items))
	return f
}

// shadows lists the findings of rules in shadow with the points that they would cost.
func shadows(feeds []feedResult, items int) []Fix {
	var out []Fix
	for i := range feeds {
		r := &feeds[i]
		for _, failed := range sorted(r.facts.Failed) {
			weight, shadow := r.spec.weight(failed.Code, failed.Item)
			if !shadow || failed.Rows == 0 {
				continue
			}
			f := r.spec.fix(r.Feed, loss{code: failed.Code, item: failed.Item, rows: failed.Rows})
			if r.spec.severity(failed.Code) != schemas.Fix {
				f.Points = r.shadowPoints(failed, weight) / float64(max(1, items))
			}
			out = append(out, f)
		}
	}
	return ranked(out)
}

func (r *feedResult) shadowPoints(failed RuleFacts, weight float64) float64 {
	points := 0.0
	for _, it := range r.items {
		if it.Due > 0 && (failed.Item == "" || failed.Item == it.Item) {
			points += 100 * r.coverage * weight * float64(failed.Rows) / float64(it.Due)
		}
	}
	return points
}

func ranked(list []Fix) []Fix {
	for i := range list {
		list[i].Points = round(list[i].Points)
	}
	slices.SortFunc(list, func(a, b Fix) int {
		return cmp.Or(-cmp.Compare(a.Points, b.Points), -cmp.Compare(a.Rows, b.Rows), cmp.Compare(a.Feed, b.Feed),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Item, b.Item))
	})
	return list
}
