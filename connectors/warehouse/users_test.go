package warehouse

import (
	"net/http"
	"strings"
	"testing"
)

// usersTables stand for what jiku keeps, by the names that its databases have.
var usersTables = []string{
	"CREATE DATABASE population", "CREATE DATABASE claim", "CREATE DATABASE ops", "CREATE DATABASE quality",
	"CREATE TABLE population.person (key String, version UInt64, gone UInt8) ENGINE = ReplacingMergeTree(version, gone) ORDER BY key",
	"CREATE TABLE claim.raw (key String) ENGINE = MergeTree ORDER BY key",
	"CREATE TABLE quality.reject (raw String) ENGINE = MergeTree ORDER BY tuple()",
	"CREATE TABLE quality.reason (code String) ENGINE = MergeTree ORDER BY tuple()",
	"CREATE DATABASE vault", "CREATE TABLE vault.hash_key (unused UInt8) ENGINE = Memory COMMENT 'k'",
	"CREATE DATABASE judge_a1", "CREATE TABLE judge_a1.truth (key String) ENGINE = MergeTree ORDER BY key",
	"CREATE TABLE ops.run_event (run String) ENGINE = MergeTree ORDER BY run",
	"INSERT INTO population.person VALUES ('k1', 1, 0), ('k2', 1, 0)",
	"CREATE TABLE population.memory (key String) ENGINE = Memory",
	"CREATE MATERIALIZED VIEW population.mv ENGINE = MergeTree ORDER BY key AS SELECT key FROM population.person",
	"CREATE VIEW population.person_view AS SELECT key FROM population.person FINAL",
	"CREATE DICTIONARY population.dict (key String, x String) PRIMARY KEY key SOURCE(FILE(PATH '/etc/hostname' FORMAT 'CSV')) LAYOUT(COMPLEX_KEY_HASHED()) LIFETIME(0)",
	"ALTER TABLE population.person DELETE WHERE key = 'k2' SETTINGS mutations_sync = 1",
	"BACKUP TABLE population.person TO File('b1')",
}

const ok, denied, readonly, constraint, quota = "", "ACCESS_DENIED", "READONLY", "SETTING_CONSTRAINT_VIOLATION", "QUOTA_EXCEEDED"

var usersCases = []struct{ name, as, query, want string }{
	{"jiku reads", "jiku", "SELECT count() FROM population.person", ok},
	{"jiku reads a file by a dictionary", "jiku", "SELECT dictGet('population.dict', 'x', tuple('k1'))", "PATH_ACCESS_DENIED"},
	{"jiku sees time in UTC", "jiku", "SELECT throwIf(toString(toDateTime(0)) != '1970-01-01 00:00:00' OR timezone() NOT LIKE '%UTC')", ok},
	{"jiku reads a file", "jiku", "SELECT * FROM file('/etc/hostname', 'LineAsString')", denied},
	{"jiku keeps a file table", "jiku", "CREATE TABLE population.f (x String) ENGINE = File(LineAsString, '/etc/hostname')", denied},
	{"jiku reads an address", "jiku", "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')", denied},
	{"jiku reads another server", "jiku", "SELECT * FROM remote('127.0.0.1:1', system.one)", denied},
	{"reader reads a base", "reader", "SELECT count() FROM population.person", ok},
	{"reader reads a view", "reader", "SELECT count() FROM population.person_view", ok},
	{"reader reads reasons", "reader", "SELECT count() FROM quality.reason", ok},
	{"reader uses numbers", "reader", "SELECT count() FROM numbers(3)", ok},
	{"reader reads raw rows", "reader", "SELECT count() FROM claim.raw", denied},
	{"reader reads rejects", "reader", "SELECT count() FROM quality.reject", ok},
	{"reader reads ops", "reader", "SELECT count() FROM ops.run_event", ok},
	{"reader reads the hash key", "reader", "SELECT count() FROM vault.hash_key", denied},
	{"reader reads what a judge holds", "reader", "SELECT count() FROM judge_a1.truth", denied},
	{"reader sees the comment of the hash key", "reader", "SELECT throwIf(count() > 0) FROM system.tables WHERE database = 'vault'", ok},
	{"jiku sees the comment of the hash key", "jiku", "SELECT throwIf(count() = 0) FROM system.tables WHERE database = 'vault'", ok},
	{"reader reads queries of others", "reader", "SELECT query FROM system.processes", denied},
	{"reader writes", "reader", "INSERT INTO population.person VALUES ('k3', 1, 0)", denied},
	{"reader drops", "reader", "DROP TABLE population.person", denied},
	{"reader creates", "reader", "CREATE TABLE population.x (x UInt8) ENGINE = Memory", denied},
	{"reader lifts readonly", "reader", "SELECT 1 SETTINGS readonly = 0", readonly},
	{"reader lifts the row limit", "reader", "SELECT 1 SETTINGS max_result_rows = 0", constraint},
	{"reader lifts the memory limit", "reader", "SELECT 1 SETTINGS max_memory_usage = 0", constraint},
	{"nobody reads a base", "nobody", "SELECT count() FROM population.person", denied},
	{"nobody stops the listener", "nobody", "SYSTEM STOP LISTEN HTTP", quota},
}

// TestUsers checks what each user may do on the real engine.
func TestUsers(t *testing.T) {
	ep := mustOpen(t, fresh(t))
	for _, q := range usersTables {
		do(t, ep, q)
	}
	as := map[string]func(string) (int, string){
		"jiku":   func(q string) (int, string) { return ask(t, ep, ep.User, ep.Password, q) },
		"reader": func(q string) (int, string) { return ask(t, ep, ep.Reader, ep.ReaderPassword, q) },
		"nobody": func(q string) (int, string) { return ask(t, ep, "", "", q) },
	}
	for _, c := range usersCases {
		t.Run(c.name, func(t *testing.T) {
			status, text := as[c.as](c.query)
			if (c.want == ok) != (status == http.StatusOK) || !strings.Contains(text, c.want) {
				t.Errorf("%s: status %d, %s; want %q", c.query, status, text, c.want)
			}
		})
	}
	t.Run("wrong passwords are refused and harmless", func(t *testing.T) {
		for range 3 {
			if status, _ := ask(t, ep, ep.User, "wrong", "SELECT 1"); status != http.StatusForbidden {
				t.Errorf("a wrong password gives status %d, want 403", status)
			}
		}
		do(t, ep, "SELECT 1")
	})
}
