package schemas

import (
	"fmt"
	"strconv"
	"time"

	"github.com/cespare/xxhash/v2"
)

// DeliveryID names a delivery in claims: a hash of feed, slot and revision, so that it is
// the same wherever and whenever the delivery is registered.
type DeliveryID uint64

// String is the identity as people see and type it: 16 hexadecimal digits.
func (d DeliveryID) String() string { return fmt.Sprintf("%016x", uint64(d)) }

// MarshalText is the form of String, so that JSON never holds an integer that programs
// round.
func (d DeliveryID) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form of String.
func (d *DeliveryID) UnmarshalText(b []byte) error {
	id, err := ParseDeliveryID(string(b))
	*d = id
	return err
}

// ParseDeliveryID reads the form of String.
func ParseDeliveryID(s string) (DeliveryID, error) {
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil || len(s) != 16 {
		return 0, fmt.Errorf("read delivery id %q: want 16 hexadecimal digits, as jiku delivery list shows them", s)
	}
	return DeliveryID(n), nil
}

// Slot is the declared date (yyyymmdd) and sequence of a delivery.
type Slot struct {
	Date uint32
	Seq  uint32
}

// String is date or date.seq, such as 20261101.2.
func (s Slot) String() string {
	if s.Seq == 0 {
		return strconv.FormatUint(uint64(s.Date), 10)
	}
	return fmt.Sprintf("%d.%d", s.Date, s.Seq)
}

// Before orders slots by date, then sequence.
func (s Slot) Before(o Slot) bool {
	if s.Date != o.Date {
		return s.Date < o.Date
	}
	return s.Seq < o.Seq
}

// Delivery is what a department sent at once.
type Delivery struct {
	ID       DeliveryID
	Feed     string
	Slot     Slot
	Revision uint32
	// Location is where a source finds the delivery again; Name is what people see.
	Location string
	Name     string
	Bytes    int64
	// Digest is the SHA-256 of the bytes as delivered, in hex.
	Digest string
	// Stamp is what the file system said of the file when the digest was made: where it is
	// the same again, so are the bytes. It is empty where the file system says too little, or
	// the file had only just been written.
	Stamp    string
	Received time.Time
	// Rows is the row count that the manifest or trailer declares, or -1.
	Rows int64
	// Columns are the contracted columns, the names of the raw cells.
	Columns []string
}

// IDOf is the identity of a revision of a slot of a feed.
func IDOf(feed string, slot Slot, revision uint32) DeliveryID {
	return DeliveryID(xxhash.Sum64String(fmt.Sprintf("%s\x00%d\x00%d\x00%d", feed, slot.Date, slot.Seq, revision)))
}

// Event is what happened to a delivery. Events are appended, never changed.
type Event string

// The events of a delivery, in the order in which they usually come.
const (
	Received  Event = "received"  // It was seen and its receipt recorded.
	Accepted  Event = "accepted"  // All its rows are stored and it passed its gates: its claims count.
	Held      Event = "held"      // A gate or a control total stopped it: nothing of it counts.
	Revoked   Event = "revoked"   // A person took it back.
	Published Event = "published" // The golden rows of its keys are published.
)

// Judges reports whether the event decides if claims count: only the run that has the lease
// of the feed may record it.
func (e Event) Judges() bool { return e == Accepted || e == Held || e == Revoked }

// DeliveryEvent is one entry of the delivery log.
type DeliveryEvent struct {
	Delivery DeliveryID
	// Feed is the feed of the delivery.
	Feed  string
	Event Event
	// Seq orders the events of a delivery, whatever the clocks of their writers say: one
	// more than that of the newest event that the writer saw. Published has the Seq of the
	// newest event that the golden rows know of.
	Seq    uint32
	At     time.Time
	Run    string
	Counts Counts
	// Contract is the digest of what ingest depended on (Feed.IngestDigest).
	Contract string
	// Note says why a delivery is held or revoked, in Chinese, without personal data.
	Note string
}

// Counts are the rows of a delivery by what became of them.
type Counts struct {
	Rows        int64 `json:"rows"`
	Claims      int64 `json:"claims"`
	Rejects     int64 `json:"rejects"`
	Unchanged   int64 `json:"unchanged"`
	Erased      int64 `json:"erased"`
	Withdrawals int64 `json:"withdrawals"`
	// Doubled are the rows of a snapshot that a later row of the same key supersedes.
	Doubled int64 `json:"doubled,omitempty"`
	// Before is how many keys the predecessor slot had, where a snapshot was compared.
	Before int64 `json:"before,omitempty"`
}

// Balanced reports law 1: rows = claims + rejects + unchanged + erased. Withdrawals are
// claims without a row.
func (c Counts) Balanced() bool { return c.Rows == c.Claims+c.Rejects+c.Unchanged+c.Erased }

// Add adds the counts of another part.
func (c *Counts) Add(o Counts) {
	c.Rows += o.Rows
	c.Claims += o.Claims
	c.Rejects += o.Rejects
	c.Unchanged += o.Unchanged
	c.Erased += o.Erased
	c.Withdrawals += o.Withdrawals
	c.Doubled += o.Doubled
}

// DeliveryState is a delivery and all that happened to it.
type DeliveryState struct {
	Delivery
	// Last is the newest of accepted, held and revoked, or received.
	Last     Event
	Counts   Counts
	Contract string
	Note     string
	// Events is how many things happened to the delivery, the Seq of the newest entry other
	// than published: facts, which count in the versions of the golden rows that it touches.
	Events uint32
	// Superseded is set when a later revision of the slot is accepted.
	Superseded bool
	// Published is set when nothing happened to the delivery since it was last published.
	Published bool
}

// InForce reports whether claims of the delivery count.
func (d DeliveryState) InForce() bool { return d.Last == Accepted && !d.Superseded }

// EventTime is a moment as the decimal number yyyymmddhhmmss, in the city's time zone: it
// sorts as time does, covers every year, and reads as it is in SQL.
type EventTime uint64

// Day is the yyyymmdd of the moment.
func (t EventTime) Day() uint32 { return uint32(t / 1_000_000) }

// EventTimeOfDay is midnight of a yyyymmdd.
func EventTimeOfDay(day uint32) EventTime { return EventTime(day) * 1_000_000 }
