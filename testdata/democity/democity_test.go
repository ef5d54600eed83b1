package main

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jiku/schemas/ident"
)

// registeredElsewhere is the region of the registrations that tests hand in: it stands for
// the real ones, about which nothing adverse may be made up.
const registeredElsewhere = "399999"

// registrationsFile writes a file as the market regulator delivers it.
func registrationsFile(t *testing.T, n int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "registrations.csv.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	w := csv.NewWriter(z)
	rows := [][]string{registrationHeader}
	for i := range n {
		code, err := ident.SynthesizeUSCC("91", registeredElsewhere, "MA38"+bodyOf(i))
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, []string{fmt.Sprintf("示例第%d商行", i), string(code.AppendTo(nil)), "2011-03-04", "N/A", "王明", "5,000.00(万元人民币)", "百货", "示例省", "示例市", fmt.Sprintf("示例市人民路%d号", i)})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// digests gives the SHA-256 and the time of every file under a directory.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := make(map[string]string)
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		out[path] = hex.EncodeToString(sum[:])
		if info, err := e.Info(); err == nil && strings.Contains(path, "/") {
			out[path] += " " + info.ModTime().UTC().Format("2006-01-02T15:04")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSameSeedSameBytes(t *testing.T) {
	real := registrationsFile(t, 300)
	write := func(seed uint64) map[string]string {
		dir := t.TempDir()
		if err := run(options{out: dir, registrations: real, persons: 800, orgs: 500, seed: seed}, io.Discard); err != nil {
			t.Fatal(err)
		}
		return digests(t, dir)
	}
	first := write(1)
	if diff := cmp.Diff(first, write(1)); diff != "" {
		t.Errorf("second run differs (-first +second):\n%s", diff)
	}
	if other := write(2); other["police/household_20261001.csv"] == first["police/household_20261001.csv"] {
		t.Error("another seed gives the same population")
	}
}

// rowsOf reads a CSV file that the generator wrote; gbk tells the encoding.
func rowsOf(t *testing.T, path string, gbk bool) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	if gbk {
		in = simplifiedchinese.GB18030.NewDecoder().Reader(in)
	}
	r := csv.NewReader(in)
	if strings.HasSuffix(path, ".tsv") {
		r.Comma = '\t'
	}
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestPeopleBelongToNobody(t *testing.T) {
	c := &city{seed: 7, names: loadNames()}
	seen := make(map[string]bool)
	for i, p := range c.makePeople(20_000) {
		n := p.number()
		id, reason := ident.ParseResidentID([]byte(n))
		if reason != ident.OK || !strings.HasPrefix(n, ident.SyntheticProvince) {
			t.Fatalf("person %d: number is %q, want a valid one of province %s", i, reason, ident.SyntheticProvince)
		}
		if seen[n] {
			t.Fatalf("person %d: number is another person's", i)
		}
		seen[n] = true
		if day(id.Birth()) != p.birth || (id.Sex() == '1') != p.male {
			t.Fatalf("person %d: birth date or sex differs from the number", i)
		}
		if p.birth < 19000101 || p.birth >= firstSlot || p.married != 0 && p.married < p.birth.plus(20*365) {
			t.Fatalf("person %d: born %d, married %d", i, p.birth, p.married)
		}
	}
}

func TestOrganizationsBelongToNobody(t *testing.T) {
	c := &city{seed: 7, names: loadNames()}
	seen := make(map[string]bool)
	for i, o := range c.makeOrgs(20_000) {
		code, reason := ident.ParseUSCC([]byte(o.code))
		if reason != ident.OK || !code.OrgCodeValid() || o.code[2:4] != ident.SyntheticProvince || seen[o.code] {
			t.Fatalf("organization %d: code is %q or taken, want a new valid one of province %s", i, reason, ident.SyntheticProvince)
		}
		seen[o.code] = true
	}
}

// TestNothingAdverseAboutOthers looks for what is adverse about organizations that were
// handed in.
func TestNothingAdverseAboutOthers(t *testing.T) {
	dir := t.TempDir()
	if err := run(options{out: dir, registrations: registrationsFile(t, 4000), persons: 0, orgs: 2000, seed: 1}, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, sheet := range []struct {
		file   string
		gbk    bool
		code   int
		benign func(row []string) bool
	}{
		{"market/penalty_20261019.csv", true, 3, func([]string) bool { return false }},
		{"market/penalty_20261026_1.csv", true, 3, func([]string) bool { return false }},
		{"market/food_permit_20261101.csv", false, 3, func([]string) bool { return false }},
		{"tax/taxpayer_20261001.csv", true, 0, func(row []string) bool { return row[10] == "03" && row[13] != "D" }},
		{"tax/taxpayer_20261101.csv", true, 0, func(row []string) bool { return row[10] == "03" && row[13] != "D" }},
		{"street/shop_20261101.tsv", false, 1, func(row []string) bool { return row[4] == "在营" }},
	} {
		rows := rowsOf(t, filepath.Join(dir, sheet.file), sheet.gbk)
		if len(rows) == 0 {
			t.Errorf("%s: no rows", sheet.file)
		}
		for i, row := range rows {
			if strings.Contains(row[sheet.code], registeredElsewhere) && !sheet.benign(row) {
				t.Errorf("%s row %d: something adverse about an organization that was handed in", sheet.file, i+1)
			}
		}
	}
}

func TestRegistrationsStayAsTheyAre(t *testing.T) {
	dir, real := t.TempDir(), registrationsFile(t, 50)
	if err := run(options{out: dir, registrations: real, orgs: 20, seed: 1}, io.Discard); err != nil {
		t.Fatal(err)
	}
	want := rowsOf(t, real, false)
	got := rowsOf(t, filepath.Join(dir, "market", "registration_20261101.csv.gz"), false)
	if len(got) != 70 {
		t.Fatalf("%d rows, want 50 and 20", len(got))
	}
	if diff := cmp.Diff(want, got[:50]); diff != "" {
		t.Errorf("registrations differ (-handed in +delivered):\n%s", diff)
	}
}

func TestCapitalInYuan(t *testing.T) {
	for _, c := range []struct{ name, in, amount, currency string }{
		{"plain", "5000(万元人民币)", "50000000.00", "156"},
		{"thousands", "5,000.5000(万元)", "50005000.00", "156"},
		{"no brackets", "50万人民币", "500000.00", "156"},
		{"dollars", "12(万美元)", "120000.00", "840"},
		{"not in ten thousands", "80(人民币元)", "", ""},
		{"unknown currency", "3(万瑞士法郎)", "", ""},
		{"blank", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			amount, currency := inYuan(c.in)
			if amount != c.amount || currency != c.currency {
				t.Errorf("got %q %q, want %q %q", amount, currency, c.amount, c.currency)
			}
		})
	}
}
