package main

import (
	"fmt"
	"slices"
	"strings"
)

// goal is a figure that is wanted, and what was measured for it.
type goal struct {
	Name string  `json:"name"`
	Got  float64 `json:"got"`
	Want float64 `json:"want"`
	Met  bool    `json:"met"`
	// Shown are both as people read them.
	Shown string `json:"-"`
}

const mebi = 1 << 20

// goals are those whose parts have run.
func (b *bench) goals() []goal {
	var out []goal
	share := func(name, part, whole string, most float64) {
		if a, c := b.median(part, sample.cpu), b.median(whole, sample.cpu); a > 0 && c > 0 {
			out = append(out, goal{Name: name, Got: a / c, Want: most, Met: a/c <= most, Shown: fmt.Sprintf("%.3f of %.2f", a/c, most)})
		}
	}
	peak := func(name string, of func(sample) int64, most float64) {
		if got := float64(b.most(of)); got > 0 {
			out = append(out, goal{Name: name, Got: got, Want: most, Met: got <= most, Shown: fmt.Sprintf("%.0f of %.0f MiB", got/mebi, most/mebi)})
		}
	}
	share("build, CPU-s, to the best SQL", "build", "SQL, best", 1.2)
	share("build, CPU-s, to the exact SQL", "build", "SQL, exact", 0.6)
	share("build, CPU-s, to the SQL of pairs", "build", "SQL, pairs", 0.6)
	share("nothing new, CPU-s, to the build", "nothing new", "build", 0.10)
	share("delta of one feed, CPU-s, to the build", "delta", "build", 0.10)
	share("delta of all feeds, CPU-s, to the build", "delta, spread", "build", 0.10)
	share("Prism, CPU-s, to the plain loop", "runner prism", "runner straight", 1.05)
	if low, high := b.perClaim(); low > 0 {
		out = append(out, goal{Name: "cost of a claim, dearest to cheapest size", Got: high / low, Want: 1.2, Met: high/low <= 1.2, Shown: fmt.Sprintf("%.3f of 1.20", high/low)})
	}
	out = append(out, b.cityGoals()...)
	peak("jiku, peak memory", func(s sample) int64 {
		if s.Engine == 0 {
			return 0 // Making a city is no run.
		}
		return s.JikuPeak
	}, 512*mebi)
	peak("engine, peak memory while jiku runs", func(s sample) int64 {
		if s.JikuPeak == 0 {
			return 0 // The SQL's is no concern of jiku's.
		}
		return s.EnginePeak
	}, 3<<10*mebi)
	return out
}

// of are the samples of a step.
func (b *bench) of(step string) []sample {
	var out []sample
	for _, s := range b.samples {
		if s.Step == step {
			out = append(out, s)
		}
	}
	return out
}

// median is that of a measure over the samples of a step, 0 if there are none.
func (b *bench) median(step string, measure func(sample) float64) float64 {
	var all []float64
	for _, s := range b.of(step) {
		all = append(all, measure(s))
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
}

func (b *bench) most(measure func(sample) int64) int64 {
	var most int64
	for _, s := range b.samples {
		most = max(most, measure(s))
	}
	return most
}

// perClaim are the least and the most processor seconds a row among the sizes of flat.
func (b *bench) perClaim() (low, high float64) {
	for _, s := range b.samples {
		if !strings.HasPrefix(s.Step, sizeStep) {
			continue
		}
		cost := b.median(s.Step, func(s sample) float64 { return s.cpu() / float64(s.Rows) })
		if low == 0 || cost < low {
			low = cost
		}
		high = max(high, cost)
	}
	return low, high
}
