package ident

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
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
	f, err := os.Open("../../../shared/data/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("real registrations and regions are not here: ../shared/data is absent")
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

// census is what the column of credit codes of real registrations holds. The groups do not overlap, but for the last two,
// which are of the valid ones.
type census struct {
	Rows       int
	Valid      int // as written
	Lower      int // valid once folded: all are in lower case
	Repaired   int // a letter read as the digit that it looks like
	Issued     int // the check character is wrong: registrars gave them out so
	RegNo      int // 15 digits, MOD 11,10 holds
	OldRegNo   int // 13 digits, cooperatives' NA…X, 企合…字第…号
	TaxNo      int // 15 characters with an organization code
	OrgCode    int
	Other      map[Reason]int
	OrgWrong   int // the organization code inside fails its own check digit
	NoRegion   int // characters 3 to 8 are no code of any year from 1981 to 2024
	NoProvince int // nor are 3 and 4 a province
}

func (c *census) add(f *Forms, cell string, regions map[string]bool) {
	c.Rows++
	u, r := RepairUSCC([]byte(cell))
	switch r {
	case OK:
		switch {
		case u.Repaired:
			c.Repaired++
		case u.Fixed:
			c.Lower++
		default:
			c.Valid++
		}
		region := u.Region()
		if !u.OrgCodeValid() {
			c.OrgWrong++
		}
		if !regions[string(region[:])] {
			c.NoRegion++
		}
		if !regions[string(region[:2])+"0000"] {
			c.NoProvince++
		}
	case Checksum:
		c.Issued++
	case RegistrationNumber:
		c.RegNo++
	case OldRegistrationNumber:
		c.OldRegNo++
	case TaxNumber:
		c.TaxNo++
	case OrganizationCode:
		c.OrgCode++
	default:
		if _, old := f.Document(KindOldRegNo, []byte(cell)); old == OK {
			c.OldRegNo++
			return
		}
		c.Other[r]++
	}
}

// table shows the counts as the notes quote them.
func (c *census) table(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", name)
	for _, row := range []struct {
		title string
		n     int
	}{
		{"rows", c.Rows}, {"valid as written", c.Valid}, {"valid, in lower case", c.Lower}, {"repaired", c.Repaired},
		{"issued with a wrong check character", c.Issued}, {"15-digit registration number", c.RegNo},
		{"old registration number", c.OldRegNo}, {"15-character tax number", c.TaxNo}, {"organization code", c.OrgCode},
		{"  of valid: organization code inside wrong", c.OrgWrong}, {"  of valid: region of no year", c.NoRegion},
		{"  of valid: province unknown", c.NoProvince},
	} {
		fmt.Fprintf(&b, "%8d  %s\n", row.n, row.title)
	}
	for _, r := range Reasons() {
		if n := c.Other[r]; n > 0 {
			fmt.Fprintf(&b, "%8d  else: %s\n", n, r)
		}
	}
	return b.String()
}

// What registries have published: nothing good is refused, everything bad is named. The log has the table.
func TestRealCreditCodes(t *testing.T) {
	f := loadForms(t)
	regions := map[string]bool{}
	for _, code := range column(t, "regions/area-codes-1981-2024.csv", "代码") {
		regions[code] = true
	}
	for file, want := range map[string]census{
		"part-a.csv.gz":         {Rows: 149371, Valid: 149360, Lower: 11, OrgWrong: 5, NoRegion: 5564, NoProvince: 3, Other: map[Reason]int{}},
		"bad-check-digit-a.csv": {Rows: 102, Issued: 102, Other: map[Reason]int{}},
		// Those of cooperatives (339, 38 of them pass as tax numbers by chance) are OldRegNo; what is left is 无 and the like.
		"no-uscc-a.csv.gz": {Rows: 3954, RegNo: 3333, OldRegNo: 610, OrgCode: 2, Other: map[Reason]int{Length: 8, Truncated: 1}},
	} {
		t.Run(file, func(t *testing.T) {
			got := census{Other: map[Reason]int{}}
			for _, c := range column(t, "cn-enterprise/"+file, "统一社会信用代码") {
				got.add(f, c, regions)
			}
			t.Log(got.table(file))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A column of real codes is told from its cells alone, and so is one of registration numbers.
func TestRealColumns(t *testing.T) {
	f := loadForms(t)
	for file, want := range map[string]Kind{"part-a.csv.gz": KindUSCC, "no-uscc-a.csv.gz": KindNone} {
		var all, fifteen Column
		for _, c := range column(t, "cn-enterprise/"+file, "统一社会信用代码") {
			all.Add(f, []byte(c))
			if len(c) == 15 && digits([]byte(c)) {
				fifteen.Add(f, []byte(c))
			}
		}
		kind, r := all.Kind()
		t.Logf("%s: %d cells, %s %.4f, %s %.4f, %s %.4f: %s %s", file, all.Cells(), KindUSCC, all.Fits(KindUSCC),
			KindRegNo, all.Fits(KindRegNo), KindOldRegNo, all.Fits(KindOldRegNo), kind, r)
		if kind != want {
			t.Errorf("%s: kind %s, want %s", file, kind, want)
		}
		if fifteen.Cells() > 0 {
			kind, r := fifteen.Kind()
			t.Logf("%s, 15 digits: %d cells, %s %.4f, %s %.4f, %s %.4f: %s %s", file, fifteen.Cells(), KindRegNo, fifteen.Fits(KindRegNo),
				KindTaxNo, fifteen.Fits(KindTaxNo), KindResidentID, fifteen.Fits(KindResidentID), kind, r)
			if kind != KindRegNo {
				t.Errorf("%s: 15 digits are %s", file, kind)
			}
		}
	}
}
