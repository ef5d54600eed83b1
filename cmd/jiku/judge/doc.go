// Package judge measures a warehouse against a synthetic city whose truth is known.
//
//	DIR/city.json ──ReadCity──▶ city.Summary: who was made, and the kinds of errors
//	DIR/truth/*.parquet ──upload──▶ scratch database ──SQL──▶ Verdict ──▶ table, JSON, page, Figures
//
// # What is counted
//
// Cells: an item of an entity that truth has on the day of the last run and that has a golden
// row. A cell is right (equal under the item's comparator), blank (neither has a value: right,
// too), compatible (one is a coarser form of the other), wrong, missing (truth has a value, the
// golden row none) or invented (the other way round). Accuracy is right and blank over all cells,
// so entities without a golden row count for coverage alone.
//
// Baselines: over the same cells, from the newest claim in force of each feed and entity. Only a
// claim that competes counts (value, none, withdrawn); a row that left its snapshot says nothing.
// Majority: each department has one vote, that of its newest claim, a tie goes to the value that
// the smallest feed name supports, and who has no candidate has no value. Best source: the feed
// that by itself is right in most cells, those that it says nothing about counting as no value,
// which is accuracy times coverage; only feeds that give the item a value are asked.
//
// Labels: an injected error is found when a finding or reject with a code of its kind stands at
// its ref, or, where the code is of entities or deliveries, at the entity or delivery of its ref;
// a conflict is found when the entity has one in the item, or the golden row has the true value; a held delivery is found by being held;
// a silent fix by the claim or the golden row having the true value. Labels of held deliveries
// and of snapshot rows that did not change count for no other kind: nothing of them could be seen
// at that ref. Only where an earlier delivery of the feed is in force can a row be unchanged.
//
// Precision: of the findings with a code in feeds that the city made, those that a label explains.
//
// Rules: codes are those of the registries. A finding counts for every rule that gives its code (keys
// and normalizers share codes: a normalizer's are those where the feed applies it to the item); a label
// counts for every rule whose code its kind expects, as found where that rule itself found it.
//
// # Decisions
//
//   - Truth is decoded here and sent row by row: an INSERT of FORMAT Parquet makes the engine
//     hold the whole file (1.5 GB for one of 400 MB), and the rows of a file are sent in a stream.
//   - Joins are the engine's, sorted so that they spill to disk. What the engine finds unequal
//     comes here grouped by pairs of values, since comparators are Go.
//   - The scratch database has a name that the embedded engine hides from its reader, and is
//     dropped at the end; one that a killed judge left is dropped by the next after a day.
package judge
