package charset_test

import (
	"math/rand/v2"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"jiku/schemas/charset"
)

func TestTrace(t *testing.T) {
	for _, c := range []struct {
		name, text, way, want string
		lost                  bool
	}{
		{"utf-8 read as gbk", "鑻忓窞", charset.UTF8AsGB18030, "苏州", false},
		{"with ascii", "A1鑻忓窞,2", charset.UTF8AsGB18030, "A1苏州,2", false},
		{"utf-8 read as latin-1", "Ã¥", charset.UTF8AsLatin1, "å", false},
		{"chinese read as windows-1252", "è‹\u008få·ž", charset.UTF8AsLatin1, "苏州", false},
		{"gbk read as latin-1", "ËÕÖÝ", charset.GB18030AsLatin1, "苏州", false},
		{"with a rare character, which is too rare to be sure", "鑻忓窞瓞睎", "", "", false},
		{"replacement characters read as gbk", "锟斤拷", "", "", true},
		{"from the middle", "匡拷锟斤拷", "", "", true},
		{"replacement character", "试\uFFFD", "", "", true},
		{"half is lost", "鑻忓窞甯?", "", "", false},
		{"a name", "李锟", "", "", false},
		{"a name with a rare character", "赵𬱖", "", "", false},
		{"a name of level 2", "彧婧妍", "", "", false},
		{"a name of French", "Éloïse Hélène", "", "", false},
		{"a name of German", "Jürgen Groß", "", "", false},
		{"minority name with dot", "阿卜杜拉·试验", "", "", false},
		{"plain", "PLAIN 1", "", "", false},
		{"nothing", "", "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if way, lost := charset.Trace([]byte(c.text)), charset.Lost([]byte(c.text)); way != c.way || lost != c.lost {
				t.Fatalf("%q: way %q, lost %t; want %q, %t", c.text, way, lost, c.way, c.lost)
			}
			if c.way == "" {
				return
			}
			if out, ok := charset.Undo([]byte("x"), []byte(c.text), c.way); !ok || string(out) != "x"+c.want {
				t.Errorf("%q was %q (%t), want %q", c.text, out, ok, c.want)
			}
		})
	}
}

// TestUndo reads drawn texts in the wrong way and turns it around.
func TestUndo(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("苏州市赵某区é1 A彧")), 1, 12, -1).Draw(r, "text")
		wrong := map[string]string{}
		if w, bad := charset.NewDecoder(charset.GB18030).Append(nil, []byte(text)); bad < 0 {
			wrong[charset.UTF8AsGB18030] = string(w)
		}
		gb, _ := charset.AppendGB18030(nil, []byte(text))
		for way, raw := range map[string]string{charset.UTF8AsLatin1: text, charset.GB18030AsLatin1: string(gb)} {
			w, err := charmap.ISO8859_1.NewDecoder().String(raw)
			if err != nil {
				r.Fatal(err)
			}
			wrong[way] = w
		}
		for way, w := range wrong {
			if w == text {
				continue
			}
			if out, ok := charset.Undo(nil, []byte(w), way); !ok || string(out) != text {
				r.Fatalf("%s: %q gives %q (%t), want %q", way, w, out, ok, text)
			}
		}
	})
}

// TestTraceByAccident draws names evenly from GB/T 2312, where real ones have fewer characters
// of level 2: how many pass for mojibake.
func TestTraceByAccident(t *testing.T) {
	const n = 1_000_000
	random := rand.New(rand.NewPCG(1, 2))
	d := charset.NewDecoder(charset.GB2312)
	raw, text, named := make([]byte, 6), []byte(nil), 0
	for range n {
		for i := range 3 {
			for ok := false; !ok; {
				raw[2*i], raw[2*i+1] = byte(0xB0+random.IntN(72)), byte(0xA1+random.IntN(94))
				var bad int
				text, bad = d.Append(text[:0], raw[2*i:2*i+2])
				ok = bad < 0
			}
		}
		text, _ = d.Append(text[:0], raw)
		if charset.Trace(text) != "" {
			named++
		}
	}
	t.Logf("%d of %d", named, n)
	if named > n/5000 {
		t.Errorf("%d of %d names pass for mojibake", named, n)
	}
}
