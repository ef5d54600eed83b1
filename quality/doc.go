// Package quality finds defects, scores departments by them and holds what cannot be
// trusted. Its product is row × rule × reason: every failing row with every reason.
//
//	row rules     ingest      Record            ─┐
//	entity rules  reconcile   golden row         ├─▶ findings ─▶ Facts ─▶ Score ─▶ Scorecard
//	cross rules   publish     SQL over bases     │               (frozen)          └─▶ fix list
//	feed rules    per period  Facts, predecessor ─┘
//	FeedGate      per delivery Counts, header    ───▶ accept, warn or hold
//
// A rule is one file, rule_<name>.go, with its documentation, its reasons and examples that
// the tests run. Rules never see a clock: row rules know the day on which the delivery was
// received, entity and cross rules the day of the run.
//
// Everything here is a pure function. The package neither reads nor writes anything.
package quality
