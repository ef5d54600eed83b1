package charset_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"jiku/schemas/charset"
)

func TestSniff(t *testing.T) {
	row := "39010119650430001,某省某市某区\n"
	gb, _ := charset.AppendGB18030(nil, []byte(row))
	long := strings.Repeat("x,1\n", 1<<19) // 2 MiB
	for _, c := range []struct {
		name, file, want string
		marked, ascii    bool
		reason           string
	}{
		{"empty", "", charset.UTF8, false, true, "ASCII"},
		{"ascii", "a,b\n1,2\n", charset.UTF8, false, true, "ASCII"},
		{"utf-8", row, charset.UTF8, false, false, "whole file"},
		{"utf-8 with mark", "\ufeffa", charset.UTF8, true, false, "byte order mark of utf-8"},
		{"gb18030", string(gb), charset.GB18030, false, false, "byte 24 (line 1) is no UTF-8"},
		{"gb18030 with mark", "\x84\x31\x95\x33a", charset.GB18030, true, false, "byte order mark of gb18030"},
		{"gb18030 behind two windows", long + string(gb), charset.GB18030, false, false, "byte 2097176 (line 524289) is no UTF-8"},
		{"utf-8 across a window", long[:1<<20-1] + row, charset.UTF8, false, false, "whole file"},
		{"gb18030 across a window", long[:1<<20-19] + string(gb), charset.GB18030, false, false, "GB 18030"},
		{"utf-16le with mark", "\xff\xfea\x00", charset.UTF16LE, true, false, "byte order mark of utf-16le"},
		{"utf-16be", string(encodeUTF16("a,b\n1,2\n某省某市\n", true)), charset.UTF16BE, false, false, "zero"},
		{"neither", row + string(gb) + "\xff", "", false, false, "byte 61 (line 2) is no UTF-8 and byte 68 (line 3) no GB 18030"},
		{"cut utf-8", row[:len(row)-2], "", false, false, "is no UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := charset.Sniff(iotest.HalfReader(strings.NewReader(c.file)))
			if err != nil || got.Name != c.want || got.Marked != c.marked || got.ASCII != c.ascii || !strings.Contains(got.Reason, c.reason) {
				t.Errorf("%+v, %v; want %s, marked %t, ascii %t, reason %q", got, err, c.want, c.marked, c.ascii, c.reason)
			}
		})
	}
	if _, err := charset.Sniff(iotest.ErrReader(iotest.ErrTimeout)); err == nil {
		t.Error("an error of reading is lost")
	}
}

func TestUTF8Evidence(t *testing.T) {
	for _, c := range []struct {
		name, text string
		at         int
	}{
		{"four characters", "ab,某省某市", 3},
		{"in several cells", "王伟,1,有效", 0},
		{"two could be either", "王伟", -1},
		{"ascii", "abcd", -1},
		{"letters with accents", "é某省某市", -1},
		{"gb18030", "\xc4\xb3\xca\xa1\xc4\xb3\xca\xd0", -1},
		{"mixed", "某省某市\xc4\xb3", -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if at := charset.UTF8Evidence([]byte(c.text)); at != c.at {
				t.Errorf("at %d, want %d", at, c.at)
			}
		})
	}
}

// TestEvidenceByAccident draws texts of six characters evenly from GB/T 2312, where real ones
// have fewer characters of level 2; none of them may be taken for UTF-8.
func TestEvidenceByAccident(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	raw := make([]byte, 12)
	for range 2_000_000 {
		for i := 0; i < len(raw); i += 2 {
			raw[i], raw[i+1] = byte(0xB0+random.IntN(72)), byte(0xA1+random.IntN(94))
		}
		if at := charset.UTF8Evidence(raw); at >= 0 {
			t.Fatalf("% x is taken for UTF-8", raw)
		}
	}
}
