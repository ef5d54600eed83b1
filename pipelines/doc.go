// Package pipelines runs jiku: it plans what a run does, ingests splits into claims, judges
// deliveries, reconciles the touched keys, publishes golden rows and computes what follows
// from them.
//
// # How to read it
//
//   - build.go is the whole job as one Beam graph; straight.go is the same job as a plain
//     loop, the oracle of the graph.
//   - plan.go and plan_base.go say what a run will do; run.go executes it and keeps the ledger.
//   - ingest.go, accept.go and stages.go are what the graph's DoFns (fn.go) call; ingest_task.go
//     says which splits are read together, settle.go records what was decided.
//   - finish.go and facts.go compute themes, findings across bases and scores by SQL; tally.go
//     keeps what was counted, facts_tally.go and outcomes.go add what is new to it.
//   - prism.go submits the graph; fence_linux.go keeps Prism's port on the loopback device.
//   - rebuild.go computes golden rows again from the stored claims, as a run that finds no
//     delivery. whatif.go is its dry run: it says what changed declarations would change,
//     whatif_compare.go counts it and whatif_change.go is the answer.
//   - links.go finds which keys belong together, for a run, a what-if and an explanation alike.
//   - explain.go answers who says so; page.go gathers the HTML report.
//
// The stages that only compute are packages of their own: normalize and key (row → record →
// key), link (which numbers are of one entity), reconcile (claims → golden rows), publish
// (statements that make results visible). They know schemas and neither each other nor Beam
// nor the store.
//
// # Why a killed run does no harm
//
// A delivery goes through received, accepted or held, and published; each is an entry of an
// append-only log, written after what it says is durable. Killed before accepted, the
// delivery is ingested again and its claims are the same set, since a claim is identified
// by its ref. Killed after accepted, the next run finds it unpublished and reconciles its
// keys. Killed between the two attaches of a publication, the same rows are published
// again. What is computed from the published state is computed by every run that finds the
// last one unfinished.
//
// # Decisions
//
// Where code and the design page differ, or the page left a choice:
//
//   - Tables of claims and golden rows are ordered by key_hash, the keyed SipHash of the
//     key, whose top byte is the bucket (256 of them). One integer sorts faster than
//     (bucket, key), and a range of buckets is a range of the primary key.
//   - Acks carry no key hashes. A range task names the deliveries that touched it, and the
//     scan finds their keys inside the engine; where they hold most claims of a base all
//     its keys are read. A full build would otherwise send a hash a row through Beam, which
//     costs 12 bytes of memory for each byte on Prism. Touched.Hashes is there for what has
//     few keys: explain now, streams later.
//   - There are two small GroupByKeys more than the one on buckets: by base before accept
//     and over all before publish. They are barriers, and carry one ack a split or range.
//   - Conflicts and entity findings are columns of the golden row, and their tables views:
//     a conflict cannot outlive its row or show without it, and nothing needs tombstones.
//   - A version's parts are declaration ordinal (16 bits), facts (32 bits) and day (16
//     bits). A fact is a claim (by ref, in force or not) or an event of its delivery.
//   - The stage of a run is attached to the history and then to the golden table. The parts
//     are hard links, so keeping every published version costs no write.
//   - The first snapshot of a feed is written as claims at once; later ones are staged and
//     compared by row hash. The predecessor's state is what its claims say, so there is no
//     second copy of a snapshot to keep.
//   - The revision of a slot is told by the digest of the last one registered: A, then B,
//     then A again are three revisions, since the slot's file is what the department says
//     now.
//   - A snapshot can be revoked only while no later slot of its feed counts.
//   - A key of another kind than the base's own is one text with its kind before it
//     (org_code:MA39X0A12). So one key identifies a claim everywhere: hashes, comparison of
//     snapshots, withdrawals and the store need not know of kinds.
//   - Links are computed by each run from the claims: no table of links is kept that could
//     disagree with them. Families of keys are found once a run and base, as hashes; ranges
//     of buckets compute the rows of their own keys, so a family over two ranges is resolved
//     twice, and no range waits for another.
//   - A version of a row in a family counts the facts of all its keys. Families join all that
//     was ever stated, in force or not, so they only grow.
//   - What a row states (aliases), where its claims have gone (linked) and which of them wait
//     (waiting) are columns of the golden row, in bases that declare links alone; the tables
//     alias, link_conflict and orphan are views. They are published with the row, at once.
//   - A link's days are told and not applied: that two numbers are of one entity stays true
//     when the older one has expired. It ends when it is withdrawn.
//   - Among claims of one feed that came by different keys of an entity the later one counts,
//     but a key that left a snapshot takes back its own claim alone, and within one delivery
//     the claim with the canonical key counts.
//   - Only keys of the base's own kind have rows: a registry's row that has nothing but a
//     registration number waits as an orphan, too.
//   - The store speaks HTTP alone, to the embedded engine (whose native port aborts on
//     wrong passwords) and to servers alike.
//   - The warehouse's hash key, the numbers of declarations and the leases stand in the
//     comments of empty tables: making and renaming a table are the engine's only atomic
//     "first wins".
//   - Declarations that would read stored claims wrongly are refused, not converted: states are
//     told by the places of items, a mark of each base names what its keys are, and ops.feed
//     into which base a feed was loaded.
//   - Events of a delivery are ordered by a number, not by clocks: one more than that of the
//     newest event that the writer saw. What was published says which it saw.
//   - A lease that its holder slept through is lost: the engine refuses the holder's
//     judgements in the statement that would record them, whatever it does before it asks,
//     and who removes rows asks first. Golden rows need no lease; their versions order them.
//   - What is computed from the published state is computed under a lease that runs take in
//     turn, so the last of several runs sees what all have published; where a run was at
//     work beside the last one, the next computes it again.
//   - The raw cells of a row are one text with a separator. As an array of strings they cost
//     a sixth of a build.
//   - Small deliveries for a base are read one after the other into the same INSERTs, whatever
//     their feeds, and those of a base are judged together: three INSERTs and three statements of
//     a judgement cost the engine what forty thousand rows do. Each keeps its own acks, audit and
//     event, and what is broken in one does not touch the others.
//   - What scores count of deliveries one by one is asked for all feeds of a base at once, and the
//     states of claims with their findings, as one text: few texts differ, and which claims of a
//     snapshot feed are current is then worked out once. A set of more than 10,000 keys is not
//     looked up in the index of a table: of a statement over the rows of a day, looking it up was
//     the larger part.
//   - Claims of deltas have no row hash: only snapshots are compared by it. A feed that was a
//     delta and becomes a snapshot finds all its rows changed, once.
//   - The stage of a run is not merged, and its parts are one file each.
//   - How many ranges the buckets are cut into follows from how many claims are touched. A
//     range is what a worker holds in memory; up to eight, one after the other, are one task
//     and one INSERT, so that a run publishes few parts and the engine merges none of them.
//   - Temporary errors of the store are tried again in one place (connectors.Patient); what
//     is a stream is begun anew as a whole: a split, the ranges of a task.
//   - Bases are published one after the other: each is seen whole, but a theme that a run of
//     other feeds computes at the same moment may read one base before and one after.
//   - A row of a snapshot that becomes a reject leaves its key out of the slot, so the key is
//     withdrawn; the gates on rejects and shrinking guard it.
//   - A feed that declares no gate is held by defaults (quality.DefaultRejects and its like):
//     law 9 speaks of every delivery. A strong bound of 1 takes what comes.
//   - One or two rejects do not hold a delta in which at least as many rows are good: the changes
//     of a day may be a dozen rows, of which one is 8 %. Snapshots are held by shares alone.
//   - A file without a byte, of a format without a header, is a day without rows if its manifest
//     says so; without a manifest it is a file that was lost.
//   - What keeps the files of a feed from being listed or opened (a wrong name, a directory, a
//     dangling link, missing rights) leaves that feed out of the run, which tells why and goes
//     on; the ledger has nothing of it. Bytes that cannot be read hold their delivery.
//   - A slot after the day of the run is refused until its day comes: it would be the newest
//     of its feed and keep every later correction of today out.
//   - Keys that stand in a snapshot twice are counted when it is judged, in the ledger and as a
//     finding of the delivery, not of the key: whether the next slot still has them twice is
//     not seen in claims, since unchanged rows are none.
//   - A day before that of the last run is refused: rows of the later day would win over it.
//   - A rebuild of some bases computes what is pending in the others, too: the log of runs
//     has one catalogue and one day for all bases, and the next run trusts it.
//   - A what-if looks at the day of the last run, so that what changes by itself is not in
//     it. It does not compute a base whose tables would be changed first.
//   - Claims of a delivery that is not accepted, or not known yet, are no facts: they may be
//     removed, and a row that had counted them would win over later ones that know more.
//   - When the feed declaration of an accepted delivery changes, its claims stay as they
//     were read; reading again is a later part, and the plan says which deliveries concern
//     it. A held delivery is judged again when its feed's declaration has changed.
//   - What the store breaks off is begun anew: a split is read again as a whole, after what
//     the broken INSERT had stored of it is removed, a task of ranges is computed again, a step of
//     finish is repeated. A block that an engine stores after that, unasked, is a repeat of
//     refs, which everything that reads claims allows for.
//   - What scores are counted from only grows: claims of accepted deliveries and the history of
//     published rows. So counts are kept (quality.tally), each with the deliveries or runs that
//     it was counted from, and a run adds what is new: a delta of 1 % would otherwise count
//     every claim of the city again. A tally of something else (a delivery was revoked or
//     revised, a late slot, other declarations of the base) is none, and a rebuild uses none.
//     Outcomes are counted from the history, not from the golden table, since rows that later
//     ones have replaced are needed to take away what they said. What feeds say that do not
//     establish counts where there is a row; keys whose rows came or went with later runs are
//     counted again, and no others.
//   - A tally tells keys apart by their hashes: reading the keys as well costs a quarter more.
//   - The state of deliveries is folded from receipts and events in Go (schemas.States), for the
//     engine and for the store in memory; the view ops.delivery says the same to people.
//   - The staged rows of a snapshot are removed by a call of its own after they were made claims:
//     where the answer was lost they are made claims again, and without them every key would be
//     withdrawn.
package pipelines
