package normalize

import (
	"strconv"
	"time"

	"jiku/schemas"
)

var (
	reasonBlank = &schemas.ReasonInfo{
		Code: "completeness.blank", Severity: schemas.Warning, Dimension: "0201",
		Title: "应填的数据项为空", Advice: "请补填该数据项；确实没有的，请填写约定的“无”。",
	}
	reasonEventAfterReceipt = &schemas.ReasonInfo{
		Code: "event.after_receipt", Severity: schemas.ItemError, Dimension: "0501",
		Title: "业务时间晚于报送时间，该时间不予采用", Advice: "请核对业务时间，常见原因是年份录错或时区不对。",
	}
	reasonEventForm = &schemas.ReasonInfo{
		Code: "event.form", Severity: schemas.ItemError, Dimension: "0302",
		Title: "业务时间无法识别，按期次日期计", Advice: "请按“2026-03-01 09:30:00”的格式报送业务时间。",
	}
)

// Begin prepares the program for the rows of a delivery: event times after its receipt are
// void. A delivery without a received time sets no limit.
func (p *Program) Begin(d schemas.Delivery) {
	p.latest = 0
	if !d.Received.IsZero() {
		p.latest = eventTime(d.Received.In(p.location))
	}
}

func eventTime(t time.Time) schemas.EventTime {
	y, m, d := t.Date()
	h, min, s := t.Clock()
	return schemas.EventTime((y*10000+int(m)*100+d)*1_000_000 + h*10000 + min*100 + s)
}

// Row fills rec from a row: key parts, event time, states, values and findings. What rec
// holds lives until its next Begin and as long as the row: values that are as they were
// written share its bytes.
func (p *Program) Row(row *schemas.Row, rec *schemas.Record) {
	rec.Begin()
	for i := range p.key {
		rec.KeyParts[i] = p.part(&p.key[i], row, rec)
	}
	rec.Event = p.moment(row, rec)
	if p.deletes != nil && p.deletes.deletes[string(trimCell(cellAt(row, p.deletes.cell)))] {
		rec.Gone = true
		for i := range p.columns {
			rec.States[p.columns[i].item] = schemas.Withdrawn
		}
		return
	}
	for i := range p.columns {
		p.fill(&p.columns[i], row, rec)
	}
}

// cellAt is a cell of the row, nil when the row lacks the column.
func cellAt(row *schemas.Row, i int) []byte {
	if i >= len(row.Cells) {
		return nil
	}
	return row.Cells[i]
}

// fill gives one item its state and value.
func (p *Program) fill(col *column, row *schemas.Row, rec *schemas.Record) {
	if v := col.constant; v != nil {
		rec.States[col.item], rec.Text[col.item], rec.Int[col.item] = v.state, v.text, v.n
		return
	}
	cell := cellAt(row, col.cell)
	if cell == nil {
		return
	}
	c := &p.cell
	blank := c.run(cell, col.steps, p.nulls)
	for _, n := range c.notes {
		rec.Fail(col.item, n.reason, n.detail)
	}
	switch c.State {
	case schemas.Void:
		rec.Fail(col.item, c.reason, c.detail)
		return
	case schemas.Valued:
		if col.textual {
			rec.Text[col.item] = keep(c, rec)
		} else {
			rec.Int[col.item] = c.Int
		}
	}
	rec.States[col.item] = c.State
	if col.required && (blank || c.State == schemas.Unknown) {
		rec.Fail(col.item, reasonBlank, "")
	}
}

// part gives one part of the key; nil when the row has none.
func (p *Program) part(k *keyPart, row *schemas.Row, rec *schemas.Record) []byte {
	if k.constant != nil {
		return k.constant
	}
	c := &p.cell
	c.run(cellAt(row, k.cell), k.steps, p.nulls)
	for _, n := range c.notes {
		rec.Fail(-1, n.reason, n.detail)
	}
	switch c.State {
	case schemas.Void:
		rec.Fail(-1, p.inKey[c.reason], k.name)
		return nil
	case schemas.Valued:
		if typed(k.gives) {
			return rec.Keep(appendPart(c.Buffer(), c, k.gives))
		}
		return keep(c, rec)
	}
	return nil
}

// keep gives the text of a cell as the record holds it: a copy, unless it is the row's own.
func keep(c *Cell, rec *schemas.Record) []byte {
	if c.built {
		return rec.Keep(c.Text)
	}
	return c.Text[:len(c.Text):len(c.Text)]
}

// typed reports whether a chain that gives this type leaves its value in Int.
func typed(gives schemas.Type) bool { return gives != "" && !gives.Textual() }

// appendPart appends the value as it stands in a key: text as it is, numbers and dates as
// digits.
func appendPart(b []byte, c *Cell, gives schemas.Type) []byte {
	if typed(gives) {
		return strconv.AppendInt(b, c.Int, 10)
	}
	return append(b, c.Text...)
}

// moment is the row's event time, or 0 when the row gives none that can be used.
func (p *Program) moment(row *schemas.Row, rec *schemas.Record) schemas.EventTime {
	if p.event == nil {
		return 0
	}
	c := &p.cell
	c.run(cellAt(row, p.event.cell), p.event.steps, p.nulls)
	switch c.State {
	case schemas.Void:
		rec.Fail(-1, reasonEventForm, c.reason.Code)
		return 0
	case schemas.Valued:
	default:
		return 0
	}
	at := schemas.EventTime(c.Int)
	if p.event.gives == schemas.TypeDate {
		at = schemas.EventTimeOfDay(uint32(c.Int))
	}
	if p.latest != 0 && at > p.latest {
		rec.Fail(-1, reasonEventAfterReceipt, "")
		return 0
	}
	return at
}
