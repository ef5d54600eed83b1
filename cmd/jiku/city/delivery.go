package city

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/gzip"
)

// file is one delivery while it is written.
type file struct {
	feed  *feed
	slot  *slot
	path  string // under landing
	to    *os.File
	sum   hash.Hash
	bytes int64 // as delivered
	at    int64 // position of the next row
	rows  int64
	table *table // of Parquet
}

func createFile(path string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return os.Create(path)
}

// open opens a delivery and writes what stands before its rows.
func (out *output) open(f *feed, s *slot) (*file, error) {
	name := fmt.Sprintf(f.path, string(appendDay(nil, s.of, compact)))
	d := &file{feed: f, slot: s, path: name, sum: sha256.New()}
	var err error
	if d.to, err = createFile(filepath.Join(out.dir, "landing", filepath.FromSlash(name))); err != nil {
		return nil, err
	}
	out.closers = append(out.closers, d.to)
	if f.form.format == formatParquet {
		names := make([]string, len(f.columns))
		for i, c := range f.columns {
			names[i] = c.name
		}
		d.table = newTable(d, names)
		return d, nil
	}
	header := f.header(s)
	d.at = int64(len(header))
	if f.form.gzip {
		if header, err = member(header); err != nil {
			return nil, err
		}
	}
	_, err = d.Write(header)
	return d, err
}

// Write implements io.Writer.
func (d *file) Write(p []byte) (int, error) {
	n, err := d.to.Write(p)
	d.bytes += int64(n)
	d.sum.Write(p[:n])
	return n, err
}

// member compresses bytes as one member of a gzip file; members one behind another are one file.
func member(p []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(p); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// count moves the position of the next row behind those of a chunk.
func (d *file) count(c *chunk) {
	if d.table != nil {
		d.at += c.rows
	} else {
		d.at += c.length
	}
	d.rows += c.rows
}

// end closes one delivery.
func (out *output) end(d *file) (File, error) {
	if d.table != nil {
		if err := d.table.close(); err != nil {
			return File{}, err
		}
	}
	if err := d.to.Close(); err != nil {
		return File{}, err
	}
	f := File{Feed: d.feed.name, Path: d.path, Slot: d.slot.of.civil(), Rows: d.rows, Bytes: d.bytes, SHA256: hex.EncodeToString(d.sum.Sum(nil))}
	if d.slot.fault != nil {
		f.Fault = d.slot.fault.kind.ID
	}
	path := filepath.Join(out.dir, "landing", filepath.FromSlash(d.path))
	if d.feed.manifest {
		if err := out.manifest(path, d, f); err != nil {
			return f, err
		}
	}
	return f, os.Chtimes(path, d.arrives(), d.arrives())
}

// manifest writes the control totals beside a delivery.
func (out *output) manifest(path string, d *file, f File) error {
	text, err := json.MarshalIndent(struct {
		Date     string `json:"date"`
		Rows     int64  `json:"rows"`
		SHA256   string `json:"sha256"`
		Complete bool   `json:"complete"`
	}{string(appendDay(nil, d.slot.of, dashed)), f.Rows, f.SHA256, true}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".manifest.json", append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Chtimes(path+".manifest.json", d.arrives(), d.arrives())
}

// arrives is when the delivery is received: in the morning of its slot, or two days later.
func (d *file) arrives() time.Time {
	if d.slot.fault != nil && d.slot.fault.kind == kindLateFile {
		return (d.slot.of + 2).time()
	}
	return d.slot.of.time()
}
