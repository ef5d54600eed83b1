package connectors

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"jiku/schemas"
	"jiku/schemas/charset"
)

func init() {
	Register(SourceType{
		Name:  "csv",
		Title: "CSV、TSV 等分隔文本文件",
		Doc: `Reads delimited text by RFC 4180: cells may be quoted, a quote in a quoted cell is doubled, and a
quoted cell may hold delimiters and line ends. Lines end in LF or CRLF, also mixed.

- A quote inside an unquoted cell is data. Text after a closing quote makes the row bad (` + "`row.quote`" + `);
  a quote that is never closed has all that follows in its row (` + "`row.unclosed`" + `), which holds the delivery.
- A row with a NUL byte is bad (` + "`row.nul`" + `), so is one that repeats the header, as files that were
  joined have it (` + "`row.header`" + `).
- A row with another number of cells than the header is bad (` + "`row.columns`" + `), so is one with bytes outside
  the declared encoding (` + "`row.encoding`" + `) and one that is too long (` + "`row.too_long`" + `).
- A line without a single byte is not a row. In a file of one column an empty value must be
  written as ` + "`\"\"`" + `.
- The encoding is declared, never guessed. The byte order mark of the declared encoding is skipped, also where files
  were joined; a file that begins with another one, is UTF-8 where a GB encoding is declared or has zeros as UTF-16
  has them is refused with line and byte.
- GB18030 is the edition of 2022, and read alike where a sender has that of 2000 or 2005; private use is kept. Rows of
  a GB encoding that can only be UTF-8, four Chinese characters or more, are bad (` + "`row.encoding`" + `). gbk has the euro
  sign at 0x80 as Windows has it, gb2312 the 7,445 characters of GB/T 2312 alone.
- UTF-16 without an order in its name must begin with a byte order mark. The raw form of its rows is UTF-8; an unpaired
  surrogate makes a row bad, half a character at the end or a byte order that changes stops the file.
- Names in the header are compared without the blanks around them.`,
		Example: `connector: csv
settings:
  path: police/household_*.csv
  delimiter: ","
  encoding: gb18030
`,
		Settings: func() any { return defaultCSV() },
		New:      newCSV,
	})
}

type csvSettings struct {
	fileSettings   `yaml:",inline"`
	Delimiter      string   `yaml:"delimiter" doc:"One ASCII character; \\t is the tab."`
	Quote          string   `yaml:"quote" doc:"The double or single quote; empty if quotes are data."`
	Encoding       string   `yaml:"encoding" doc:"utf-8, gb18030, gbk, gb2312, big5, utf-16 (with a byte order mark), utf-16le or utf-16be."`
	Header         bool     `yaml:"header" doc:"The first row names the columns."`
	Columns        []string `yaml:"columns" doc:"The names of the columns in order, for files without a header."`
	streamSettings `yaml:",inline"`
}

func defaultCSV() *csvSettings {
	return &csvSettings{Delimiter: ",", Quote: `"`, Encoding: charset.UTF8, Header: true, streamSettings: defaultStream()}
}

// Check says what does not fit together.
func (s *csvSettings) Check() error {
	if s.Path == "" {
		return errors.New("setting path: want a glob")
	}
	if s.Delimiter == `\t` {
		s.Delimiter = "\t"
	}
	if len(s.Delimiter) != 1 || s.Delimiter[0] >= 0x80 || bytes.ContainsAny([]byte(s.Delimiter), "\r\n\x00"+s.Quote) {
		return errors.New("setting delimiter: want one ASCII character that is no line end and no quote")
	}
	if s.Quote != "" && s.Quote != `"` && s.Quote != "'" {
		return errors.New(`setting quote: want ", ' or nothing`)
	}
	if s.Header == (len(s.Columns) > 0) {
		return errors.New("setting columns: want names if header is false, and none if it is true")
	}
	if err := checkEncoding(s.Encoding); err != nil {
		return err
	}
	return s.streamSettings.check()
}

// csvSource reads delimited text files.
type csvSource struct {
	lines
	settings csvSettings
}

func newCSV(env Env, feed *schemas.Feed) (Source, error) {
	s := defaultCSV()
	if err := Decode(feed.Source.Settings, s); err != nil {
		return nil, &Error{Op: "open", Feed: feed.Name, Code: Permanent, Err: err, Hint: "correct the block source of the feed"}
	}
	files, err := newLanding(env, feed, s.Path)
	if err != nil {
		return nil, err
	}
	d := dialect{delimiter: s.Delimiter[0], wide: wide(s.Encoding), units: isUTF16(s.Encoding)}
	if s.Quote != "" {
		d.quote = s.Quote[0]
	}
	return &csvSource{lines: lines{landing: files, dialect: d, stream: s.streamSettings, encoding: s.Encoding, header: s.Header}, settings: *s}, nil
}

// Header lists the delivered columns.
func (c *csvSource) Header(ctx context.Context, d schemas.Delivery) ([]string, error) {
	if err := c.unchanged(d); err != nil {
		return nil, c.changed("read", d.Name, err)
	}
	t, err := c.begin(ctx, "read", d.Location)
	if err != nil {
		return nil, err
	}
	defer t.stream.Close()
	return c.names(ctx, t, d.Location)
}

func (c *csvSource) names(ctx context.Context, t *text, location string) ([]string, error) {
	if !c.header {
		return slices.Clone(c.settings.Columns), nil
	}
	decoded, bad := newDecoder(c.encoding).decode(t.header.raw)
	if bad >= 0 {
		e := c.malformed("read", location, faultHeaderEncoding, fmt.Errorf("header at line %d: byte %d is not %s", t.header.line, bad, c.encoding))
		e.Hint = c.proposed(ctx, location, e.Hint)
		return nil, e.at("第 %d 行，声明的编码是 %s", t.header.line, c.encoding)
	}
	var cells [][]byte
	sp := splitter{dialect: c.dialect}
	if fault := sp.all(decoded, &cells); fault > 0 {
		return nil, c.malformed("read", location, faultHeaderShape, fmt.Errorf("header at line %d: column %d: text after the closing quote", t.header.line, fault)).
			at("第 %d 行第 %d 列", t.header.line, fault)
	}
	names := make([]string, len(cells))
	for i, cell := range cells {
		names[i] = string(bytes.TrimSpace(cell))
	}
	return names, nil
}

// Rows reads a split.
func (c *csvSource) Rows(ctx context.Context, s Split, columns []string) iter.Seq2[*schemas.Row, error] {
	return c.rows(ctx, s, func(t *text) (parser, error) {
		names, err := c.names(ctx, t, s.Location)
		if err != nil {
			return nil, err
		}
		dest, err := destinations(names, columns)
		if err != nil {
			return nil, c.malformed("read", s.Location, faultHeaderTwice, err)
		}
		cells := newCSVCells(c.dialect, newDecoder(c.encoding), dest, len(columns))
		cells.header = t.header.raw
		return cells, nil
	})
}

// destinations says for every delivered column which cell it becomes, -1 if none. A column
// that is asked for must not be delivered twice: which of the two counts is a guess.
func destinations(names, columns []string) ([]int, error) {
	dest := make([]int, len(names))
	seen := map[int]bool{}
	for i, name := range names {
		dest[i] = slices.Index(columns, name)
		if dest[i] < 0 {
			continue
		}
		if seen[dest[i]] {
			return nil, fmt.Errorf("header: column %s: named twice", name)
		}
		seen[dest[i]] = true
	}
	return dest, nil
}
