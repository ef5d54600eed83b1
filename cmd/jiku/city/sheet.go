package city

import "bytes"

// sheet is what one block adds to one delivery.
type sheet struct {
	feed    *feed
	slot    *slot
	block   *block
	out     []byte // encoded rows
	rows    int
	labels  []label
	pending []label // of the row that is being made: where it stands is known when it is written
	twice   *kind   // the row is written twice, which the second says by this kind
	twiceAt int     // its key

	row, twin row  // what is sent, and what is true
	extra     row  // a row about nobody
	saying    bool // rows are messages, too
	said      []byte
	told      func(*row) // takes rows as they are, unspoiled; nil: they are written
	compared  bool       // twin has what is true
	utf8      []byte     // memory to work in
}

// label says what is wrong with a row: the position counts from the first row of the sheet.
type label struct {
	position int64
	column   int16 // -1 for the row
	kind     *kind
	truth    string
}

// start empties the sheet for another delivery.
func (s *sheet) start(f *feed, slot *slot) {
	s.feed, s.slot, s.out, s.rows, s.labels = f, slot, s.out[:0], 0, s.labels[:0]
	s.pending = s.pending[:0]
	s.said = s.said[:0]
}

// begin starts a row.
func (s *sheet) begin() *row {
	s.row.reset()
	s.compared = false
	return &s.row
}

// truly is a second row beside the one that was begun, for what is true.
func (s *sheet) truly() *row {
	s.twin.reset()
	s.twin.person, s.twin.org, s.compared = s.row.person, s.row.org, true
	return &s.twin
}

// end spoils the row by chance, labels and writes it.
func (s *sheet) end(c *chance, h *hearing) {
	if s.told != nil {
		s.told(&s.row)
		return
	}
	if s.compared {
		s.compare(h)
	}
	s.spoil(c)
	s.write()
}

// compare labels the cells in which a department is behind.
func (s *sheet) compare(h *hearing) {
	k := kindLate
	switch {
	case h.stale:
		k = kindStale
	case h.missed:
		k = kindMissed
	}
	for i := range s.row.cells {
		if column := &s.feed.columns[i]; column.item != "" && !bytes.Equal(s.row.canonical(i), s.twin.canonical(i)) {
			s.label(i, k, s.twin.canonical(i))
		}
	}
}

// label says of the row that is being made what is wrong with it.
func (s *sheet) label(column int, k *kind, truth []byte) {
	s.pending = append(s.pending, label{0, int16(column), k, string(truth)})
}

// at is the position of the row that comes next.
func (s *sheet) at() int64 {
	if s.feed.form.format == formatParquet {
		return int64(s.rows)
	}
	return int64(len(s.out))
}

// write encodes the row, and once more if it is sent twice.
func (s *sheet) write() {
	s.put(&s.row, s.pending)
	if s.twice != nil {
		s.put(&s.row, append(s.pending, label{0, int16(s.twiceAt), s.twice, s.trueCell(s.twiceAt)}))
		s.twice = nil
	}
	s.pending = s.pending[:0]
}

// put encodes a row with its labels.
func (s *sheet) put(r *row, labels []label) {
	at := s.at()
	for _, l := range labels {
		l.position = at
		s.labels = append(s.labels, l)
	}
	s.out = s.feed.form.appendRow(s.out, &s.utf8, s.feed.columns, r)
	s.rows++
	if s.saying {
		s.say(r)
	}
}
