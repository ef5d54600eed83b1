package reconcile

import (
	"bytes"
	"cmp"
	"slices"

	"jiku/schemas"
)

// Families says which keys have to be looked at together.
type Families interface {
	// Of is the family of the key with this hash, false if it has none.
	Of(hash uint64) (family int32, ok bool)
}

// Aside has Add leave out claims of keys that are in a family: they come again, for
// DrainFamilies. Nil takes all.
func (w *Worker) Aside(f Families) { w.links.aside = f }

// kin is a key of a family with its claims.
type kin struct {
	key    []byte
	hash   uint64
	claims []entry
	family int32
	node   int32
}

// family is a family at work: its numbers, those that claims name among them, and what each
// resolves to.
type family struct {
	keys  [][]byte
	index map[string]int32
	ends  []schemas.LinkEnd
	kin   []kin // sorted by hash
	facts uint32
}

// elsewhere reports whether claims that are keyed by a number are not in the row of a key.
func (f *family) elsewhere(number, key []byte) bool {
	if f == nil {
		return false
	}
	i, known := f.index[string(number)]
	return known && !bytes.Equal(f.keys[f.ends[i].To], key)
}

// job is a row to be made of a family.
type job struct {
	hash uint64
	node int32
	*family
}

// DrainFamilies reconciles the claims that were added, which are all of some families, and
// emits the rows of their keys in a range of buckets, by key hash: one for each key with a
// claim and each own key that a claim names. A row of a number that is linked is gone and
// says what it is linked to.
func (w *Worker) DrainFamilies(of Families, r schemas.Range, emit func(*schemas.GoldenBlock) error) error {
	defer w.reset()
	for _, j := range w.jobs(of) {
		if !r.Holds(j.hash) {
			continue
		}
		w.row(j)
		if w.out.Len() >= blockRows || len(w.out.Conflicts) >= blockConflicts {
			if err := w.flush(emit); err != nil {
				return err
			}
		}
	}
	if w.out.Len() == 0 {
		return nil
	}
	return w.flush(emit)
}

// jobs resolves all families whose claims were added and lists their rows by hash.
func (w *Worker) jobs(of Families) []job {
	if cap(w.tmp) < len(w.index) {
		w.tmp = make([]entry, cap(w.index))
	}
	sortEntries(w.index, w.tmp[:len(w.index)], 56, true)
	var all []kin
	_ = w.eachKey(func(claims []entry) error { // no step of it fails
		if id, ok := of.Of(claims[0].hash); ok {
			all = append(all, kin{key: w.keyOf(claims[0]), hash: claims[0].hash, claims: claims, family: id})
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b kin) int { return cmp.Compare(a.family, b.family) })
	var jobs []job
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].family == all[0].family {
			n++
		}
		jobs = w.resolve(all[:n:n], jobs)
		all = all[n:]
	}
	slices.SortFunc(jobs, func(a, b job) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), bytes.Compare(a.keys[a.node], b.keys[b.node]))
	})
	return jobs
}

// resolve finds what each number of a family belongs to and adds its rows to jobs.
func (w *Worker) resolve(kins []kin, jobs []job) []job {
	f := &family{index: map[string]int32{}, kin: kins}
	var pairs []schemas.LinkPair
	for i := range kins {
		n := f.node(kins[i].key)
		kins[i].node = n
		pairs = w.state(f, n, &kins[i], pairs)
	}
	f.ends = w.p.linker.Resolve(f.keys, pairs)
	claimed := make([]bool, len(f.keys))
	for i := range kins {
		claimed[kins[i].node] = true
	}
	for n, key := range f.keys {
		if claimed[n] || w.p.linker.Alone(key) != schemas.Unlinked {
			jobs = append(jobs, job{w.p.hash(key), int32(n), f})
		}
	}
	return jobs
}

// node is the place of a number in the family, which is copied if it is new.
func (f *family) node(key []byte) int32 {
	if n, known := f.index[string(key)]; known {
		return n
	}
	n := int32(len(f.keys))
	text := string(key)
	f.index[text] = n
	f.keys = append(f.keys, []byte(text))
	return n
}

// state adds the facts of a key and the pairs that its claims in force state. What others
// have stated is noted as numbers, so that their rows do not stay behind.
func (w *Worker) state(f *family, n int32, of *kin, pairs []schemas.LinkPair) []schemas.LinkPair {
	k := &w.key
	w.gather(of.claims)
	k.decisions = k.decisions[:0]
	w.findDecisions(of.hash, of.key)
	f.facts += k.facts
	pair := func(alias []byte, _, _ uint32) { pairs = append(pairs, schemas.LinkPair{Alias: f.node(alias), Key: n}) }
	for _, c := range k.candidates[:k.n] {
		if w.p.feeds[c.feed].Establishes && !c.gone() {
			w.p.linker.States(c, pair)
		}
	}
	if w.p.linker.Alone(of.key) == schemas.Unlinked {
		w.p.linker.States(onlyKey(of.key), pair)
	}
	for i := range k.claims {
		if c := &k.claims[i]; c.feed >= 0 && c.delivery.facts > 0 && w.p.feeds[c.feed].Establishes {
			c.layout = &w.p.layout
			w.p.linker.States(c, func(alias []byte, _, _ uint32) { f.node(alias) })
		}
	}
	return pairs
}

// row makes one row of a family.
func (w *Worker) row(j job) {
	key, end := j.keys[j.node], j.ends[j.node]
	k, l := &w.key, &w.links
	l.entries, k.decisions = l.entries[:0], k.decisions[:0]
	if end.To == j.node {
		for i := range j.kin {
			if j.ends[j.kin[i].node].To == j.node {
				l.entries = append(l.entries, j.kin[i].claims...)
				w.findDecisions(j.kin[i].hash, j.kin[i].key)
			}
		}
	}
	w.join(key)
	k.facts = j.facts
	l.family = j.family
	defer func() { l.family = nil }()
	if end.To != j.node {
		w.write(key, j.hash, func() { w.putLinked(j.keys[end.To]) })
		return
	}
	w.write(key, j.hash, func() { w.putLinks(key, end.Why) })
}

// join finds the candidates among the claims of all keys in l.entries. Within one feed the
// later claim supersedes, whichever key it has, with two exceptions: that a key has left a
// snapshot says nothing of the feed's claims with other keys, and in one delivery the claim
// with the canonical key counts.
func (w *Worker) join(key []byte) {
	k, l := &w.key, &w.links
	w.readHeads(l.entries)
	k.candidates, k.exists, k.due = k.candidates[:0], false, w.boundary
	k.serial++
	if l.latest == nil {
		l.latest, l.best = map[[2]int32]int32{}, make([]int32, len(w.p.feeds))
	}
	clear(l.latest)
	clear(l.best)
	var keys [][]byte
	for i := range k.claims {
		c := &k.claims[i]
		if c.feed < 0 || !c.delivery.inForce {
			continue
		}
		c.layout = &w.p.layout
		own := c.KeyBytes()
		n := slices.IndexFunc(keys, func(b []byte) bool { return bytes.Equal(b, own) })
		if n < 0 {
			n, keys = len(keys), append(keys, own)
		}
		at := [2]int32{c.feed, int32(n)}
		if old, ok := l.latest[at]; !ok || w.supersedes(c, &k.claims[old]) {
			l.latest[at] = int32(i)
		}
	}
	for at, i := range l.latest {
		if old := l.best[at[0]]; old == 0 || w.outranks(&k.claims[i], &k.claims[old-1], key) {
			l.best[at[0]] = i + 1
		}
	}
	for feed, i := range l.best {
		if i > 0 {
			c := &k.claims[i-1]
			w.prepare(c)
			k.insert(c)
			k.exists = k.exists || w.p.feeds[feed].Establishes && !c.gone()
		}
	}
	k.n = len(k.candidates)
	w.findTwins()
}

// outranks orders the latest claims of one feed with different keys of one entity.
func (w *Worker) outranks(a, b *candidate, key []byte) bool {
	left := func(c *candidate) bool { return c.gone() && schemas.IsWithdrawal(c.position) }
	if left(a) != left(b) {
		return left(b)
	}
	if w.p.feeds[a.feed].byEvent && a.event != b.event {
		return a.event > b.event
	}
	if a.delivery.order != b.delivery.order {
		return a.delivery.order > b.delivery.order
	}
	if own := bytes.Equal(a.KeyBytes(), key); own != bytes.Equal(b.KeyBytes(), key) {
		return own
	}
	return a.position > b.position
}
