package quality

import (
	"cmp"
	"slices"

	"jiku/schemas"
)

// Score computes the scorecards of all departments and periods in the facts, by period and
// rank. It is a pure function: neither the order of facts nor of anything in them changes a
// byte of the result. infos holds every reason by code (see Catalog).
//
//	item score   = (valid and complete − weighted warnings − fillers beyond their share) / rows due
//	feed score   = mean of item scores × slots delivered / slots due
//	department   = mean of item scores × coverage over all its feeds
func Score(facts []Facts, cat *schemas.Catalogue, infos map[string]schemas.ReasonInfo) []Scorecard {
	order := slices.SortedFunc(slices.Values(facts), func(a, b Facts) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Department, b.Department), cmp.Compare(a.Feed, b.Feed))
	})
	var cards []Scorecard
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && order[j].Period == order[i].Period && order[j].Department == order[i].Department {
			j++
		}
		cards = append(cards, scoreDepartment(order[i:j], cat, infos))
		i = j
	}
	rank(cards)
	return cards
}

func scoreDepartment(facts []Facts, cat *schemas.Catalogue, infos map[string]schemas.ReasonInfo) Scorecard {
	card := Scorecard{Period: facts[0].Period, Department: facts[0].Department, Title: cat.DepartmentTitle(facts[0].Department)}
	var feeds []feedResult
	for i := range facts {
		s := specOf(facts[i].Feed, cat, infos)
		r, ok := scoreFeed(&facts[i], s, cat.City)
		if !ok {
			card.Waiting = append(card.Waiting, s.title)
			continue
		}
		feeds = append(feeds, r)
		card.Feeds = append(card.Feeds, r.FeedScore)
		card.Rows += facts[i].Rows
		card.Rejected += facts[i].Rejected
	}
	items, share := card.means(feeds)
	if card.ranked() {
		card.Grade = grade(card.Rows, card.Score, cat.City)
	}
	card.Interval, card.Small = Wilson(share, card.Rows), card.Rows < SmallVolume
	card.dimensions(feeds, cat.City.Dimensions)
	card.accuracy(feeds)
	card.Fixes, card.Shadow = fixes(feeds, items), shadows(feeds, items)
	return card
}

// means fills in the two scores of the department and gives the number of scored items.
func (card *Scorecard) means(feeds []feedResult) (items int, share float64) {
	var sum, weighted, weights, plain float64
	for i := range feeds {
		r := &feeds[i]
		for _, it := range r.items {
			sum += it.share * r.coverage
		}
		items += len(r.items)
		w := r.weight()
		weighted, weights = weighted+w*r.quality*r.coverage, weights+w
		plain += r.quality * r.coverage
	}
	if items > 0 {
		share = sum / float64(items)
	}
	card.Score = round(100 * share)
	switch {
	case weights > 0:
		card.RowWeighted = round(100 * weighted / weights)
	case len(feeds) > 0:
		card.RowWeighted = round(100 * plain / float64(len(feeds)))
	}
	return items, share
}

// accuracy sums up what others say of the department's values.
func (card *Scorecard) accuracy(feeds []feedResult) {
	var a Accuracy
	for i := range feeds {
		for _, g := range feeds[i].facts.Agreement {
			if g.Compared == 0 {
				continue
			}
			a.Compared, a.Agreed = a.Compared+g.Compared, a.Agreed+g.Agreed
			a.Items = append(a.Items, AgreementScore{Feed: feeds[i].Feed, Item: g.Item, Title: feeds[i].spec.itemTitle(g.Item), Compared: g.Compared,
				Agreed: g.Agreed, Score: round(100 * float64(g.Agreed) / float64(g.Compared))})
		}
	}
	if a.Compared == 0 {
		return
	}
	slices.SortFunc(a.Items, func(x, y AgreementScore) int {
		return cmp.Or(cmp.Compare(x.Score, y.Score), cmp.Compare(x.Feed, y.Feed), cmp.Compare(x.Item, y.Item))
	})
	share := float64(a.Agreed) / float64(a.Compared)
	a.Score, a.Interval = round(100*share), Wilson(share, a.Compared)
	card.Accuracy = &a
}

// rank orders the cards by period and score and numbers them; equal scores share a place.
// A department whose feeds all wait for their first delivery has no place, nor has one that
// delivered no row.
func rank(cards []Scorecard) {
	slices.SortFunc(cards, func(a, b Scorecard) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), -cmp.Compare(a.standing(), b.standing()),
			-cmp.Compare(a.Score, b.Score), cmp.Compare(a.Department, b.Department))
	})
	of := map[string]int{}
	for i := range cards {
		if cards[i].ranked() {
			of[cards[i].Period]++
		}
	}
	place := 0
	for i := range cards {
		c := &cards[i]
		c.Of = of[c.Period]
		if !c.ranked() {
			continue
		}
		if i == 0 || cards[i-1].Period != c.Period {
			place = 0
		}
		if place++; place > 1 && cards[i-1].Score == c.Score {
			c.Rank = cards[i-1].Rank
		} else {
			c.Rank = place
		}
	}
}

// ranked reports whether the department has a grade and a place.
func (card *Scorecard) ranked() bool {
	return len(card.Feeds) > 0 && measured(card.Rows, card.Score)
}

// standing sorts departments: those with a place, those without a row, those that wait.
func (card *Scorecard) standing() int {
	switch {
	case card.ranked():
		return 2
	case len(card.Feeds) > 0:
		return 1
	default:
		return 0
	}
}
