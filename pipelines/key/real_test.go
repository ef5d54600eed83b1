package key

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"jiku/schemas"
)

// badCheckDigits are real registrations whose code fails its check character. They may not
// be shipped, so they are not in the repository.
const badCheckDigits = "../../../shared/data/cn-enterprise/bad-check-digit-a.csv"

// The registrar's own feed keeps every code that was issued so; another feed's are rejects.
func TestIssuedCodesAreKept(t *testing.T) {
	f, err := os.Open(filepath.FromSlash(badCheckDigits))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the real registrations in ../shared/data are not here: they may not be shipped with the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(rows[0], "统一社会信用代码")
	b := baseOf(schemas.KeyUSCC)
	registrar, other := compile(t, b, feedOf(true, "")), compile(t, b, feedOf(false, ""))
	kept := 0
	for _, row := range rows[1:] {
		key, _ := resolve(t, registrar, b, row[at])
		elsewhere, findings := resolve(t, other, b, row[at])
		if elsewhere != "" {
			t.Errorf("a code is accepted from a feed that does not issue it: %v", findings)
		}
		if key != "" {
			kept++
			continue
		}
		_, findings = resolve(t, registrar, b, row[at])
		t.Logf("rejected: %v", findings)
	}
	if kept*100 < 90*(len(rows)-1) {
		t.Errorf("%d of %d issued codes are kept", kept, len(rows)-1)
	}
}
