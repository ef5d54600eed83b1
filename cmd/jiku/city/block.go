package city

import "errors"

// How a city is cut into blocks, each of which is made alone: memory does not grow with the city, and the same city
// comes out however many blocks are made at once.
const (
	blockPersons   = 8192
	blockOrgs      = blockPersons / 8
	employers      = 120         // organizations of a block that employ people and keep their name
	largeEmployers = 48          // organizations of the first block that employ people of all blocks
	maxOutsiders   = 64          // persons of a block from outside the mainland: their numbers are counted through
	mobiles        = 100_000_000 // telephone numbers that can be drawn
)

// MaxPersons is how many persons a city can have: for as many there are numbers of their own (poolSlots).
const MaxPersons = 8_000_000

// block is a neighborhood of one county, with the people and organizations that belong to it.
type block struct {
	world      *world
	index      int
	county     uint8 // 1 + index in home
	origin     uint8 // 101 + index in origins: where its migrants come from
	homeSlot   int   // which of the blocks that share the county it is, and so which sequences are its own
	originSlot int   // the same of the county of origin
	people     []person
	orgs       []org
	outsiders  int              // how many there are yet
	used       map[uint32]uint8 // sequences taken, by day, home or origin, and sex
}

// world is what all blocks share; it is not changed once it is made.
type world struct {
	seed     uint64
	persons  int
	first    day // of the first slot
	days     int
	names    *names
	byWeight weighted
	pattern  [100]uint8 // counties of a hundred blocks
	rank     [100]int   // how many blocks before this one in the hundred are of its county
	large    []employerOf
	salts    struct{ household, org, record salt }
}

// employerOf is an organization as persons of any block name it.
type employerOf struct {
	code number
	name string
}

func newWorld(o Options) (*world, error) {
	n, err := loadNames()
	if err != nil {
		return nil, err
	}
	switch {
	case o.Persons < 1 || o.Persons > MaxPersons:
		return nil, errors.New("the number of persons is 1 to 8,000,000")
	case o.Days < 0 || o.Days > 366:
		return nil, errors.New("the number of days is 0 to 366")
	}
	w := &world{seed: o.Seed, persons: o.Persons, days: o.Days, first: dayOf(2026, 10, 25), names: n}
	w.salts.household, w.salts.org, w.salts.record = salted(o.Seed, "household"), salted(o.Seed, "organization"), salted(o.Seed, "record")
	w.lay()
	b := w.block(0)
	for i := range min(largeEmployers, len(b.orgs)) {
		org := &b.orgs[i]
		w.large = append(w.large, employerOf{org.code, string(org.appendName(nil, &org.first, w))})
	}
	return w, nil
}

// lay spreads the counties over a hundred blocks by their weights.
func (w *world) lay() {
	var weights []int
	for _, c := range home {
		weights = append(weights, c.weight)
	}
	w.byWeight = newWeighted(weights...)
	var given [16]int
	for i := range w.pattern {
		best, at := -1.0, 0
		for j := range home { // The county that is furthest behind its share.
			if behind := float64(home[j].weight)*float64(i+1)/100 - float64(given[j]); behind > best {
				best, at = behind, j
			}
		}
		w.pattern[i], w.rank[i] = uint8(at+1), given[at]
		given[at]++
	}
}

func (w *world) blocks() int { return (w.persons + blockPersons - 1) / blockPersons }

// personsOf and orgsOf are how many a block has: the last one has what is left.
func (w *world) personsOf(block int) int { return min(blockPersons, w.persons-block*blockPersons) }
func (w *world) orgsOf(block int) int    { return max(1, w.personsOf(block)/8) }

// block makes a block in memory of its own.
func (w *world) block(i int) *block {
	b := &block{used: make(map[uint32]uint8, 2*blockPersons), people: make([]person, 0, blockPersons+8), orgs: make([]org, 0, blockOrgs)}
	b.become(w, i)
	return b
}

// become makes block i in the memory of another one.
func (b *block) become(w *world, i int) {
	b.world, b.index, b.outsiders = w, i, 0
	clear(b.used)
	b.county = w.pattern[i%100]
	b.homeSlot = i/100*home[b.county-1].weight + w.rank[i%100]
	b.origin = uint8(101 + i%len(origins))
	b.originSlot = i / len(origins)
	b.settle(w.personsOf(i))
	b.found(w.orgsOf(i))
}
