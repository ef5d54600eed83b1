package city

import "strconv"

// row is one row while it is made: cells as the department writes them and, where that is not the canonical text, the
// canonical text beside it. The zero value is ready.
type row struct {
	text   []byte
	cells  []cell
	person *person
	org    *org
}

// cell is where the text of a cell lies in the row, and its canonical form.
type cell struct {
	from, to         int32
	trueFrom, trueTo int32
	day              day   // of a column of days
	style            style // in which it is written
}

func (r *row) reset() { r.text, r.cells, r.person, r.org = r.text[:0], r.cells[:0], nil, nil }

func (r *row) cell(i int) []byte { return r.text[r.cells[i].from:r.cells[i].to] }

// canonical is what a normalized cell would be.
func (r *row) canonical(i int) []byte { return r.text[r.cells[i].trueFrom:r.cells[i].trueTo] }

// set replaces the text of a cell and keeps what is true.
func (r *row) set(i int, text []byte) {
	at := int32(len(r.text))
	r.text = append(r.text, text...)
	r.cells[i].from, r.cells[i].to = at, int32(len(r.text))
}

// open begins a cell; the text is what is appended to r.text until close.
func (r *row) open() int32 { return int32(len(r.text)) }

func (r *row) close(at int32) {
	end := int32(len(r.text))
	r.cells = append(r.cells, cell{from: at, to: end, trueFrom: at, trueTo: end})
}

func (r *row) str(s string) {
	at := r.open()
	r.text = append(r.text, s...)
	r.close(at)
}

func (r *row) bytes(b []byte) {
	at := r.open()
	r.text = append(r.text, b...)
	r.close(at)
}

// word writes what the department says for something whose canonical text is another.
func (r *row) word(says, canonical string) {
	at := r.open()
	r.text = append(r.text, says...)
	end := r.open()
	r.text = append(r.text, canonical...)
	r.cells = append(r.cells, cell{from: at, to: end, trueFrom: end, trueTo: r.open()})
}

// date writes a day in a style; canonical is yyyy-mm-dd.
func (r *row) date(d day, s style) {
	at := r.open()
	r.text = appendDay(r.text, d, s)
	end := r.open()
	r.text = appendDay(r.text, d, dashed)
	r.cells = append(r.cells, cell{from: at, to: end, trueFrom: end, trueTo: r.open(), day: d, style: s})
}

func (r *row) blank() { r.close(r.open()) }

func (r *row) number(n *number) { r.bytes(n[:]) }

func (r *row) integer(n int) {
	at := r.open()
	r.text = strconv.AppendInt(r.text, int64(n), 10)
	r.close(at)
}

// twoDigits writes a code of two digits.
func (r *row) twoDigits(n int) {
	at := r.open()
	r.text = appendPadded(r.text, uint32(n), 2)
	r.close(at)
}

func (r *row) place(p place) {
	at := r.open()
	r.text = p.appendTo(r.text)
	r.close(at)
}

// region writes the code of a county; digits is 6, 9 or 12. Canonical are the first six.
func (r *row) region(p place, digits int) {
	if !p.known() {
		r.blank()
		return
	}
	at := r.open()
	switch digits {
	case 9:
		r.text = p.appendStreetCode(r.text)
	case 12:
		r.text = p.appendVillageCode(r.text)
	default:
		r.text = append(r.text, p.region()...)
	}
	r.cells = append(r.cells, cell{from: at, to: r.open(), trueFrom: at, trueTo: at + 6})
}
