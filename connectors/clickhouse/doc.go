// Package clickhouse is the store that keeps claims and golden rows in ClickHouse: the
// embedded engine, a server or a cluster, always over its HTTP interface.
//
// Two clients share the work. clickhouse-go runs DDL, queries and small inserts. The bulk
// paths (append claims and golden rows, scan claims) move Native blocks that are encoded
// straight from and into the columns of package schemas, with the wire format of ch-go: a
// clickhouse-go batch costs three times the CPU and the memory.
//
// What decides the speed of a load, measured:
//
//   - one streaming INSERT a split with 64 k-row blocks, cut by the engine into parts of
//     about a million rows;
//   - tables ordered by key_hash alone, whose top byte is the bucket: sorting one integer
//     column is a radix sort;
//   - scans of a few buckets a query, without ORDER BY, one thread each.
//
// Errors of the engine keep their number and kind and lose their text, which may quote
// values. They carry a code: want of memory, too many queries or parts, a line that breaks
// or falls silent are temporary, and connectors.Patient tries again; a full disk, missing
// rights and all else are not (Unfit tells those that are the environment's).
package clickhouse
