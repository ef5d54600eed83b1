// Bench measures a whole build, and what comes after one, beside hand-written SQL that does
// the same to the same files:
//
//	landing (5 feeds × rows, 8 items, one key set) ─▶ bin/jiku run ─▶ published base ─┐
//	the same files ─▶ INSERT … SELECT in three forms ─▶ tables of winners ────────────┴▶ equal for every key?
//
// Each part runs the real bin/jiku in a home of its own and measures wall time, processor
// time of jiku and of the engine apart, what the engine goes on to do in the background,
// and the peak of resident memory of both. Goals are printed and never fail the program,
// since times depend on the machine; an unequal winner, origin or conflict does.
//
// # The data
//
// A row is a pure function of seed, key, feed and slot (row.go), so that files are written
// in parallel and alike everywhere. In 7 % of the items of a key one feed says something
// else. Of cells, 1 % are empty, 1 % are written in another form, 0.1 % cannot be read; of
// rows, 0.1 % have a wrong check digit. Event times of one key differ between feeds, so that
// event time always decides where ranks do not: the count of votes that would come next has
// no equivalent in the SQL.
//
// All feeds establish, so that every key has a row, as in the SQL. In a city one does, and
// what the others say counts where it has a row: -establishing 1 -only build,again,delta.
package main
