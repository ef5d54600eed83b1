package clickhouse

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	ch "github.com/ClickHouse/clickhouse-go/v2"

	"jiku/connectors"
)

// serverError is what the engine says. Only its number and its kind are kept: the text may
// quote values of rows.
type serverError struct {
	code int
	kind string
	// full is true if the text says that the engine's disk has no space.
	full bool
}

func (e *serverError) Error() string {
	s := fmt.Sprintf("clickhouse answers %d %s", e.code, e.kind)
	if e.full && e.code != notEnoughSpace {
		s += " (no space left on device)"
	}
	return s
}

var kindPattern = regexp.MustCompile(`\(([A-Z][A-Z0-9_]+)\)`)

// codePattern finds the number at the start of an exception's text.
var codePattern = regexp.MustCompile(`Code: (\d+)`)

func newServerError(code, text string) *serverError {
	e := &serverError{kind: kindOf("(no kind given)", text)}
	if n, err := strconv.Atoi(code); err == nil {
		e.code = n
	} else if m := codePattern.FindStringSubmatch(text); m != nil {
		e.code, _ = strconv.Atoi(m[1])
	}
	e.full = e.code == notEnoughSpace || noSpace(text)
	return e
}

func kindOf(name, text string) string {
	if m := kindPattern.FindAllStringSubmatch(text, -1); m != nil {
		return m[len(m)-1][1]
	}
	return name
}

// noSpace finds the system's words for ENOSPC, which the engine passes on under several
// numbers: 75 when writing, 76 when opening, 1000 and 1001 from its libraries.
func noSpace(text string) bool {
	return strings.Contains(text, "No space left on device") || strings.Contains(text, "errno: 28,")
}

// Code is the engine's error number, or 0 if err is not the engine's.
func Code(err error) int {
	if e, ok := errors.AsType[*serverError](err); ok {
		return e.code
	}
	return 0
}

// Unfit reports whether an error of the engine means that the warehouse is not as it must
// be, whatever is asked of it: unknown users, missing rights, a full disk.
func Unfit(err error) bool {
	e, ok := errors.AsType[*serverError](err)
	return ok && (e.full || codeOf(e) == connectors.Denied)
}

const notEnoughSpace = 243

// codeOf classes what the engine says by what can be done about it.
func codeOf(e *serverError) connectors.Code {
	if e.full {
		return connectors.Permanent
	}
	switch e.code {
	case 192, 193, 194, 497, 516: // UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, ACCESS_DENIED, AUTHENTICATION_FAILED
		return connectors.Denied
	case 60, 81: // UNKNOWN_TABLE, UNKNOWN_DATABASE
		return connectors.Missing
	case 159, 160, 209, 210, 394, // TIMEOUT_EXCEEDED, TOO_SLOW, SOCKET_TIMEOUT, NETWORK_ERROR, QUERY_WAS_CANCELLED
		202, 203, 241, 252, 439, // TOO_MANY_SIMULTANEOUS_QUERIES, NO_FREE_CONNECTION, MEMORY_LIMIT_EXCEEDED, TOO_MANY_PARTS, CANNOT_SCHEDULE_TASK
		236, 279, 285, 319, // ABORTED (it shuts down), ALL_CONNECTION_TRIES_FAILED, TOO_FEW_LIVE_REPLICAS, UNKNOWN_STATUS_OF_INSERT
		225, 242, 571, 999: // NO_ZOOKEEPER, TABLE_IS_READ_ONLY, DATABASE_REPLICATION_FAILED, KEEPER_EXCEPTION
		return connectors.Temporary
	}
	return connectors.Permanent
}

func hintOf(e *serverError) string {
	switch {
	case e.full:
		return "the warehouse's disk is full: free space (`df -h`), then run again; what is published stays as it is"
	case e.code == 241:
		return "the engine lacks memory: end other queries, or give it more (`export JIKU_ENGINE_MEMORY=6G`, `jiku down`), then run again"
	case e.code == 252:
		return "the engine merges more slowly than rows come: wait, then run again"
	case codeOf(e) == connectors.Denied:
		return "grant the warehouse's user what it needs (`SHOW GRANTS`), or check the user in JIKU_WAREHOUSE"
	case codeOf(e) == connectors.Temporary:
		return "the engine is overloaded or restarts: run again; nothing is lost"
	}
	return ""
}

// redact makes a driver's error one that may be shown: of the engine's text, which may quote
// values of rows, the number and the kind, and of a request that fails the cause without its
// address, which names the user. It adds what class the error is of and what to do.
func redact(err error) error {
	if err == nil {
		return nil
	}
	if _, done := errors.AsType[*connectors.Error](err); done {
		return err
	}
	if s := answered(err); s != nil {
		return &connectors.Error{Code: codeOf(s), Err: s, Hint: hintOf(s)}
	}
	cause := err
	if ue, ok := errors.AsType[*url.Error](err); ok {
		cause = ue.Err
	}
	if connectors.Ended(cause) {
		return cause
	}
	if kind := severed(cause); kind != nil {
		return &connectors.Error{Code: connectors.Temporary, Err: fmt.Errorf("no answer from clickhouse: %w", kind),
			Hint: "see whether the warehouse runs (`jiku status`), then run again; nothing is lost"}
	}
	if op, ok := errors.AsType[*ch.OpError](cause); ok {
		cause = fmt.Errorf("%s %s: %T", op.Op, op.ColumnName, op.Err)
		return &connectors.Error{Code: connectors.Permanent, Err: fmt.Errorf("clickhouse driver: %w", cause)}
	}
	// The driver's own words may quote what it was given.
	return &connectors.Error{Code: connectors.CodeOf(cause), Err: fmt.Errorf("clickhouse driver: unexpected %T", cause)}
}

// answered is what the engine says, if the error came from there.
func answered(err error) *serverError {
	if e, ok := errors.AsType[*serverError](err); ok {
		return e
	}
	if ex, ok := errors.AsType[*ch.Exception](err); ok {
		return &serverError{code: int(ex.Code), kind: kindOf(ex.Name, ex.Message), full: int(ex.Code) == notEnoughSpace || noSpace(ex.Message)}
	}
	if text := err.Error(); codePattern.MatchString(text) {
		return newServerError("", text)
	}
	return nil
}

// severed is the bare cause if a connection was not made, broke or fell silent.
func severed(err error) error {
	for _, known := range []error{syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE, syscall.EHOSTUNREACH,
		syscall.ENETUNREACH, syscall.ETIMEDOUT, os.ErrDeadlineExceeded, io.ErrUnexpectedEOF, io.EOF, net.ErrClosed, ch.ErrAcquireConnTimeout} {
		if errors.Is(err, known) {
			return known
		}
	}
	if ne, ok := errors.AsType[net.Error](err); ok {
		return ne // A name that does not resolve, a certificate, a timeout.
	}
	for _, words := range []string{"server closed idle connection", "connection broken", "malformed HTTP"} {
		if strings.Contains(err.Error(), words) { // net/http keeps these to itself.
			return errors.New(words)
		}
	}
	if http, ok := errors.AsType[*ch.HTTPError](err); ok && http.StatusCode >= 500 {
		return fmt.Errorf("status %d", http.StatusCode) // Of a balancer before the engine.
	}
	return nil
}

// fault is an error of an operation on a feed or base.
func fault(op, name string, err error) error {
	e := &connectors.Error{Op: op, Feed: name, Err: redact(err)}
	e.Code = connectors.CodeOf(e.Err)
	return e
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
	return redact(newServerError("", string(t.tail[i:])))
}
