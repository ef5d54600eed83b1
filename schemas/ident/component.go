package ident

// Component is the code of a thing in the city's streets (城市部件, GB/T 30428.2): region, class, subclass, sequence.
type Component struct {
	digits [16]byte
	Fixed  bool // the cell was written in another way: width, blanks
}

// Component reads the code of a component, sixteen digits.
func (f *Forms) Component(cell []byte) (Component, Reason) {
	d := Document{kind: KindComponent}
	r := f.coded(&d, cell)
	text := d.text[:d.n]
	if r == OK && len(text) != 16 { // A table of forms has other lengths than the parts below.
		r = Length
	}
	if r != OK {
		return Component{}, r
	}
	return Component{digits: [16]byte(text), Fixed: d.Fixed}, OK
}

// Region gives the six digits of the region.
func (c Component) Region() [6]byte { return [6]byte(c.digits[:6]) }

// Class gives the two digits of the class and the two of the subclass.
func (c Component) Class() (class, subclass [2]byte) {
	return [2]byte(c.digits[6:8]), [2]byte(c.digits[8:10])
}

// Sequence gives the six digits of the sequence.
func (c Component) Sequence() [6]byte { return [6]byte(c.digits[10:]) }

// Valid reports whether the value holds a code at all.
func (c Component) Valid() bool { return c.digits[0] != 0 }

// Reveal gives the code in clear.
func (c Component) Reveal() string { return string(c.AppendTo(nil)) }

// AppendTo appends the code in clear.
func (c Component) AppendTo(dst []byte) []byte {
	if !c.Valid() {
		return dst
	}
	return append(dst, c.digits[:]...)
}

// Grid is the code of a cell of the city's management grid (单元网格, GB/T 30428.1): region, street, community, and two
// or three digits of the cell.
type Grid struct {
	digits [15]byte
	n      uint8
	Fixed  bool // the cell was written in another way: width, blanks
}

// Grid reads the code of a grid cell, fourteen or fifteen digits.
func (f *Forms) Grid(cell []byte) (Grid, Reason) {
	d := Document{kind: KindGrid}
	r := f.coded(&d, cell)
	text := d.text[:d.n]
	if r == OK && len(text) != 14 && len(text) != 15 {
		r = Length
	}
	if r != OK {
		return Grid{}, r
	}
	g := Grid{n: uint8(len(text)), Fixed: d.Fixed}
	copy(g.digits[:], text)
	return g, OK
}

// Region gives the six digits of the region.
func (g Grid) Region() [6]byte { return [6]byte(g.digits[:6]) }

// Street gives the three digits of the street and the three of the community.
func (g Grid) Street() (street, community [3]byte) {
	return [3]byte(g.digits[6:9]), [3]byte(g.digits[9:12])
}

// Valid reports whether the value holds a code at all.
func (g Grid) Valid() bool { return g.n != 0 }

// Reveal gives the code in clear.
func (g Grid) Reveal() string { return string(g.AppendTo(nil)) }

// AppendTo appends the code in clear.
func (g Grid) AppendTo(dst []byte) []byte { return append(dst, g.digits[:g.n]...) }
