// Package key resolves the key of a record: from the normalized parts of the key to the
// bytes by which an entity is known, or to the reasons why the row is a reject.
//
// The forms of a key, by the kind that the base declares:
//
//	resident_id  18 characters of GB 11643: 390101196504300012. 15 digits of GB 11643-1989 are
//	             upgraded. Residence permits (81, 82, 83) and the permanent residence cards of
//	             2023 (9) have the same form; cards of 2004 to 2023 keep their 15 characters.
//	uscc         18 characters of GB 32100 in capitals: 91390100MA39X0A12F.
//	text         the text without blanks at its edges.
//	composite    the parts in the order of the base, joined with |: 营业执照|39-1|甲局. A bar or
//	             backslash inside a part has a backslash before it, so no two lists of parts
//	             give one key; Split takes a key apart again.
//
// A key is canonical: resolving it again gives itself. Nothing is guessed: a number whose
// check digit fails is reported, never repaired.
//
// A feed may declare that its column holds numbers of several kinds (Kinds): the base's own
// and those of its links. The first kind whose form the number has is its kind, and a key of
// another kind than the base's own is written with it, org_code:MA39X0A12. Which entity it
// belongs to is not looked up here: keying never sees the store.
//
// The one exception is stated by law and by fact: codes that fail their check character
// have been issued to real organizations. When the feed establishes the entities of its
// base, such a code is taken as it was issued, with the warning uscc.checksum_issued. From
// any other feed it is a key with the warning uscc.checksum_other, which counts while the
// registrar's claim of it is in force and waits as an orphan otherwise; a base without links
// has no orphans, so there it is a reject.
//
// Reasons here are of severity row_error unless they say otherwise, and carry no item.
// Normalizers use the same codes (resident_id.checksum, uscc.length) for items that hold
// such numbers; there they are item errors. Keys never stand in a reason.
package key
