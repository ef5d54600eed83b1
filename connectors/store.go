package connectors

import (
	"context"
	"encoding/json"
	"iter"
	"time"

	"jiku/schemas"
)

// Store keeps facts (deliveries, claims, rejects) and what is computed from them (golden
// rows). There are two: in memory, as the oracle, and ClickHouse. All methods may be called
// from several goroutines and repeated after a failure: claims and rejects are sets by ref,
// golden rows are ordered by version. Patient repeats them.
type Store interface {
	ClaimStore
	Comparer
	GoldenStore
	LinkReader
	LinkTeller
	Ledger
	RunLog
	Auditor
	Keeper
}

// ClaimStore appends and reads claims.
type ClaimStore interface {
	// Append opens a writer for the rows of some splits for one base, all of them staged or
	// none. What it wrote is durable when its Close returns nil; it counts once its delivery
	// is accepted. Of what is Again it first removes what a writer that failed left of the
	// positions.
	Append(ctx context.Context, to ...AppendSpec) (Appender, error)
	// Scan yields the claims of the touched keys in a range of buckets, all claims of a key
	// in any order and possibly repeated, in force or not. A block is valid until the next;
	// raw cells are never in it.
	Scan(ctx context.Context, q ScanSpec) iter.Seq2[*schemas.ClaimBlock, error]
}

// Comparer turns the staged rows of a snapshot into claims.
type Comparer interface {
	// Compare counts what the staged rows of a snapshot are beside the state that the
	// predecessor's claims make, by row hash and key. A key whose staged rows all equal its
	// predecessor is unchanged; every other staged row is to become a claim, so that of rows
	// that share a key the later one can win; a key that is gone is to be withdrawn.
	Compare(ctx context.Context, to AppendSpec, c Comparison) (schemas.Counts, error)
	// Claim makes the claims and withdrawals that Compare counts. The staged rows stay until
	// Discard, so that it may run again after a failure.
	Claim(ctx context.Context, to AppendSpec, c Comparison) error
}

// AppendSpec says where rows go.
type AppendSpec struct {
	Base     *schemas.Base
	Feed     *schemas.Feed
	Delivery schemas.DeliveryID
	// Staged rows wait for Claim; they are no claims yet.
	Staged bool
	// First and Last bound the positions of a split; Last 0 is no bound.
	First, Last uint64
	// Again says that an earlier writer of these positions failed.
	Again bool
}

// Comparison names the deliveries whose claims make the predecessor's state of a snapshot
// feed, oldest first.
type Comparison struct {
	Predecessors []schemas.DeliveryID
	// Event is the event time of withdrawals: midnight of the slot's date.
	Event schemas.EventTime
	// Counted is what Compare has counted; Claim leaves out what there is none of.
	Counted schemas.Counts
}

// Appender takes the claims and rejects of the splits that it was opened for. It is used by one goroutine. It does
// not keep the block or the rejects after a call returns.
type Appender interface {
	Claims(b *schemas.ClaimBlock) error
	Rejects(r []schemas.Reject) error
	// Close makes everything durable; Close(false) abandons what can be abandoned.
	Close(commit bool) error
}

// ScanSpec says which claims are read.
type ScanSpec struct {
	Base    *schemas.Base
	Range   schemas.Range
	Touched schemas.Touched
	// Whole asks for row hashes and findings too, which reconcile does not need and which are
	// left out of the blocks otherwise.
	Whole bool
}

// GoldenStore publishes golden rows.
type GoldenStore interface {
	// Stage opens a writer for golden rows, aside: nobody sees them before Publish. Several
	// writers of one run may be open at once.
	Stage(ctx context.Context, run string, base *schemas.Base) (GoldenWriter, error)
	// Publish makes the staged rows of the run, which are this many, visible at once. A stage
	// that has lost rows is an error: nothing of it is published.
	Publish(ctx context.Context, run string, base *schemas.Base, rows int64) error
	// Totals counts the golden rows and conflicts of a base.
	Totals(ctx context.Context, base *schemas.Base) (golden, conflicts int64, err error)
	// Golden yields the current golden rows of a base in a range of buckets, in any order,
	// without gone ones. A block is valid until the next.
	Golden(ctx context.Context, base *schemas.Base, r schemas.Range) iter.Seq2[*schemas.GoldenBlock, error]
}

// GoldenWriter takes golden rows. It is used by one goroutine; rows are staged when Close
// returns nil.
type GoldenWriter interface {
	Write(g *schemas.GoldenBlock) error
	Close() error
}

// Ledger keeps the log of deliveries and runs.
type Ledger interface {
	// Deliveries lists the deliveries of a feed with their state, by slot and revision; all
	// feeds if feed is empty.
	Deliveries(ctx context.Context, feed string) ([]schemas.DeliveryState, error)
	// Register records receipts of new deliveries; registering again changes nothing.
	Register(ctx context.Context, run string, d ...schemas.Delivery) error
	// Record appends delivery events, durably. A judgement (accepted, held or revoked) of a
	// run that does not have the lease of the feed is an Error with code Denied.
	Record(ctx context.Context, e ...schemas.DeliveryEvent) error
}

// RunLog keeps the log of runs and of the declarations that they used.
type RunLog interface {
	// Ordinal numbers the declarations with this digest: the newest number if they are the
	// newest, else a new one, which no other declarations get. An empty digest asks for the newest number alone.
	Ordinal(ctx context.Context, run, digest string) (uint16, error)
	// RecordRun appends to the log, durably, with the time of the store's clock.
	RecordRun(ctx context.Context, e RunEvent) error
	// Runs lists the newest n events, newest first.
	Runs(ctx context.Context, n int) ([]RunEvent, error)
}

// RunEvent is one entry of the run log.
type RunEvent struct {
	Run string
	// Event is started, finished or failed.
	Event   string
	At      time.Time
	Day     uint32
	Ordinal uint16
	// Summary is what the run reports, as JSON.
	Summary json.RawMessage
}

// The events of a run.
const (
	RunStarted  = "started"
	RunFinished = "finished"
	RunFailed   = "failed"
)

// Auditor counts what is stored of a delivery, for the conservation of rows (law 1).
type Auditor interface {
	// Stored counts the claims, withdrawals and rejects of deliveries: as sets by ref if
	// exact, else with the repeats that a failure can leave, which is cheaper. A delivery of
	// which nothing is stored may be left out.
	Stored(ctx context.Context, base *schemas.Base, exact bool, ids ...schemas.DeliveryID) (map[schemas.DeliveryID]schemas.Counts, error)
	// Doubled counts the rows of a stored delivery that a later row of the same key
	// supersedes; Compare does so for a staged one.
	Doubled(ctx context.Context, base *schemas.Base, d schemas.DeliveryID) (int64, error)
}

// Keeper looks after the store as a whole.
type Keeper interface {
	// Discard removes rows of a delivery that does not count, or no longer: what is staged
	// alone if to.Staged, else its claims, raw rows and rejects too, so that it can be read
	// again.
	Discard(ctx context.Context, to AppendSpec) error
	// Changes says, in Chinese, what Migrate would change.
	Changes(ctx context.Context, c *schemas.Catalogue) ([]string, error)
	// Migrate brings the store to the declarations; it drops nothing.
	Migrate(ctx context.Context, c *schemas.Catalogue) error
	// HashKey is the store's own key for key hashes.
	HashKey(ctx context.Context) (k0, k1 uint64, err error)
	// Lease takes the right to accept deliveries of feeds until release is called, of all of
	// them or of none. A feed that somebody alive has leased is an Error with code Denied. A
	// holder that sleeps too long loses them: the context is cancelled then, and Record refuses
	// its judgements.
	Lease(ctx context.Context, run string, feeds ...string) (held context.Context, release func(), err error)
	// Holds is nil if the run has the leases of the feeds at this moment, else an Error with
	// code Denied: what removes rows asks first.
	Holds(ctx context.Context, run string, feeds ...string) error
}

// Querier is a store that answers SQL: what themes, findings across entities and scores
// are computed with.
type Querier interface {
	// Exec runs a statement.
	Exec(ctx context.Context, sql string) error
	// Select reads all rows into a slice of structs with ch tags.
	Select(ctx context.Context, into any, sql string) error
	// Insert adds rows, each with a value a column.
	Insert(ctx context.Context, table string, columns []string, rows [][]any) error
}
