package connectors_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"jiku/connectors"
)

// TestStamp: a file that was read before is not read again; one that was written since is,
// even if its size is the same and its time was set back.
func TestStamp(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f_20261101.csv")
	if err := os.WriteFile(path, []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	read := map[string]string{}
	env := connectors.Env{Landing: dir, Known: func(location, stamp string) (string, bool) {
		digest, known := read[location+" "+stamp]
		return digest, known
	}}
	src, err := connectors.OpenSource(env, fileFeed("csv", map[string]any{"path": "*.csv"}))
	if err != nil {
		t.Fatal(err)
	}
	list := func() (digest, stamp string) {
		t.Helper()
		got, err := src.Deliveries(t.Context())
		if err != nil || len(got) != 1 {
			t.Fatalf("%d deliveries, %v", len(got), err)
		}
		return got[0].Digest, got[0].Stamp
	}
	first, stamp := list()
	if stamp != "" {
		t.Errorf("a file just written has the stamp %q: a change within the same moment would not be seen", stamp)
	}
	time.Sleep(2100 * time.Millisecond)
	if _, stamp = list(); stamp == "" {
		t.Fatal("a file at rest has no stamp")
	}
	read["f_20261101.csv "+stamp] = "as read before"
	if got, _ := list(); got != "as read before" {
		t.Errorf("the unchanged file has the digest %q, so it was read again", got)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("a,b\n3,4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if got, _ := list(); got == "as read before" || got == first {
		t.Errorf("the file that was written again has the digest %q", got)
	}
}
