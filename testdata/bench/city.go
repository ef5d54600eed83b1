package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// smallCity is the city against which the memory of the large one is held.
const smallCity = 100_000

// cities measures jiku gen city: a small city, then one of as many persons as wanted.
func (b *bench) cities(ctx context.Context) error {
	for _, persons := range []int{smallCity, b.Persons} {
		s, err := b.city(ctx, persons)
		if err != nil {
			return err
		}
		b.note(s)
	}
	return nil
}

func (b *bench) city(ctx context.Context, persons int) (s sample, err error) {
	dir := filepath.Join(b.Work, "city")
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	begun := time.Now()
	out, state, err := b.jiku(ctx, "gen", "city", "--persons", strconv.Itoa(persons), "--seed", strconv.FormatUint(b.Seed, 10), "--out", dir, "--json")
	if err != nil {
		return s, err
	}
	s = sample{Step: fmt.Sprintf("city %d", persons), Wall: time.Since(begun).Seconds(), Jiku: (state.UserTime() + state.SystemTime()).Seconds()}
	if use, ok := state.SysUsage().(*syscall.Rusage); ok {
		s.JikuPeak = use.Maxrss << 10
	}
	var city struct{ Rows int64 }
	err = json.Unmarshal(out, &city)
	s.Rows = city.Rows
	return s, err
}

// cityGoals are those of the cities that were made.
func (b *bench) cityGoals() []goal {
	small, large := b.of(fmt.Sprintf("city %d", smallCity)), b.of(fmt.Sprintf("city %d", b.Persons))
	if len(small) == 0 || len(large) == 0 {
		return nil
	}
	const rate, growth = 300_000, 1.25
	first, last := small[0], large[len(large)-1]
	speed, more := float64(last.Rows)/last.Wall, float64(last.JikuPeak)/float64(first.JikuPeak)
	return []goal{
		{Name: "city, feed rows a second, at least", Got: speed, Want: rate, Met: speed >= rate, Shown: fmt.Sprintf("%.0f of %d", speed, rate)},
		{Name: fmt.Sprintf("city, peak memory, to that of %d persons", smallCity), Got: more, Want: growth, Met: more <= growth, Shown: fmt.Sprintf("%.2f of %.2f", more, growth)},
	}
}
