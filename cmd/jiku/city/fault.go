package city

// fault is what is wrong with a whole delivery: the n-th of a feed, from 0.
type fault struct {
	feed string
	nth  int
	kind *kind
}

// faults happen only in cities that deliver for so long; the first load is whole.
var faults = []fault{
	{"veteran_register", 1, kindHeld},
	{"street_shop", 3, kindHeader},
	{"civil_marriage", 4, kindResent},
	{"health_death", 2, kindLateFile},
}

// possible reports whether a city is large enough: a snapshot is cut between blocks.
func (f *fault) possible(w *world) bool { return f.kind != kindHeld || w.blocks() > 1 }

// header is what stands, with the slot's fault, before the first row of a delivery.
func (f *feed) header(s *slot) []byte {
	columns := f.columns
	if s.fault != nil && s.fault.kind == kindHeader {
		columns = append([]column{}, columns...)
		columns[1].name += "_1"
	}
	return f.form.appendHeader(nil, columns)
}

// write fills the sheet of a block, as the slot's fault lets it.
func (f *feed) write(b *block, s *sheet) {
	if fault := s.slot.fault; fault != nil && fault.kind == kindHeld && b.index > 0 && b.index*3 >= b.world.blocks() {
		return // A snapshot that ends after a third.
	}
	f.rows(b, s)
}
