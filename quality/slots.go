package quality

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// PeriodDays gives the first and last day (yyyymmdd) of a period: a month 2026-11, a
// quarter 2026-Q4 or a year 2026.
func PeriodDays(period string) (first, last uint32, err error) {
	year, rest, split := strings.Cut(period, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 {
		return 0, 0, fmt.Errorf("parse period %q: want 2026-11, 2026-Q4 or 2026", period)
	}
	from, months := 1, 12
	if split {
		quarter, isQuarter := strings.CutPrefix(rest, "Q")
		n, err := strconv.Atoi(quarter)
		switch {
		case err == nil && isQuarter && n >= 1 && n <= 4 && len(rest) == 2:
			from, months = 3*n-2, 3
		case err == nil && !isQuarter && n >= 1 && n <= 12 && len(rest) == 2:
			from, months = n, 1
		default:
			return 0, 0, fmt.Errorf("parse period %q: want 2026-11, 2026-Q4 or 2026", period)
		}
	}
	start := time.Date(y, time.Month(from), 1, 0, 0, 0, 0, time.UTC)
	return dayOf(start), dayOf(start.AddDate(0, months, -1)), nil
}

// SlotsDue is the number of slots that a feed owes in a period. The slots of a cadence are
// counted from the date of the feed's first slot: a monthly feed that began on the 5th owes
// one on every 5th, a weekly one on the same weekday. A feed owes nothing before its first
// slot, so a feed that never delivered (first 0) owes nothing yet, and on the run's day
// (until) only what was due before that day or was the first. A feed without a cadence, and
// one delivered once, owes nothing after its first slot.
func SlotsDue(cadence, period string, first, until uint32) (int, error) {
	from, last, err := PeriodDays(period)
	if err != nil || first == 0 {
		return 0, err
	}
	step, err := stepOf(cadence)
	if err != nil {
		return 0, err
	}
	start, n := timeOf(first), 0
	for k := 0; ; k++ {
		day := dayOf(step(start, k))
		if day > last || day > until || day == until && day != first {
			return n, nil
		}
		if day >= from {
			n++
		}
		if cadence == "" || cadence == "once" {
			return n, nil
		}
	}
}

// stepOf gives the date of slot number k by the date of slot 0.
func stepOf(cadence string) (func(start time.Time, k int) time.Time, error) {
	switch cadence {
	case "daily":
		return func(t time.Time, k int) time.Time { return t.AddDate(0, 0, k) }, nil
	case "weekly":
		return func(t time.Time, k int) time.Time { return t.AddDate(0, 0, 7*k) }, nil
	case "monthly":
		return addMonths(1), nil
	case "quarterly":
		return addMonths(3), nil
	case "yearly":
		return addMonths(12), nil
	case "", "once":
		return addMonths(0), nil
	default:
		return nil, fmt.Errorf("count slots: unknown cadence %q", cadence)
	}
}

// addMonths counts from the first slot, so that the 31st falls on the last day of shorter
// months and on the 31st again of longer ones.
func addMonths(months int) func(time.Time, int) time.Time {
	return func(t time.Time, k int) time.Time {
		first := time.Date(t.Year(), t.Month()+time.Month(months*k), 1, 0, 0, 0, 0, time.UTC)
		return first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
	}
}

func dayOf(t time.Time) uint32 {
	y, m, d := t.Date()
	return uint32(y*10_000 + int(m)*100 + d)
}

func timeOf(day uint32) time.Time {
	return time.Date(int(day/10_000), time.Month(day/100%100), int(day%100), 0, 0, 0, 0, time.UTC)
}
