package charset_test

import (
	"testing"

	"jiku/schemas/charset"
)

func TestStandard(t *testing.T) {
	want := map[rune]rune{0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE}
	for _, m := range moved {
		want[m.old] = m.now
	}
	for r := rune(0); r <= 0x10FFFF; r++ {
		got, ok := charset.Standard(r)
		if ok != (want[r] != 0) || got != want[r] || ok && !charset.IsPrivate(r) {
			t.Errorf("%U: %U, %t; want %U", r, got, ok, want[r])
		}
	}
}
