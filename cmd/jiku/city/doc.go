// Package city makes a synthetic city: people and organizations who do not exist, what their
// departments send about them, and what is true.
//
//	Options ─newWorld─▶ world ─block(i)─▶ people, organizations ─feed.rows─▶ sheets ─▶ landing/
//	                                                │                          └ labels ─▶ truth/labels.parquet
//	                                                └─truth.rows─▶ truth/population.parquet …
//
// # Files
//
//	gen.go, options.go         Generate: blocks are made beside each other and written in order
//	block.go                   the world that all blocks share, and one block
//	chance.go                  chance that belongs to one thing and one purpose
//	household.go, person.go    households and their members; what changes in a life, and when
//	history.go                 changes in the order of days, of persons and organizations alike
//	life.go                    what persons have and what happens to them, before the first day and after
//	org.go, org_kind.go        organizations and what becomes of them; the kinds that there are
//	record.go                  credit records
//	place.go, names.go         the counties of province 39, addresses; names by the counts in names.tsv
//	numbers.go                 numbers of persons, and numbers that are counted
//	shares.go                  what the city is meant to look like, with the source of each share
//	feed.go, feed_*.go         what a feed is; one feed a file
//	known.go                   what a department has heard of, and the rows that come of it
//	form.go, day.go, row.go    how departments write files, days and cells; the true text beside each
//	sheet.go                   the rows of one block in one delivery, with their labels
//	kind.go, kinds*.go         kinds of mistakes and how each is made; the kinds that are not made
//	fault.go                   what is wrong with whole deliveries
//	truth*.go                  what is true, by base
//	output.go, delivery.go     the folder that is written, and one delivery in it
//	table.go                   Parquet files
//	messages.go                rows of deltas as messages
//	registrations.go           real registrations, passed on as they are
//	folder.go                  city.json, the catalogue, and taking a city away
//
// # The same bytes
//
// A block is a neighborhood of one county: 8,192 persons, and an organization for every eight of
// them. It is made alone, from its number and the seed; no block asks another. That holds because
//
//   - chance belongs to a thing: the purpose, the seed and the number of a household, an organization
//     or a row start a generator of their own (PCG), so nothing depends on who drew before;
//   - numbers come from pools: of the 497 sequences that a county, a day and a sex have, each block
//     of the county owns three. When they are used up, the birth is a day later. Numbers of
//     organizations, certificates and accounts are made of the thing's index in the city;
//   - people marry, employ and stand for each other within a block. Only the organizations that
//     employ people everywhere are of the first block, which is made once more before all others.
//
// Blocks are made by as many workers as there are processors and written by one, in their order:
// texts one behind another, gzip as members of one file, Parquet as a row group every four blocks. So
// the number of processors does not show. A worker must have a place in the queue before it starts,
// so no more blocks are held than there are workers, and one; their memory is used again, and jiku
// gen city has the garbage collector keep to 320 MiB: memory does not grow with the number of
// persons. All deliveries are open at once: with many days that is some thousand files.
//
// MaxPersons is how many the pools are enough for. The first block of a larger city of the same seed
// and days is that of a smaller one.
//
// # How departments are wrong
//
// Lives and organizations are lists of changes with their days. A department knows what was true on
// the evening before its slot, less what it has not heard of:
//
//   - coverage: entities that it has at all;
//   - lag: it hears of each change 0 to 2×lag days later. Until then a row that it sends is late_update;
//   - missed: changes that it never hears of, missed_update from then on;
//   - stale: entities that it has as they were at first, before any change: stale_copy;
//   - copies: the medical insurer fills in names from the register of households. Where that has a
//     mistake in a name, the copy has the same: copied_value.
//
// A snapshot has a row for each entity, the first slot of a delta too. After that a delta has a row
// for what is news (a change that the feed hears of, or somebody new) and for what is visited again
// without any.
//
// Kinds of mistakes have a rate: so many in a million cells that they can happen to. The mix of a feed
// is the sum over its columns, times how careless it is in percent. At most one drawn mistake is made in
// a row; its chance belongs to the feed and the entity, so that a mistake stands in the next snapshot
// again, as in a real register. Kinds that are not drawn are made where they arise: a death that was not
// heard of, a permit that outlives its holder, a name that GBK cannot hold. Faults of whole deliveries
// stand in fault.go, and only a city that delivers for some days has them.
//
// # Truth
//
// truth/BASE.parquet has a row for each entity and each time in which nothing of it changed: key, as the
// base has it; state_from and state_until, yyyymmdd; then the items of the base, as golden rows show them. The times are half open: on the
// day of a change the later row counts. 99991231 is open. Times that were over before the first delivery
// are left out. Of certificates and credit records there is one row, which says what is true on the last
// day: their truth is the rows of their feeds, sent by a department that hears of everything at once and
// makes no mistake (truth_document.go).
//
// truth/alias.parquet has other numbers of entities: base, number (with its kind where it is of another),
// key, and linked: 1 where a register states the link, so that jiku can know of it, else 0.
//
// truth/labels.parquet has a row for each mistake:
//
//	feed, file, slot, seq   the delivery; the file as it is called under landing/
//	position                the first byte of the row after decompression, header and BOM counted;
//	                        in Parquet the number of the row, from 0; −1 for the delivery as a whole
//	item                    of the base; none where the key or the row is meant
//	kind                    the ID of a kind in city.json
//	true_value              what would stand there without this mistake, in canonical form
//
// A kind says in its outcome what jiku should make of it, and in its codes how it should name it. Where a
// cell is both old and spoiled it has two labels.
//
// truth/regions.tsv has all counties, streets and communities; city.json the deliveries with their digests,
// the kinds with their rates, and the shares.
//
// # To add a feed
//
//  1. Write feed_NAME.go: a function that gives the feed, with its columns in the order of the file, and of
//     each column what kind of content it has: that decides which mistakes can happen to it. rows calls
//     persons, organizations or records, or single for what is sent once; the functions that write cells are
//     those of row: word and date keep the canonical text where the department writes another.
//  2. Name it in sending (feed.go). The order is that of the files and of city.json.
//  3. Declare it in schemas/feeds/NAME.yaml, with the same columns, encoding and path.
//  4. If it sends certificates or credit records, add it to truth_document.go: it is their truth.
//  5. If it is Parquet, name the columns whose values do not repeat in distinct (table.go).
//
// # To add a kind of mistake
//
//  1. In kinds.go (numbers, days) or kinds_text.go (words, rows) add its number in the catalogue of problems,
//     ID, title, rate, outcome and codes; to which contents it happens; and inject, which changes the cell
//     with row.set, so that what is true stays beside it, and says false where it cannot happen.
//  2. What cannot be drawn cell by cell is declared in kind.go and listed in apart; call label where it arises.
//     What is wrong with a delivery as a whole is a line of faults.
//  3. A kind that is not made stands in not, with the reason: the table has every problem of the catalogue.
//
// The order of kinds is part of what a seed means: another kind makes other mistakes in the same city.
//
// # To add a trait
//
//  1. Add a field to traits (person.go), best the day since when, and draw it at the end of
//     (*family).traits (life.go), so that the draws before it stay what they are.
//  2. What changes while the city is watched is no trait: add it to state and what, and to apply.
//  3. Declare the item in schemas/base, and write it in truth_population.go at the same place of both lists.
//  4. Let a feed send it. If it has a share that matters, state it in shares.go with its source; a test
//     measures a city of 100,000.
//
// # Not made
//
//   - Anything adverse about real registrations: they are passed on as they are, and no other feed says
//     anything of them. Everything about made-up organizations is made up, in province 39.
//   - Numbers that could be anybody's: all are of province 39 or of forms that were never issued, each with
//     its reason (jiku docs synthetic).
//   - Passports and travel permits: no department of this city keys by them.
//   - Files in a mixture of encodings, coordinates, business terms: kinds in the list of not say why.
//   - XLSX: jiku has no connector that would read it.
//   - Networks: spouses share a household, but children do not know of their parents elsewhere, and firms
//     own no firms but branches. No rule asks for more yet.
//   - Households that move as one. A move is of one person: rules look at persons.
package city
