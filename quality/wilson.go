package quality

import "math"

// SmallVolume is the number of rows below which a score is shown with its interval: there
// the 95 % interval can be wider than ten points.
const SmallVolume = 400

// Wilson is the 95 % Wilson score interval of a share of n rows, times 100. Unlike the
// normal interval it stays inside 0 to 100 and does not collapse at the ends.
func Wilson(share float64, n int64) Interval {
	if n <= 0 {
		return Interval{0, 100}
	}
	const z = 1.959963984540054
	rows := float64(n)
	scale := 1 + z*z/rows
	mid := share + z*z/(2*rows)
	half := z * math.Sqrt(share*(1-share)/rows+z*z/(4*rows*rows))
	return Interval{Low: round(100 * max(0, (mid-half)/scale)), High: round(100 * min(1, (mid+half)/scale))}
}

// round keeps four decimals: enough that rounding again to the one that people see gives
// the same as rounding once, few enough that a score has the same bytes on every machine.
func round(x float64) float64 { return math.Round(x*10_000) / 10_000 }
