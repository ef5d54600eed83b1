package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// firstCollection is the size of the heap below which nothing is collected. Most commands and
// small runs end before they reach it; collecting at every doubling from 4 MiB on takes a
// sixth of the processor time of a small run.
const firstCollection = 128 << 20

// collectLate keeps the collector still below firstCollection and leaves it as it is above,
// where the heap may double. A heap that outgrows it before the collector has looked again is
// bounded by memoryLimit. It does nothing where the environment says how to collect.
func collectLate() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(growth(4 << 20))
	afterCollection(func() { debug.SetGCPercent(growth(liveHeap())) })
}

// growth is how many percent a heap of live bytes may grow until the next collection.
func growth(live uint64) int {
	if live == 0 || 2*live >= firstCollection {
		return 100
	}
	return int((firstCollection - live) * 100 / live)
}

// liveHeap is how many bytes the last collection left.
func liveHeap() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// afterCollection calls f after each collection from now on, in a goroutine of its own.
func afterCollection(f func()) {
	type sentinel struct{ _ [64]byte }
	var arm func(struct{})
	arm = func(struct{}) {
		runtime.AddCleanup(new(sentinel), arm, struct{}{})
		f()
	}
	runtime.AddCleanup(new(sentinel), arm, struct{}{})
}
