package schemas

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// relate applies whichever side of the comparator fits the example.
func relate(t testing.TB, c Comparator, a, b string) []Relation {
	var out []Relation
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	if c.Int != nil && errX == nil && errY == nil {
		out = append(out, c.Int(x, y))
	}
	if c.Text != nil {
		out = append(out, c.Text([]byte(a), []byte(b)))
	}
	if len(out) == 0 {
		t.Fatalf("example %q, %q is not of the comparator's type", a, b)
	}
	return out
}

// TestComparatorExamples runs the examples of every comparator, both ways round. A
// comparator without a document, an example of equality or one of difference fails.
func TestComparatorExamples(t *testing.T) {
	for _, c := range Comparators() {
		t.Run(c.Name, func(t *testing.T) {
			if c.Title == "" || !strings.HasSuffix(c.Doc, "。") {
				t.Errorf("title %q, doc %q: want both", c.Title, c.Doc)
			}
			seen := map[Relation]bool{}
			for _, e := range c.Examples {
				seen[e.Want] = true
				for _, got := range append(relate(t, c, e.A, e.B), relate(t, c, e.B, e.A)...) {
					if got != e.Want {
						t.Errorf("%q, %q: %s, want %s", e.A, e.B, got, e.Want)
					}
				}
			}
			if !seen[Equal] || !seen[Different] {
				t.Error("the examples show no equal or no different values")
			}
		})
	}
	if !slices.IsSortedFunc(Comparators(), func(a, b Comparator) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("comparators are not listed by name")
	}
}

// TestComparatorLaws checks that relations are symmetric, values equal to themselves, and
// Equal an equivalence that every relation respects: equal values relate alike to a third.
// The cascade rests on it.
func TestComparatorLaws(t *testing.T) {
	for _, c := range Comparators() {
		t.Run(c.Name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				if c.Text != nil {
					text := comparable(c)
					x, y, z := []byte(text.Draw(rt, "x")), []byte(text.Draw(rt, "y")), []byte(text.Draw(rt, "z"))
					checkLaws(rt, c.Text, [3][]byte{x, y, z})
				}
				if c.Int != nil {
					n := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-3, 3), rapid.SampledFrom([]int64{19900000, 19900500, 19900506, 19900006, 19910000}))
					checkLaws(rt, c.Int, [3]int64{n.Draw(rt, "x"), n.Draw(rt, "y"), n.Draw(rt, "z")})
				}
			})
		})
	}
}

// comparable draws values that are often equal: from the examples and from what is folded.
func comparable(c Comparator) *rapid.Generator[string] {
	var values []string
	for _, e := range c.Examples {
		values = append(values, e.A, e.B)
	}
	piece := rapid.SampledFrom([]string{"", " ", "　", "·", ".", "（", "(", "A", "ａ", "1", "１", "市", "区", "有限责任公司", "有限公司", "甲", "0399", "86",
		"8000001", "-", "\xff", "\xfe", "\U0010FFFF", "鄧", "邓", "雲", "云", "\uE81E", "\u9FB4"})
	pieces := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 4).Draw(t, "pieces"), "") })
	return rapid.OneOf(rapid.SampledFrom(values), pieces, rapid.String())
}

func checkLaws[T any](t *rapid.T, relation func(a, b T) Relation, v [3]T) {
	for _, a := range v {
		if r := relation(a, a); r != Equal {
			t.Fatalf("%v is %s to itself", a, r)
		}
		for _, b := range v {
			r := relation(a, b)
			if back := relation(b, a); back != r {
				t.Fatalf("%v, %v: %s one way and %s the other", a, b, r, back)
			}
			for _, c := range v {
				if r == Equal && relation(a, c) != relation(b, c) {
					t.Fatalf("%v and %v are equal, but to %v %s and %s", a, b, c, relation(a, c), relation(b, c))
				}
			}
		}
	}
}

// TestBrokenBytes checks that bytes that are not UTF-8 are not folded into one character.
func TestBrokenBytes(t *testing.T) {
	for _, c := range Comparators() {
		if c.Text == nil {
			continue
		}
		if r := c.Text([]byte("甲\xff"), []byte("甲\xfe")); r != Different {
			t.Errorf("%s: two broken values are %s", c.Name, r)
		}
	}
}

func TestComparatorFor(t *testing.T) {
	for _, tc := range []struct {
		name string
		item Item
		want string
		err  string
	}{
		{"text", Item{Type: TypeText}, "exact", ""},
		{"code", Item{Type: TypeCode}, "code", ""},
		{"date", Item{Type: TypeDate}, "date", ""},
		{"integer", Item{Type: TypeInteger}, "exact", ""},
		{"decimal", Item{Type: TypeDecimal}, "amount", ""},
		{"declared", Item{Type: TypeText, Comparator: "person_name"}, "person_name", ""},
		{"unknown", Item{Name: "x", Type: TypeText, Comparator: "soundex"}, "",
			`choose comparator of item x: unknown comparator "soundex", want one of address, code, exact, org_name, person_name, phone, text`},
		{"wrong type", Item{Name: "x", Type: TypeDate, Comparator: "person_name"}, "",
			"choose comparator of item x: comparator person_name does not compare items of type date, want one of amount, date, exact"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, err := ComparatorFor(&tc.item)
			if tc.err != "" {
				if err == nil || err.Error() != tc.err {
					t.Fatalf("error %v, want %s", err, tc.err)
				}
				return
			}
			if err != nil || c.Name != tc.want {
				t.Fatalf("%s, %v, want %s", c.Name, err, tc.want)
			}
		})
	}
}

// TestComparatorsAllocateNothing holds for values of ordinary length; they run for every
// disagreement of every key.
func TestComparatorsAllocateNothing(t *testing.T) {
	for _, c := range Comparators() {
		if c.Text == nil {
			continue
		}
		for _, e := range c.Examples {
			a, b := []byte(e.A), []byte(e.B)
			if n := testing.AllocsPerRun(100, func() { c.Text(a, b) }); n > 0 {
				t.Errorf("%s allocates %v times for %q, %q", c.Name, n, e.A, e.B)
			}
		}
	}
}

// TestKeys checks that values with one key are no conflict, and that a key is its own key.
func TestKeys(t *testing.T) {
	for _, k := range []struct {
		c   Comparator
		key func(dst, value []byte) []byte
	}{{comparePersonName, AppendPersonNameKey}, {compareOrgName, AppendOrgNameKey}, {compareAddress, AppendAddressKey}} {
		t.Run(k.c.Name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				values := comparable(k.c)
				a, b := []byte(values.Draw(rt, "a")), []byte(values.Draw(rt, "b"))
				x, y := k.key(nil, a), k.key([]byte("before"), b)[len("before"):]
				if r := k.c.Text(a, b); bytes.Equal(x, y) && r == Different || r == Equal && !bytes.Equal(x, y) {
					rt.Fatalf("%q has the key %q, %q has %q, and they are %s", a, x, b, y, r)
				}
			})
		})
	}
}

// TestVariants checks the table of characters: every form leads to one that has no other.
func TestVariants(t *testing.T) {
	rows := 0
	for line := range strings.Lines(variantTable) {
		from, to, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		rows++
		a, b := []rune(from), []rune(to)
		if len(a) != 1 || len(b) != 1 || a[0] == b[0] {
			t.Fatalf("row %q is no pair of characters", line)
		}
		if v := foldVariant(a[0]); v != foldVariant(b[0]) || v != foldVariant(v) {
			t.Errorf("%c leads to %c", a[0], v)
		}
	}
	if rows < 4000 {
		t.Errorf("%d rows", rows)
	}
	for r := rune(' '); r < 0x3000; r++ {
		if r < 0x2E80 && foldVariant(r) != r {
			t.Errorf("%U is no Chinese character", r)
		}
	}
	if foldVariant(runeDrop) != runeDrop || foldVariant(runeBad+300) != runeBad+300 {
		t.Error("marks of folding are taken for characters")
	}
}
