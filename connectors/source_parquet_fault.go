package connectors

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
)

// fault is the error of a file that cannot be read: the system's, or the sender's.
func (p *parquetSource) fault(op, location string, err error) error {
	e := p.unread(op, location, err)
	ended := errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
	if errors.Is(err, errNoBytes) {
		e = p.malformed(op, location, faultEmpty, err)
	} else if e.Code == Permanent && !ended {
		e = p.malformed(op, location, faultParquet, err)
	}
	if at, ok := errors.AsType[*parquetError](err); ok && at.after && e.Fault != nil {
		_ = e.at("第 %d 行之后", at.row)
	}
	return e
}

var errNoBytes = errors.New("the file is empty")

// parquetError is an error of the Parquet reader, whose text may quote a value of the file:
// it is told by its place alone.
type parquetError struct {
	err error
	// row is the number of the row after which the file cannot be read, if after is set.
	row    uint64
	after  bool
	column string
	// panicked is what the runtime says of a panic: indexes and no values.
	panicked string
}

// Error names the place.
func (e *parquetError) Error() string {
	s := "the bytes are not what the format demands"
	switch {
	case e.panicked != "":
		s = "damaged page: " + e.panicked
	case errors.Is(e.err, io.ErrUnexpectedEOF), errors.Is(e.err, io.EOF):
		s = "unexpected EOF"
	case classify(e.err) != Permanent, errors.Is(e.err, context.Canceled), errors.Is(e.err, context.DeadlineExceeded):
		s = e.err.Error() // The system's words, not the reader's.
	}
	if e.column != "" {
		s = "column " + e.column + ": " + s
	}
	if e.after {
		s = fmt.Sprintf("after row %d: %s", e.row, s)
	}
	return s
}

// Unwrap is the reader's error, for its class.
func (e *parquetError) Unwrap() error { return e.err }

// guard turns a panic of the Parquet reader, which damaged pages can bring about, into an
// error. The panic's text stays out unless it is the runtime's, since it may hold a value.
func guard(do func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case runtime.Error:
			err = &parquetError{err: r, panicked: r.Error()}
		default:
			err = &parquetError{err: errors.New("damaged page")}
		}
	}()
	return do()
}
