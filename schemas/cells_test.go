package schemas_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"jiku/schemas"
)

// TestCells: any cells come back as they were, and a text of plain cells is what
// splitByChar parts.
func TestCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.SliceOf(rapid.Byte()), rapid.SliceOf(rapid.SampledFrom([]byte{0x1f, 0x1b, 'a'})))
		cells := rapid.SliceOf(text).Draw(t, "cells")
		got := splitCells(schemas.AppendCells([]byte("before"), cells)[len("before"):], len(cells))
		if len(got) != len(cells) {
			t.Fatalf("%d cells come back, want %d", len(got), len(cells))
		}
		for i := range cells {
			if !bytes.Equal(got[i], cells[i]) {
				t.Fatalf("cell %d comes back as %q, want %q", i, got[i], cells[i])
			}
		}
	})
	if got := schemas.AppendCells(nil, [][]byte{[]byte("甲"), nil, []byte("b")}); string(got) != "甲\x1f\x1fb" {
		t.Errorf("plain cells are %q", got)
	}
}

// splitCells gives back the cells of a row with this many columns.
func splitCells(text []byte, columns int) [][]byte {
	if columns == 0 {
		return nil
	}
	out := make([][]byte, 0, columns)
	var cell []byte
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case 0x1f:
			out, cell = append(out, cell), nil
			continue
		case 0x1b:
			i++
			if i == len(text) {
				continue
			}
		}
		cell = append(cell, text[i])
	}
	return append(out, cell)
}
