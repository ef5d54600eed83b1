package schemas

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

// FuzzReadDocument looks for text that loading does not survive, or takes without saying
// where each part stands.
func FuzzReadDocument(f *testing.F) {
	_, good := archive(f, "testdata/good.txtar")
	for _, file := range good {
		f.Add(file.Data)
	}
	for _, s := range []string{"", "-", "a: &b", "feed: |\n  x", "? [a]", "{feed: [}", "feed: \xff", "\ufefffeed: x", "<<: *a", "feed: !!x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var problems Problems
		doc := readDocument(declarationKinds[1], "feeds/x.yaml", data, &problems)
		if doc == nil && len(problems) == 0 {
			t.Error("nothing is read and nothing is said")
		}
		for _, p := range problems {
			if p.Line < 1 || p.Column < 1 {
				t.Errorf("problem without a place: %v", p)
			}
		}
	})
}

func TestReadDocument(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"not UTF-8", "feed: x\ntitle: \xb9\xfa\n", "feeds/x.yaml:2:1: text is not UTF-8 (save the file as UTF-8)"},
		{"byte order mark and CRLF", "\ufefffeed: x\r\nkind: deltas\r\n", `feeds/x.yaml:2:7: kind "deltas" is not known (did you mean "delta"?)`},
		{"place after wide characters", "feed: x\n" + `nulls: {none: [无, 不详], blnk: none}`, `feeds/x.yaml:2:24: unknown key "blnk" in nulls (did you mean "blank"?)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var problems Problems
			readDocument(declarationKinds[1], "feeds/x.yaml", []byte(c.text), &problems)
			for _, p := range problems {
				if p.String() == c.want {
					return
				}
			}
			t.Errorf("problems:\n%v\nwant among them:\n%s", problems, c.want)
		})
	}
}

// TestBrokenFilesHideWhatFollows: with one file unreadable, nothing is said about others
// that refer to it.
func TestBrokenFilesHideWhatFollows(t *testing.T) {
	_, good := archive(t, "testdata/good.txtar")
	files, err := fs.Glob(good, "*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		_, err := LoadCatalogue(overlay(good, fstest.MapFS{file: {Data: []byte("a: [\n")}}), testKnown)
		problems, ok := err.(Problems)
		if !ok || len(problems) != 1 || problems[0].File != file {
			t.Errorf("%s unreadable: %v, want one problem there", file, err)
		}
	}
}
