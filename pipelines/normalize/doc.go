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
//   - Nothing is guessed: a cell that can be read in two ways (2017070708, 7/7/2017, 5,000000,
//     1 for yes or no) is void until the feed declares which, by an argument of the step.
//   - A step that is applied to what it gave changes nothing (a property test holds every one
//     to it). Steps that take something else out of a cell say so ([Spec.Extracts]); those that
//     read a declared unit, count or local code are excepted, as their result has none.
//   - Several persons in one cell stay as they are, parted by 、 and reported: to take the first
//     would drop a person. 、 is the dot of a name only where its parts are no usual names.
//   - A state 迁出 is 9 (其他) of GB/T 36104: the organization is neither gone nor of this city.
//   - Keys for matching (org_name_key, person_name_key, address_key) are made by the functions
//     with which comparators compare, so that what has one key is never a conflict.
//   - What a name has lost (PUA, □, 王+争) is for the rule name.characters, which scores it;
//     normalizing leaves such characters alone.
//   - A word that means unknown leaves a required item as empty as a blank does (GB/T 36344,
//     0201: fillers are no values), so both give completeness.blank.
package normalize
