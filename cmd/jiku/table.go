package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/rivo/uniseg"
)

// table is rows under headings. A heading that ends in ">" is of numbers and aligns right;
// the ">" is not shown. A column without any value is left out.
type table struct {
	heads []string
	rows  [][]string
	// paint colours a cell of a column after its width is known; nil leaves all as they are.
	paint map[string]func(string) string
}

func newTable(heads ...string) *table { return &table{heads: heads} }

// add appends a row; missing cells at its end are blank.
func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// write prints the table. Columns line up by the width that a terminal gives the text:
// a Chinese character is two columns wide (UAX #11), and so is a full-width digit.
func (t *table) write(w io.Writer, p palette) error {
	shown, widths := t.measure()
	out := bufio.NewWriter(w)
	for r := -1; r < len(t.rows); r++ {
		var line strings.Builder
		for n, c := range shown {
			text := t.cell(r, c)
			pad := strings.Repeat(" ", widths[c]-uniseg.StringWidth(text))
			if n > 0 {
				line.WriteString("  ")
			}
			painted := t.painted(r, c, p)
			switch {
			case strings.HasSuffix(t.heads[c], ">"):
				line.WriteString(pad + painted)
			case n == len(shown)-1:
				line.WriteString(painted)
			default:
				line.WriteString(painted + pad)
			}
		}
		fmt.Fprintln(out, strings.TrimRight(line.String(), " "))
	}
	return out.Flush()
}

// measure gives the columns that have a value, and the width of every column.
func (t *table) measure() (shown, widths []int) {
	widths = make([]int, len(t.heads))
	for c := range t.heads {
		filled := false
		widths[c] = uniseg.StringWidth(t.cell(-1, c))
		for r := range t.rows {
			text := t.cell(r, c)
			filled = filled || text != ""
			widths[c] = max(widths[c], uniseg.StringWidth(text))
		}
		if filled || len(t.rows) == 0 {
			shown = append(shown, c)
		}
	}
	return shown, widths
}

// cell is the text of a cell; row -1 has the headings. Control characters of the data
// must not reach the terminal.
func (t *table) cell(r, c int) string {
	switch {
	case r < 0:
		return strings.TrimSuffix(t.heads[c], ">")
	case c < len(t.rows[r]):
		return printable(t.rows[r][c])
	default:
		return ""
	}
}

func (t *table) painted(r, c int, p palette) string {
	text := t.cell(r, c)
	if r < 0 {
		return p.head(text)
	}
	if paint := t.paint[t.heads[c]]; paint != nil {
		return paint(text)
	}
	return text
}

// printable keeps text on its line and escape sequences out of the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0:
			return -1
		default:
			return r
		}
	}, s)
}

// count is a number with thousands separators.
func count(n int64) string { return humanize.Comma(n) }

// countOrBlank leaves zero out, so that the numbers that matter stand out.
func countOrBlank(n int64) string {
	if n == 0 {
		return ""
	}
	return count(n)
}

// writeJSON prints one JSON document; Chinese and <> stay as they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
