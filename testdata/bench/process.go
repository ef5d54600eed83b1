package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// clockTick is the unit of times in /proc: USER_HZ, which Linux fixes at 100 for programs.
const clockTick = 100

// cpuSeconds reads what a process has used so far: utime and stime of /proc/PID/stat.
func cpuSeconds(pid int) (float64, error) {
	b, err := os.ReadFile(proc(pid, "stat"))
	if err != nil {
		return 0, err
	}
	// The name in parentheses may hold blanks and parentheses; the third field follows it.
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(f) < 13 {
		return 0, fmt.Errorf("read processor time of process %d: %d fields", pid, len(f))
	}
	user, err1 := strconv.ParseFloat(f[11], 64)
	system, err2 := strconv.ParseFloat(f[12], 64)
	if err1 != nil || err2 != nil {
		return 0, fmt.Errorf("read processor time of process %d: no numbers", pid)
	}
	return (user + system) / clockTick, nil
}

// peakBytes reads the most memory that a process had resident (VmHWM).
func peakBytes(pid int) (int64, error) {
	b, err := os.ReadFile(proc(pid, "status"))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if v, found := strings.CutPrefix(line, "VmHWM:"); found {
			kb, err := strconv.ParseInt(strings.Fields(v)[0], 10, 64)
			return kb << 10, err
		}
	}
	return 0, fmt.Errorf("read peak memory of process %d: it has none", pid)
}

// forgetPeak makes the peak start anew from what is resident now (proc(5), clear_refs).
func forgetPeak(pid int) error {
	return os.WriteFile(proc(pid, "clear_refs"), []byte("5"), 0)
}

func proc(pid int, name string) string { return filepath.Join("/proc", strconv.Itoa(pid), name) }
