package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// form says how a department writes its files.
type form struct {
	gb18030 bool
	bom     bool
	gzip    bool
	comma   rune
	// lines makes JSON objects, one a line; numbers names the members without quotes.
	lines   bool
	numbers map[string]bool
	// rows makes the writer of a format of its own.
	rows func(io.Writer) rowWriter
	// noHeader is set where the header is in the file already.
	noHeader bool
}

// rowWriter writes rows of one format.
type rowWriter interface {
	Write(cells []string) error
	Close() error
}

// sheet is one delivery while it is written. The first fault is kept and comes out at
// close, so that the code that makes rows reads like a table.
type sheet struct {
	feed, name string
	out        *output
	w          rowWriter
	closers    []io.Closer
	rows       int
	labels     bytes.Buffer
	err        error
}

// sheet opens a delivery of a feed.
func (l *landing) sheet(feed, name string, slot day, f form, header ...string) (*sheet, error) {
	out, err := l.open(name, slot)
	if err != nil {
		return nil, err
	}
	return newSheet(feed, name, out, f, header)
}

func newSheet(feed, name string, out *output, f form, header []string) (*sheet, error) {
	s := &sheet{feed: feed, name: name, out: out, closers: []io.Closer{out}}
	var w io.Writer = out
	if f.gzip {
		z := gzip.NewWriter(w) // Without a name and a time.
		s.closers, w = append(s.closers, z), z
	}
	if f.gb18030 {
		t := transform.NewWriter(w, simplifiedchinese.GB18030.NewEncoder())
		s.closers, w = append(s.closers, t), t
	}
	if f.bom {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
	}
	switch {
	case f.rows != nil:
		s.w = f.rows(w)
	case f.lines:
		s.w = &jsonLines{to: w, header: header, numbers: f.numbers}
	default:
		c := csv.NewWriter(w)
		if f.comma != 0 {
			c.Comma = f.comma
		}
		s.w = csvRows{c}
		if !f.noHeader {
			s.err = s.w.Write(header)
		}
	}
	return s, nil
}

// add writes a row.
func (s *sheet) add(cells ...string) {
	if s.err == nil {
		s.err = s.w.Write(cells)
	}
	s.rows++
}

// note labels the row that comes next.
func (s *sheet) note(item, kind, what string) {
	fmt.Fprintf(&s.labels, "%s\t%s\t%d\t%s\t%s\t%s\n", s.feed, s.name, s.rows+1, item, kind, what)
}

// close ends the delivery and records it.
func (s *sheet) close(l *landing) error {
	if s.err == nil {
		s.err = s.w.Close()
	}
	for i := len(s.closers) - 1; i >= 0; i-- {
		if err := s.closers[i].Close(); s.err == nil {
			s.err = err
		}
	}
	if s.err != nil {
		return fmt.Errorf("write %s: row %d: %w", s.name, s.rows, s.err)
	}
	return l.done(s)
}

type csvRows struct{ *csv.Writer }

// Close flushes the rows.
func (c csvRows) Close() error {
	c.Flush()
	return c.Error()
}

type jsonLines struct {
	to      io.Writer
	header  []string
	numbers map[string]bool
	line    []byte
}

// Write writes an object; a blank cell is null.
func (j *jsonLines) Write(cells []string) error {
	j.line = append(j.line[:0], '{')
	for i, cell := range cells {
		if i > 0 {
			j.line = append(j.line, ',')
		}
		j.line = append(append(append(j.line, '"'), j.header[i]...), '"', ':')
		switch {
		case cell == "":
			j.line = append(j.line, "null"...)
		case j.numbers[j.header[i]]:
			j.line = append(j.line, cell...)
		default:
			text, err := json.Marshal(cell)
			if err != nil {
				return err
			}
			j.line = append(j.line, text...)
		}
	}
	j.line = append(j.line, '}', '\n')
	_, err := j.to.Write(j.line)
	return err
}

// Close has nothing to flush.
func (j *jsonLines) Close() error { return nil }
