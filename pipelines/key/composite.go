package key

import "bytes"

const (
	separator = '|'
	escape    = '\\'
)

// appendEscaped appends a part with a backslash before bars and backslashes.
func appendEscaped(dst, part []byte) []byte {
	for _, c := range part {
		if c == separator || c == escape {
			dst = append(dst, escape)
		}
		dst = append(dst, c)
	}
	return dst
}

// Split gives the parts of a composite key.
func Split(key []byte) [][]byte {
	parts := [][]byte{{}}
	for i := 0; i < len(key); i++ {
		c := key[i]
		last := len(parts) - 1
		switch {
		case c == separator:
			parts = append(parts, []byte{})
			continue
		case c == escape && i+1 < len(key):
			i++
			c = key[i]
		}
		parts[last] = append(parts[last], c)
	}
	return parts
}

// edges are the blanks and invisible characters that no key begins or ends with.
const edges = " \t\n\r\v\f\u00a0\u3000\ufeff\u200b\u200c\u200d\u200e\u200f\u2060"

// trim drops them; parts that come from normalizing have none.
func trim(b []byte) []byte {
	if len(b) > 0 && plain(b[0]) && plain(b[len(b)-1]) {
		return b
	}
	return bytes.Trim(b, edges)
}

// plain reports bytes that cannot belong to a blank at an edge.
func plain(c byte) bool { return c > ' ' && c < 0x7F }
