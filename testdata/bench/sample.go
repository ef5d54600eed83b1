package main

import (
	"context"
	"errors"
	"runtime"
	"time"
)

// sample is one measured piece of work.
type sample struct {
	Step string `json:"step"`
	// Rows are those that were read, by jiku or by the SQL.
	Rows   int64 `json:"rows"`
	Golden int64 `json:"golden,omitempty"`
	// Wall, and the processor time of jiku, of the engine meanwhile, and of the engine after
	// it until its merges had ended, in seconds.
	Wall       float64 `json:"wall_seconds"`
	Jiku       float64 `json:"jiku_cpu_seconds"`
	Engine     float64 `json:"engine_cpu_seconds"`
	Background float64 `json:"background_cpu_seconds"`
	JikuPeak   int64   `json:"jiku_peak_bytes,omitempty"`
	EnginePeak int64   `json:"engine_peak_bytes"`
	// Stages are the wall seconds of a run's stages.
	Stages []stage `json:"stages,omitempty"`
	// Counters are what the engine's own counters grew by.
	Counters map[string]int64 `json:"counters"`
}

type stage struct {
	Stage   string  `json:"stage"`
	Seconds float64 `json:"seconds"`
}

// cpu is what the work took, without what the engine does afterwards.
func (s sample) cpu() float64 { return s.Jiku + s.Engine }

// statements are cells read: rows by items.
func (s sample) statements() float64 { return float64(s.Rows * itemCount) }

// measure does a piece of work between two looks at the engine.
func (b *bench) measure(ctx context.Context, e engine, step string, work func(*sample) error) (sample, error) {
	runtime.GC() // A child's peak memory is at least what its parent had when it was started.
	s := sample{Step: step}
	before, err := e.counters(ctx)
	if err != nil {
		return s, err
	}
	start, err := cpuSeconds(e.PID)
	if err := errors.Join(err, forgetPeak(e.PID)); err != nil {
		return s, err
	}
	begun := time.Now()
	if err := work(&s); err != nil {
		return s, err
	}
	s.Wall = time.Since(begun).Seconds()
	end, err := cpuSeconds(e.PID)
	if err != nil {
		return s, err
	}
	s.Engine = end - start
	if s.EnginePeak, err = peakBytes(e.PID); err != nil {
		return s, err
	}
	if s.Background, err = e.settle(ctx, b.Settle); err != nil {
		return s, err
	}
	after, err := e.counters(ctx)
	s.Counters = map[string]int64{}
	for name, n := range after {
		if n -= before[name]; n > 0 {
			s.Counters[name] = n
		}
	}
	return s, err
}
