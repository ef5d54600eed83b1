package ident

import "math/bits"

// Column finds out what the numbers of an unlabelled column are. The zero value is an empty column; it is used by one
// goroutine.
type Column struct {
	cells  int
	blank  int
	counts [kindCount]int
}

// Add looks at one cell.
func (c *Column) Add(f *Forms, cell []byte) {
	class, r := f.Classify(cell)
	if r == Empty {
		c.blank++
		return
	}
	c.cells++
	for set := uint64(class.Candidates); set != 0; set &= set - 1 {
		c.counts[bits.TrailingZeros64(set)]++
	}
	if class.Kind == KindUSCC {
		c.counts[KindTaxNo]++ // Since 2015 a credit code is a tax number too.
	}
}

// Cells is how many cells were not blank.
func (c *Column) Cells() int { return c.cells }

// Fits is the share of cells, 0 to 1, that can be of a kind.
func (c *Column) Fits(k Kind) float64 {
	if c.cells == 0 || k >= kindCount {
		return 0
	}
	return float64(c.counts[k]) / float64(c.cells)
}

// What a column must show. Other numbers pass a check digit by chance once in ten or eleven, a date once in twenty:
// of twenty cells they fill half with a chance of 10⁻⁶.
const (
	columnCells  = 20
	columnMost   = 0.9
	columnSecond = 0.5
)

// Kind is what the cells are, if it can be told: nine in ten fit it, and at most half fit any other kind. A column in
// which some numbers are credit codes and others old tax numbers is one of tax numbers; of credit codes alone it is
// one of credit codes.
func (c *Column) Kind() (Kind, Reason) {
	if c.cells == 0 {
		return KindNone, Empty
	}
	best, second := KindNone, KindNone
	for _, k := range Kinds() {
		switch n := c.counts[k]; {
		case n > c.counts[best] || best == KindNone && n > 0:
			best, second = k, best
		case second == KindNone && n > 0 || n > c.counts[second]:
			second = k
		}
	}
	if best == KindUSCC && second == KindTaxNo || best == KindTaxNo && second == KindUSCC {
		second = c.third(best, second)
	}
	switch {
	case best == KindNone || c.Fits(best) < columnMost:
		return KindNone, Unrecognized
	case c.cells < columnCells || second != KindNone && c.Fits(second) > columnSecond:
		return KindNone, Ambiguous
	}
	return best, OK
}

// third is the kind that most cells fit besides two.
func (c *Column) third(a, b Kind) Kind {
	best := KindNone
	for _, k := range Kinds() {
		if k != a && k != b && c.counts[k] > c.counts[best] {
			best = k
		}
	}
	return best
}
