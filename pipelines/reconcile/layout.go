package reconcile

import (
	"encoding/binary"

	"jiku/schemas"
)

// Claims are kept one after the other, each in one piece of memory: a key's claims are
// compared item by item, and then everything about a claim is in two or three lines of the
// cache, wherever it came from. (Kept in columns, as blocks are, claims that come in no
// order cost five times as much.) A claim is
//
//	position 8 | event 8 | delivery 4 | gone 1 | 3 free | states, one byte an item |
//	integers, 8 bytes each | ends of the texts, 4 bytes each | key and texts
//
// with the key as text 0. Ends count from the first byte of the key.
type layout struct {
	states, ints, ends, body int
	// place is the number of an item among the integers or texts.
	place   []int
	textual []bool
	texts   int
}

// The places of the head.
const (
	atPosition = 0
	atEvent    = 8
	atDelivery = 16
	atGone     = 20
	headBytes  = 24
)

func newLayout(base *schemas.Base) layout {
	l := layout{states: headBytes, ints: headBytes + len(base.Items), texts: 1}
	ints := 0
	for i := range base.Items {
		l.textual = append(l.textual, base.Items[i].Type.Textual())
		if l.textual[i] {
			l.place = append(l.place, l.texts)
			l.texts++
		} else {
			l.place = append(l.place, ints)
			ints++
		}
	}
	l.ends = l.ints + 8*ints
	l.body = l.ends + 4*l.texts
	return l
}

// text is text number n of a claim, of which 0 is the key.
func (l *layout) text(claim []byte, n int) []byte {
	at := l.ends + 4*n
	start, end := uint32(0), binary.LittleEndian.Uint32(claim[at:])
	if n > 0 {
		start = binary.LittleEndian.Uint32(claim[at-4:])
	}
	return claim[l.body+int(start) : l.body+int(end) : l.body+int(end)]
}

// content is all of a claim that follows its head. The ends that it starts with tell where
// each text ends, so claims with the same content are the same in every item.
func (l *layout) content(claim []byte) []byte {
	end := binary.LittleEndian.Uint32(claim[l.body-4:])
	return claim[l.states : l.body+int(end)]
}

// int is integer number n of a claim.
func (l *layout) int(claim []byte, n int) int64 {
	return int64(binary.LittleEndian.Uint64(claim[l.ints+8*n:]))
}

// batch is the number of claims that are laid out together, column by column: few enough
// to stay in the cache.
const batch = 256

// writer lays out batches of claims.
type writer struct {
	layout
	starts [batch]int // of each claim in the memory of the batch
	used   [batch]int // bytes of its body
}

// slack is the length of the piece in which short texts are copied, and so what may be
// written after the last claim. It must not reach beyond the head of the next claim.
const slack = schemas.Piece

var _ [headBytes - slack]struct{}

// measure finds where each of the claims [from, to) of a block starts, and how many bytes
// they need together.
func (w *writer) measure(b *schemas.ClaimBlock, from, to int) int {
	used := w.used[:to-from]
	clear(used)
	addLengths(used, &b.Key, from)
	for item, textual := range w.textual {
		if textual {
			addLengths(used, &b.Items[item].Text, from)
		}
	}
	total := 0
	for i, n := range used {
		w.starts[i] = total
		total += w.body + n
	}
	return total + slack
}

func addLengths(used []int, t *schemas.Texts, from int) {
	last := uint32(0)
	if from > 0 {
		last = t.Ends[from-1]
	}
	ends := t.Ends[from : from+len(used)]
	for i, e := range ends {
		used[i] += int(e - last)
		last = e
	}
}

// write lays the measured claims out in mem. deliveries are their deliveries' indexes.
// Heads come last: a text may have been copied over the head of the next claim.
func (w *writer) write(mem []byte, b *schemas.ClaimBlock, from int, deliveries []int32) {
	n := len(deliveries)
	clear(w.used[:n])
	w.writeTexts(mem, &b.Key, from, n, 0)
	for item, textual := range w.textual {
		if textual {
			w.writeTexts(mem, &b.Items[item].Text, from, n, w.place[item])
			continue
		}
		at := w.ints + 8*w.place[item]
		for i, v := range b.Items[item].Int[from : from+n] {
			binary.LittleEndian.PutUint64(mem[w.starts[i]+at:], uint64(v))
		}
	}
	items := len(w.place)
	for i, start := range w.starts[:n] {
		claim := mem[start : start+w.ints]
		binary.LittleEndian.PutUint64(claim[atPosition:], b.Position[from+i])
		binary.LittleEndian.PutUint64(claim[atEvent:], uint64(b.Event[from+i]))
		binary.LittleEndian.PutUint32(claim[atDelivery:], uint32(deliveries[i]))
		claim[atGone] = 0
		if b.Gone[from+i] {
			claim[atGone] = 1
		}
		copy(claim[w.states:], b.States[(from+i)*items:(from+i+1)*items])
	}
}

// writeTexts writes a column. Most texts are short and copied in one piece, whatever
// their length: what is too much is overwritten by the next text or head, or lies in the slack.
func (w *writer) writeTexts(mem []byte, t *schemas.Texts, from, n, place int) {
	last := uint32(0)
	if from > 0 {
		last = t.Ends[from-1]
	}
	at := w.ends + 4*place
	for i, e := range t.Ends[from : from+n] {
		start, used := w.starts[i], w.used[i]
		size, to := int(e-last), start+w.body+used
		if size <= slack && int(last)+slack <= len(t.Bytes) {
			schemas.CopyPiece(mem[to:], t.Bytes[last:])
		} else {
			copy(mem[to:], t.Bytes[last:e])
		}
		used += size
		binary.LittleEndian.PutUint32(mem[start+at:], uint32(used))
		w.used[i], last = used, e
	}
}
