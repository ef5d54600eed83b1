package city

import (
	"bytes"
	"unicode/utf8"

	"jiku/schemas/charset"
)

// format is how rows stand in a file.
type format uint8

const (
	formatCSV format = iota
	formatLines
	formatFixed
	formatParquet
)

// form says how a department writes its files.
type form struct {
	format  format
	gb      bool // GB18030, and for fixed width GBK
	bom     bool
	gzip    bool
	comma   byte
	widths  []int  // of fixed width
	numbers []bool // members that are JSON numbers; nil for none
}

// appendHeader writes what stands before the first row.
func (f *form) appendHeader(to []byte, columns []column) []byte {
	if f.format != formatCSV {
		return to
	}
	if f.bom {
		to = append(to, "\ufeff"...)
	}
	var text []byte
	for i, c := range columns {
		if i > 0 {
			text = append(text, f.delimiter())
		}
		text = append(text, c.name...)
	}
	return f.encode(to, append(text, '\n'))
}

func (f *form) delimiter() byte {
	if f.comma == 0 {
		return ','
	}
	return f.comma
}

func (f *form) encode(to, text []byte) []byte {
	if !f.gb {
		return append(to, text...)
	}
	to, _ = charset.AppendGB18030(to, text) // All that the program writes can be encoded.
	return to
}

// appendRow writes a row; scratch is memory to work in.
func (f *form) appendRow(to []byte, scratch *[]byte, columns []column, r *row) []byte {
	switch f.format {
	case formatFixed:
		return f.appendFixed(to, r)
	case formatLines:
		*scratch = f.appendObject((*scratch)[:0], columns, r)
	case formatParquet:
		return appendCells(to, r)
	default:
		*scratch = (*scratch)[:0]
		for i := range r.cells {
			if i > 0 {
				*scratch = append(*scratch, f.delimiter())
			}
			*scratch = f.appendQuoted(*scratch, r.cell(i))
		}
		*scratch = append(*scratch, '\n')
	}
	return f.encode(to, *scratch)
}

func (f *form) appendQuoted(to, cell []byte) []byte {
	if bytes.IndexByte(cell, f.delimiter()) < 0 && bytes.IndexByte(cell, '"') < 0 && bytes.IndexByte(cell, '\n') < 0 {
		return append(to, cell...)
	}
	to = append(to, '"')
	for _, b := range cell {
		if b == '"' {
			to = append(to, '"')
		}
		to = append(to, b)
	}
	return append(to, '"')
}

// appendObject writes a JSON object; a blank cell is null.
func (f *form) appendObject(to []byte, columns []column, r *row) []byte {
	to = append(to, '{')
	for i := range r.cells {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(append(append(to, '"'), columns[i].name...), '"', ':')
		switch cell := r.cell(i); {
		case len(cell) == 0:
			to = append(to, "null"...)
		case i < len(f.numbers) && f.numbers[i]:
			to = append(to, cell...)
		default:
			to = appendJSON(to, cell)
		}
	}
	return append(to, '}', '\n')
}

// appendJSON writes a string as RFC 8259 wants it.
func appendJSON(to, text []byte) []byte {
	to = append(to, '"')
	for _, b := range text {
		switch {
		case b == '"' || b == '\\':
			to = append(to, '\\', b)
		case b < 0x20:
			to = append(to, '\\', 'u', '0', '0', "0123456789abcdef"[b>>4], "0123456789abcdef"[b&15])
		default:
			to = append(to, b)
		}
	}
	return append(to, '"')
}

// appendFixed writes cells padded to their widths in bytes of GBK. A character that GBK has not is a question mark, as
// old systems have it; what does not fit is cut between characters.
func (f *form) appendFixed(to []byte, r *row) []byte {
	for i := range r.cells {
		start, cell := len(to), r.cell(i)
		for len(cell) > 0 {
			_, size := utf8.DecodeRune(cell)
			before := len(to)
			to, _ = charset.AppendGB18030(to, cell[:size])
			if len(to)-before == 4 {
				to = append(to[:before], '?')
			}
			if len(to)-start > f.widths[i] {
				to = to[:before]
				break
			}
			cell = cell[size:]
		}
		for len(to)-start < f.widths[i] {
			to = append(to, ' ')
		}
	}
	return append(to, '\n')
}

// appendCells keeps the cells of a row for the Parquet writer: each behind its length.
func appendCells(to []byte, r *row) []byte {
	for i := range r.cells {
		to = appendCell(to, r.cell(i))
	}
	return to
}

func appendCell(to, cell []byte) []byte {
	return append(append(to, byte(len(cell)), byte(len(cell)>>8)), cell...)
}
