package connectors

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"jiku/schemas"
)

// fileSettings are the settings of every source that reads files.
type fileSettings struct {
	Path string `yaml:"path" doc:"The files: a glob under the landing directory, such as police/household_*.csv. Names that end in .manifest.json are never data."`
}

// streamSettings are the settings of sources that read files as a stream of lines.
type streamSettings struct {
	Compression string `yaml:"compression" doc:"none, gzip or zstd; auto goes by the name: .gz and .gzip, .zst and .zstd."`
	SplitBytes  int64  `yaml:"split_bytes" doc:"Plain files are cut into splits of about this size; compressed ones are one split."`
	MaxRowBytes int    `yaml:"max_row_bytes" doc:"A longer row becomes a reject with its first 64 KiB, its range and its digest."`
}

func defaultStream() streamSettings {
	return streamSettings{Compression: "auto", SplitBytes: 64 << 20, MaxRowBytes: 16 << 20}
}

func (s *streamSettings) check() error {
	switch s.Compression {
	case "auto", "none", "gzip", "zstd":
	default:
		return fmt.Errorf("setting compression: %q, want auto, none, gzip or zstd", s.Compression)
	}
	if s.SplitBytes < 1 {
		return errors.New("setting split_bytes: want 1 or more")
	}
	if s.MaxRowBytes < 1<<10 || s.MaxRowBytes > 1<<30 {
		return errors.New("setting max_row_bytes: want 1024 to 1073741824")
	}
	return nil
}

// compression is how the file with this name is compressed.
func (s *streamSettings) compression(name string) string {
	if s.Compression != "auto" {
		return s.Compression
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".gz", ".gzip":
		return "gzip"
	case ".zst", ".zstd":
		return "zstd"
	}
	return "none"
}

var (
	errDirectory = errors.New("is a directory or a device, want a file")
	errLink      = fmt.Errorf("the link leads nowhere: %w", fs.ErrNotExist)
)

// openRegular opens a file and refuses directories and devices, whose bytes would not be a
// delivery. It asks before opening, because opening a named pipe waits for a writer.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, there := os.Lstat(path); there == nil {
			return nil, &fs.PathError{Op: "open", Path: path, Err: errLink}
		}
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: errDirectory}
	}
	return os.Open(path)
}

// unchanged says whether the file still has the size that the delivery was listed with.
func (l *landing) unchanged(d schemas.Delivery) error {
	f, err := openRegular(l.path(d.Location))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if d.Digest != "" && info.Size() != d.Bytes {
		return fmt.Errorf("the file has %d bytes, it had %d when it was listed", info.Size(), d.Bytes)
	}
	return nil
}

// stream is the bytes of a file after decompression.
type stream struct {
	io.Reader
	file  *os.File
	close func()
}

// Close releases file and decompressor.
func (s *stream) Close() error {
	if s.close != nil {
		s.close()
	}
	return s.file.Close()
}

// open opens a location at a byte offset after decompression. Every kind of compression
// accepts every offset; a compressed file is read up to it.
func (l *landing) open(ctx context.Context, location, compression string, offset uint64) (*stream, error) {
	f, err := openRegular(l.path(location))
	if err != nil {
		return nil, err
	}
	s := &stream{Reader: contextReader{ctx, f}, file: f}
	if compression == "none" {
		if _, err = f.Seek(int64(offset), io.SeekStart); err == nil {
			return s, nil
		}
	} else if err = s.decompress(compression); err == nil {
		if _, err = io.CopyN(io.Discard, s, int64(offset)); err == nil {
			return s, nil
		}
	}
	_ = s.Close()
	return nil, err
}

func (s *stream) decompress(compression string) error {
	if compression == "gzip" {
		z, err := gzip.NewReader(s.Reader)
		if err != nil {
			return &packedError{"gzip", err}
		}
		s.Reader, s.close = packedReader{"gzip", z}, func() { _ = z.Close() }
		return nil
	}
	// One decoder works without goroutines; the workers are busy with other splits.
	z, err := zstd.NewReader(s.Reader, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return &packedError{"zstd", err}
	}
	s.Reader, s.close = packedReader{"zstd", z}, z.Close
	return nil
}

// packedError comes out of a decompressor: from the data, or from the file below.
type packedError struct {
	kind string
	err  error
}

// Error is `gzip: cause`.
func (e *packedError) Error() string {
	return e.kind + ": " + strings.TrimPrefix(e.err.Error(), e.kind+": ")
}

// Unwrap is the cause.
func (e *packedError) Unwrap() error { return e.err }

// packedReader marks the errors of a decompressor other than the end.
type packedReader struct {
	kind string
	io.Reader
}

// Read reads from the decompressor.
func (r packedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil && err != io.EOF {
		err = &packedError{r.kind, err}
	}
	return n, err
}

// readFault gives an error of reading a file its code and, where somebody can mend it, its
// fault: what the decompressors report is the sender's, the rest is the system's.
func readFault(err error) (Code, *Fault) {
	switch {
	case errors.Is(err, errDirectory):
		return Malformed, faultDirectory
	case errors.Is(err, errLink), errors.Is(err, syscall.ELOOP), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.ENAMETOOLONG):
		return Missing, faultLink
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return Malformed, faultCutOff
	}
	code := classify(err)
	ended := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
	_, packed := errors.AsType[*packedError](err)
	switch {
	case packed && code == Permanent && !ended:
		return Malformed, faultDamaged
	case code == Denied:
		return code, faultDenied
	case code == Missing:
		return code, faultMissing
	}
	return code, nil
}

// unread is the error of a file that cannot be opened or read.
func (l *landing) unread(op, name string, err error) *Error {
	code, fault := readFault(err)
	if fault == nil {
		return l.fail(op, name, code, err, "")
	}
	e := l.malformed(op, name, fault, err)
	e.Code = code
	return e
}

// changed is the error of a delivery whose file is not what was listed.
func (l *landing) changed(op, name string, err error) error {
	e := l.unread(op, name, err)
	if e.Code == Permanent {
		e.Hint = "run again: a file that was replaced is listed as a new revision"
	}
	return e
}

// magics are the first bytes of files that are not text, and what to do about each.
var magics = []struct {
	start []byte
	what  string
	fault *Fault
}{
	{[]byte{0x1f, 0x8b}, "a gzip file", faultGzip},
	{[]byte{0x28, 0xb5, 0x2f, 0xfd}, "a zstd file", faultZstd},
	{[]byte("PK\x03\x04"), "a zip or xlsx file", faultArchive},
	{[]byte{0xd0, 0xcf, 0x11, 0xe0}, "an xls workbook", faultWorkbook},
	{[]byte("PAR1"), "a Parquet file", faultIsParquet},
}

// textFault says why the first bytes of a file cannot be text.
func textFault(start []byte) (*Fault, error) {
	for _, m := range magics {
		if bytes.HasPrefix(start, m.start) {
			return m.fault, fmt.Errorf("want text, found %s", m.what)
		}
	}
	return nil, nil
}
