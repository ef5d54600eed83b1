package ident

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// column reads one column of a file of real registrations.
func column(t *testing.T, name, title string) []string {
	t.Helper()
	f, err := os.Open("../../../shared/data/cn-enterprise/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("real registrations are not here: ../shared/data is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	all, err := rows.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for i, h := range all[0] {
		if strings.TrimPrefix(h, "\ufeff") == title {
			at = i
		}
	}
	if at < 0 {
		t.Fatalf("%s has no column %s", name, title)
	}
	cells := make([]string, 0, len(all))
	for _, row := range all[1:] {
		if at < len(row) {
			cells = append(cells, row[at])
		}
	}
	return cells
}

// What registries have published: nothing good is refused, everything bad is named.
func TestRealCreditCodes(t *testing.T) {
	type outcome struct {
		Reasons         map[Reason]int
		Fixed, OrgWrong int
	}
	for file, want := range map[string]outcome{
		"part-a.csv.gz":         {map[Reason]int{OK: 149371}, 11, 5}, // 11 in lower case
		"bad-check-digit-a.csv": {map[Reason]int{Checksum: 102}, 0, 0},
		"no-uscc-a.csv.gz":      {map[Reason]int{RegistrationNumber: 3333, TaxNumber: 38, OrganizationCode: 2, OldRegistrationNumber: 263, Truncated: 1, Length: 317}, 0, 0},
	} {
		t.Run(file, func(t *testing.T) {
			got := outcome{Reasons: map[Reason]int{}}
			for _, c := range column(t, file, "统一社会信用代码") {
				u, r := ParseUSCC([]byte(c))
				got.Reasons[r]++
				if u.Fixed {
					got.Fixed++
				}
				if r == OK && !u.OrgCodeValid() {
					got.OrgWrong++
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
