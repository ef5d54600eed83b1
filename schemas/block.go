package schemas

import (
	"encoding/binary"
	"slices"
)

// Texts are n strings in one arena: string i is Bytes[Ends[i-1]:Ends[i]].
type Texts struct {
	Bytes []byte
	Ends  []uint32
}

// Len is the number of strings.
func (t *Texts) Len() int { return len(t.Ends) }

// At is string i; it shares the arena.
func (t *Texts) At(i int) []byte {
	start := uint32(0)
	if i > 0 {
		start = t.Ends[i-1]
	}
	return t.Bytes[start:t.Ends[i]:t.Ends[i]]
}

// Append adds a copy of b.
func (t *Texts) Append(b []byte) {
	t.Bytes = append(t.Bytes, b...)
	t.Ends = append(t.Ends, uint32(len(t.Bytes)))
}

// AppendString adds a copy of s.
func (t *Texts) AppendString(s string) {
	t.Bytes = append(t.Bytes, s...)
	t.Ends = append(t.Ends, uint32(len(t.Bytes)))
}

// Truncate keeps the first n strings.
func (t *Texts) Truncate(n int) {
	t.Ends = t.Ends[:n]
	if n == 0 {
		t.Bytes = t.Bytes[:0]
		return
	}
	t.Bytes = t.Bytes[:t.Ends[n-1]]
}

// grow makes room for n strings more, and for a bit more than there are of that size.
func (t *Texts) grow(n int) {
	if rows := t.Len(); rows > 0 {
		t.Bytes, t.Ends = slices.Grow(t.Bytes, len(t.Bytes)*n/rows*17/16), slices.Grow(t.Ends, n)
	}
}

// Piece is how many bytes CopyPiece copies.
const Piece = 24

// CopyPiece copies Piece bytes through registers, whatever the length of the text that begins
// there: most texts are shorter, and for these a call of copy costs more than the bytes. What
// is too much, the writer of the next text writes over.
func CopyPiece(to, from []byte) {
	_, _ = to[Piece-1], from[Piece-1]
	a, b, c := binary.LittleEndian.Uint64(from), binary.LittleEndian.Uint64(from[8:]), binary.LittleEndian.Uint64(from[16:])
	binary.LittleEndian.PutUint64(to, a)
	binary.LittleEndian.PutUint64(to[8:], b)
	binary.LittleEndian.PutUint64(to[16:], c)
}

// Column holds the values of one item: Text for text and code items, Int for the others.
// An item that has no value holds an empty string or 0, so that rows stay aligned.
type Column struct {
	Text Texts
	Int  []int64
}

// Lists are n lists of strings: list i is Items[Ends[i-1]:Ends[i]]. The strings repeat
// (reason codes, feed names), so they are ordinary Go strings that share storage.
type Lists struct {
	Items []string
	Ends  []uint32
}

// At is list i; it shares storage.
func (l *Lists) At(i int) []string {
	start := uint32(0)
	if i > 0 {
		start = l.Ends[i-1]
	}
	return l.Items[start:l.Ends[i]:l.Ends[i]]
}

// Append adds a list.
func (l *Lists) Append(items ...string) {
	l.Items = append(l.Items, items...)
	l.Ends = append(l.Ends, uint32(len(l.Items)))
}

// ClaimBlock is a block of claims of one base, in columns. Row i of every column belongs
// to the same claim. Readers own a block until they ask for the next one; writers may
// reuse a block after Append returns.
type ClaimBlock struct {
	Base *Base
	// Key is the key as delivered (folded, never replaced by what it is linked to).
	Key Texts
	// KeyHash is the keyed hash of Key; Bucket(KeyHash) is the unit of reconcile work.
	KeyHash  []uint64
	Delivery []DeliveryID
	Position []uint64
	Event    []EventTime
	// RowHash is the hash of the contracted cells, by which snapshots are compared; 0 in a delta.
	RowHash []uint64
	// Gone marks claims that withdraw the key: the row left the snapshot or was deleted.
	Gone []bool
	// States holds len(Base.Items) bytes a claim.
	States []byte
	// Items are aligned with Base.Items.
	Items []Column
	// Failed are the findings of each claim in the form of Reason.String.
	Failed Lists
	// Raw are the contracted cells of each claim, as AppendCells joins them; only blocks that
	// are written have them.
	Raw Texts

	textual []bool // aligned with Items
}

// NewClaimBlock is an empty block for claims of a base.
func NewClaimBlock(base *Base) *ClaimBlock {
	b := &ClaimBlock{Base: base, Items: make([]Column, len(base.Items)), textual: make([]bool, len(base.Items))}
	for i := range base.Items {
		b.textual[i] = base.Items[i].Type.Textual()
	}
	return b
}

// Len is the number of claims.
func (b *ClaimBlock) Len() int { return len(b.KeyHash) }

// StatesOf are the item states of claim i, one byte an item.
func (b *ClaimBlock) StatesOf(i int) []byte {
	n := len(b.Base.Items)
	return b.States[i*n : (i+1)*n : (i+1)*n]
}

// Grow makes room for n claims more of the size of those that it has, at once: what appending
// makes room for step by step is copied several times.
func (b *ClaimBlock) Grow(n int) {
	rows := b.Len()
	if rows == 0 || n <= 0 || rows+n <= cap(b.KeyHash) {
		return
	}
	b.KeyHash, b.Delivery, b.Position = slices.Grow(b.KeyHash, n), slices.Grow(b.Delivery, n), slices.Grow(b.Position, n)
	b.Event, b.RowHash, b.Gone = slices.Grow(b.Event, n), slices.Grow(b.RowHash, n), slices.Grow(b.Gone, n)
	b.States, b.Failed.Ends = slices.Grow(b.States, n*len(b.Base.Items)), slices.Grow(b.Failed.Ends, n)
	b.Key.grow(n)
	b.Raw.grow(n)
	for i := range b.Items {
		if b.textual[i] {
			b.Items[i].Text.grow(n)
		} else {
			b.Items[i].Int = slices.Grow(b.Items[i].Int, n)
		}
	}
}

// Reset empties the block and keeps its memory.
func (b *ClaimBlock) Reset() {
	b.Key.Truncate(0)
	b.KeyHash, b.Delivery, b.Position = b.KeyHash[:0], b.Delivery[:0], b.Position[:0]
	b.Event, b.RowHash, b.Gone, b.States = b.Event[:0], b.RowHash[:0], b.Gone[:0], b.States[:0]
	for i := range b.Items {
		b.Items[i].Text.Truncate(0)
		b.Items[i].Int = b.Items[i].Int[:0]
	}
	b.Failed.Items, b.Failed.Ends = b.Failed.Items[:0], b.Failed.Ends[:0]
	b.Raw.Truncate(0)
}

// Buckets is the number of buckets of every base.
const Buckets = 256

// Bucket is the bucket of a key hash.
func Bucket(keyHash uint64) uint8 { return uint8(keyHash >> 56) }

// Range is a range of buckets, both ends included.
type Range struct{ First, Last uint8 }

// AllBuckets is the range of every bucket.
func AllBuckets() Range { return Range{Last: Buckets - 1} }

// Holds reports whether the bucket of a key hash is in the range.
func (r Range) Holds(keyHash uint64) bool {
	b := Bucket(keyHash)
	return r.First <= b && b <= r.Last
}

// Touched says which keys of a base are reconciled: all of them, or those in Hashes and
// those of the claims of Deliveries, and those whose golden row is due on or before Due.
type Touched struct {
	All        bool
	Hashes     []uint64
	Deliveries []DeliveryID
	Due        uint32
}

// Empty reports whether no key is touched.
func (t Touched) Empty() bool {
	return !t.All && len(t.Hashes) == 0 && len(t.Deliveries) == 0 && t.Due == 0
}
