package connectors

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"slices"
	"strings"
	"syscall"
)

// Code classes an Error by what can be done about it. Programs act upon the code, people
// upon the message and the hint.
type Code string

// The codes of an Error.
const (
	Temporary Code = "temporary" // It may go away by itself; Retry tries again.
	Permanent Code = "permanent" // It stays until somebody changes something here.
	Denied    Code = "denied"    // Rights are missing.
	Malformed Code = "malformed" // What was delivered cannot be read; the sender must act.
	Missing   Code = "missing"   // What was asked for is not there.
)

// Error says that an operation on a feed cannot go on. A row of bad shape is no Error, it
// is a row with Bad set. Neither Err nor Hint holds a value of a row.
type Error struct {
	// Op is the verb: list, split, read, append, scan.
	Op string
	// Feed is the feed's name, or the base's where a store works on a base.
	Feed string
	// Split names the file, delivery or part, if the operation has come that far.
	Split string
	Code  Code
	Err   error
	// Hint is what the operator does next, as a command or a change of a declaration.
	Hint string
	// Fault is what the department is told, and Where in Chinese the place; a delivery that
	// is the department's or the operator's to mend has them.
	Fault *Fault
	Where string
}

// Error is `op feed: split: cause`; the hint is left to whoever prints it. Without an
// operation, which whoever wraps it names then, it is the cause alone.
func (e *Error) Error() string {
	var parts []string
	for _, p := range []string{strings.TrimSpace(e.Op + " " + e.Feed), e.Split} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf is the code of the first Error in the chain; an error without one is classed by
// its cause, and nil has no code.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok && e.Code != "" {
		return e.Code
	}
	return classify(err)
}

// HintOf is the hint of the first Error in the chain that has one.
func HintOf(err error) string {
	for err != nil {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			return ""
		}
		if e.Hint != "" {
			return e.Hint
		}
		err = e.Err
	}
	return ""
}

// passing are the system errors that go away by themselves: a full descriptor table, an
// interrupted call, a network file system that is being remounted.
var passing = []error{
	syscall.EAGAIN, syscall.EINTR, syscall.EIO, syscall.EMFILE, syscall.ENFILE, syscall.ESTALE,
	syscall.ETIMEDOUT, syscall.ECONNRESET, syscall.ECONNREFUSED, syscall.ECONNABORTED, syscall.EPIPE,
	syscall.EHOSTUNREACH, syscall.ENETUNREACH, os.ErrDeadlineExceeded,
}

// classify gives a plain error its code. A context that ended is permanent: trying again
// cannot help.
func classify(err error) Code {
	if Ended(err) {
		return Permanent
	}
	if errors.Is(err, fs.ErrNotExist) {
		return Missing
	}
	if errors.Is(err, fs.ErrPermission) {
		return Denied
	}
	for _, p := range passing {
		if errors.Is(err, p) {
			return Temporary
		}
	}
	if n, ok := errors.AsType[net.Error](err); ok && n.Timeout() {
		return Temporary
	}
	return Permanent
}

// Ended reports whether an error is that of a context which ended. Timeouts of package net
// are no such errors, though they say that they are context.DeadlineExceeded.
func Ended(err error) bool {
	if errors.Is(err, context.Canceled) {
		return true
	}
	for err != nil {
		if err == context.DeadlineExceeded { // The value itself is meant.
			return true
		}
		switch e := err.(type) { //nolint:errorlint // It walks the chain.
		case interface{ Unwrap() error }:
			err = e.Unwrap()
		case interface{ Unwrap() []error }:
			return slices.ContainsFunc(e.Unwrap(), Ended)
		default:
			return false
		}
	}
	return false
}
