// Package reconcile makes golden records from claims: item by item, under the register of
// authorities (一数一源), with the reason and origin of each value, and what disagrees.
//
//	declarations ──Compile──▶ Program ──Worker(facts)──▶ Worker
//	claims of some keys ──Add──▶ Worker ──Drain──▶ golden rows and conflicts
//
// It is a pure function of claims, declarations, facts and day. Order and repetition of
// claims, and the order of declarations, do not matter; no value is invented; each reason
// is in the closed list schemas.Whys. The tests compare it with a slow oracle that is the
// text below as plain code, and testdata shows each rule as a readable scenario.
//
// # From claims to candidates
//
// Repeats of a ref are dropped. Claims of deliveries in force count; of each feed the
// latest claim is its candidate (slot, revision, position; before these the event time if
// the feed says order: event), whole: what it lacks is not filled from earlier ones. A claim
// that withdraws the key withdraws the items that the feed carries. A claim without an event
// time has midnight of its slot's date.
//
// A row exists while the candidate of an establishing feed does not withdraw the key.
// Otherwise it is emitted gone and empty, so that it disappears where it was published.
//
// # The cascade, for an item or group
//
//	pool     value, none, and withdrawn by the source compete
//	ruling   the cited claim
//	pin      the cited claim, unless a later claim of its feed differs
//	stale, only, agreed    known before any rule: nobody is fresh; one candidate; one value
//	policy   instead of authority and handover: fresh ones first, then what it says
//	authority, handover    the best rank that has a fresh candidate
//	event    newest
//	quorum   most departments compatible
//	received newest
//	order    feed name
//
// Each rule narrows the candidates. The first that leaves one value is the reason, the
// following find the origin. Candidates are one value if they are pairwise Equal under the
// comparators: compatible ones look different to the reader, so one has to be chosen.
//
// # Decisions where reconciliation.md leaves room
//
//   - agreed before authority. Where all say the same no rule had to decide, and a
//     department that reads "agreed" knows that it is not contradicted. The origin is still
//     the source's claim, which is what the scores of authority count. only is the same
//     thought for one candidate. stale comes before both: a value that nobody has confirmed
//     lately must not look sound because it stands alone.
//   - A withdrawal competes only if the source or co-source makes it, and only while no
//     other feed of theirs gives the item as freshly: a row that moves from one feed of the
//     police to another is not a withdrawal by the police. Anybody else takes back what they
//     said themselves and no more. Where then nobody competes the item has no value, the
//     reason none and the state withdrawn. In general the state of an item that nobody gives
//     is the most telling one: withdrawn, unknown, void, silent.
//   - A value, none and withdrawn are Different from each other, so a copy that outlives
//     the source's withdrawal is a conflict.
//   - Departments that the register does not name come after those that it names, with one
//     rank, and only where none of these has a candidate at all, fresh or not. A register
//     that is stale keeps its value, marked: an unlisted department does not replace it, but
//     its fresh dissent is a conflict. Among unlisted departments freshness counts as
//     handover, then the cascade goes on at event.
//   - Within the winning rank (a department with two feeds, a co-source) the cascade goes on
//     at event.
//   - Everybody who competes and is fresh votes, those too that an earlier rule has ended:
//     they have an opinion. If nobody is fresh everybody votes. Feeds that declare
//     copies_from never vote.
//   - A value is stale on the day after its limit has passed: with stale_after 30 it is
//     fresh for the day itself and 30 more. An unknown day or month ages from the first.
//     Without an entry in force nothing is stale.
//   - A group competes by its lead item, votes by its lead item, and is one value only if
//     all its items are. Otherwise agreed would stand beside a conflict. Items that the
//     winning claim lacks stay empty, in the state that it gives, with the group's reason and
//     origin; nobody conflicts with what it does not say. A decision or policy for an item of
//     a group is one for the group.
//   - Decisions cite claims. A ruling holds also when its claim is superseded; if its
//     delivery is not in force any more it holds nothing and the cascade decides. Of several
//     the last recorded one in force counts, rulings before pins. A pin lapses for good once
//     a later claim of its feed differs in an item of the unit; a later claim that says
//     nothing does not differ.
//   - A conflict is noted only against a fresh candidate of the pool. Each feed is one
//     voice there; departments are counted together where they vote.
//   - Due is the first day on which a candidate of a delta feed turns stale, a register
//     entry begins or has ended, a decision about the key does, or an entity rule says that
//     its findings change. It may come early, never late. Snapshot feeds turn stale as a whole: StaleLimits tells the run when.
//
// # Families
//
// Keys that package link finds to belong together are reconciled together (family.go): the
// claims of linked keys are candidates of the canonical key, and its version has the facts of
// the whole family.
//
// # Versions
//
// Facts are distinct refs, each with the events of its delivery; decisions about the key,
// undone ones twice; and, where the register lets a snapshot feed turn stale, the deliveries
// of the feeds that ever had a claim of the key, since a new slot changes the freshness of
// keys for which it brings no claim. None of these ever becomes fewer.
//
// # Speed
//
// Claims are laid out in rows (layout.go), sorted by the hash of their key by radix
// (index.go) and looked at key by key without allocating: everything is reused, but for the
// arenas of conflict values, which readers may keep. What follows from ranks and ages is
// found once a class of units with the same ranks (form.go), and candidates that are byte
// for byte alike are compared once (keyState.unlike).
package reconcile
