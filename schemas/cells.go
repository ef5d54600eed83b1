package schemas

import "bytes"

// The raw cells of a row are kept as one text: ASCII's own unit separator stands between
// them, and an escape before a separator or escape that is part of a cell. Fifty million
// short strings cost an engine three times what five million rows do, and in SQL
// splitByChar('\x1f', cells) gives the cells of all rows but those with such characters.
const (
	cellSeparator = 0x1f
	cellEscape    = 0x1b
)

// AppendCells appends the cells of a row as one text.
func AppendCells(dst []byte, cells [][]byte) []byte {
	start := len(dst)
	for i, c := range cells {
		if i > 0 {
			dst = append(dst, cellSeparator)
		}
		dst = append(dst, c...)
	}
	if bytes.IndexByte(dst[start:], cellEscape) < 0 && bytes.Count(dst[start:], []byte{cellSeparator}) == max(len(cells)-1, 0) {
		return dst
	}
	dst = dst[:start]
	for i, c := range cells {
		if i > 0 {
			dst = append(dst, cellSeparator)
		}
		for _, b := range c {
			if b == cellSeparator || b == cellEscape {
				dst = append(dst, cellEscape)
			}
			dst = append(dst, b)
		}
	}
	return dst
}
