// Package normalize turns rows into records: cells as a department writes them into typed
// values, item states and findings.
//
//	cell ──trim──▶ blank?    ──▶ unknown (none, if the feed says so)
//	         │     null word? ──▶ none, unknown
//	         └──▶ via: step, step, … ──▶ value
//	                   └─▶ reason: the item is void; in the key, the row is rejected
//
// A step is a normalizer, one file each, normalizer_<name>.go, with its prose, its examples
// (run as tests) and its reasons. Most steps turn text into text; a typed step ends the
// chain. When no step of a chain is typed, the item's type adds its own: date, code,
// integer, decimal.
//
// Blanks and invisible characters at the edges of a cell (TAB, NBSP, U+3000, BOM, zero
// width) are no part of it, and an apostrophe before a digit, by which spreadsheets mark
// text, is not either. They are dropped without a finding. A fix is reported where the
// value reads differently afterwards: a 15-digit number upgraded, a date computed from a
// serial number, another dot in a name.
//
// Normalizing is pure: it sees the bytes of the row, the declarations, the city's time zone
// and the receipt of the delivery, never the clock or a store. A [Program] works on one
// reused [Cell]; nothing is allocated per cell.
//
// # Decisions
//
//   - A row that deletes its key keeps its key and its event time; every item that the feed
//     carries is withdrawn, and its cells are not looked at: a deletion often has only a key.
//   - A row without a usable event time has none (0): the slot's date counts then, which is
//     for the caller to set, as it does for withdrawals.
//   - A reason that makes an item void makes the row a reject when it is met in a part of
//     the key: same code, severity row_error, no item.
//   - The key's column needs no via: package key reads resident ID numbers and credit codes
//     itself and knows which feed may bring codes that were issued with a wrong check
//     character. A step uscc before it would reject those.
//   - A word that means unknown leaves a required item as empty as a blank does (GB/T 36344,
//     0201: fillers are no values), so both give completeness.blank.
package normalize
