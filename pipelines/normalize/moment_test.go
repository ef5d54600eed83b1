package normalize

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// utcForms reads dates for a city at Greenwich, with nothing declared.
var utcForms = plainForms(time.UTC)

// Every way of writing a day gives the day.
func TestDatesInEveryForm(t *testing.T) {
	beijing := Env{}.location()
	f := plainForms(beijing)
	forms := []string{"20060102", "2006-01-02", "2006-1-2", "2006/01/02", "2006/1/2", "2006.01.02", "2006.1.2", "2006年01月02日",
		"2006年1月2日", "2006-01-02 15:04:05", "2006/1/2 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05+08:00",
		"20060102150405", "200601021504", "20060102T150405", "2006年1月2日 15时04分05秒", "2006-01-02 15:04:05.000"}
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(-3_786_854_400, 4_070_850_000).Draw(t, "seconds") // 1850 to 2098
		at := time.Unix(seconds, 0).In(beijing)
		want := uint32(at.Year()*10000 + int(at.Month())*100 + at.Day())
		form := rapid.SampledFrom(forms).Draw(t, "form")
		m, defect := f.read([]byte(at.Format(form)))
		if defect != momentOK || m.day != want {
			t.Fatalf("%s gives %d (%d), want %d", at.Format(form), m.day, defect, want)
		}
		utc := at.UTC().Format(time.RFC3339)
		if m, defect = f.read([]byte(utc)); defect != momentOK || m.day != want {
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
		m, defect := utcForms.read(fmt.Append(nil, serial))
		if defect != momentOK || m.day != want || m.serial != serialExcel {
			t.Fatalf("%d gives %d, want %d", serial, m.day, want)
		}
	}
}

// Declared counts run with the calendar too, from their first day on.
func TestDeclaredSerials(t *testing.T) {
	days := func(t time.Time) uint32 { y, m, d := t.Date(); return uint32(y*10000 + int(m)*100 + d) }
	for kind, first := range map[string]time.Time{
		serialExcel: time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC), serialExcel1904: time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		f := plainForms(time.UTC)
		f.serial = kind
		for n := 1; n < 3000; n++ {
			at, defect := f.read(fmt.Append(nil, n))
			want := first.AddDate(0, 0, n)
			switch {
			case kind == serialExcel && n == 60:
				if defect != momentCalendar {
					t.Errorf("serial 60, the day that never was, gives %d", at.day)
				}
				continue
			case kind == serialExcel && n < 60:
				want = want.AddDate(0, 0, 1)
			}
			if defect != momentOK || at.day != days(want) {
				t.Fatalf("%s %d gives %d (%d), want %d", kind, n, at.day, defect, days(want))
			}
		}
	}
	for kind, unit := range map[string]int64{serialEpoch: 1, serialEpochMS: 1000} {
		f := plainForms(time.UTC)
		f.serial = kind
		for day := int64(-30000); day < 30000; day += 17 {
			at, defect := f.read(fmt.Append(nil, day*86400*unit))
			if want := days(time.Unix(day*86400, 0).UTC()); defect != momentOK || at.day != want {
				t.Fatalf("%s day %d gives %d (%d), want %d", kind, day, at.day, defect, want)
			}
		}
	}
}

// A day written in Chinese numerals is the day.
func TestChineseNumerals(t *testing.T) {
	digits := []rune("〇一二三四五六七八九")
	upTo99 := func(n int) string {
		switch {
		case n < 10:
			return string(digits[n])
		case n < 20:
			return strings.TrimSuffix("十"+string(digits[n%10]), "〇")
		}
		return strings.TrimSuffix(string(digits[n/10])+"十"+string(digits[n%10]), "〇")
	}
	for at := time.Date(1949, 10, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2030; at = at.AddDate(0, 0, 11) {
		year := ""
		for _, c := range at.Format("2006") {
			year += string(digits[c-'0'])
		}
		in := year + "年" + upTo99(int(at.Month())) + "月" + upTo99(at.Day()) + "日"
		for _, in := range []string{in, strings.ReplaceAll(in, "〇", "零"), strings.ReplaceAll(in, "〇", "O"), strings.ReplaceAll(in, "二十", "廿")} {
			want := uint32(at.Year()*10000 + int(at.Month())*100 + at.Day())
			if m, defect := utcForms.read([]byte(in)); defect != momentOK || m.day != want {
				t.Fatalf("%s gives %d (%d), want %d", in, m.day, defect, want)
			}
		}
	}
}

func TestNoDate(t *testing.T) {
	for _, in := range []string{"1", "12", "123", "12345678901", "2017-", "2017--7", "2017-7-7-7", "2017年7", "2017-7/7",
		"17-7-7", "2017-007-07", "2017-7-007", "2017.7.7.7", "20170707 8", "2017-07-07T", "2017-07-07 08:30:15:00", "2017-07-07 08:30 CST",
		"2017-07-07 08:30+15:00", "2017-07-07+08:00", "42923.", "99999", "2017-07-07 上午", "1.5", "-1", "二〇一十年", "十年"} {
		if m, defect := utcForms.read([]byte(in)); defect != momentForm {
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
	declared := make([]momentForms, 0, 5)
	for _, kind := range []string{serialExcel, serialExcel1904, serialEpoch, serialEpochMS, ""} {
		declared = append(declared, momentForms{city: time.UTC, zone: time.FixedZone("", 3600), serial: kind, pivot: 30})
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, f := range declared {
			if m, defect := f.read(in); defect == momentOK && (!validClock(m.clock) || m.day > openEnd) {
				t.Fatalf("%q gives %d %d", in, m.day, m.clock)
			}
		}
		m, defect := utcForms.read(in)
		if defect != momentOK {
			return
		}
		if !validClock(m.clock) || m.day < 10000000 || m.day > openEnd {
			t.Fatalf("%q gives %d %d", in, m.day, m.clock)
		}
		again, defect := utcForms.read(fmt.Appendf(nil, "%08d", m.day))
		if defect != momentOK || again.day != m.day {
			t.Fatalf("%q gives %d, and that gives %d (%d)", in, m.day, again.day, defect)
		}
	})
}
