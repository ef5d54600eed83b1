package reconcile

import (
	"bytes"
	"cmp"
	"slices"

	"jiku/schemas"
)

// blankRow is the bytes of a row that has nothing yet.
type blankRow struct{ states, reasons, origins []byte }

func newBlankRow(items int) blankRow {
	return blankRow{bytes.Repeat([]byte{byte(schemas.Silent)}, items), bytes.Repeat([]byte{byte(schemas.WhyNothing)}, items),
		make([]byte, items)}
}

// reconcile makes the golden row of one key from all its claims.
func (w *Worker) reconcile(claims []entry) {
	key, hash := w.keyOf(claims[0]), claims[0].hash
	w.gather(claims)
	w.key.decisions = w.key.decisions[:0]
	w.findDecisions(hash, key)
	w.write(key, hash, nil)
}

// write makes the golden row of the key at work. links writes what its links add, where they
// are not those of the key alone.
func (w *Worker) write(key []byte, hash uint64, links func()) {
	out := w.out
	if w.p.linker != nil && w.p.linker.Alone(key) == schemas.Unlinked {
		w.key.exists = false // only keys of the base's own kind have rows
	}
	out.Key.Append(key)
	out.KeyHash = append(out.KeyHash, hash)
	out.Version = append(out.Version, w.version|schemas.MakeVersion(0, w.key.facts, 0))
	out.Gone = append(out.Gone, !w.key.exists)
	out.States = append(out.States, w.blank.states...)
	out.Reasons = append(out.Reasons, w.blank.reasons...)
	out.Origins = append(out.Origins, w.blank.origins...)
	firstConflict := len(out.Conflicts)
	if w.key.exists {
		for n := range w.standings {
			w.settle(&w.standings[n])
		}
	} else {
		w.putGone()
	}
	if added := out.Conflicts[firstConflict:]; len(added) > 1 {
		slices.SortFunc(added, func(a, b schemas.Conflict) int {
			return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Feed, b.Feed))
		})
	}
	out.WinnerEnds = append(out.WinnerEnds, uint32(len(out.Winners)))
	out.ConflictEnds = append(out.ConflictEnds, uint32(len(out.Conflicts)))
	due := uint32(0)
	if w.key.exists && w.key.due != never {
		due = dayOf(w.key.due)
	}
	out.Due = append(out.Due, due)
	if links != nil {
		links()
	} else {
		w.putLinks(key, 0)
	}
	w.check()
}

// putGone writes empty items: other feeds' claims wait.
func (w *Worker) putGone() {
	if w.trace != nil {
		for n := range w.standings {
			w.enter(&w.standings[n])
			w.trace.record(w, -1)
		}
	}
	for i, textual := range w.p.layout.textual {
		w.putValue(i, textual, nil)
	}
}

// putValue writes the value of an item, an empty one without a candidate.
func (w *Worker) putValue(item int, textual bool, from *candidate) {
	col := &w.out.Items[item]
	switch {
	case textual && from == nil:
		col.Text.Append(nil)
	case textual:
		col.Text.Append(from.text(item))
	case from == nil:
		col.Int = append(col.Int, 0)
	default:
		col.Int = append(col.Int, from.int(item))
	}
}

// putWinner writes the items of a unit as the winner has them, with what it lacks.
func (w *Worker) putWinner(s *standing, at int) {
	out, d := w.out, w.key.candidates[at]
	if d.winner == 0 {
		first := uint32(0)
		if n := len(out.WinnerEnds); n > 0 {
			first = out.WinnerEnds[n-1]
		}
		out.Winners = append(out.Winners, schemas.Winner{Feed: w.p.feeds[d.feed].Name, Ref: d.ref()})
		d.winner = uint8(uint32(len(out.Winners)) - first)
	}
	row := len(out.States) - len(w.p.layout.textual)
	for _, item := range s.items {
		state := d.state(item)
		out.States[row+item], out.Reasons[row+item], out.Origins[row+item] = byte(state), byte(w.contest.why), d.winner
		from := d
		if state != schemas.Valued {
			from = nil
		}
		w.putValue(item, w.p.layout.textual[item], from)
	}
}

// putNothing writes the items of a unit for which nobody competes. The state says why.
func (w *Worker) putNothing(s *standing) {
	row := len(w.out.States) - len(w.p.layout.textual)
	for _, item := range s.items {
		best := schemas.Silent
		for i := range w.key.candidates[:w.key.n] {
			if st := w.key.candidates[i].state(item); emptiness(st) > emptiness(best) {
				best = st
			}
		}
		w.out.States[row+item] = byte(best)
		w.putValue(item, w.p.layout.textual[item], nil)
	}
}

// emptiness orders the states by how much they tell of an item that nobody gives.
func emptiness(s schemas.State) int {
	switch s {
	case schemas.Withdrawn:
		return 3
	case schemas.Unknown:
		return 2
	case schemas.Void:
		return 1
	default:
		return 0
	}
}

// putConflicts notes the fresh competing claims that differ from the winner, item by item.
// Where the winner says nothing of an item of its group, nobody contradicts it.
func (w *Worker) putConflicts(s *standing, at int) {
	c, all := &w.contest, w.key.candidates
	for _, i := range c.pool {
		if int(i) == at || !c.fresh[i] {
			continue
		}
		for _, item := range s.items {
			a, b := all[at], all[i]
			if !a.state(item).Competes() || !b.state(item).Competes() || w.relation(a, b, item) != schemas.Different {
				continue
			}
			w.out.Conflicts = append(w.out.Conflicts, schemas.Conflict{Item: item, Feed: w.p.feeds[b.feed].Name, Ref: b.ref(),
				Event: b.event, State: b.state(item), Value: w.valueText(b, item)})
		}
	}
}

// valueText copies a value as text into the arena of the block at work.
func (w *Worker) valueText(d *candidate, item int) []byte {
	if d.state(item) != schemas.Valued {
		return nil
	}
	const arena, longest = 1 << 16, 32 // no integer is longer
	need := longest
	if w.p.layout.textual[item] {
		need = len(d.text(item))
	}
	if cap(w.values)-len(w.values) < need {
		w.values = make([]byte, 0, max(arena, need))
	}
	start := len(w.values)
	if w.p.layout.textual[item] {
		w.values = append(w.values, d.text(item)...)
	} else {
		w.values = schemas.AppendInt(w.values, w.p.base.Items[item].Type, d.int(item))
	}
	return w.values[start:len(w.values):len(w.values)]
}
