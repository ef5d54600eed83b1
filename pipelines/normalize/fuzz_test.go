package normalize

import (
	"bytes"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"jiku/schemas"
)

// A number that is read is exactly what its characters say, and what follows it follows it.
func FuzzNumber(f *testing.F) {
	for _, in := range []string{"0", "-12.50", "1,234,567.8", "９,7460000", "5,000000", "1e5", "92233720368547758079", "0.123456789", "50万", "−3", "1,,2", "+7."} {
		f.Add([]byte(in), false)
		f.Add([]byte(in), true)
	}
	f.Fuzz(func(t *testing.T, in []byte, comma bool) {
		n, rest, defect := readNumberOf(in, groups{declared: comma})
		if !bytes.HasSuffix(in, rest) {
			t.Fatalf("%q leaves %q", in, rest)
		}
		if defect != numberOK {
			return
		}
		text := strings.Map(halfLetter, string(in[:len(in)-len(rest)]))
		text = strings.NewReplacer("−", "-", "－", "-", "＋", "+", "．", ".", "，", ",").Replace(text)
		if n.comma {
			text = strings.Replace(text, ",", ".", 1)
		}
		want, ok := new(big.Rat).SetString(strings.TrimSuffix(strings.ReplaceAll(text, ",", ""), "."))
		if !ok {
			t.Fatalf("%q is read as %d at %d", in, n.digits, n.places)
		}
		got := new(big.Rat).SetFrac(big.NewInt(n.digits), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n.places)), nil))
		if n.exact != (got.Cmp(want) == 0) {
			t.Fatalf("%q is read as %s, exact %v", in, got, n.exact)
		}
	})
}

// A telephone number consists of digits of the cell, in their order, and is read again as it is.
func FuzzPhone(f *testing.F) {
	for _, e := range registry["phone"].Examples {
		f.Add([]byte(e.In))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		number, rest := readPhone(nil, in)
		if !bytes.HasSuffix(in, rest) || len(number) > 0 && !allDigits(number) {
			t.Fatalf("%q gives %q and leaves %q", in, number, rest)
		}
		all := digitsOf(in)
		for _, d := range number {
			i := bytes.IndexByte(all, d)
			if i < 0 {
				t.Fatalf("%q gives %q", in, number)
			}
			all = all[i+1:]
		}
		if again, more := readPhone(nil, number); len(more) > 0 && len(number) < 12 && string(again) != string(number) {
			t.Fatalf("%q gives %q, and that gives %q", in, number, again)
		}
	})
}

func digitsOf(b []byte) (out []byte) {
	for len(b) > 0 {
		c, _ := narrow(b)
		if isDigit(c) {
			out = append(out, c)
		}
		b = b[runeLen(b):]
	}
	return out
}

// A region is one of the table, the rest of the address is its end, and a wider place before
// it changes nothing.
func FuzzAddressRegion(f *testing.F) {
	for _, e := range registry["address_region"].Examples {
		f.Add([]byte(e.In))
	}
	table, err := testSet().Table("region")
	if err != nil {
		f.Fatal(err)
	}
	names := newRegionNames(table, "3201")
	f.Fuzz(func(t *testing.T, in []byte) {
		code, rest := names.find(in)
		if !bytes.HasSuffix(in, rest) || code == "" && len(rest) != len(in) {
			t.Fatalf("%q gives %q and leaves %q", in, code, rest)
		}
		if code == "" {
			return
		}
		if _, ok := table.Label(code); !ok {
			t.Fatalf("%q gives %q, which is no code", in, code)
		}
		wide := code[:2] + "0000"
		label, _ := table.Label(wide)
		if again, _ := names.find(append([]byte(label), in...)); regionLevel(code) > levelProvince && !strings.HasPrefix(again, inside(code)) && again != wide {
			t.Fatalf("%q gives %q, and after %s %q", in, code, label, again)
		}
	})
}

// Names of persons: what is cut off is cut off once, brackets are whole, and nothing is added.
func FuzzPersonName(f *testing.F) {
	for _, name := range []string{"person_name", "former_name"} {
		for _, e := range registry[name].Examples {
			f.Add([]byte(e.In))
		}
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		rest, title, others := personTail(in)
		if !bytes.HasPrefix(in, rest) || (title || others) == (len(rest) == len(in)) {
			t.Fatalf("%q leaves %q, title %v, others %v", in, rest, title, others)
		}
		if brackets, name := formerName(in); !bytes.HasSuffix(in, brackets) || !bytes.Contains(brackets, name) {
			t.Fatalf("%q has %q and in it %q", in, brackets, name)
		}
		var c Cell
		c.begin(trimCell(in))
		if len(c.Text) > 0 {
			personName(&c)
		}
		if utf8.Valid(in) && (c.State != schemas.Valued || !utf8.Valid(c.Text) || utf8.RuneCount(c.Text) > utf8.RuneCount(in)) {
			t.Fatalf("%q gives %q", in, c.Text)
		}
	})
}
