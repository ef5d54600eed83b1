package quality

import (
	"cmp"
	"slices"

	"jiku/schemas"
)

// feedResult is a feed's score with what it takes to make the department's of it.
type feedResult struct {
	FeedScore
	facts    *Facts
	spec     *spec
	items    []itemResult
	coverage float64
	quality  float64
}

// sorted is failed in a fixed order, so that sums of fractions do not depend on the input's.
func sorted(failed []RuleFacts) []RuleFacts {
	return slices.SortedFunc(slices.Values(failed), func(a, b RuleFacts) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Rows, b.Rows))
	})
}

// scoreFeed computes mean of item scores × coverage. ok is false for a feed that owes
// nothing and has nothing: it waits for its first delivery.
func scoreFeed(f *Facts, s *spec, city *schemas.City) (r feedResult, ok bool) {
	if f.SlotsDue == 0 && f.SlotsDelivered == 0 && f.Rows == 0 {
		return r, false
	}
	r.facts, r.spec, r.coverage = f, s, 1
	if f.SlotsDue > 0 {
		r.coverage = min(1, float64(f.SlotsDelivered)/float64(f.SlotsDue))
	}
	sum := 0.0
	for _, item := range s.items(f) {
		it, ok := s.scoreItem(f, item)
		if !ok && f.Rows > 0 {
			continue
		}
		if !ok { // nothing delivered: every item is missing
			it = itemResult{ItemScore: ItemScore{Item: item, Title: s.itemTitle(item)}}
		}
		r.items = append(r.items, it)
		r.Items = append(r.Items, it.ItemScore)
		sum += it.share
	}
	if len(r.items) > 0 {
		r.quality = sum / float64(len(r.items))
	}
	if f.Rows == 0 && f.SlotsDelivered > 0 { // slots without a row have no fault
		r.emptyIsGood()
	}
	share := r.quality * r.coverage
	r.Feed, r.Title, r.SlotsDue, r.SlotsDelivered, r.Rows, r.Rejected = f.Feed, s.title, f.SlotsDue, f.SlotsDelivered, f.Rows, f.Rejected
	r.Score, r.Quality, r.Coverage = round(100*share), round(100*r.quality), round(100*r.coverage)
	r.Interval, r.Small = Wilson(share, f.Rows), f.Rows < SmallVolume
	r.Grade = grade(f.Rows, r.Score, city)
	return r, true
}

func (r *feedResult) emptyIsGood() {
	r.quality = 1
	for i := range r.items {
		r.items[i].share, r.items[i].Score, r.Items[i].Score = 1, 100, 100
	}
}

// measured reports whether a score says anything of quality. Slots without a row have no
// fault and no merit: they are no grade's and take no place. A feed or department that owes
// rows and has delivered none scores 0, and that is a grade.
func measured(rows int64, score float64) bool { return rows > 0 || score == 0 }

// weight is what the feed weighs by rows: what it has, or usually has.
func (r *feedResult) weight() float64 { return float64(max(r.facts.Rows, r.facts.UsualRows)) }

// gradeOf is the first grade whose bound the score reaches; bounds are best first.
func gradeOf(score float64, grades []schemas.Grade) string {
	best := slices.SortedStableFunc(slices.Values(grades), func(a, b schemas.Grade) int { return cmp.Compare(b.From, a.From) })
	for _, g := range best {
		if score >= g.From {
			return g.Grade
		}
	}
	return ""
}
