package quality

import (
	"maps"
	"slices"

	"jiku/schemas"
)

// codeBlank is the reason under which missing values are listed; package normalize owns it.
const codeBlank = "completeness.blank"

// loss is what one reason takes from an item: cost in rows, a fraction where the rule
// weighs less than a whole value.
type loss struct {
	code, item string
	rows       int64
	cost       float64
}

// itemResult is an item with everything that it lost: Good + Σ cost = Due.
type itemResult struct {
	ItemScore
	share  float64
	losses []loss
}

// scoreItem computes (valid and complete − defaults beyond the allowed share) / rows. ok is
// false when no value was due, so that there is nothing to score.
func (s *spec) scoreItem(f *Facts, item string) (r itemResult, ok bool) {
	it := f.item(item)
	expected := it.Expected
	if expected == 0 {
		if expected = f.Claims(); !s.required(item) && s.feed != nil {
			expected -= it.Unknown
		}
		if s.feed != nil && !s.required(item) && it.Valued+it.None+it.Void+it.Unknown == 0 {
			expected = 0 // an optional item that the facts do not know
		}
	}
	due := expected + f.Rejected
	if due == 0 || expected == 0 && !s.required(item) {
		return r, false
	}
	present := min(it.Valued+it.None, expected)
	void := min(it.Void, expected-present)
	r.Item, r.Title, r.Due = item, s.itemTitle(item), due
	r.losses = append(r.losses, rejectLosses(f)...)
	r.losses = append(r.losses, s.voidLosses(f, item, void)...)
	if blank := expected - present - void; blank > 0 {
		r.losses = append(r.losses, loss{codeBlank, item, blank, float64(blank)})
	}
	soft := s.softLosses(f, it, present)
	r.losses = append(r.losses, soft...)
	for _, l := range soft {
		r.Good -= l.cost
	}
	r.Good += float64(present)
	r.share = r.Good / float64(due)
	r.Score, r.Good = round(100*r.share), round(r.Good)
	return r, true
}

// rejectLosses spreads the rejected rows over their reasons: a row with two counts half
// under each.
func rejectLosses(f *Facts) []loss {
	if f.Rejected == 0 {
		return nil
	}
	var total int64
	for _, n := range f.Rejects {
		total += n
	}
	if total == 0 {
		return []loss{{"row.rejected", "", f.Rejected, float64(f.Rejected)}}
	}
	var out []loss
	for _, code := range slices.Sorted(maps.Keys(f.Rejects)) {
		n := f.Rejects[code]
		out = append(out, loss{code, "", n, float64(f.Rejected) * float64(n) / float64(total)})
	}
	return out
}

// voidLosses spreads the void values over the item errors that made them void.
func (s *spec) voidLosses(f *Facts, item string, void int64) []loss {
	if void == 0 {
		return nil
	}
	var out []loss
	var total int64
	for _, r := range sorted(f.Failed) {
		if r.Item == item && s.severity(r.Code) == schemas.ItemError {
			out = append(out, loss{r.Code, item, r.Rows, 0})
			total += r.Rows
		}
	}
	if total == 0 {
		return []loss{{"item.void", item, void, float64(void)}}
	}
	for i := range out {
		out[i].cost = float64(void) * float64(out[i].rows) / float64(total)
	}
	return out
}

// softLosses are those that a value takes which is there: warnings by weight, and fillers
// beyond their share. Together they take no more than there is.
func (s *spec) softLosses(f *Facts, it ItemFacts, present int64) []loss {
	if present == 0 {
		return nil
	}
	var out []loss
	sum := 0.0
	for _, r := range sorted(f.Failed) {
		weight, shadow := s.weight(r.Code, r.Item)
		if shadow || r.Rows == 0 || r.Code == codeBlank || s.severity(r.Code) != schemas.Warning {
			continue
		}
		cost := weight * float64(r.Rows)
		switch {
		case r.Item == it.Item:
		case s.carried(f, r.Item):
			continue
		default: // about the key or the whole row: it touches every value of the row
			cost *= float64(present) / float64(max(present, f.Claims()))
		}
		out, sum = append(out, loss{r.Code, r.Item, r.Rows, cost}), sum+cost
	}
	if beyond := float64(it.Defaults) - s.fillerShare(it.Item)*float64(it.Valued); beyond > 0 {
		out, sum = append(out, loss{"feed.defaults", it.Item, it.Defaults, beyond}), sum+beyond
	}
	if over := sum / float64(present); over > 1 {
		for i := range out {
			out[i].cost /= over
		}
	}
	return out
}

// carried reports whether findings of an item belong to another scored item.
func (s *spec) carried(f *Facts, item string) bool {
	return item != "" && slices.Contains(s.items(f), item)
}

func (s *spec) fillerShare(item string) float64 {
	if s.feed == nil || s.base == nil {
		return DefaultShare
	}
	_, share := Fillers(s.feed, s.base, item)
	return share
}
