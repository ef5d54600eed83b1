package warehouse

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// state is what state.json says about the engine that answered last.
type state struct {
	PID  int `json:"pid"`
	Port int `json:"port"`
	// Birth tells the process from a later one with the same pid.
	Birth   string    `json:"birth"`
	Started time.Time `json:"started"`
	Version string    `json:"version"`
	// Stopped is true after Stop: somebody wants the engine down.
	Stopped bool `json:"stopped,omitempty"`
}

func (s state) url() string { return fmt.Sprintf("http://127.0.0.1:%d", s.Port) }

// readState is the zero state where the file is missing or no JSON.
func (h home) readState() state {
	var s state
	b, err := os.ReadFile(h.path("state.json"))
	if err != nil || json.Unmarshal(b, &s) != nil {
		return state{}
	}
	return s
}

func (h home) writeState(s state) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("write warehouse state: %w", err)
	}
	return h.write("state.json", append(b, '\n'))
}

// running finds the living engine of this home: the one of state.json, or else the one
// whose pid the engine itself wrote into its lock, data/status.
func (h home) running() (state, bool) {
	s := h.readState()
	if s.PID > 0 && s.Birth != "" && birth(s.PID) == s.Birth {
		if port, ok := h.identify(s.PID); ok && port == s.Port {
			return s, true
		}
	}
	pid := h.lockHolder()
	port, ok := h.identify(pid)
	if !ok {
		return s, false
	}
	found := state{PID: pid, Port: port, Birth: birth(pid)}
	if info, err := os.Stat(h.path("data/status")); err == nil {
		found.Started = info.ModTime().UTC()
	}
	return found, true
}

// lockHolder is the pid in the engine's own lock file, 0 if there is none.
func (h home) lockHolder() int {
	b, err := os.ReadFile(h.path("data/status"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), "PID: "); ok {
			pid, _ := strconv.Atoi(v)
			return pid
		}
	}
	return 0
}

// identify reports whether a process is an engine on this home's data, and its port, by
// its command line. A dead process that nobody waited for has none.
func (h home) identify(pid int) (port int, ok bool) {
	if pid <= 0 {
		return 0, false
	}
	b, err := os.ReadFile(procPath(pid, "cmdline"))
	if err != nil {
		return 0, false
	}
	var ours bool
	for arg := range strings.SplitSeq(string(b), "\x00") {
		if arg == "--path="+h.path("data") {
			ours = true
		}
		for _, flag := range []string{"--port=", "--http_port="} {
			if v, found := strings.CutPrefix(arg, flag); found {
				port, _ = strconv.Atoi(v)
			}
		}
	}
	return port, ours && port > 0
}

func procPath(pid int, name string) string {
	return filepath.Join("/proc", strconv.Itoa(pid), name)
}

// birth is the boot of the machine and the tick at which a process started (field 22 of
// /proc/PID/stat); empty if there is no such process, or only its zombie.
func birth(pid int) string {
	b, err := os.ReadFile(procPath(pid, "stat"))
	if err != nil {
		return ""
	}
	// The second field is the program's name in brackets and may hold spaces and brackets.
	end := strings.LastIndexByte(string(b), ')')
	fields := strings.Fields(string(b[end+1:]))
	const startTime = 22 - 3 // Counted from the third field.
	if end < 0 || len(fields) <= startTime || fields[0] == "Z" {
		return ""
	}
	boot, _ := os.ReadFile("/proc/sys/kernel/random/boot_id")
	return strings.TrimSpace(string(boot)) + "/" + fields[startTime]
}

// listens reports whether the process itself owns the listening socket on a port of
// 127.0.0.1. Only then may it be sent a password.
func listens(pid, port int) bool {
	b, err := os.ReadFile(procPath(pid, "net/tcp"))
	if err != nil {
		return false
	}
	local := fmt.Sprintf("0100007F:%04X", port)
	const listening = "0A"
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 10 || f[1] != local || f[3] != listening {
			continue
		}
		fds, _ := filepath.Glob(procPath(pid, "fd/*"))
		for _, fd := range fds {
			if to, err := os.Readlink(fd); err == nil && to == "socket:["+f[9]+"]" {
				return true
			}
		}
	}
	return false
}
