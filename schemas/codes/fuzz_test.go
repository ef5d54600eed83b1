package codes

import (
	"strings"
	"testing"
)

// A file of any bytes is read or refused with a place, never half: a table that is made folds each of its codes and
// unshared labels to itself, and what a word means is a code of the table.
func FuzzFile(f *testing.F) {
	f.Add("# source: x\n# title: y\ncode\tlabel\tsynonyms\thistoric\n1\t甲\t乙|丙\t丁\n2\t戊（己）\t乙\n")
	f.Add("# source: x\n# title: y\ncode\tlabel\n1\t1\n1\t2\n\t\n")
	f.Add("\xef\xbb\xbfcode\tname\tfrom\tuntil\tnext\r\n390101\ta\t1990\t1995\t390102[1993];390103\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"own", "sex", "region"} {
			set, wrong := NewSet(Overlaid{Files: map[string]string{name: text}})
			if set == nil {
				for _, d := range wrong[name] {
					if d.Line < 1 || d.Column < 1 || d.Message == "" || d.Hint == "" {
						t.Fatalf("defect %+v", d)
					}
				}
				continue
			}
			if name == "region" {
				continue // Reading the whole history again would leave no time for anything else.
			}
			table, err := set.Table(name)
			if err != nil {
				t.Fatal(err)
			}
			for e := range table.All() {
				if code, how := table.Find([]byte(e.Code)); code != e.Code || how != SameCode {
					t.Fatalf("code %q is %q %d", e.Code, code, how)
				}
				for _, w := range append(append([]string{e.Label}, e.Synonyms...), e.Historic...) {
					code, how := table.Find([]byte(w))
					if _, ok := table.Entry(code); how.Found() != ok || w != "" && how == NoCode {
						t.Fatalf("word %q is %q %d", w, code, how)
					}
				}
			}
		}
	})
}

// A look finds exactly the words of a map, of any bytes.
func FuzzWords(f *testing.F) {
	f.Add("a|b|ab|12345678|123456789", "ab")
	f.Add("1\x00|1|\x001", "1")
	f.Fuzz(func(t *testing.T, list, cell string) {
		all := map[string]word{}
		for w := range strings.SplitSeq(list, "|") {
			all[w] = word{w, w, SameCode}
		}
		words := newWords(all)
		for w := range all {
			if code, how := words.Find([]byte(w)); code != w || how != SameCode {
				t.Fatalf("%q is %q %d", w, code, how)
			}
		}
		if _, how := words.Find([]byte(cell)); (how == SameCode) != (all[cell].how == SameCode) {
			t.Fatalf("%q is %d", cell, how)
		}
	})
}
