package reconcile

import (
	"bytes"
	"slices"

	"jiku/schemas"
)

// A block of golden rows is emitted at these sizes: it is read again, column by column, to be
// sent, and by then larger ones have left the processor's caches.
const (
	blockRows      = 1 << 14
	blockConflicts = 1 << 16
)

// Worker reconciles the keys whose claims it is given. It is used by one goroutine; many
// workers of one program run side by side, each with its own range of buckets.
type Worker struct {
	p          *Program
	day        int32
	version    schemas.Version // without the facts
	deliveries *deliveries
	decisions  *decisions
	standings  []standing
	classes    []class
	forms      []form   // by class
	boundary   int32    // the next day on which the register changes
	aging      bool     // some standing has a limit
	freshFacts []uint32 // by feed: what a snapshot feed's freshness adds to the facts

	writer writer
	batch  [batch]int32 // deliveries of the batch at work
	chunks [][]byte     // claims as laid out; a claim is never parted
	used   int          // chunks in use
	index  []entry
	tmp    []entry

	key     keyState
	links   linking
	contest contest
	out     *schemas.GoldenBlock
	blank   blankRow
	values  []byte // arena for conflict values
	rules   ruleRun
	trace   *tracer // set while explaining
}

// Worker is a new worker for a run's facts, which it does not keep changing.
func (p *Program) Worker(f *Facts) *Worker {
	w := &Worker{p: p, day: dayNumber(f.Day), deliveries: p.deliveries(f), decisions: p.decisions(f),
		out: schemas.NewGoldenBlock(p.base), writer: writer{layout: p.layout}}
	w.version = schemas.MakeVersion(f.Ordinal, 0, uint16(w.day))
	w.standings, w.boundary = p.standings(f)
	w.blank = newBlankRow(len(p.base.Items))
	w.freshness(f)
	w.classify()
	w.key.latest, w.key.seen = make([]int32, len(p.feeds)), make([]uint64, len(p.feeds))
	w.rules.texts = map[schemas.Reason]string{}
	return w
}

// Add copies what it needs of a block of claims of the base. Claims may come in any order
// and repeatedly, but all of a key before the next Drain.
func (w *Worker) Add(b *schemas.ClaimBlock) {
	n := b.Len()
	if n == 0 {
		return
	}
	w.index = slices.Grow(w.index, n)
	id, known := b.Delivery[0], w.deliveries.find(b.Delivery[0])
	for from := 0; from < n; from += batch {
		to := min(from+batch, n)
		for i, d := range b.Delivery[from:to] {
			if d != id { // claims of one delivery often stand together
				id, known = d, w.deliveries.find(d)
			}
			w.batch[i] = known
		}
		need := w.writer.measure(b, from, to)
		mem, chunk, at := w.room(need)
		w.writer.write(mem, b, from, w.batch[:to-from])
		for i, hash := range b.KeyHash[from:to] {
			if w.links.aside != nil {
				if _, in := w.links.aside.Of(hash); in {
					continue
				}
			}
			w.index = append(w.index, entry{hash: hash, chunk: chunk, at: uint32(at + w.writer.starts[i])})
		}
	}
}

// chunkBytes is the size of a chunk, unless one batch needs more. Offsets in it are 32
// bits; being fixed, chunks never move.
const chunkBytes = 4 << 20

// room reserves memory for a batch: it lies in a chunk, at a place.
func (w *Worker) room(need int) (mem []byte, chunk uint32, at int) {
	if w.used == 0 || cap(w.chunks[w.used-1])-len(w.chunks[w.used-1]) < need {
		if w.used == len(w.chunks) {
			w.chunks = append(w.chunks, nil)
		}
		if cap(w.chunks[w.used]) < need {
			w.chunks[w.used] = make([]byte, 0, max(need, chunkBytes))
		}
		w.used++
	}
	c := &w.chunks[w.used-1]
	at = len(*c)
	*c = (*c)[:at+need]
	return (*c)[at:], uint32(w.used - 1), at
}

// Drain reconciles every key that was added and emits the golden rows by key hash, one for
// each key, gone ones too. A block is valid until emit returns; values of conflicts may be
// kept. Afterwards the worker is empty and may be used again, also after an error.
func (w *Worker) Drain(emit func(*schemas.GoldenBlock) error) error {
	defer w.reset()
	if cap(w.tmp) < len(w.index) {
		w.tmp = make([]entry, cap(w.index))
	}
	sortEntries(w.index, w.tmp[:len(w.index)], 56, true)
	err := w.eachKey(func(claims []entry) error {
		w.reconcile(claims)
		if w.out.Len() < blockRows && len(w.out.Conflicts) < blockConflicts {
			return nil
		}
		return w.flush(emit)
	})
	if err == nil && w.out.Len() > 0 {
		err = w.flush(emit)
	}
	return err
}

func (w *Worker) flush(emit func(*schemas.GoldenBlock) error) error {
	err := emit(w.out)
	w.out.Reset()
	w.values = nil // the reader may keep the values
	return err
}

func (w *Worker) reset() {
	for i := range w.chunks[:w.used] {
		w.chunks[i] = w.chunks[i][:0]
	}
	w.used, w.index = 0, w.index[:0]
	w.out.Reset()
}

// eachKey calls f with the claims of one key after the other. Two keys may have one hash:
// such runs are parted by the bytes of the key.
func (w *Worker) eachKey(f func([]entry) error) error {
	for all := w.index; len(all) > 0; {
		n, mixed := 1, false
		first := w.keyOf(all[0])
		for n < len(all) && all[n].hash == all[0].hash {
			mixed = mixed || !bytes.Equal(first, w.keyOf(all[n]))
			n++
		}
		if mixed {
			slices.SortFunc(all[:n], func(a, b entry) int { return bytes.Compare(w.keyOf(a), w.keyOf(b)) })
		}
		for run := all[:n]; len(run) > 0; {
			m := len(run)
			if mixed {
				key := w.keyOf(run[0])
				m = slices.IndexFunc(run, func(e entry) bool { return !bytes.Equal(key, w.keyOf(e)) })
				if m < 0 {
					m = len(run)
				}
			}
			if err := f(run[:m]); err != nil {
				return err
			}
			run = run[m:]
		}
		all = all[n:]
	}
	return nil
}

// claim is the claim of an entry, as laid out.
func (w *Worker) claim(e entry) []byte { return w.chunks[e.chunk][e.at:] }

func (w *Worker) keyOf(e entry) []byte { return w.p.layout.text(w.claim(e), 0) }
