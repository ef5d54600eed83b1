package clickhouse

import (
	"io"
	"sync"
)

// body is the body of an INSERT whose blocks come one after the other. The transport takes
// them by WriteTo, straight from the memory they were encoded in; a pipe would copy them in
// pieces of 32 KiB, with several calls of the kernel for each.
type body struct {
	blocks chan []byte
	// sent says what became of a block.
	sent chan error
	// over is closed when nobody takes blocks any more.
	over chan struct{}
	once sync.Once
	// left is what Read has not given out yet.
	left []byte
	// broken is why the body breaks off; it is set before blocks is closed.
	broken error
}

// chunk is how much is written at once: the engine does not copy a chunk of HTTP that fits
// into its buffer of 1 MiB.
const chunk = 128 << 10

func newBody() *body {
	return &body{blocks: make(chan []byte), sent: make(chan error, 1), over: make(chan struct{})}
}

// put sends a block. Its memory is free again when put returns nil.
func (b *body) put(block []byte) error {
	select {
	case b.blocks <- block:
	case <-b.over:
		return errInsertEnded
	}
	select {
	case err := <-b.sent:
		return err
	case <-b.over:
		return errInsertEnded
	}
}

// end ends the body; with an error the request is broken off.
func (b *body) end(err error) {
	b.broken = err
	close(b.blocks)
}

// next is the next block; at the end of the body the error is io.EOF.
func (b *body) next() ([]byte, error) {
	select {
	case block, ok := <-b.blocks:
		switch {
		case ok:
			return block, nil
		case b.broken != nil:
			return nil, b.broken
		}
		return nil, io.EOF
	case <-b.over:
		return nil, errInsertEnded
	}
}

// WriteTo implements io.WriterTo.
func (b *body) WriteTo(w io.Writer) (n int64, err error) {
	for {
		block, err := b.next()
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		for len(block) > 0 && err == nil {
			var k int
			k, err = w.Write(block[:min(chunk, len(block))])
			block, n = block[k:], n+int64(k)
		}
		b.sent <- err
		if err != nil {
			return n, err
		}
	}
}

// Read implements io.Reader, for a transport that writes otherwise.
func (b *body) Read(p []byte) (int, error) {
	if len(b.left) == 0 {
		block, err := b.next()
		if err != nil {
			return 0, err
		}
		b.left = block
	}
	n := copy(p, b.left)
	if b.left = b.left[n:]; len(b.left) == 0 {
		b.sent <- nil
	}
	return n, nil
}

// Close implements io.Closer; the transport calls it when it wants no more.
func (b *body) Close() error {
	b.once.Do(func() { close(b.over) })
	return nil
}
