package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"jiku/connectors/warehouse"
)

// machineUse is what a run took of the machine.
type machineUse struct {
	RowsPerSecond float64    `json:"rows_per_second"`
	Jiku          processUse `json:"jiku"`
	// Engine is the embedded engine; nil where a server does its work.
	Engine *processUse `json:"engine,omitempty"`
}

// processUse is what one process took.
type processUse struct {
	CPUSeconds float64 `json:"cpu_seconds"`
	// PeakBytes is the most memory that the process had resident since it started.
	PeakBytes int64 `json:"peak_bytes"`
}

// useMeter measures a run: processor time as a difference, since the engine has done work
// before.
type useMeter struct {
	pid    int
	engine float64
}

func startUse(ep warehouse.Endpoint) useMeter {
	m := useMeter{pid: ep.PID}
	m.engine, _ = processSeconds(m.pid)
	return m
}

func (m useMeter) stop(seconds float64, rows int64) machineUse {
	var u machineUse
	if seconds > 0 {
		u.RowsPerSecond = float64(rows) / seconds
	}
	u.Jiku = processUse{CPUSeconds: ownSeconds(), PeakBytes: peakBytes(os.Getpid())}
	if after, ok := processSeconds(m.pid); ok {
		u.Engine = &processUse{CPUSeconds: after - m.engine, PeakBytes: peakBytes(m.pid)}
	}
	return u
}

// total adds up what all processes took; memory peaks may have come at different moments.
func (u machineUse) total() (cpuSeconds float64, peakBytes int64) {
	cpuSeconds, peakBytes = u.Jiku.CPUSeconds, u.Jiku.PeakBytes
	if u.Engine != nil {
		cpuSeconds, peakBytes = cpuSeconds+u.Engine.CPUSeconds, peakBytes+u.Engine.PeakBytes
	}
	return cpuSeconds, peakBytes
}

// ownSeconds is the processor time of this process, in user and system mode.
func ownSeconds() float64 {
	var r unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
}

// clockTick is the unit of times in /proc: USER_HZ, which Linux fixes at 100 for programs.
const clockTick = 100

// processSeconds reads utime and stime (fields 14 and 15) of /proc/PID/stat.
func processSeconds(pid int) (float64, bool) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if pid <= 0 || err != nil {
		return 0, false
	}
	// The name in parentheses may hold blanks and parentheses; the third field follows it.
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(f) < 13 {
		return 0, false
	}
	user, err1 := strconv.ParseFloat(f[11], 64)
	system, err2 := strconv.ParseFloat(f[12], 64)
	return (user + system) / clockTick, err1 == nil && err2 == nil
}

// peakBytes reads VmHWM of /proc/PID/status; 0 where there is none.
func peakBytes(pid int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if v, found := strings.CutPrefix(line, "VmHWM:"); found {
			n, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v), "kB")), 10, 64)
			return n << 10
		}
	}
	return 0
}
