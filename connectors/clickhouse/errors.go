package clickhouse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// serverError is what the engine says. Only its number and its kind are kept: the text may
// quote values of rows.
type serverError struct {
	code int
	kind string
}

func (e *serverError) Error() string {
	return fmt.Sprintf("clickhouse answers %d %s", e.code, e.kind)
}

var kindPattern = regexp.MustCompile(`\(([A-Z][A-Z0-9_]+)\)`)

// codePattern finds the number at the start of an exception's text.
var codePattern = regexp.MustCompile(`Code: (\d+)`)

func newServerError(code, text string) error {
	e := &serverError{kind: "(no kind given)"}
	if n, err := strconv.Atoi(code); err == nil {
		e.code = n
	} else if m := codePattern.FindStringSubmatch(text); m != nil {
		e.code, _ = strconv.Atoi(m[1])
	}
	if m := kindPattern.FindAllStringSubmatch(text, -1); m != nil {
		e.kind = m[len(m)-1][1]
	}
	return e
}

// Code is the engine's error number, or 0 if err is not the engine's.
func Code(err error) int {
	var e *serverError
	if errors.As(err, &e) {
		return e.code
	}
	return 0
}

// tailReader keeps the last bytes of a response: an exception that happens after the first
// block is text behind the blocks.
type tailReader struct {
	r    io.Reader
	tail []byte
}

const tailSize = 16 << 10

func (t *tailReader) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	if n >= tailSize {
		t.tail = append(t.tail[:0], p[n-tailSize:n]...)
		return n, err
	}
	t.tail = append(t.tail, p[:n]...)
	if over := len(t.tail) - tailSize; over > 0 {
		t.tail = append(t.tail[:0], t.tail[over:]...)
	}
	return n, err
}

func (t *tailReader) exception() error {
	i := bytes.LastIndex(t.tail, []byte("Code: "))
	if i < 0 || !strings.Contains(string(t.tail[i:]), "DB::Exception") {
		return nil
	}
	return newServerError("", string(t.tail[i:]))
}
