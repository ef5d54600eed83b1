package city

// truth is what is true of the entities of one base: a row for each time in which nothing changed.
type truth struct {
	base  string
	items []string
	rows  func(b *block, t *truths)
}

// truths is what one block adds to a file of truth.
type truths struct {
	cells []byte
	rows  int
	row   row
	world *world
}

// begin starts a row: its key, since when and until when.
func (t *truths) begin(key []byte, from, until day) *row {
	t.row.reset()
	t.row.bytes(key)
	t.row.integer(int(from.civil()))
	t.row.integer(int(until.civil()))
	return &t.row
}

func (t *truths) end() {
	for i := range t.row.cells {
		t.cells = appendCell(t.cells, t.row.canonical(i))
	}
	t.rows++
}

// spans hands out the times between changes that end after the city's first day was told.
func (w *world) spans(changes []day, life [2]day, each func(from, until day)) {
	from := life[0]
	for i := 0; i <= len(changes); i++ {
		end := life[1]
		if i < len(changes) {
			end = min(changes[i], end)
		}
		if end > from && end >= w.first-1 {
			each(from, end)
		}
		from = max(from, end)
	}
}

// bases are the files of truth.
func bases(w *world) []*truth {
	return []*truth{populationTruth(), organizationTruth(), certificateTruth(w), creditTruth(w)}
}

// columns are those of the file.
func (t *truth) columns() []string {
	return append([]string{"key", "state_from", "state_until"}, t.items...)
}

var (
	aliasColumns = []string{"base", "number", "key", "linked"}
	labelColumns = []string{"feed", "file", "slot", "seq", "position", "item", "kind", "true_value"}
)
