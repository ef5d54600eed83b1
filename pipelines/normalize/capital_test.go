package normalize

import (
	"bytes"
	"testing"

	"jiku/schemas"
)

// An amount is never negative, and brackets and blanks around its words change nothing.
func FuzzCapital(f *testing.F) {
	for _, e := range registry["capital"].Examples {
		f.Add([]byte(e.In))
	}
	step, err := registry["capital"].Compile(nil, nil, testEnv())
	if err != nil {
		f.Fatal(err)
	}
	no := &nulls{blank: schemas.Unknown}
	f.Fuzz(func(t *testing.T, in []byte) {
		var c, d Cell
		c.run(in, []Func{step}, no)
		if c.State != schemas.Valued {
			return
		}
		if c.Int < 0 {
			t.Fatalf("%q gives %d", in, c.Int)
		}
		d.run(append(bytes.Clone(c.Text), " ( )"...), []Func{step}, no)
		if d.State != c.State || d.Int != c.Int {
			t.Fatalf("%q gives %d, with empty brackets %d (%v)", in, c.Int, d.Int, d.State)
		}
	})
}
