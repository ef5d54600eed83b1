package pipelines

import (
	"github.com/apache/beam/sdks/v2/go/pkg/beam"
)

// Build is the whole job:
//
//	plan ─▶ splits ─▶ ingest ─▶ by base ─▶ accept ─┐
//	  └───▶ pending ───────────────────────────────┴▶ by range ─▶ reconcile ─▶ all ─▶ publish ─▶ tally
//
// Elements are split descriptors and acks, never rows: claims stay in the store. Each
// GroupByKey is also the barrier that its stage needs: a delivery is accepted after all its
// splits are stored, a range is reconciled after all deliveries that touch it are judged,
// and golden rows are published after all ranges are staged.
func Build(scope beam.Scope, session string, plan []byte) {
	s := scope.Scope("jiku")
	plans := beam.Create(s, plan)

	splits := beam.Reshuffle(s.Scope("splits"), beam.ParDo(s.Scope("splits"), &splitFn{}, plans))
	acks := beam.ParDo(s.Scope("ingest"), &ingestFn{Session: session}, splits)

	judged := beam.ParDo(s.Scope("accept"), &acceptFn{Session: session}, beam.GroupByKey(s.Scope("accept"), acks))
	pending := beam.ParDo(s.Scope("pending"), &pendingFn{Session: session}, plans)
	touched := beam.Flatten(s.Scope("touched"), judged, pending)

	staged := beam.ParDo(s.Scope("reconcile"), &reconcileFn{Session: session}, beam.GroupByKey(s.Scope("reconcile"), touched))
	published := beam.ParDo(s.Scope("publish"), &publishFn{Session: session}, beam.GroupByKey(s.Scope("publish"), staged))

	// Every sink ends in an ack behind a Reshuffle: Prism burns a core for each running
	// stage whose outputs nobody consumes.
	beam.ParDo0(s.Scope("tally"), &tallyFn{Session: session}, beam.Reshuffle(s.Scope("tally"), published))
}
