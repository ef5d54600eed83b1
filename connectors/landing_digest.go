package connectors

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"time"
)

// settled is how long ago a file must have been changed for its stamp to count: a file system
// tells no two changes apart that come within milliseconds.
const settled = 2 * time.Second

// digest is the SHA-256 of a file. One whose stamp is that of a file read before is not read.
func (l *landing) digest(ctx context.Context, path string) (digest, stamp string, info fs.FileInfo, err error) {
	if info, err = os.Stat(path); err == nil && info.Mode().IsRegular() {
		stamp, _ = stampOf(info)
		if digest, known := l.known(l.location(path), stamp); known && stamp != "" {
			return digest, stamp, info, nil
		}
	}
	began := time.Now()
	if digest, info, err = digestFile(ctx, path); err != nil {
		return "", "", nil, err
	}
	stamp, changed := stampOf(info)
	if began.Sub(changed) < settled {
		stamp = ""
	}
	return digest, stamp, info, nil
}

// digestFile is the SHA-256 of a file, read once in a stream.
func digestFile(ctx context.Context, path string) (string, fs.FileInfo, error) {
	f, err := openRegular(path)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, f}); err != nil {
		return "", nil, err
	}
	info, err := f.Stat()
	return hex.EncodeToString(h.Sum(nil)), info, err
}

// contextReader ends with the context; a file on disk cannot be interrupted otherwise.
type contextReader struct {
	ctx context.Context
	io.Reader
}

// Read reads unless the context ended.
func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
