package reconcile

import (
	"time"

	"jiku/schemas"
)

// Facts are what reconcile knows beside claims. They are the same for all keys of a run
// and read-only while workers use them.
type Facts struct {
	// Day is the day of the run as yyyymmdd; reconcile never looks at a clock.
	Day uint32
	// Ordinal is the ordinal of the declarations, the first part of versions.
	Ordinal uint16
	// Deliveries are all deliveries of the base's feeds, in force or not: versions count
	// them, so one that was known once must stay known. Claims of others are no facts.
	Deliveries map[schemas.DeliveryID]Delivery
	// LastSlot is the last accepted slot of each feed by name. A snapshot feed that is
	// missing here is as fresh as its newest delivery in force.
	LastSlot map[string]schemas.Slot
	// Decisions are the recorded rulings and pins about any key, undone ones too.
	Decisions []Decision
}

// Delivery is what reconcile needs of a delivery.
type Delivery struct {
	Feed     *schemas.Feed
	Slot     schemas.Slot
	Revision uint32
	Received time.Time
	// InForce is set while claims of the delivery count.
	InForce bool
	// Waiting is set while the delivery was never accepted: its claims may be removed and read
	// again, so they are no facts yet.
	Waiting bool
	// Events is the number of facts about the delivery; see schemas.DeliveryState. What
	// takes a delivery out of force, such as a later revision of its slot, counts in it, or
	// two rows of different content would have one version.
	Events uint32
}

// DecisionKind tells rulings from pins.
type DecisionKind string

// The decisions that choose a claim.
const (
	// Ruling is the end of a case, with a document number. What it cites holds whatever the
	// feed says later, until the ruling ends or is undone.
	Ruling DecisionKind = "ruling"
	// Pin is a steward's choice. It lapses when a later claim of the cited feed differs.
	Pin DecisionKind = "pin"
)

// Decision is a recorded human act that chooses, for one item or group of one entity, the
// claim whose value stands. It cites a claim and has no value of its own, so reconcile
// never invents one; a value that nobody has delivered comes as a claim of a feed.
// Approvals (two people where the item asks for four eyes) are checked before a decision
// gets here.
type Decision struct {
	// ID orders decisions that were recorded at the same moment.
	ID   string
	Kind DecisionKind
	// KeyHash and Key name the entity.
	KeyHash uint64
	Key     schemas.Key
	// Subject is the item or the group; an item of a group stands for its group.
	Subject string
	// Cites is the claim whose value stands.
	Cites schemas.Ref
	// Document is the number of the ruling's document.
	Document string
	// From and Until are the first and last day; 0 is open.
	From, Until schemas.Day
	Recorded    time.Time
	// Undone decisions do not count but remain facts.
	Undone bool
}
