package reconcile

import "jiku/schemas"

// freshness finds which snapshot feeds are stale for which unit, and what their freshness
// adds to versions.
//
// A new slot makes a snapshot feed fresh for keys of which it brings no claim, since their
// rows did not change. Their golden rows may change all the same, so deliveries of a
// snapshot feed are facts about all its keys wherever the register has a limit: without
// them two different rows of one day would have one version.
func (w *Worker) freshness(f *Facts) {
	p := w.p
	w.freshFacts = make([]uint32, len(p.feeds))
	last := make([]schemas.Slot, len(p.feeds))
	total := make([]uint32, len(p.feeds))
	for i := range w.deliveries.all {
		d := &w.deliveries.all[i]
		if d.feed < 0 {
			continue
		}
		total[d.feed] += d.facts
		if d.inForce && last[d.feed].Before(d.Slot) {
			last[d.feed] = d.Slot
		}
	}
	for i := range p.feeds {
		if slot, ok := f.LastSlot[p.feeds[i].Name]; ok {
			last[i] = slot
		}
		if len(p.StaleLimits(p.feeds[i].Name)) > 0 {
			w.freshFacts[i] = total[i]
		}
	}
	for n := range w.standings {
		s := &w.standings[n]
		w.aging = w.aging || s.limit > 0
		for i := range p.feeds {
			s.stale[i] = s.limit > 0 && p.feeds[i].Kind == schemas.Snapshot && w.day > dayNumber(last[i].Date)+s.limit
		}
	}
}
