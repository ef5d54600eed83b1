package connectors

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"jiku/schemas"
	"jiku/schemas/charset"
)

// lines reads deliveries that are text, a row a line: what CSV and JSON Lines have in
// common. The position of a row is the byte offset of its first byte after decompression,
// in the delivered encoding.
type lines struct {
	*landing
	dialect
	stream   streamSettings
	encoding string
	// header is set when the first row names the columns.
	header bool
}

// text is an open file, after its byte order mark and header.
type text struct {
	*framer
	stream *stream
	// bigEndian is the byte order of UTF-16.
	bigEndian bool
	// header is the row with the names, decoded; names is false if the file has none.
	header frame
}

// Deliveries lists the files of the feed.
func (l *lines) Deliveries(ctx context.Context) ([]schemas.Delivery, error) {
	return l.deliveries(ctx)
}

// Splits cuts plain files at the first row that starts at or after each multiple of
// split_bytes. It goes through the whole file, since a quote anywhere before may decide
// where a row starts; a file below split_bytes is not read.
func (l *lines) Splits(ctx context.Context, d schemas.Delivery) ([]Split, error) {
	if err := l.unchanged(d); err != nil {
		return nil, l.changed("split", d.Name, err)
	}
	part := Split{Feed: l.feed, Delivery: d.ID, Location: d.Location}
	t, err := l.begin(ctx, "split", d.Location)
	if l.saidEmpty(d, err) {
		part.Empty = true
		return []Split{part}, nil
	}
	if err != nil {
		return nil, err
	}
	defer t.stream.Close()
	part.Start, part.Line = t.offset(), t.line+1
	if l.stream.compression(d.Location) != "none" || d.Bytes <= l.stream.SplitBytes {
		return []Split{part}, nil
	}
	var out []Split
	step := uint64(l.stream.SplitBytes)
	border := (part.Start/step + 1) * step
	var f frame
	for {
		t.pass(border)
		if !t.next(&f) {
			break
		}
		if f.position < border {
			continue
		}
		part.End = f.position
		out = append(out, part)
		part.Start, part.End, part.Line = f.position, 0, f.line
		part.Index++
		border = (f.position/step + 1) * step
	}
	if t.err != io.EOF {
		return nil, l.broken("split", d.Name, t.framer)
	}
	return append(out, part), nil
}

// saidEmpty reports whether a file is empty as its manifest says. Without a header nothing else tells a day without rows
// from a file that was lost on the way.
func (l *lines) saidEmpty(d schemas.Delivery, err error) bool {
	var e *Error
	return !l.header && d.Rows == 0 && errors.As(err, &e) && e.Fault == faultEmpty
}

// begin opens a location and reads up to the first row.
func (l *lines) begin(ctx context.Context, op, location string) (*text, error) {
	s, err := l.open(ctx, location, l.stream.compression(location), 0)
	if err != nil {
		return nil, l.unread(op, location, err)
	}
	t := &text{framer: newFramer(s, l.dialect, l.stream.MaxRowBytes), stream: s}
	if err := l.skipStart(t, op, location); err != nil {
		_ = s.Close()
		return nil, err
	}
	return t, nil
}

func (l *lines) skipStart(t *text, op, location string) error {
	start := t.peek(headBytes)
	if len(start) == 0 && t.err == io.EOF {
		return l.malformed(op, location, faultEmpty, errors.New("the file is empty"))
	}
	if fault, err := textFault(start); err != nil {
		return l.malformed(op, location, fault, err)
	}
	if err := l.checkStart(t, op, location, start); err != nil {
		return err
	}
	if !l.header {
		return nil
	}
	var f frame
	ok := t.next(&f)
	if !ok && t.err != io.EOF {
		return l.broken(op, location, t.framer)
	}
	if !ok {
		return l.malformed(op, location, faultNoHeader, errors.New("the file has no header, only blank lines"))
	}
	if len(f.bad) > 0 {
		return l.malformed(op, location, faultHeaderShape, fmt.Errorf("header at line %d: %s: %s", f.line, f.bad[0].Code, f.bad[0].Detail)).
			at("第 %d 行", f.line)
	}
	f.raw = append([]byte(nil), f.raw...)
	t.header = f
	return nil
}

// parser makes the cells of a row; it appends to row.Bad what is wrong with the shape.
type parser interface {
	parse(f *frame, row *schemas.Row)
}

// rows reads one split; start makes the parser once the header is known.
func (l *lines) rows(ctx context.Context, s Split, start func(t *text) (parser, error)) iter.Seq2[*schemas.Row, error] {
	return func(yield func(*schemas.Row, error) bool) {
		if s.Empty {
			return
		}
		t, err := l.begin(ctx, "read", s.Location)
		if err != nil {
			yield(nil, err)
			return
		}
		defer func() { _ = t.stream.Close() }()
		p, err := start(t)
		if err == nil {
			err = l.seek(ctx, t, s)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		// One frame and one row for the whole split: both are passed by address.
		var f frame
		var row schemas.Row
		for t.next(&f) && (s.End == 0 || f.position < s.End) {
			if err = ctx.Err(); err != nil {
				yield(nil, l.fail("read", s.Location, "", err, ""))
				return
			}
			row.Position, row.Line, row.Raw, row.Bad = f.position, f.line, f.raw, f.bad
			p.parse(&f, &row)
			if !yield(&row, nil) {
				return
			}
		}
		if t.err != nil && t.err != io.EOF {
			yield(nil, l.broken("read", s.Location, t.framer))
		}
	}
}

// seek goes to the first row of a split, forward from where the file is.
func (l *lines) seek(ctx context.Context, t *text, s Split) error {
	if s.Start <= t.offset() {
		return nil
	}
	next, err := l.open(ctx, s.Location, l.stream.compression(s.Location), s.Start)
	if err != nil {
		return l.unread("read", s.Location, err)
	}
	_ = t.stream.Close()
	t.stream, t.framer = next, newFramer(t.decoded(next, s.Start), l.dialect, l.stream.MaxRowBytes)
	t.base, t.line = s.Start, max(s.Line, 1)-1
	return nil
}

// broken is the error of a file that ends before its end.
func (l *lines) broken(op, location string, f *framer) error {
	err := fmt.Errorf("after byte %d (line %d): %w", f.offset(), f.line+1, f.err)
	if errors.Is(err, charset.ErrOrder) {
		return l.malformed(op, location, faultOrder, err).at("第 %d 字节之后，第 %d 行", f.offset(), f.line+1)
	}
	return l.unread(op, location, err).
		at("第 %d 字节之后，第 %d 行", f.offset(), f.line+1)
}
