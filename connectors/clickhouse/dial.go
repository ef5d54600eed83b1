package clickhouse

import (
	"context"
	"errors"
	"net"
	"net/url"
	"os"
	"sync/atomic"
	"time"
)

// line is the way to the engine. Both clients dial through it, since an engine that was
// started again may listen elsewhere.
type line struct {
	// named is the address of Config.URL, which all requests bear.
	named string
	now   atomic.Pointer[string]
	// silence is how long a connection may neither take nor give a byte.
	silence time.Duration
}

func newLine(u *url.URL, silence time.Duration) *line {
	l := &line{named: u.Host, silence: silence}
	l.now.Store(&u.Host)
	return l
}

// dial connects to where the engine is now, or to a proxy as it is.
func (l *line) dial(ctx context.Context, _, addr string) (net.Conn, error) {
	if addr == l.named {
		addr = *l.now.Load()
	}
	d := net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}
	c, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	return &watched{Conn: c, silence: l.silence}, nil
}

// watched is a connection that breaks when nothing moves: an engine that hangs, or a machine
// that is gone without a word, must not hold a run for ever. Whoever writes a long statement
// also waits for its answer, so what was written last counts for reading.
type watched struct {
	net.Conn
	silence time.Duration
	wrote   atomic.Int64
}

func (w *watched) Read(p []byte) (int, error) {
	for from := time.Now(); ; {
		if err := w.SetReadDeadline(from.Add(w.silence)); err != nil {
			return 0, err
		}
		n, err := w.Conn.Read(p)
		if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			return n, err
		}
		if from = time.Unix(0, w.wrote.Load()); time.Since(from) > w.silence {
			return n, err
		}
	}
}

func (w *watched) Write(p []byte) (int, error) {
	if err := w.SetWriteDeadline(time.Now().Add(w.silence)); err != nil {
		return 0, err
	}
	n, err := w.Conn.Write(p)
	w.wrote.Store(time.Now().UnixNano())
	return n, err
}

// Wake implements connectors.Waker.
func (s *Store) Wake(ctx context.Context) error {
	if s.wake == nil {
		return nil
	}
	address, err := s.wake(ctx)
	if err != nil {
		return err
	}
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	s.line.now.Store(&u.Host)
	return nil
}
