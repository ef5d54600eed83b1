package connectors

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"jiku/schemas"
)

// longHead is how much of a row that is too long is kept.
const longHead = 64 << 10

// long goes through a row that is longer than max without keeping it.
func (f *framer) long(st *scan, fr *frame) bool {
	if !st.slow {
		st.slow = true
		f.findSlow(st, 0)
	}
	*fr = frame{position: f.offset(), line: f.line + 1, raw: bytes.Clone(f.buf[f.r:min(f.r+longHead, f.w)])}
	d := rowDigest{sum: sha256.New(), measure: f.delivered}
	end := -1
	for end < 0 {
		d.add(f.buf[f.r:f.w])
		f.take(f.w)
		if !f.fill() {
			break
		}
		end = f.find(st, 0)
	}
	if f.err != nil && f.err != io.EOF && end < 0 {
		return false
	}
	if end >= 0 {
		d.add(f.buf[f.r : f.r+end])
		f.take(f.r + end + 1)
	}
	d.close()
	f.line += 1 + d.lines
	if st.state == inQuotes {
		fr.bad = []schemas.Reason{unclosed}
	}
	fr.bad = append(fr.bad, tooLong(fr.position, &d))
	return true
}

// rowDigest sums a row in pieces, without a carriage return at its end.
type rowDigest struct {
	sum hash.Hash
	// measure is how many bytes a piece had in the file.
	measure  func([]byte) uint64
	bytes    uint64
	lines    uint64
	returned bool
}

func digestOf(raw []byte) rowDigest {
	d := rowDigest{sum: sha256.New()}
	d.sum.Write(raw)
	d.bytes = uint64(len(raw))
	return d
}

func (d *rowDigest) add(b []byte) {
	if len(b) == 0 {
		return
	}
	if d.returned {
		d.sum.Write([]byte("\r"))
		d.bytes += d.measure([]byte("\r"))
	}
	d.lines += uint64(bytes.Count(b, []byte("\n")))
	d.returned = b[len(b)-1] == '\r'
	if d.returned {
		b = b[:len(b)-1]
	}
	d.sum.Write(b)
	d.bytes += d.measure(b)
}

func (d *rowDigest) close() { d.returned = false }

func tooLong(position uint64, d *rowDigest) schemas.Reason {
	return schemas.Reason{Code: RowTooLong, Detail: fmt.Sprintf("bytes %d to %d, sha256 %s",
		position, position+d.bytes, hex.EncodeToString(d.sum.Sum(nil)))}
}
