package clickhouse

import (
	"errors"
	"io"
	"sync"
)

// body is the body of a request whose blocks come while it is sent. Behind io.Pipe each byte
// would be copied once more, into a buffer of net/http.
type body struct {
	blocks chan []byte
	// sent answers for every block that was taken.
	sent chan error
	// cause is why the body ends before its time; it is set before blocks is closed.
	cause error
	// gone is closed when the request has ended: nobody takes blocks any more.
	gone  chan struct{}
	close sync.Once
}

var (
	errInsertEnded = errors.New("insert ended")
	errBodyRead    = errors.New("read: the body of an insert is written to its connection")
)

// pieceBytes is how much of a block is written to the connection at once. What is much larger
// than this has left the processor's cache when the engine reads it, which costs the engine
// more than jiku saves.
const pieceBytes = 64 << 10

func newBody() *body {
	return &body{blocks: make(chan []byte), sent: make(chan error), gone: make(chan struct{})}
}

// write gives a block to the connection and waits until it is taken; the block is the
// caller's again.
func (b *body) write(block []byte) error {
	select {
	case b.blocks <- block:
		return <-b.sent
	case <-b.gone:
		return errInsertEnded
	}
}

// end ends the body after the blocks so far; with a cause the request is broken off.
func (b *body) end(cause error) {
	b.cause = cause
	close(b.blocks)
}

// WriteTo implements io.WriterTo, which net/http prefers to Read where it speaks HTTP/1.
func (b *body) WriteTo(w io.Writer) (total int64, err error) {
	for err == nil {
		select {
		case block, more := <-b.blocks:
			if !more {
				return total, b.cause
			}
			for n := 0; len(block) > 0 && err == nil; block = block[n:] {
				n, err = w.Write(block[:min(len(block), pieceBytes)])
				total += int64(n)
			}
			b.sent <- err
		case <-b.gone:
			err = errInsertEnded
		}
	}
	return total, err
}

// Read implements io.Reader; nothing reads a body.
func (*body) Read([]byte) (int, error) { return 0, errBodyRead }

// Close implements io.Closer: net/http closes the body when it has sent it, or never will.
func (b *body) Close() error {
	b.close.Do(func() { close(b.gone) })
	return nil
}
