package main

import (
	"fmt"
	"time"
)

// day is yyyymmdd.
type day uint32

// The two slots of the demo. Rows of a slot tell what was known the evening before.
const (
	firstSlot  day = 20261001
	secondSlot day = 20261101
)

func (d day) time() time.Time {
	return time.Date(int(d/10000), time.Month(d/100%100), int(d%100), 0, 0, 0, 0, time.UTC)
}

func dayOf(t time.Time) day {
	y, m, d := t.Date()
	return day(y*10000 + int(m)*100 + d)
}

func (d day) plus(days int) day { return dayOf(d.time().AddDate(0, 0, days)) }

func (d day) year() int { return int(d / 10000) }

// The ways in which departments write a day.
func (d day) compact() string { return fmt.Sprintf("%08d", uint32(d)) }
func (d day) dashed() string  { return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100) }
func (d day) slashed() string { return fmt.Sprintf("%d/%d/%d", d/10000, d/100%100, d%100) }
func (d day) chinese() string { return fmt.Sprintf("%d年%d月%d日", d/10000, d/100%100, d%100) }

// orBlank writes a day that may be missing.
func orBlank(d day, write func(day) string) string {
	if d == 0 {
		return ""
	}
	return write(d)
}

// dayIn draws a day of a year up to 30 September 2026.
func dayIn(c *chance, year int) day {
	d := day(year*10000 + 101).plus(c.below(365))
	if d >= firstSlot {
		d = firstSlot.plus(-1 - c.below(270))
	}
	return d
}
