package pipelines_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiku/connectors"
)

// TestHeaderOfPersons delivers files whose first line holds what rows hold: lines that end with CR
// alone, a sheet that is turned, a header that has run into the first row. No value is in a note.
func TestHeaderOfPersons(t *testing.T) {
	for name, text := range map[string]string{
		"CR alone": "code,op,name,staff\r139155500001,,某人甲,1\r139155500002,,某人乙,2\r",
		"turned":   "name,某人甲,某人乙\ncode,139155500001,139155500002\n",
		"run into": "code,op,name,staff139155500001,,某人甲,1\n139155500002,,某人乙,2\n",
	} {
		t.Run(name, func(t *testing.T) {
			cat, store, landing := shops(t, 64<<20), connectors.NewMemory(), t.TempDir()
			files(t, landing, map[string]string{"tax_20261101.csv": text})
			mustRun(t, config(t, cat, store, landing))
			d := statesOf(t, store)["tax 20261101 r0"]
			if d.Last != "held" || strings.Contains(d.Note, "某人") || strings.Contains(d.Note, "1391555") {
				t.Errorf("%s with %q", d.Last, d.Note)
			}
		})
	}
}

// TestOddLinks puts links that lead nowhere in the place of one feed's file: the others are loaded.
func TestOddLinks(t *testing.T) {
	for name, to := range map[string]string{"loop": "tax_20261101.csv", "through a file": "visit_20261101.csv/x", "too long": strings.Repeat("x", 300)} {
		t.Run(name, func(t *testing.T) {
			cat, store, landing := shops(t, 64<<20), connectors.NewMemory(), t.TempDir()
			files(t, landing, map[string]string{"visit_20261101.csv": "at,code,name,phone,staff\n20261031,S3,丙店,2003,7\n"})
			if err := os.Symlink(to, filepath.Join(landing, "tax_20261101.csv")); err != nil {
				t.Fatal(err)
			}
			mustRun(t, config(t, cat, store, landing))
			if d := statesOf(t, store)["visit 20261101 r0"]; d.Last != "accepted" {
				t.Errorf("the other feed is %q", d.Last)
			}
		})
	}
}
