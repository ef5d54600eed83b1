package normalize

import "jiku/schemas"

// Cell is the working value of one cell on its way through a chain of steps. It is reused
// for all cells; a Func keeps nothing of it.
type Cell struct {
	// Text is the text so far. It may be the row's own bytes: a Func never writes into it,
	// it builds a new text with Buffer and Put.
	Text []byte
	// Int is the value once a typed step has set it.
	Int int64
	// State is Valued until a step finds that the cell holds none, unknown or no usable value.
	State schemas.State

	reason  *schemas.ReasonInfo
	detail  string
	notes   []note
	buffers [2][]byte
	turn    int
	built   bool // Text is, or is a part of, what was put: it does not outlive the cell
}

// note is a finding that leaves the item standing.
type note struct {
	reason *schemas.ReasonInfo
	detail string
}

func (c *Cell) begin(text []byte) {
	c.Text, c.Int, c.State = text, 0, schemas.Valued
	c.reason, c.detail, c.notes = nil, "", c.notes[:0]
	c.built = false
}

// Fail ends the chain: the item is void. The detail names the defect, never the value, and
// is a constant.
func (c *Cell) Fail(reason *schemas.ReasonInfo, detail string) {
	c.State, c.reason, c.detail = schemas.Void, reason, detail
}

// unknown ends the chain: the cell holds a filler, which is no value.
func (c *Cell) unknown(reason *schemas.ReasonInfo) {
	c.Note(reason, "")
	c.State = schemas.Unknown
}

// Note adds a fix or a warning.
func (c *Cell) Note(reason *schemas.ReasonInfo, detail string) {
	c.notes = append(c.notes, note{reason, detail})
}

// Buffer is an empty buffer that does not share memory with Text.
func (c *Cell) Buffer() []byte { return c.buffers[c.turn][:0] }

// Put makes what was built on Buffer the new Text.
func (c *Cell) Put(b []byte) {
	c.buffers[c.turn], c.Text = b, b
	c.turn ^= 1
	c.built = true
}

// PutString makes s the new Text.
func (c *Cell) PutString(s string) { c.Put(append(c.Buffer(), s...)) }
