package warehouse

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFiles: with Options.Files user jiku reads files wherever they lie, writes none, and the
// reader reads none.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a_1.csv": "k,v\nx,1\n", "a_2.csv": "k,v\ny,2\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	o := fresh(t)
	o.Files = true
	ep := mustOpen(t, o)
	from := "file('" + dir + "/a_*.csv', 'CSVWithNames')"
	if got := do(t, ep, "SELECT sum(v), arraySort(groupUniqArray(toString(_file))) = ['a_1.csv', 'a_2.csv'] FROM "+from); got != "3\t1" {
		t.Errorf("the files have %q, want 3 in both", got)
	}
	refused := []struct {
		name, query string
		reader      bool
	}{
		{"the reader reads a file", "SELECT * FROM " + from, true},
		{"jiku writes a file", "INSERT INTO FUNCTION file('" + dir + "/b.csv', 'CSV', 'x UInt8') SELECT 1", false},
		{"jiku reads an address", "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')", false},
	}
	for _, c := range refused {
		t.Run(c.name, func(t *testing.T) {
			user, password := ep.User, ep.Password
			if c.reader {
				user, password = ep.Reader, ep.ReaderPassword
			}
			status, text := ask(t, ep, user, password, c.query)
			if status == http.StatusOK || !strings.Contains(text, denied) {
				t.Errorf("status %d, %s; want %s", status, text, denied)
			}
		})
	}
}
