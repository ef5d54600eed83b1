package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"jiku/schemas"
)

// landing is the directory that is written, with what was written so far.
type landing struct {
	dir    string
	labels *os.File
	to     *bufio.Writer
	files  []written
}

// written is one finished file.
type written struct {
	feed, name, digest string
	rows               int
	bytes              int64
}

func newLanding(dir string) (*landing, error) {
	if err := makeFolders(dir); err != nil {
		return nil, fmt.Errorf("make landing directory: %w", err)
	}
	f, err := os.Create(filepath.Join(dir, "LABELS.tsv"))
	if err != nil {
		return nil, fmt.Errorf("open labels: %w", err)
	}
	l := &landing{dir: dir, labels: f, to: bufio.NewWriter(f)}
	_, err = l.to.WriteString("feed\tfile\trow\titem\tkind\twhat\n")
	return l, err
}

// makeFolders makes the landing directory with the folder of every shipped feed, also of those
// that nothing is written for: a folder that is not there fails its feed.
func makeFolders(dir string) error {
	cat, err := schemas.LoadCatalogue(schemas.BuiltIn(), schemas.Known{})
	if err != nil {
		return err
	}
	for _, f := range cat.Feeds {
		glob, _ := f.Source.Settings["path"].(string)
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(filepath.FromSlash(glob))), 0o755); err != nil {
			return err
		}
	}
	return nil
}

// output is the file under a sheet: it counts and digests what is written.
type output struct {
	file *os.File
	buf  *bufio.Writer
	sum  hash.Hash
	n    int64
	day  day
	path string
}

// open makes a file under the landing directory.
func (l *landing) open(name string, slot day) (*output, error) {
	path := filepath.Join(l.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("make directory of %s: %w", name, err)
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	o := &output{file: f, sum: sha256.New(), day: slot, path: path}
	o.buf = bufio.NewWriterSize(io.MultiWriter(f, o.sum), 1<<18)
	return o, nil
}

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) {
	o.n += int64(len(p))
	return o.buf.Write(p)
}

// Close stamps the file with eight o'clock of its slot, which is when it was received.
func (o *output) Close() error {
	if err := o.buf.Flush(); err != nil {
		return err
	}
	if err := o.file.Close(); err != nil {
		return err
	}
	return stamp(o.path, o.day)
}

func stamp(path string, slot day) error {
	at := slot.time() // Midnight UTC is 08:00 in the city's time zone.
	return os.Chtimes(path, at, at)
}

// manifest writes the control totals beside a file.
func (l *landing) manifest(name string, slot day) error {
	w := l.files[len(l.files)-1]
	text, err := json.MarshalIndent(struct {
		Date     string `json:"date"`
		Rows     int    `json:"rows"`
		SHA256   string `json:"sha256"`
		Complete bool   `json:"complete"`
	}{slot.dashed(), w.rows, w.digest, true}, "", "  ")
	if err != nil {
		return fmt.Errorf("write manifest of %s: %w", name, err)
	}
	path := filepath.Join(l.dir, filepath.FromSlash(name)+".manifest.json")
	if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("write manifest of %s: %w", name, err)
	}
	return stamp(path, slot)
}

// done records a finished file and its labels.
func (l *landing) done(s *sheet) error {
	l.files = append(l.files, written{s.feed, s.name, hex.EncodeToString(s.out.sum.Sum(nil)), s.rows, s.out.n})
	_, err := s.labels.WriteTo(l.to)
	return err
}
