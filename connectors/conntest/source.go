package conntest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"jiku/connectors"
	"jiku/schemas"
)

// Harness makes deliveries of one source for the suite.
type Harness struct {
	// Deliver leaves rows where the source finds them, as one delivery.
	Deliver func(t testing.TB, in Input)
	// Open opens the source over everything that was delivered; splits have about this size.
	Open func(t testing.TB, splitBytes int) connectors.Source
	// Remove takes a delivery away behind the back of an open source.
	Remove func(t testing.TB, d schemas.Delivery)
	// Nulls is set when the format tells a missing cell from an empty one.
	Nulls bool
	// Fit makes of a generated cell one that the format can hold; nil if it holds any text.
	Fit func(cell []byte) []byte
	// Broken are rows of bad shape in the delivered form; none if the format cannot have any.
	Broken []Broken
}

// Input is a delivery to be made.
type Input struct {
	Slot    schemas.Slot
	Columns []string
	// Rows hold a cell per column; nil is a missing cell.
	Rows [][][]byte
	// Broken rows are written as they are, before the row with their index.
	Broken map[int][]byte
}

// Broken is a row of bad shape and the code that it must get.
type Broken struct {
	Raw  []byte
	Code string
}

// RunSource runs the suite. Every subtest makes a Harness of its own by calling start.
func RunSource(t *testing.T, start func(t *testing.T) Harness) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, h Harness)
	}{
		{"deliveries come in slot order with a stable digest", testDeliveries},
		{"rows come in order with one cell a column", testRows},
		{"rows do not depend on splits", testSplits},
		{"rows go on from any position", testResume},
		{"reading again gives the same", testRepeat},
		{"several goroutines read at once", testConcurrent},
		{"the header lists the columns", testHeader},
		{"broken rows are kept as rows", testBroken},
		{"a delivery that is gone is missing", testMissing},
		{"a context that ended ends reading", testCancel},
		{"temporary faults leave no gap and no repeat", testFaults},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
			c.run(t, start(t))
		})
	}
}

const whole = 1 << 30

func testDeliveries(t *testing.T, h Harness) {
	for _, seq := range []uint32{3, 1, 2} {
		h.Deliver(t, h.generate(schemas.Slot{Date: 20261101, Seq: seq}, int(seq)))
	}
	h.Deliver(t, h.generate(schemas.Slot{Date: 20251231}, 4))
	src := h.Open(t, whole)
	got := deliveries(t, src)
	var slots []string
	for _, d := range got {
		slots = append(slots, d.Slot.String())
		if len(d.Digest) != 64 || d.ID != schemas.IDOf(d.Feed, d.Slot, d.Revision) || d.Received.IsZero() || d.Name == "" {
			t.Errorf("delivery %s: digest, id, received or name is wrong: %+v", d.Slot, d)
		}
	}
	if diff := differ([]string{"20251231", "20261101.1", "20261101.2", "20261101.3"}, slots); diff != "" {
		t.Errorf("slots (-want +got):\n%s", diff)
	}
	if diff := differ(got, deliveries(t, src)); diff != "" {
		t.Errorf("listed again (-first +second):\n%s", diff)
	}
}

func testRows(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 500)
	h.Deliver(t, in)
	src := h.Open(t, whole)
	d := deliveries(t, src)[0]
	got := ReadDelivery(t, src, d, in.Columns)
	if diff := differ(in.Rows, cells(got)); diff != "" {
		t.Fatalf("cells (-delivered +read):\n%s", diff)
	}
	for i, r := range got {
		if i > 0 && r.Position <= got[i-1].Position {
			t.Fatalf("row %d: position %d is not after %d", i, r.Position, got[i-1].Position)
		}
		if len(r.Raw) == 0 || len(r.Bad) > 0 {
			t.Fatalf("row %d: raw %d bytes, bad %v", i, len(r.Raw), r.Bad)
		}
	}
	asked := []string{in.Columns[2], "not delivered", in.Columns[0]}
	for i, r := range ReadDelivery(t, src, d, asked) {
		want := [][]byte{in.Rows[i][2], nil, in.Rows[i][0]}
		if diff := differ(want, r.Cells); diff != "" {
			t.Fatalf("row %d, other columns (-want +got):\n%s", i, diff)
		}
	}
}

func testSplits(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 300)
	h.Deliver(t, in)
	src := h.Open(t, whole)
	d := deliveries(t, src)[0]
	want := ReadDelivery(t, src, d, in.Columns)
	for _, size := range []int{1, 100, 4096, 20_000} {
		src := h.Open(t, size)
		splits, err := src.Splits(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range splits {
			if s.Index != i || s.Delivery != d.ID || s.Feed != d.Feed {
				t.Fatalf("split size %d: split %d is %+v", size, i, s)
			}
		}
		if diff := differ(want, ReadDelivery(t, src, d, in.Columns)); diff != "" {
			t.Fatalf("split size %d, %d splits (-one split +many):\n%s", size, len(splits), diff)
		}
	}
	h.Deliver(t, h.generate(schemas.Slot{Date: 20261102}, 0))
	got, err := readDelivery(t.Context(), src, deliveries(t, src)[1], in.Columns)
	// Without a header nothing at all is delivered, which may be refused.
	if len(got) != 0 || err != nil && connectors.CodeOf(err) != connectors.Malformed {
		t.Errorf("a delivery without rows gives %d rows and %v", len(got), err)
	}
}

func testResume(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 60)
	h.Deliver(t, in)
	src := h.Open(t, whole)
	d := deliveries(t, src)[0]
	all := ReadDelivery(t, src, d, in.Columns)
	splits, err := src.Splits(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		s := splits[0]
		s.Start, s.Line = all[i].Position, all[i].Line
		got, err := Read(t.Context(), src, s, in.Columns)
		if err != nil {
			t.Fatal(err)
		}
		if diff := differ(all[i:], got); diff != "" {
			t.Fatalf("from row %d (-want +got):\n%s", i, diff)
		}
	}
}

func testRepeat(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 300)
	h.Deliver(t, in)
	first := h.Open(t, 2000)
	d := deliveries(t, first)[0]
	want := ReadDelivery(t, first, d, in.Columns)
	if diff := differ(want, ReadDelivery(t, first, d, in.Columns)); diff != "" {
		t.Errorf("the same source again (-first +second):\n%s", diff)
	}
	if diff := differ(want, ReadDelivery(t, h.Open(t, 2000), d, in.Columns)); diff != "" {
		t.Errorf("another source (-first +second):\n%s", diff)
	}
}

func testConcurrent(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 300)
	h.Deliver(t, in)
	src := h.Open(t, 1000)
	d := deliveries(t, src)[0]
	want := ReadDelivery(t, src, d, in.Columns)
	type result struct {
		rows []schemas.Row
		err  error
	}
	results := make(chan result)
	for range 4 {
		go func() {
			rows, err := readDelivery(context.WithoutCancel(t.Context()), src, d, in.Columns)
			results <- result{rows, err}
		}()
	}
	for range 4 {
		if r := <-results; r.err != nil || differ(want, r.rows) != "" {
			t.Errorf("read beside others: %v, rows differ: %t", r.err, differ(want, r.rows) != "")
		}
	}
}

func testHeader(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 3)
	h.Deliver(t, in)
	src := h.Open(t, whole)
	named, ok := src.(connectors.Header)
	if !ok {
		return
	}
	got, err := named.Header(t.Context(), deliveries(t, src)[0])
	if err != nil {
		t.Fatal(err)
	}
	// Some formats keep columns in an order of their own.
	want := slices.Sorted(slices.Values(in.Columns))
	if diff := differ(want, slices.Sorted(slices.Values(got))); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func testBroken(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 100)
	in.Broken = map[int][]byte{}
	for i, b := range h.Broken {
		in.Broken[i*3] = b.Raw
	}
	h.Deliver(t, in)
	src := h.Open(t, 500)
	got := ReadDelivery(t, src, deliveries(t, src)[0], in.Columns)
	var good []schemas.Row
	var bad []Broken
	for _, r := range got {
		if len(r.Bad) == 0 {
			good = append(good, r)
			continue
		}
		bad = append(bad, Broken{Raw: r.Raw, Code: r.Bad[0].Code})
		if len(r.Cells) != len(in.Columns) {
			t.Errorf("the broken row at %d has %d cells, want %d", r.Position, len(r.Cells), len(in.Columns))
		}
	}
	if diff := differ(in.Rows, cells(good)); diff != "" {
		t.Errorf("good rows (-want +got):\n%s", diff)
	}
	if diff := differ(h.Broken, bad); diff != "" {
		t.Errorf("broken rows (-want +got):\n%s", diff)
	}
}

func testMissing(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 10)
	h.Deliver(t, in)
	src := h.Open(t, whole)
	d := deliveries(t, src)[0]
	splits, err := src.Splits(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	h.Remove(t, d)
	_, splitErr := src.Splits(t.Context(), d)
	_, rowsErr := Read(t.Context(), src, splits[0], in.Columns)
	for name, err := range map[string]error{"splits": splitErr, "rows": rowsErr} {
		e, ok := errors.AsType[*connectors.Error](err)
		if !ok || e.Code != connectors.Missing || e.Hint == "" || e.Feed != d.Feed {
			t.Errorf("%s: error %v is not an Error with the code missing, the feed and a hint", name, err)
		}
	}
}

func testCancel(t *testing.T, h Harness) {
	in := h.generate(schemas.Slot{Date: 20261101}, 2000)
	h.Deliver(t, in)
	src := h.Open(t, whole)
	d := deliveries(t, src)[0]
	splits, err := src.Splits(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n, failed := 0, error(nil)
	for _, err := range src.Rows(ctx, splits[0], in.Columns) {
		if failed = err; err == nil {
			n++
		}
		cancel()
	}
	if !errors.Is(failed, context.Canceled) || n > 100 {
		t.Errorf("after %d rows the sequence ended with %v, want context canceled soon", n, failed)
	}
	if _, err := src.Deliveries(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("deliveries with an ended context: %v", err)
	}
	for _, err := range src.Rows(t.Context(), splits[0], in.Columns) {
		if err != nil {
			t.Error(err)
		}
		break // Leaving early must release everything, which the leak check sees.
	}
}
