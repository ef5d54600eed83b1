// Package warehouse finds the ClickHouse that jiku keeps its databases in, and runs one
// where there is none.
//
//	DSN given (JIKU_WAREHOUSE)      → the HTTP interface of that server; nothing is started
//	Binary given (JIKU_CLICKHOUSE)  → `clickhouse server` as a child, on loopback
//	otherwise                       → jiku-warehouse as a child: the ClickHouse library, fetched once by npm
//
// A child belongs to one home and outlives the process that started it; the next Open
// attaches to it. Everything about it lies in HOME/warehouse:
//
//	data/            tables          backups/  BACKUP … TO File('name')      files/  user_files_path
//	config.xml users.xml             written anew at each start
//	password reader-password         generated once, kept
//	state.json       pid, port and birth of the child, written when it has answered
//	engine.log       what the child says; lock  held while an engine is started or stopped
//
// # Who may do what
//
// The child listens on HTTP at 127.0.0.1 alone. User jiku may do everything with tables
// but reaches no files, addresses or other servers (Options.Files lifts this for files).
// User jiku_reader may SELECT from everything but claim.raw (the raw rows of claims) and
// vault (the key of the key hashes); readonly = 2 and limits that it cannot lift. ClickHouse's own user default must exist without a password, since
// the engine runs its first statements as default: it has no grants beyond those two
// statements, and a quota that they use up.
//
// # Non-obvious
//
//   - The server's time zone is UTC. Days are inputs of a run and integers in the tables;
//     no result may depend on where the engine runs, and a city's server may be set
//     differently from the child.
//   - A pid is believed only if the process was born when state.json says, has this home's
//     data folder on its command line, and owns the listening socket. So a reused pid or a
//     foreign listener never receives a password.
//   - If state.json is lost while the engine runs, the pid in data/status (the engine's own
//     lock) and the command line of that process tell the rest.
package warehouse
