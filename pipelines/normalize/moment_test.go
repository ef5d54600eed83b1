package normalize

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Every way of writing a day gives the day.
func TestDatesInEveryForm(t *testing.T) {
	beijing := Env{}.location()
	forms := []string{"20060102", "2006-01-02", "2006-1-2", "2006/01/02", "2006/1/2", "2006.01.02", "2006.1.2", "2006年01月02日",
		"2006年1月2日", "2006-01-02 15:04:05", "2006/1/2 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05+08:00",
		"20060102150405", "200601021504", "20060102T150405", "2006年1月2日 15时04分05秒", "2006-01-02 15:04:05.000"}
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(-3_786_854_400, 4_070_850_000).Draw(t, "seconds") // 1850 to 2098
		at := time.Unix(seconds, 0).In(beijing)
		want := uint32(at.Year()*10000 + int(at.Month())*100 + at.Day())
		form := rapid.SampledFrom(forms).Draw(t, "form")
		m, defect := readMoment([]byte(at.Format(form)), beijing)
		if defect != momentOK || m.day != want {
			t.Fatalf("%s gives %d (%d), want %d", at.Format(form), m.day, defect, want)
		}
		utc := at.UTC().Format(time.RFC3339)
		if m, defect = readMoment([]byte(utc), beijing); defect != momentOK || m.day != want {
			t.Fatalf("%s gives %d (%d), want %d", utc, m.day, defect, want)
		}
		if clock := uint32(at.Hour()*10000 + at.Minute()*100 + at.Second()); m.clock != clock {
			t.Fatalf("%s gives the time %d, want %d", utc, m.clock, clock)
		}
	})
}

// A spreadsheet's day numbers run with the calendar.
func TestSerials(t *testing.T) {
	for serial := 10000; serial < 73050; serial++ {
		day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, serial)
		want := uint32(day.Year()*10000 + int(day.Month())*100 + day.Day())
		m, defect := readMoment(fmt.Append(nil, serial), time.UTC)
		if defect != momentOK || m.day != want || m.serial != "excel" {
			t.Fatalf("%d gives %d, want %d", serial, m.day, want)
		}
	}
}

func TestNoDate(t *testing.T) {
	for _, in := range []string{"1", "12", "123", "12345678901", "2017-", "2017--7", "2017-7-7-7", "2017年7", "2017-7/7",
		"17-7-7", "2017-007-07", "2017-7-007", "2017.7.7.7", "20170707 8", "2017-07-07T", "2017-07-07 08:30:15:00", "2017-07-07 08:30 CST",
		"2017-07-07 08:30+15:00", "2017-07-07+08:00", "42923.", "99999", "2017-07-07 上午", "1.5", "-1", "二〇一七年"} {
		if m, defect := readMoment([]byte(in), time.UTC); defect != momentForm {
			t.Errorf("%q gives %d (%d)", in, m.day, defect)
		}
	}
}

// Whatever is read is a day of the calendar, as precise as it says, or an open end; and it
// is read again from its plain form.
func FuzzDate(f *testing.F) {
	for _, e := range registry["date"].Examples {
		f.Add([]byte(e.In))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		m, defect := readMoment(in, time.UTC)
		if defect != momentOK {
			return
		}
		if !validClock(m.clock) || m.day < 10000000 || m.day > openEnd {
			t.Fatalf("%q gives %d %d", in, m.day, m.clock)
		}
		again, defect := readMoment(fmt.Appendf(nil, "%08d", m.day), time.UTC)
		if defect != momentOK || again.day != m.day {
			t.Fatalf("%q gives %d, and that gives %d (%d)", in, m.day, again.day, defect)
		}
	})
}
