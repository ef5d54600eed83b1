package schemas

import "testing"

func TestEntriesOverlap(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b [2]Day
		want bool
	}{
		{"both open", [2]Day{}, [2]Day{}, true},
		{"one after the other", [2]Day{0, 20251231}, [2]Day{20260101, 0}, false},
		{"the last day of one is the first of the other", [2]Day{0, 20260101}, [2]Day{20260101, 0}, true},
		{"one in the other", [2]Day{20250101, 20271231}, [2]Day{20260101, 20260131}, true},
		{"apart", [2]Day{20250101, 20250131}, [2]Day{20260101, 20260131}, false},
	} {
		a := AuthorityEntry{From: c.a[0], Until: c.a[1]}
		b := AuthorityEntry{From: c.b[0], Until: c.b[1]}
		if got, back := a.overlaps(&b), b.overlaps(&a); got != c.want || back != c.want {
			t.Errorf("%s: %v and %v, want %v", c.name, got, back, c.want)
		}
	}
}

func TestParseDay(t *testing.T) {
	for _, s := range []string{"2026-11-01", "2024-02-29", "9999-12-31"} {
		d, err := ParseDay(s)
		if err != nil || d.String() != s {
			t.Errorf("%s is read as %s, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2025-02-29", "2026-13-01", "20261101", "2026-1-1"} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("%q is read as %s, want an error", s, d)
		}
	}
}
