package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxValue is how long a line of standard input may be; no identifier is nearly as long. The
// rest of a longer one is passed over, so memory stays the same whatever comes in.
const maxValue = 4 << 10

// answer explains the values of a command line, each in a block.
func (r *idReader) answer(out io.Writer, values []string, asJSON bool) (invalid int64, err error) {
	list := make([]identity, len(values))
	for i, v := range values {
		list[i] = r.explain([]byte(v))
		if !list[i].Valid {
			invalid++
		}
	}
	if asJSON {
		return invalid, writeJSON(out, list)
	}
	for i := range list {
		if i > 0 {
			fmt.Fprintln(out)
		}
		if err := showIdentity(out, paletteFor(out), &list[i]); err != nil {
			return invalid, err
		}
	}
	return invalid, nil
}

func showIdentity(out io.Writer, p palette, id *identity) error {
	verdict := p.good("有效")
	if !id.Valid {
		verdict = p.bad("无效：" + id.Sentence)
	}
	fmt.Fprintf(out, "%s  %s  %s\n", p.head(printable(id.Input)), id.KindTitle, verdict)
	if id.Normalized != "" && id.Normalized != id.Input {
		fmt.Fprintf(out, "  规范为  %s\n", printable(id.Normalized))
	}
	for _, part := range id.Parts {
		fmt.Fprintf(out, "  %s  %s\n", p.dim(part.Title), printable(part.Value))
	}
	for _, note := range id.Notes {
		fmt.Fprintf(out, "  %s\n", p.warn(note))
	}
	for _, c := range id.Candidates {
		fmt.Fprintf(out, "  可能是  %s  %s（--kind %s）\n", c.KindTitle, printable(c.Value), c.Kind)
	}
	for _, c := range id.Repaired {
		if _, err := fmt.Fprintf(out, "  或应为  %s  %s（须声明后才会采用）\n", printable(c.Value), c.KindTitle); err != nil {
			return err
		}
	}
	return nil
}

// stream explains a value a line, with constant memory. What is written goes out whenever
// nothing more has come in, so that a person or a program at the other end gets answers.
func (r *idReader) stream(ctx context.Context, in io.Reader, out io.Writer, asJSON bool) (invalid int64, err error) {
	lines, w := bufio.NewReaderSize(in, 64<<10), bufio.NewWriterSize(out, 64<<10)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for n := 0; ; n++ {
		if n&1023 == 0 && ctx.Err() != nil {
			return invalid, context.Cause(ctx)
		}
		cell, readErr := nextValue(lines)
		if readErr != nil && !errors.Is(readErr, io.EOF) {
			return invalid, fmt.Errorf("read standard input: line %d: %w", n+1, readErr)
		}
		if readErr != nil && len(cell) == 0 {
			break
		}
		id := r.explain(cell)
		if !id.Valid {
			invalid++
		}
		if asJSON {
			err = enc.Encode(&id)
		} else {
			err = writeLine(w, &id)
		}
		if err == nil && lines.Buffered() == 0 {
			err = w.Flush()
		}
		if err != nil {
			return invalid, fmt.Errorf("write answers: %w", err)
		}
		if readErr != nil {
			break
		}
	}
	return invalid, w.Flush()
}

// nextValue reads a line without its end; io.EOF comes with the last one.
func nextValue(lines *bufio.Reader) ([]byte, error) {
	line, err := lines.ReadSlice('\n')
	cell := line[:min(len(line), maxValue)]
	if errors.Is(err, bufio.ErrBufferFull) {
		cell = bytes.Clone(cell)
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = lines.ReadSlice('\n')
		}
	}
	return bytes.TrimRight(cell, "\r\n"), err
}

// writeLine writes value, kind, verdict, normalized form, parts and notes, divided by TAB.
func writeLine(w *bufio.Writer, id *identity) error {
	verdict := "有效"
	if !id.Valid {
		verdict = id.Sentence
	}
	fields := [...]string{id.Input, id.KindTitle, verdict, id.Normalized}
	for _, f := range fields {
		_, _ = w.WriteString(printable(f)) // A bufio.Writer keeps its first error for the end.
		_ = w.WriteByte('\t')
	}
	sep := ""
	say := func(parts ...string) {
		_, _ = w.WriteString(sep)
		for _, p := range parts {
			_, _ = w.WriteString(printable(p))
		}
		sep = "；"
	}
	for _, p := range id.Parts {
		say(p.Title, " ", p.Value)
	}
	for _, n := range id.Notes {
		say(n)
	}
	for _, c := range id.Candidates {
		say("可能是 ", c.KindTitle, " ", c.Value)
	}
	for _, c := range id.Repaired {
		say("或应为 ", c.Value)
	}
	return w.WriteByte('\n')
}
