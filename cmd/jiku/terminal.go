package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// isTerminal reports whether a person reads what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// typedIn reports whether what is read is typed by a person.
func typedIn(r io.Reader) bool {
	f, ok := r.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// palette colours text, or leaves it alone.
type palette struct{ on bool }

// paletteFor has colours when a person reads, unless NO_COLOR (https://no-color.org) is set
// or the terminal cannot show them.
func paletteFor(w io.Writer) palette {
	return palette{on: isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

func (p palette) wrap(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p palette) head(s string) string { return p.wrap("1", s) }
func (p palette) dim(s string) string  { return p.wrap("2", s) }
func (p palette) bad(s string) string  { return p.wrap("31", s) }
func (p palette) good(s string) string { return p.wrap("32", s) }
func (p palette) warn(s string) string { return p.wrap("33", s) }

// state colours a word by what it means for a delivery or a run.
func (p palette) state(s string) string {
	switch s {
	case "held", "failed", "refused":
		return p.bad(s)
	case "revoked", "stopped", "unfinished", "received":
		return p.warn(s)
	case "accepted", "finished", "running":
		return p.good(s)
	default:
		return s
	}
}
