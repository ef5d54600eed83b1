// Package charset_test compares jiku with other people's programs. It is run by `make oracle`
// alone: what it asks is not part of jiku, and need not be there to build or test it.
package charset_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"jiku/schemas/charset"
)

// python decodes the codes of standard input, a line each in hexadecimal, and writes a line
// each: the code points, or nothing.
const python = `
import sys
name = sys.argv[1]
for line in sys.stdin:
    try:
        print(' '.join('%X' % ord(c) for c in bytes.fromhex(line).decode(name)))
    except UnicodeDecodeError:
        print()
`

// twoBytes are the codes with a lead byte 81 to FE and a trail byte 40 to FE.
func twoBytes() [][]byte {
	var out [][]byte
	for b1 := 0x81; b1 <= 0xFE; b1++ {
		for b2 := 0x40; b2 <= 0xFE; b2++ {
			if b2 != 0x7F {
				out = append(out, []byte{byte(b1), byte(b2)})
			}
		}
	}
	return out
}

// fourBytes are the codes of four bytes up to E3 39 FE 39.
func fourBytes() [][]byte {
	var out [][]byte
	for n := range (0xE4 - 0x81) * 12600 {
		out = append(out, []byte{byte(n/12600) + 0x81, byte(n/1260%10) + '0', byte(n/10%126) + 0x81, byte(n%10) + '0'})
	}
	return out
}

// decodes asks Python for every code at once.
func decodes(t *testing.T, codec string, codes [][]byte) []string {
	t.Helper()
	var in bytes.Buffer
	for _, c := range codes {
		fmt.Fprintf(&in, "%x\n", c)
	}
	cmd := exec.Command("python3", "-c", python, codec)
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("run python3: %v", err)
	}
	lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(lines) != len(codes) {
		t.Fatalf("%d answers to %d codes", len(lines), len(codes))
	}
	return lines
}

// converts asks a converter of the kind of iconv for the codes that jiku decodes, a line each.
func converts(t *testing.T, codes [][]byte, command ...string) []string {
	t.Helper()
	var in bytes.Buffer
	for _, c := range codes {
		in.Write(append(c, '\n'))
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("run %s: %v", command[0], err)
	}
	var lines []string
	for _, l := range strings.Split(strings.TrimSuffix(string(out), "\n"), "\n") {
		r, _ := utf8.DecodeRuneInString(l)
		lines = append(lines, fmt.Sprintf("%X", r))
	}
	return lines
}

// ours decodes as jiku does, in the form of python.
func ours(name string, code []byte) string {
	text, bad := charset.NewDecoder(name).Append(nil, code)
	if bad >= 0 {
		return ""
	}
	var out []string
	for _, r := range string(text) {
		out = append(out, fmt.Sprintf("%X", r))
	}
	return strings.Join(out, " ")
}

// moved are the two-byte positions that GB 18030 gave to another code point in 2022, and A8 BC
// in 2005, with the code point of the edition of 2000.
var moved = map[string]string{
	"a6d9": "E78D", "a6da": "E78E", "a6db": "E78F", "a6dc": "E790", "a6dd": "E791", "a6de": "E792", "a6df": "E793", "a6ec": "E794", "a6ed": "E795", "a6f3": "E796",
	"fe59": "E81E", "fe61": "E826", "fe66": "E82B", "fe67": "E82C", "fe6d": "E832", "fe7e": "E843", "fe90": "E854", "fea0": "E864", "a8bc": "E7C7",
}

// TestPython compares with Python's codecs, which have the edition of 2000. Every difference
// is in explained; what has no explanation fails.
func TestPython(t *testing.T) {
	for _, c := range []struct {
		name, codec string
		codes       [][]byte
		explained   map[string]string // code → what Python has
		// subset is set where Python's codec has fewer positions than ours.
		subset bool
	}{
		{charset.GB18030, "gb18030", twoBytes(), moved, false},
		{charset.GB18030, "gb18030", fourBytes(), nil, false},
		{charset.GBK, "gbk", twoBytes(), nil, true},
		// GB/T 2312 has no mapping of its own: the dot of names is U+00B7 in GB 18030.
		{charset.GB2312, "gb2312", twoBytes(), map[string]string{"a1a4": "30FB", "a1aa": "2015"}, false},
	} {
		t.Run(fmt.Sprintf("%s of %d", c.name, len(c.codes)), func(t *testing.T) {
			differ := 0
			for i, theirs := range decodes(t, c.codec, c.codes) {
				code, mine := fmt.Sprintf("%x", c.codes[i]), ours(c.name, c.codes[i])
				if mine == theirs || theirs == "" && c.subset {
					continue
				}
				if differ++; theirs == "" || c.explained[code] != theirs {
					t.Errorf("%s: %s, Python has %q", code, mine, theirs)
				}
			}
			t.Logf("%d codes compared, %d differ as explained", len(c.codes), differ)
			if differ != len(c.explained) {
				t.Errorf("%d differ, %d are explained", differ, len(c.explained))
			}
		})
	}
}

// TestConverters compares with ICU's uconv and glibc's iconv. Which edition they have depends on
// their version. Three kinds of difference are explained: they have the private-use code point
// that a later edition replaced; they refuse the four-byte code that such a character had
// before; they have the character of the six positions that are private use to this day.
func TestConverters(t *testing.T) {
	explained := map[[2]string]bool{} // Ours and theirs.
	for code, old := range moved {
		now := ours(charset.GB18030, []byte{unhex(code[:2]), unhex(code[2:])})
		explained[[2]string{now, old}], explained[[2]string{now, refused}] = true, true
	}
	for _, private := range []rune{0xE816, 0xE817, 0xE818, 0xE831, 0xE83B, 0xE855} {
		r, _ := charset.Standard(private)
		explained[[2]string{fmt.Sprintf("%X", private), fmt.Sprintf("%X", r)}] = true
	}
	for _, command := range [][]string{{"uconv", "-f", "gb18030", "-t", "utf-8"}, {"iconv", "-c", "-f", "gb18030", "-t", "utf-8"}} {
		t.Run(command[0], func(t *testing.T) {
			var codes [][]byte
			for _, c := range append(twoBytes(), fourBytes()...) {
				if ours(charset.GB18030, c) != "" {
					codes = append(codes, c)
				}
			}
			lines := converts(t, codes, command...)
			if len(lines) != len(codes) {
				t.Fatalf("%d answers to %d codes", len(lines), len(codes))
			}
			differ := 0
			for i, theirs := range lines {
				if mine := ours(charset.GB18030, codes[i]); mine != theirs {
					if differ++; !explained[[2]string{mine, theirs}] {
						t.Errorf("%x: %s, %s has %s", codes[i], mine, command[0], theirs)
					}
				}
			}
			t.Logf("%d codes compared, %d differ as explained", len(codes), differ)
		})
	}
}

// refused is the answer to a code that a converter left out: an empty line.
const refused = "FFFD"

func unhex(s string) byte {
	var b byte
	_, _ = fmt.Sscanf(s, "%x", &b)
	return b
}
