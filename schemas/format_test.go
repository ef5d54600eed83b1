package schemas

import (
	"math"
	"testing"
)

func TestFormatInt(t *testing.T) {
	for _, tc := range []struct {
		t    Type
		v    int64
		want string
	}{
		{TypeDate, 19900506, "1990-05-06"},
		{TypeDate, 19900500, "1990-05"},
		{TypeDate, 19900000, "1990"},
		{TypeDate, 9010101, "0901-01-01"},
		{TypeDate, OpenDate, "长期"},
		{TypeDate, 0, ""},
		{TypeDate, 123456789, "123456789"},
		{TypeDate, -1, "-1"},
		{TypeDecimal, 505000, "50.5"},
		{TypeDecimal, 500000, "50"},
		{TypeDecimal, 1, "0.0001"},
		{TypeDecimal, 10, "0.001"},
		{TypeDecimal, -15000, "-1.5"},
		{TypeDecimal, 0, "0"},
		{TypeDecimal, math.MinInt64, "-922337203685477.5808"},
		{TypeDecimal, math.MaxInt64, "922337203685477.5807"},
		{TypeInteger, -42, "-42"},
	} {
		if got := FormatInt(tc.t, tc.v); got != tc.want {
			t.Errorf("%s %d: %q, want %q", tc.t, tc.v, got, tc.want)
		}
	}
}
