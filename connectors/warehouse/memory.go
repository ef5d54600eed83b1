package warehouse

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

const (
	// defaultShare leaves room for jiku itself and the page cache that ClickHouse reads through.
	defaultShare = 60
	leastMemory  = 512 << 20
)

// memoryCeiling turns Options.Memory into bytes.
func memoryCeiling(setting string) (int64, error) {
	total := machineMemory()
	if setting == "" {
		setting = strconv.Itoa(defaultShare) + "%"
	}
	n, err := parseMemory(setting, total)
	if err != nil {
		return 0, hinted(fmt.Errorf("read JIKU_ENGINE_MEMORY %q: %w", setting, err),
			"write a size or a share of the machine: `export JIKU_ENGINE_MEMORY=6G` or `50%`, at least 512M")
	}
	return n, nil
}

func parseMemory(setting string, total int64) (int64, error) {
	number, unit := setting, int64(1)
	if len(setting) > 0 {
		cut := len(setting) - 1
		switch strings.ToUpper(setting[cut:]) {
		case "%":
			number, unit = setting[:cut], -1
		case "K":
			number, unit = setting[:cut], 1<<10
		case "M":
			number, unit = setting[:cut], 1<<20
		case "G":
			number, unit = setting[:cut], 1<<30
		case "T":
			number, unit = setting[:cut], 1<<40
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	switch {
	case err != nil || n <= 0:
		return 0, errors.New("it is not a positive number with K, M, G, T or %")
	case unit == -1 && (n > 100 || total == 0):
		return 0, errors.New("it is not a share of this machine's memory")
	case unit == -1:
		// A small machine gets the least that ClickHouse works with.
		return max(total/100*n, leastMemory), nil
	case n > math.MaxInt64/unit:
		return 0, errors.New("it is too large")
	case n*unit < leastMemory:
		return 0, errors.New("it is less than 512M")
	}
	return n * unit, nil
}

// machineMemory is the memory of the machine or, if less, of the control group.
func machineMemory() int64 {
	var total int64
	if f, err := os.Open("/proc/meminfo"); err == nil {
		defer f.Close()
		for sc := bufio.NewScanner(f); sc.Scan(); {
			if fields := strings.Fields(sc.Text()); len(fields) > 1 && fields[0] == "MemTotal:" {
				kb, _ := strconv.ParseInt(fields[1], 10, 64)
				total = kb << 10
				break
			}
		}
	}
	for _, limit := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		if b, err := os.ReadFile(limit); err == nil {
			if n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64); err == nil && n > 0 && (total == 0 || n < total) {
				total = n
			}
		}
	}
	return total
}
