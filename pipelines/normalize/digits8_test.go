package normalize

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// Eight digits read at once are the number that they are, and no other eight bytes are read.
func TestEightDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Uint32Range(0, 99999999).Draw(t, "number")
		b := fmt.Appendf(nil, "%08d", want)
		if n, ok := eightDigits(b); !ok || n != want {
			t.Fatalf("%s gives %d, %v", b, n, ok)
		}
		day := fmt.Appendf(nil, "%s-%s-%s", b[:4], b[4:6], b[6:])
		if n, ok := dashedDay(day); !ok || n != want {
			t.Fatalf("%s gives %d, %v", day, n, ok)
		}
		clock := fmt.Appendf(nil, "%s:%s:%s", b[:2], b[2:4], b[4:6])
		if n, ok := colonClock(clock); !ok || n != want/100 {
			t.Fatalf("%s gives %d, %v", clock, n, ok)
		}
		at, c := rapid.IntRange(0, 7).Draw(t, "at"), rapid.Byte().Draw(t, "byte")
		b[at] = c
		if _, ok := eightDigits(b); ok != isDigit(c) {
			t.Fatalf("%q is %v", b, ok)
		}
		if at, c := rapid.IntRange(0, 9).Draw(t, "at"), rapid.Byte().Draw(t, "byte"); day[at] != c {
			dash := at == 4 || at == 7
			day[at] = c
			if _, ok := dashedDay(day); ok != (isDigit(c) && !dash) {
				t.Fatalf("%q is %v", day, ok)
			}
		}
	})
}
