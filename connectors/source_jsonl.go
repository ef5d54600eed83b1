package connectors

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"unicode/utf8"

	"github.com/buger/jsonparser"

	"jiku/schemas"
	"jiku/schemas/charset"
)

func init() {
	Register(SourceType{
		Name:  "jsonl",
		Title: "JSON Lines 文件",
		Doc: `Reads one JSON object a line (RFC 8259), in UTF-8 unless another encoding is declared. The members are the columns: a string is the cell's
text, a number or boolean its text as written, an object or array its JSON text; null and a
member that is not there are no cell.

- A line that is no object, is broken, or names a wanted member twice is a bad row (` + "`row.json`" + `).
- A line with bytes outside the declared encoding is a bad row (` + "`row.encoding`" + `).
- There is no header: what each row lacks shows in its cells.
- A line without a single byte is not a row. A file without a single byte is refused, unless its manifest says that it has 0 rows.`,
		Example: `connector: jsonl
settings:
  path: civil/marriage_*.jsonl.gz
`,
		Settings: func() any { return defaultJSONL() },
		New:      newJSONL,
	})
}

type jsonlSettings struct {
	fileSettings   `yaml:",inline"`
	Encoding       string `yaml:"encoding" doc:"As of csv; JSON itself is UTF-8."`
	streamSettings `yaml:",inline"`
}

func defaultJSONL() *jsonlSettings {
	return &jsonlSettings{Encoding: charset.UTF8, streamSettings: defaultStream()}
}

// Check says what does not fit together.
func (s *jsonlSettings) Check() error {
	if s.Path == "" {
		return errors.New("setting path: want a glob")
	}
	if err := checkEncoding(s.Encoding); err != nil {
		return err
	}
	return s.streamSettings.check()
}

// jsonlSource reads JSON Lines files.
type jsonlSource struct{ lines }

func newJSONL(env Env, feed *schemas.Feed) (Source, error) {
	s := defaultJSONL()
	if err := Decode(feed.Source.Settings, s); err != nil {
		return nil, &Error{Op: "open", Feed: feed.Name, Code: Permanent, Err: err, Hint: "correct the block source of the feed"}
	}
	files, err := newLanding(env, feed, s.Path)
	if err != nil {
		return nil, err
	}
	d := dialect{wide: wide(s.Encoding), units: isUTF16(s.Encoding)}
	return &jsonlSource{lines{landing: files, dialect: d, stream: s.streamSettings, encoding: s.Encoding}}, nil
}

// Rows reads a split.
func (j *jsonlSource) Rows(ctx context.Context, s Split, columns []string) iter.Seq2[*schemas.Row, error] {
	return j.rows(ctx, s, func(*text) (parser, error) {
		cells := newJSONCells(columns)
		cells.decoder = newDecoder(j.encoding)
		return cells, nil
	})
}

// jsonCells takes the wanted members out of objects.
type jsonCells struct {
	decoder decoder
	index   map[string]int
	names   []string
	cells   [][]byte
	seen    []bool
	// arena holds strings that had escapes.
	arena  []byte
	twice  int
	member func(key, value []byte, kind jsonparser.ValueType, offset int) error
}

func newJSONCells(columns []string) *jsonCells {
	j := &jsonCells{decoder: utf8Rows{}, index: map[string]int{}, names: columns, cells: make([][]byte, len(columns)), seen: make([]bool, len(columns))}
	for i, c := range columns {
		j.index[c] = i
	}
	j.member = j.take
	return j
}

// parse fills the cells of a row; a bad row has none.
func (j *jsonCells) parse(f *frame, row *schemas.Row) {
	clear(j.cells)
	clear(j.seen)
	row.Cells = j.cells
	if len(f.bad) > 0 {
		return
	}
	text, bad := j.decoder.decode(f.raw)
	if bad >= 0 {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowEncoding, Detail: fmt.Sprintf("byte %d of the row", bad)})
		return
	}
	if fault := j.object(bytes.TrimPrefix(text, utf8BOM)); fault != "" {
		row.Bad = append(row.Bad, schemas.Reason{Code: RowJSON, Detail: fault})
		clear(j.cells)
	}
}

func (j *jsonCells) object(raw []byte) (fault string) {
	// The parser trusts its input, so the line is checked as a whole first.
	if !json.Valid(raw) {
		return "broken"
	}
	switch bytes.TrimLeft(raw, " \t\r")[0] {
	case '{':
	case '[':
		return "an array, want an object"
	default:
		return "a value, want an object"
	}
	if cap(j.arena) < len(raw) {
		j.arena = make([]byte, 0, 2*len(raw))
	}
	j.arena, j.twice = j.arena[:0], -1
	if err := jsonparser.ObjectEach(raw, j.member); err != nil {
		return "a string has an escape that is no character"
	}
	if j.twice >= 0 {
		return "member " + j.names[j.twice] + " stands twice"
	}
	return ""
}

func (j *jsonCells) take(key, value []byte, kind jsonparser.ValueType, _ int) error {
	i, wanted := j.index[string(key)]
	if !wanted {
		return nil
	}
	if j.seen[i] {
		j.twice = i
	}
	j.seen[i] = true
	switch {
	case kind == jsonparser.Null:
		j.cells[i] = nil
		return nil
	case kind != jsonparser.String || bytes.IndexByte(value, '\\') < 0:
		j.cells[i] = value
		return nil
	}
	n := len(j.arena)
	text, err := jsonparser.Unescape(value, j.arena[n:n:cap(j.arena)])
	if err != nil {
		return err
	}
	if !utf8.Valid(text) {
		return errors.New("escape outside Unicode")
	}
	j.arena = j.arena[:n+len(text)]
	j.cells[i] = text[:len(text):len(text)]
	return nil
}
