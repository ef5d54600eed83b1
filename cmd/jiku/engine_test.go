package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRoundTrip starts, asks, stops; no password is shown on the way.
func TestRoundTrip(t *testing.T) {
	u := newUser(t)
	up := u.must(0, "up")
	if !strings.Contains(up.out, "warehouse ready at http://127.0.0.1:") {
		t.Errorf("up says %q", up.out)
	}
	status := u.must(0, "status", "--json")
	var st warehouseStatus
	if err := json.Unmarshal([]byte(status.out), &st); err != nil {
		t.Fatal(err)
	}
	if !st.Running || st.PID == 0 || st.Version == "" || !strings.Contains(up.out, st.URL) {
		t.Errorf("status: %+v", st)
	}
	table := u.must(0, "status")
	if got := u.must(0, "sql", "SELECT 1 AS one, '一' AS `一`"); got.out != "one\t一\n1\t一\n" {
		t.Errorf("sql says %q", got.out)
	}
	for _, name := range []string{"password", "reader-password"} {
		secret, err := os.ReadFile(filepath.Join(u.home, "warehouse", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, said := range []string{up.out, up.err, status.out, status.err, table.out, table.err} {
			if strings.Contains(said, strings.TrimSpace(string(secret))) {
				t.Errorf("the %s is shown", name)
			}
		}
	}
	if got := u.must(0, "down"); !strings.Contains(got.out, "has ended") {
		t.Errorf("down says %q", got.out)
	}
	if got := u.must(0, "status"); !strings.Contains(got.out, "stopped") || !strings.Contains(got.err, "jiku up") {
		t.Errorf("status says %q %q", got.out, got.err)
	}
}

// TestSQL asks the real engine, as the reader that the home has and as a user of a server
// without one.
func TestSQL(t *testing.T) {
	u := newUser(t)
	up := u.must(0, "up")
	_, rest, _ := strings.Cut(up.out, "http://")
	address, _, _ := strings.Cut(rest, ": ")
	secret, err := os.ReadFile(filepath.Join(u.home, "warehouse", "password"))
	if err != nil {
		t.Fatal(err)
	}
	server := u.with("JIKU_WAREHOUSE=clickhouse://jiku:" + strings.TrimSpace(string(secret)) + "@" + address + "/")
	wrong := u.with("JIKU_WAREHOUSE=clickhouse://jiku:wrong@" + address + "/")
	cases := []struct {
		name  string
		as    *user
		stdin string
		args  []string
		code  int
		out   string
		says  string
	}{
		{"tab-separated", u, "", []string{"SELECT number AS n FROM numbers(2);"}, 0, "n\n0\n1\n", ""},
		{"from standard input", u, "SELECT 7 AS seven\n", []string{"-"}, 0, "seven\n7\n", ""},
		{"JSON", u, "", []string{"SELECT 7 AS n, '七' AS t", "--json"}, 0, "[\n{\"n\":7,\"t\":\"七\"}\n]\n", ""},
		{"CSV", u, "", []string{"SELECT 7 AS n, '七' AS t", "--csv"}, 0, "\"n\",\"t\"\n7,\"七\"\n", ""},
		{"bad SQL", u, "", []string{"SELEC 1"}, 1, "", "Syntax error"},
		{"unknown table", u, "", []string{"SELECT * FROM population.nobody"}, 1, "", "population"},
		{"writing", u, "", []string{"CREATE DATABASE x"}, 1, "", "Not enough privileges"},
		{"lifting the limit", u, "", []string{"SELECT 1 SETTINGS readonly = 0"}, 1, "", "readonly"},
		{"another file", u, "", []string{"SELECT * FROM file('/etc/hostname', 'LineAsString')"}, 1, "", "Exception"},
		{"a server without a reader", server, "", []string{"SELECT 7 AS n"}, 0, "n\n7\n", ""},
		{"writing to a server without a reader", server, "", []string{"CREATE DATABASE x"}, 1, "", "readonly"},
		{"wrong password", wrong, "", []string{"SELECT 1"}, 3, "", "user or password is wrong"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := c.as.in(t).do(c.stdin, append([]string{"sql"}, c.args...)...)
			if got.code != c.code || got.out != c.out || !strings.Contains(got.err, c.says) {
				t.Errorf("ends with %d, want %d\n%q, want %q\n%s", got.code, c.code, got.out, c.out, got.err)
			}
			if strings.Contains(got.err, "Stack trace") {
				t.Errorf("a stack trace is shown:\n%s", got.err)
			}
		})
	}
}

// TestFresh asks a warehouse that has seen no run.
func TestFresh(t *testing.T) {
	u := newUser(t)
	cases := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"runs", []string{"runs", "--json"}, 0, "[]"},
		{"deliveries", []string{"delivery", "list", "--json"}, 0, "[]"},
		{"scores", []string{"score"}, 0, "no scores are stored yet"},
		{"plan", []string{"plan"}, 0, "no deliveries under"},
		{"report", []string{"report", "--out", filepath.Join(t.TempDir(), "r.html")}, 3, "nothing is loaded yet"},
		{"explain", []string{"explain", "91390100MA39X0A12F"}, 3, "nothing is loaded yet"},
		{"revoke", []string{"delivery", "revoke", "0123456789abcdef", "--reason", "误报"}, 1, "not registered"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := u.in(t).must(c.code, c.args...)
			if !strings.Contains(got.out+got.err, c.says) {
				t.Errorf("%q is not said:\n%s%s", c.says, got.out, got.err)
			}
		})
	}
}
