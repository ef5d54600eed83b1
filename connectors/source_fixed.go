package connectors

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"unicode/utf8"

	"jiku/schemas"
	"jiku/schemas/charset"
)

func init() {
	Register(SourceType{
		Name:  "fixed",
		Title: "定长文本文件",
		Doc: `Reads rows of fixed width, as social insurance and banks send them: every column has as many bytes as
its declared width, in the encoding of the file, and nothing stands between columns. Lines end in LF or CRLF, also mixed.

- Padding is the blank 0x20 at the end of a cell, and nothing else: it is taken off. Blanks at the front, zeros, tabs and
  ideographic blanks are data. A cell of padding alone is empty.
- A row with more or fewer bytes than the widths add up to is bad (` + "`row.width`" + `). One exception: a row may end anywhere in
  its last column, or before it, since senders cut the blanks off there. A last line that has no line end must be whole,
  since a file that was cut off looks the same. If the last column must not be cut, declare another behind it without a name.
- A row in which a column ends inside a character is bad (` + "`row.cut`" + `): the sender counts characters, or cuts text at the
  width. A row with bytes outside the declared encoding is bad (` + "`row.encoding`" + `), so is one with a NUL byte (` + "`row.nul`" + `), one
  that repeats the header (` + "`row.header`" + `) and one that is too long (` + "`row.too_long`" + `).
- The raw form is the row's bytes as delivered, without the line end. A line without a single byte is not a row.
- There are no trailers: a last line with totals is a bad row (` + "`row.width`" + `). Counts belong in the manifest.
- Encodings are as of csv, without UTF-16. The byte order mark of the declared encoding is skipped, also where files were
  joined, and counts in no width.`,
		Example: `connector: fixed
settings:
  path: hr/insured_*.txt
  encoding: gb18030
  columns:
    - {name: 证件号码, width: 18}
    - {name: 姓名, width: 40}
    - {width: 6} # Reserved; nobody reads it.
    - {name: 参保状态, width: 2}
`,
		Settings: func() any { return defaultFixed() },
		New:      newFixed,
	})
}

type fixedSettings struct {
	fileSettings   `yaml:",inline"`
	Encoding       string        `yaml:"encoding" doc:"utf-8, gb18030, gbk, gb2312 or big5."`
	Columns        []fixedColumn `yaml:"columns" doc:"All columns in order, each {name, width}: the width is in bytes of the declared encoding; one without a name is passed over."`
	Header         bool          `yaml:"header" doc:"The first line is no data; what it says is not read."`
	streamSettings `yaml:",inline"`
}

// fixedColumn is one column of the layout.
type fixedColumn struct {
	Name  string `yaml:"name"`
	Width int    `yaml:"width"`
}

func defaultFixed() *fixedSettings {
	return &fixedSettings{Encoding: charset.UTF8, streamSettings: defaultStream()}
}

// Check says what does not fit together.
func (s *fixedSettings) Check() error {
	if s.Path == "" {
		return errors.New("setting path: want a glob")
	}
	if err := checkEncoding(s.Encoding); err != nil {
		return err
	}
	if isUTF16(s.Encoding) {
		return fmt.Errorf("setting encoding: %q, want utf-8, gb18030, gbk, gb2312 or big5, in whose bytes widths are", s.Encoding)
	}
	if err := s.streamSettings.check(); err != nil {
		return err
	}
	sum, seen := 0, map[string]bool{}
	for i, c := range s.Columns {
		if c.Width < 1 {
			return fmt.Errorf("setting columns[%d].width: want 1 or more bytes", i)
		}
		if c.Width > s.MaxRowBytes-sum {
			return fmt.Errorf("setting columns[%d].width: the widths add up to more than max_row_bytes, %d", i, s.MaxRowBytes)
		}
		if seen[c.Name] {
			return fmt.Errorf("setting columns[%d].name: %s is named twice", i, c.Name)
		}
		sum += c.Width
		seen[c.Name] = c.Name != ""
	}
	if len(s.names()) == 0 {
		return errors.New("setting columns: want a list of {name, width}, one of them with a name")
	}
	return nil
}

// names are those of the columns that have one.
func (s *fixedSettings) names() []string {
	var out []string
	for _, c := range s.Columns {
		if c.Name != "" {
			out = append(out, c.Name)
		}
	}
	return out
}

// fixedSource reads files with rows of fixed width.
type fixedSource struct {
	lines
	settings fixedSettings
}

func newFixed(env Env, feed *schemas.Feed) (Source, error) {
	s := defaultFixed()
	if err := Decode(feed.Source.Settings, s); err != nil {
		return nil, &Error{Op: "open", Feed: feed.Name, Code: Permanent, Err: err, Hint: "correct the block source of the feed"}
	}
	files, err := newLanding(env, feed, s.Path)
	if err != nil {
		return nil, err
	}
	d := dialect{wide: wide(s.Encoding)}
	return &fixedSource{lines: lines{landing: files, dialect: d, stream: s.streamSettings, encoding: s.Encoding, header: s.Header}, settings: *s}, nil
}

// Header lists the declared columns, of a file that can be read.
func (x *fixedSource) Header(ctx context.Context, d schemas.Delivery) ([]string, error) {
	if err := x.unchanged(d); err != nil {
		return nil, x.changed("read", d.Name, err)
	}
	t, err := x.begin(ctx, "read", d.Location)
	if err != nil {
		return nil, err
	}
	_ = t.stream.Close()
	return x.settings.names(), nil
}

// Rows reads a split.
func (x *fixedSource) Rows(ctx context.Context, s Split, columns []string) iter.Seq2[*schemas.Row, error] {
	return x.rows(ctx, s, func(t *text) (parser, error) {
		cells := newFixedCells(x.settings.Columns, x.encoding, columns)
		cells.header = t.header.raw
		return cells, nil
	})
}

// fixedCells cuts rows at the widths. Cells share the memory of the row or of a buffer that
// is reused, so a row costs no allocation.
type fixedCells struct {
	decoder decoder
	mark    []byte
	// ends is where each column ends, dest which cell it becomes, -1 if none.
	ends, dest []int
	cells      [][]byte
	// buf holds the cells of a row that had to be decoded.
	buf []byte
	// header is the first line as delivered, nil if there is none.
	header []byte
}

func newFixedCells(layout []fixedColumn, encoding string, columns []string) *fixedCells {
	c := &fixedCells{decoder: newDecoder(encoding), mark: []byte(charset.Mark(encoding)), cells: make([][]byte, len(columns))}
	end := 0
	for _, l := range layout {
		end += l.Width
		c.ends = append(c.ends, end)
		c.dest = append(c.dest, slices.Index(columns, l.Name))
	}
	c.buf = make([]byte, 0, 2*end)
	return c
}

// parse fills the cells of a row; a bad row has none.
func (c *fixedCells) parse(f *frame, row *schemas.Row) {
	clear(c.cells)
	row.Cells = c.cells
	if len(f.bad) > 0 {
		return
	}
	raw := f.raw
	raw = bytes.TrimPrefix(raw, c.mark)
	if c.header != nil && bytes.Equal(raw, c.header) {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowHeader})
		return
	}
	c.check(f, raw, row)
	column, whole := -1, false
	if len(row.Bad) == 0 {
		column, whole = c.take(raw)
	}
	if whole {
		return
	}
	clear(c.cells)
	if _, bad := c.decoder.decode(raw); bad >= 0 {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowEncoding, Detail: fmt.Sprintf("byte %d of the row", len(f.raw)-len(raw)+bad)})
	} else if column >= 0 {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowCut, Detail: fmt.Sprintf("column %d ends inside a character", column+1)})
	}
}

// check adds what is wrong with a row before it is cut.
func (c *fixedCells) check(f *frame, raw []byte, row *schemas.Row) {
	if i := bytes.IndexByte(f.raw, 0); i >= 0 {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowNUL, Detail: fmt.Sprintf("byte %d of the row", i)})
	}
	last := len(c.ends) - 1
	least, want, detail := 0, c.ends[last], "%d bytes, want %d"
	switch {
	case f.open:
		least = want
	case last > 0:
		least = c.ends[last-1]
	}
	if f.open && len(raw) < want {
		detail = "%d bytes and no line end, want %d"
	}
	if len(raw) < least || len(raw) > want {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowWidth, Detail: fmt.Sprintf(detail, len(raw), want)})
	}
}

// take makes the cells. Where whole is false, this column ends inside a character, unless the
// row has bytes outside the encoding.
func (c *fixedCells) take(raw []byte) (column int, whole bool) {
	w, decode := c.decoder.(*wideRows)
	switch {
	case decode && isASCII(raw):
		decode = false
	case decode && w.gb && charset.UTF8Evidence(raw) >= 0, !decode && charset.Invalid(raw) >= 0:
		return -1, false
	}
	c.buf = c.buf[:0]
	at := 0
	for i, end := range c.ends {
		end = min(end, len(raw))
		cell := bytes.TrimRight(raw[at:end:end], " ")
		if !decode && end < len(raw) && !utf8.RuneStart(raw[end]) {
			return i, false
		}
		if decode {
			n := len(c.buf)
			var bad int
			if c.buf, bad = w.set.Append(c.buf, cell); bad >= 0 {
				return i, false
			}
			cell = c.buf[n:len(c.buf):len(c.buf)]
		}
		if to := c.dest[i]; to >= 0 {
			c.cells[to] = cell
		}
		at = end
	}
	return -1, true
}
