// Package connectors reads deliveries (sources) and keeps claims and what is computed from
// them (stores). A source or store is one file, <kind>_<name>.go, with its settings, its
// documentation, its registration and its code.
//
// A connector does no business logic: what is needed to find deliveries, cut them into
// splits and hand out rows with positions, and no more. It never drops a row: a row of bad
// shape is a row with Bad set; an error means that the split cannot go on.
package connectors

import (
	"context"
	"iter"

	"jiku/schemas"
)

// Source finds the deliveries of one feed and reads them. Methods may be called from
// several goroutines at once; each Rows sequence is used by one goroutine.
type Source interface {
	// Deliveries lists what is there now, in slot order, each with its digest; it reads
	// whole files to compute digests. Registered deliveries are listed again: the caller
	// tells repeats from revisions.
	Deliveries(ctx context.Context) ([]schemas.Delivery, error)
	// Splits cuts a delivery into at least one split. Positions of rows do not depend on
	// how many splits there are.
	Splits(ctx context.Context, d schemas.Delivery) ([]Split, error)
	// Rows yields the rows of a split in order, each with exactly one cell per column, in
	// the order of columns; other delivered columns are dropped. A row is valid until the
	// next one is asked for. The sequence ends after the first error, which has no row.
	Rows(ctx context.Context, s Split, columns []string) iter.Seq2[*schemas.Row, error]
}

// Split is a part of a delivery that one worker reads alone. It travels between workers as
// JSON.
type Split struct {
	Feed     string             `json:"feed"`
	Delivery schemas.DeliveryID `json:"delivery"`
	Location string             `json:"location"`
	// Start and End bound the byte offsets (or row numbers) of the first bytes of the rows
	// in the split; End is 0 for "to the end". Line is the line of the first row.
	Start uint64 `json:"start"`
	End   uint64 `json:"end,omitempty"`
	Line  uint64 `json:"line,omitempty"`
	// Index counts the splits of the delivery from 0.
	Index int `json:"index"`
	// Empty is set where the file has no byte, as its manifest says.
	Empty bool `json:"empty,omitempty"`
}

// Header is implemented by sources whose deliveries name their columns; the feed gate
// compares them with the contract before any row is read.
type Header interface {
	// Header lists the delivered column names of a delivery in order.
	Header(ctx context.Context, d schemas.Delivery) ([]string, error)
}
