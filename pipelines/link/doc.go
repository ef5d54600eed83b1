// Package link says which numbers are of one entity: organization codes, registration and tax
// numbers of a USCC, former numbers of a person.
//
//	what claims state ──Join──▶ Families         which keys have to be looked at together
//	claims of one family ──States──▶ pairs ──Resolve──▶ the canonical key of each number
//
// # What a link is, and who states it
//
// A base declares links (schemas.Link): items in which claims of establishing feeds give
// another number of their entity, and kinds of numbers that are part of another by the
// standard (the organization code is characters 9 to 17 of a USCC). Nobody else states a
// link, and no likeness of names or addresses makes one. A link is valid from the day that
// the claim gives, or from its event time, and as long as the claim is in force: that two
// numbers are of one entity stays true when the older one expires, so days are told and
// not applied; what ends a link is that it is withdrawn.
//
// Claims keep their key as delivered, a number of another kind with its kind before it. That
// it is a key of something is found when reconciling, so the order of deliveries is free: an
// orphan is linked when the registry's row arrives, and an orphan again when it is revoked.
//
// # How it is computed
//
// A pair of numbers is directed: from the lesser kind to the better one (the base's own kind
// first, then the order of declaration; among resident ID numbers a citizen's before a
// residence permit's, that before a foreigner's, and old cards last), and in one kind from
// the former number to the key of the claim that gives it. So chains are followed to their
// end: old, newer, newest; tax number, organization code, USCC. A number resolves if exactly
// one end can be reached from it and that is a key of the base's own kind. If there are two,
// it is disputed, if it leads into a circle, circular, and if it leads nowhere, unlinked: its
// claims are in no row of another key.
//
// Families are the connected components of all that claims have ever stated, whether they
// are in force or not, among numbers that are in use. Rows of a family are computed together
// and their versions count the facts of all its claims, so that a version never falls when a
// link comes or goes: families only grow.
//
// # What it costs
//
// Nothing for a base without links. Otherwise a run asks the store once a base for the pairs
// that concern numbers in use as keys (two narrow columns, joined inside the engine), holds
// them as hashes, 12 bytes a number, and reads the claims of touched families a second time,
// by hash. A family is resolved in time linear in its pairs.
package link
