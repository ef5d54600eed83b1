package warehouse

import (
	"errors"
	"io/fs"
	"syscall"
)

// Error is a fault of the environment: no engine, no disk, no answer. It carries what the
// operator can do about it.
type Error struct {
	err  error
	hint string
}

// Error is the chain of causes followed by the hint.
func (e *Error) Error() string { return e.err.Error() + "; " + e.hint }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.err }

// Hint is what the operator can do, with the commands to type.
func (e *Error) Hint() string { return e.hint }

// hinted adds a hint unless the cause has one of its own.
func hinted(err error, hint string) error {
	var has *Error
	if err == nil || errors.As(err, &has) {
		return err
	}
	return &Error{err: err, hint: hint}
}

// onDisk adds the hint that belongs to a file-system error.
func onDisk(err error, dir string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return hinted(err, "the disk is full: free space (`df -h "+dir+"`) and run the command again")
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return hinted(err, "the folder must be writable: `chown -R $(id -un) "+dir+"`, or choose another with --home")
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EEXIST):
		return hinted(err, "a file stands where a folder must be: move it away, or choose another folder with --home")
	default:
		return err
	}
}

const threeWays = "choose one of three warehouses: " +
	"(1) a ClickHouse server: `export JIKU_WAREHOUSE='clickhouse://USER:PASSWORD@HOST:8123/'`; " +
	"(2) a ClickHouse binary on this machine: `export JIKU_CLICKHOUSE=/usr/bin/clickhouse`; " +
	"(3) the embedded engine, on Linux x86-64 with glibc: put npm on the PATH (`apt-get install npm`), " +
	"let it reach a package registry (`npm config get registry`) and run the command again; " +
	"or copy ~/.cache/jiku/engine from a machine that has it"
