package warehouse

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jiku/deploy/engine"
)

// TestInstallFaults runs the installation with programs named npm that behave as the real
// one does in each case.
func TestInstallFaults(t *testing.T) {
	// What npm leaves behind when the archive holds another library.
	other := "mkdir -p node_modules/" + engine.Package + " && echo other > node_modules/" + engine.Package + "/" + engine.Library
	for _, c := range []struct {
		name, npm string
		want      []string
	}{
		{"no npm", "", []string{"run npm", "JIKU_WAREHOUSE", "JIKU_CLICKHOUSE", "apt-get install npm"}},
		{"offline", "echo 'npm error code ENOTFOUND' >&2; echo 'npm error request to https://token@host/' >&2; exit 1",
			[]string{"npm says ENOTFOUND; choose one of three warehouses"}},
		{"another library", other, []string{"sha256 is ", engine.Digest}},
		{"nothing installed", "true", []string{"no such file"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bin, cache := t.TempDir(), t.TempDir()
			if c.npm != "" {
				if err := os.WriteFile(filepath.Join(bin, "npm"), []byte("#!/bin/sh\nPATH=/usr/bin:/bin\n"+c.npm+"\n"), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("PATH", bin)
			_, err := installed(t.Context(), Options{Cache: cache})
			mustSay(t, err, append(c.want, "install engine: ")...)
			if left, _ := filepath.Glob(filepath.Join(cache, engine.Version, "[^l]*")); len(left) > 0 {
				t.Errorf("files are left: %v", left)
			}
		})
	}
}

// TestInstall lets two installations meet in one cache. The registry is asked only if npm's
// own cache has no copy.
func TestInstall(t *testing.T) {
	var mu sync.Mutex
	var last, calls int64
	o := Options{Cache: t.TempDir(), Progress: func(done, total int64) {
		mu.Lock()
		defer mu.Unlock()
		if calls++; done < last || total != engine.Size {
			t.Errorf("progress went from %d to %d of %d", last, done, total)
		}
		last = done
	}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			if _, err := installed(context.Background(), o); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if last != engine.Size {
		t.Errorf("progress ends at %d of %d", last, engine.Size)
	}
	library := filepath.Join(o.Cache, engine.Version, engine.Library)
	if !checked(library) {
		t.Fatal("the installed library is not taken as checked")
	}
	if err := os.Chtimes(library, time.Now(), time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(filepath.Dir(library), "fetch-left"), 0o700); err != nil {
		t.Fatal(err)
	}
	if checked(library) {
		t.Error("a touched library is taken as checked")
	}
	t.Setenv("PATH", t.TempDir()) // A copied library is hashed, not fetched: there is no npm now.
	if _, err := installed(t.Context(), o); err != nil || !checked(library) {
		t.Errorf("a copied library is not taken: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(library), "fetch-*")); len(left) > 0 {
		t.Errorf("what a killed process left is still there: %v", left)
	}
	if err := os.Truncate(library, 1000); err != nil {
		t.Fatal(err)
	}
	if checked(library) {
		t.Error("a cut library is taken as checked")
	}
}
