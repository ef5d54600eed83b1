package city

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// generate makes a small city and gives its folder.
func generate(t *testing.T, o Options) (string, *Summary) {
	t.Helper()
	o.Out = t.TempDir()
	sum, err := Generate(context.Background(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return o.Out, sum
}

// digests are the digests of all files of a folder, by name.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		all[name] = fmt.Sprintf("%x", sha256.Sum256(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestSameBytes makes the same city by one worker and by five, and another one.
func TestSameBytes(t *testing.T) {
	o := Options{Persons: 2*blockPersons + 700, Seed: 7, Days: 9, Stream: true, Workers: 1}
	one, _ := generate(t, o)
	want := digests(t, one)
	o.Workers = 5
	five, _ := generate(t, o)
	got := digests(t, five)
	if len(want) < 100 || len(got) != len(want) {
		t.Fatalf("files: %d and %d", len(want), len(got))
	}
	for name, digest := range want {
		if got[name] != digest {
			t.Errorf("%s differs between one worker and five", name)
		}
	}
	o.Seed = 8
	other, sum := generate(t, o)
	got = digests(t, other)
	for _, f := range sum.Files { // A day on which nothing happens is a header alone.
		if name := filepath.Join("landing", f.Path); f.Rows > 0 && want[name] == got[name] {
			t.Errorf("%s is the same with another seed", name)
		}
	}
}

// TestGrowingCity wants the first block to stay what it is when the city grows.
func TestGrowingCity(t *testing.T) {
	small, err := newWorld(Options{Persons: blockPersons, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	large, err := newWorld(Options{Persons: 5 * blockPersons, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	a, b := small.block(0), large.block(0)
	for i := range a.people {
		if a.people[i].number != b.people[i].number || a.people[i].at(small.first) != b.people[i].at(large.first) {
			t.Fatalf("person %d differs", i)
		}
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []Options{{Persons: 0}, {Persons: MaxPersons + 1}, {Persons: 1, Days: -1}, {Persons: 1, Days: 367}} {
		o.Out = t.TempDir()
		if _, err := Generate(context.Background(), o, nil); err == nil {
			t.Errorf("%+v: accepted", o)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Generate(ctx, Options{Persons: 1000, Out: t.TempDir()}, nil); err == nil {
		t.Error("a cancelled context made a city")
	}
}

// TestNumbersAreTheirOwn counts that no two persons and no two organizations share a number, over several counties and
// blocks of one county.
func TestNumbersAreTheirOwn(t *testing.T) {
	w, err := newWorld(Options{Persons: 110 * blockPersons, Seed: 5, Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[number]bool, 30*blockPersons)
	own := func(n number) {
		if n[0] == 0 {
			return
		}
		if seen[n] {
			t.Fatal("a number is given twice")
		}
		seen[n] = true
		if text := string(n[:]); !strings.HasPrefix(text, "39") && !strings.HasPrefix(text[2:], "39") && !strings.HasPrefix(text[1:], "39") {
			t.Fatalf("a number of region %s", text[:6])
		}
	}
	for _, i := range []int{0, 1, 2, 3, 10, 40, 50, 80, 100, 101, 102, 103, 104, 105, 109} {
		b := w.block(i)
		for j := range b.people {
			p := &b.people[j]
			own(p.number)
			own(p.former)
			own(p.second)
		}
		for j := range b.orgs {
			own(b.orgs[j].code)
		}
	}
}
