package reconcile

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/cespare/xxhash/v2"

	"jiku/schemas"
)

// BenchmarkReconcile reconciles one claim a key and feed. Claims come feed by feed, sorted
// by key hash, as the warehouse's parts hold them. One operation is 200,000 keys.
func BenchmarkReconcile(b *testing.B) {
	for _, items := range []int{4, 8} {
		for _, feeds := range []int{2, 5} {
			for _, disagree := range []int{0, 7, 50} {
				s := benchSpec{keys: 200_000, items: items, feeds: feeds, disagree: disagree}
				b.Run(fmt.Sprintf("items=%d/feeds=%d/disagree=%d", items, feeds, disagree), s.run)
			}
		}
	}
}

// BenchmarkShapes reconciles what is not typical: long texts, keys that many rows are about,
// claims that lack much, keys that one feed alone has.
func BenchmarkShapes(b *testing.B) {
	typical := benchSpec{keys: 100_000, items: 8, feeds: 5, disagree: 7}
	for _, c := range []struct {
		name   string
		change func(*benchSpec)
	}{
		{"typical", func(*benchSpec) {}},
		{"long", func(s *benchSpec) { s.text = 100 }},
		{"wide", func(s *benchSpec) { s.items = 40 }},
		{"dirty", func(s *benchSpec) { s.dirty = 30 }},
		{"repeats", func(s *benchSpec) { s.repeats = 4 }},
		{"alone", func(s *benchSpec) { s.feeds = 1 }},
		{"all differ", func(s *benchSpec) { s.disagree = 100 }},
	} {
		s := typical
		c.change(&s)
		b.Run(c.name, s.run)
	}
}

// BenchmarkMillion is 5 million claims to a million golden rows of 8 items, in one drain,
// in 16, bucket by bucket, and with claims in no order.
func BenchmarkMillion(b *testing.B) {
	s := benchSpec{keys: 1_000_000, items: 8, feeds: 5, disagree: 7}
	b.Run("sorted", s.run)
	s.ranges = 16
	b.Run("ranges", s.run)
	s.ranges = 256
	b.Run("buckets", s.run)
	s.ranges, s.shuffled = 0, true
	b.Run("shuffled", s.run)
}

type benchSpec struct {
	keys, items, feeds, disagree int
	ranges                       int // drains, 1 if 0
	shuffled                     bool
	text                         int // characters that a text is longer than usual
	dirty                        int // of a hundred items of claims, unknown or void
	repeats                      int // claims of one feed about a key, 1 if 0
}

func (s benchSpec) run(b *testing.B) {
	w, parts := s.build()
	p, err := Compile(w.cat, w.base)
	if err != nil {
		b.Fatal(err)
	}
	rows, conflicts, blocks := 0, 0, 0
	count := func(g *schemas.GoldenBlock) error {
		rows, conflicts, blocks = rows+g.Len(), conflicts+len(g.Conflicts), blocks+1
		return nil
	}
	worker := p.Worker(w.facts)
	reconcile := func() {
		for _, part := range parts {
			for _, block := range part {
				worker.Add(block)
			}
			if err := worker.Drain(count); err != nil {
				b.Fatal(err)
			}
		}
	}
	reconcile() // memory grows once
	rows, conflicts, blocks = 0, 0, 0
	b.ReportAllocs()
	start := cpu()
	for b.Loop() {
		reconcile()
	}
	spent := (cpu() - start).Seconds()
	b.ReportMetric(spent/float64(b.N), "cpu-s/op")
	b.ReportMetric(spent*1e9/float64(s.keys*s.feeds*max(s.repeats, 1)*b.N), "cpu-ns/claim")
	b.ReportMetric(float64(conflicts)/float64(b.N), "conflicts")
	b.ReportMetric(float64(blocks)/float64(b.N), "blocks")
	if rows != s.keys*b.N {
		b.Fatalf("%d rows, want %d", rows, s.keys*b.N)
	}
}

// mix is a hash of a key and an item.
func mix(key, item int) uint64 {
	return xxhash.Sum64(binary.BigEndian.AppendUint64(nil, uint64(key*31+item)))
}

// cpu is the processor time of the process so far: other work on the machine does not
// count in it, as it does in elapsed time.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

type benchClaim struct {
	hash      uint64
	key, feed int
	repeat    int
}

// build makes the claims of a base of text, code, date and decimal items, in parts that
// are drained one by one.
func (s benchSpec) build() (*world, [][]*schemas.ClaimBlock) {
	w := newWorld()
	types := []schemas.Type{schemas.TypeText, schemas.TypeDate, schemas.TypeCode, schemas.TypeText}
	for i := range s.items {
		w.base.Items = append(w.base.Items, schemas.Item{Name: fmt.Sprintf("i%d", i), Type: types[i%4]})
	}
	w.base.Items[0].Comparator = "person_name"
	for f := range s.feeds {
		w.cat.Feeds = append(w.cat.Feeds, &schemas.Feed{Name: fmt.Sprintf("feed%d", f), Department: fmt.Sprint(f), Base: "b",
			Kind: schemas.Snapshot, Establishes: true})
	}
	for i := range s.items {
		e := schemas.AuthorityEntry{Item: fmt.Sprintf("i%d", i), Source: "1", Fallbacks: []string{"0", "2", "3"}, StaleAfter: 400}
		w.cat.Authorities = append(w.cat.Authorities, &schemas.Authority{Base: "b", Entries: []schemas.AuthorityEntry{e}})
	}
	ids := make([]schemas.DeliveryID, s.feeds)
	for f := range ids {
		ids[f] = w.deliver(w.cat.Feeds[f].Name, schemas.Slot{Date: 20261001 + uint32(f)}, 0)
	}
	var claims []benchClaim
	for f := range s.feeds {
		for k := range s.keys {
			for r := range max(s.repeats, 1) {
				claims = append(claims, benchClaim{xxhash.Sum64(binary.BigEndian.AppendUint64(nil, uint64(k))), k, f, r})
			}
		}
	}
	parts := max(s.ranges, 1)
	part := func(c benchClaim) int { return int(schemas.Bucket(c.hash)) * parts / schemas.Buckets }
	slices.SortFunc(claims, func(x, y benchClaim) int {
		return cmp.Or(cmp.Compare(part(x), part(y)), cmp.Compare(x.feed, y.feed), cmp.Compare(x.hash, y.hash))
	})
	if s.shuffled {
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(claims), func(i, j int) { claims[i], claims[j] = claims[j], claims[i] })
	}
	out := make([][]*schemas.ClaimBlock, parts)
	for _, c := range claims {
		at := part(c)
		if n := len(out[at]); n == 0 || out[at][n-1].Len() == 1<<16 {
			out[at] = append(out[at], schemas.NewClaimBlock(w.base))
		}
		s.append(out[at][len(out[at])-1], c, ids[c.feed])
	}
	return w, out
}

func (s benchSpec) append(b *schemas.ClaimBlock, c benchClaim, id schemas.DeliveryID) {
	b.Key.AppendString(fmt.Sprintf("39010119650430%04d", c.key))
	b.KeyHash = append(b.KeyHash, c.hash)
	b.Delivery, b.Position = append(b.Delivery, id), append(b.Position, uint64(c.key*max(s.repeats, 1)+c.repeat))
	b.Event, b.RowHash, b.Gone = append(b.Event, 0), append(b.RowHash, 0), append(b.Gone, false)
	b.Failed.Append()
	for i := range s.items {
		state, salt := schemas.Valued, c.key
		switch h := mix(c.key*8+c.feed, 1000+i); {
		case h%100 >= uint64(s.dirty):
		case h/100%2 == 0:
			state = schemas.Unknown
		default:
			state = schemas.Void
		}
		b.States = append(b.States, byte(state))
		// In this share of a key's items one feed dissents.
		if h := mix(c.key, i); h%100 < uint64(s.disagree) && h/100%uint64(s.feeds) == uint64(c.feed) {
			salt++
		}
		switch b.Base.Items[i].Type {
		case schemas.TypeText:
			b.Items[i].Text.AppendString(fmt.Sprintf("值%d其余文字", salt) + strings.Repeat("字", s.text))
		case schemas.TypeCode:
			b.Items[i].Text.AppendString(fmt.Sprint(salt % 97))
		default:
			day := time.Unix(int64(salt%20000)*86400, 0).UTC()
			b.Items[i].Int = append(b.Items[i].Int, int64(day.Year()*10000+int(day.Month())*100+day.Day()))
		}
	}
}
