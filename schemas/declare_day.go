package schemas

import (
	"fmt"
	"time"
)

// Day is a calendar day as yyyymmdd; in YAML 2026-11-01. The zero Day is open.
type Day uint32

// ParseDay reads a day in the form 2026-11-01.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("parse day %q: want a calendar day such as 2026-11-01", s)
	}
	y, m, d := t.Date()
	return Day(y*10_000 + int(m)*100 + d), nil
}

// String is the day as 2026-11-01, or empty if it is open.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10_000, d/100%100, d%100)
}
