package quality

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jiku/schemas"
)

// RejectCount counts the rejected rows of a delivery, or of a part of it, by reason. A row
// with two reasons counts under both.
type RejectCount struct {
	Code string `json:"code"`
	Rows int64  `json:"rows"`
	// Line and Position are those of the first such row; formats without lines have Line 0
	// and number their rows by Position from 0.
	Line     uint64 `json:"line,omitempty"`
	Position uint64 `json:"position"`
	// Title is the sentence of the reason, for notes.
	Title string `json:"title,omitempty"`
}

// CountReject counts a row under each of its reasons.
func CountReject(list []RejectCount, row *schemas.Row, reasons []schemas.Reason) []RejectCount {
	for i, why := range reasons {
		if slices.ContainsFunc(reasons[:i], func(r schemas.Reason) bool { return r.Code == why.Code }) {
			continue
		}
		list = AddRejects(list, []RejectCount{{Code: why.Code, Rows: 1, Line: row.Line, Position: row.Position}})
	}
	return list
}

// AddRejects adds the counts of another part of the delivery.
func AddRejects(list, more []RejectCount) []RejectCount {
	for _, m := range more {
		at := slices.IndexFunc(list, func(c RejectCount) bool { return c.Code == m.Code })
		if at < 0 {
			list = append(list, m)
			continue
		}
		c := &list[at]
		c.Rows += m.Rows
		if m.Position < c.Position {
			c.Position, c.Line = m.Position, m.Line
		}
	}
	return list
}

// first says where the first such row stands.
func (c *RejectCount) first() string {
	line := c.Line
	if line == 0 {
		line = c.Position + 1
	}
	return fmt.Sprintf("首见于第 %d 行", line)
}

// place is first with the byte at which that row begins, where the format has lines.
func (c *RejectCount) place() string {
	if c.Line == 0 {
		return c.first()
	}
	return fmt.Sprintf("%s（自第 %d 字节起）", c.first(), c.Position)
}

// most names the reason that most rows have.
func most(list []RejectCount) string {
	if len(list) == 0 {
		return ""
	}
	top := slices.MaxFunc(list, func(a, b RejectCount) int {
		return cmp.Or(cmp.Compare(a.Rows, b.Rows), strings.Compare(b.Code, a.Code))
	})
	title := strings.TrimSuffix(top.Title, "。")
	if title == "" {
		title = top.Code
	}
	return fmt.Sprintf("最多的理由是“%s”，%d 行，%s。", title, top.Rows, top.first())
}
