package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiku/cmd/jiku/city"
)

const registrationHeader = "企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址\n"

// gzipFile writes a gzip file and gives its path.
func gzipFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.csv.gz")
	if err := os.WriteFile(path, zipped(t, text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestGenCityKeepsWhatIsThere writes into folders of all kinds; only a city is replaced, and only when it is asked for
// and can be written.
func TestGenCityKeepsWhatIsThere(t *testing.T) {
	dir, other, file := filepath.Join(t.TempDir(), "city"), t.TempDir(), filepath.Join(t.TempDir(), "file")
	for _, path := range []string{filepath.Join(other, "mine"), file} {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	begun := filepath.Join(t.TempDir(), "begun")
	if err := os.MkdirAll(begun, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(begun, city.SummaryFile), []byte(`{"complete": false}`), 0o600); err != nil {
		t.Fatal(err)
	}
	bad := gzipFile(t, strings.Replace(registrationHeader, "注册日期", "日期", 1)+"x\n")
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"new", []string{"--out", dir}, exitDone, ""},
		{"a city", []string{"--out", dir}, exitUsage, "--overwrite"},
		{"no registrations", []string{"--out", dir, "--overwrite", "--registrations", bad + "x"}, exitUsage, "no such file"},
		{"other registrations", []string{"--out", dir, "--overwrite", "--registrations", bad}, exitUsage, "line 1, column 3: want 注册日期"},
		{"registrations that are no file", []string{"--out", dir, "--overwrite", "--registrations", other}, exitUsage, "it is no file"},
		{"something else", []string{"--out", other, "--overwrite"}, exitUsage, "something else than a city"},
		{"a file", []string{"--out", file}, exitUsage, "name a folder"},
		{"a city that was begun", []string{"--out", begun}, exitUsage, "--overwrite"},
		{"a city that was begun, again", []string{"--out", begun, "--overwrite"}, exitDone, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := inside(t, append([]string{"gen", "city", "--persons", "50"}, c.args...)...)
			if got.code != c.code || !strings.Contains(got.err, c.says) {
				t.Errorf("ends with %d, want %d: %s", got.code, c.code, got.err)
			}
			if _, err := city.ReadSummary(dir); err != nil {
				t.Errorf("the city is gone: %v", err)
			}
			if _, err := os.Stat(filepath.Join(other, "mine")); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestGenCityRegistrations passes real registrations on as they are, behind those that are made up.
func TestGenCityRegistrations(t *testing.T) {
	row := "示例市青禾食品有限公司,91390100MA39X0A12F,2016-03-01,有限责任公司,王明,50(万元人民币),\"食品, 饮料\",示例省,示例市,示例市东城湖区湖滨路1号\n"
	plain, with := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	if got := inside(t, "gen", "city", "--persons", "50", "--out", plain); got.code != 0 {
		t.Fatal(got.err)
	}
	if got := inside(t, "gen", "city", "--persons", "50", "--out", with, "--registrations", gzipFile(t, registrationHeader+row)); got.code != 0 {
		t.Fatal(got.err)
	}
	name := filepath.Join("landing", "market", "registration_20261025.csv.gz")
	if before, after := unzipped(t, filepath.Join(plain, name)), unzipped(t, filepath.Join(with, name)); after != before+row {
		t.Errorf("the delivery has %d bytes, want %d and %d", len(after), len(before), len(row))
	}
}

func unzipped(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(z); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
