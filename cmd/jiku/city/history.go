package city

import "slices"

// changed is one thing that became true on a day: what, and to which number or place.
type changed[W ~uint8] struct {
	on    day
	what  W
	n     int32
	place place
}

// history is what changed in a life, in the order of days.
type history[W ~uint8] struct {
	list [8]changed[W]
	n    uint8
}

// changes are those that there are.
func (h *history[W]) changes() []changed[W] { return h.list[:h.n] }

// becomes records a change. What does not fit is not recorded: nobody has so full a life.
func (h *history[W]) becomes(c changed[W]) {
	if int(h.n) == len(h.list) {
		return
	}
	i := int(h.n)
	for ; i > 0 && h.list[i-1].on > c.on; i-- {
		h.list[i] = h.list[i-1]
	}
	h.list[i] = c
	h.n++
}

// rest takes away what would happen after one of these ends.
func (h *history[W]) rest(ends ...W) {
	for i, c := range h.changes() {
		if slices.Contains(ends, c.what) {
			h.n = uint8(i + 1)
			return
		}
	}
}

// days are those of the changes.
func (h *history[W]) days() []day {
	all := make([]day, 0, len(h.list))
	for i := range h.changes() {
		all = append(all, h.list[i].on)
	}
	return all
}
