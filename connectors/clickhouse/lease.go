package clickhouse

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"jiku/connectors"
	"jiku/schemas"
)

// A lease is an empty table whose comment names its holder: making a table and renaming
// one are what the engine does at most once, so nobody can hold a lease twice.
const (
	leaseFor   = 30 * time.Second
	leaseRenew = 10 * time.Second
)

// holder is who has a lease: run, host, process, start of the process, until.
type holder struct {
	run, host string
	pid       int
	born      string
	until     time.Time
}

func (h holder) String() string {
	return strings.Join([]string{h.run, h.host, strconv.Itoa(h.pid), h.born, strconv.FormatInt(h.until.Unix(), 10)}, " ")
}

func parseHolder(s string) holder {
	f := strings.Fields(s)
	if len(f) != 5 {
		return holder{}
	}
	pid, _ := strconv.Atoi(f[2])
	until, _ := strconv.ParseInt(f[4], 10, 64)
	return holder{run: f[0], host: f[1], pid: pid, born: f[3], until: time.Unix(until, 0)}
}

func self(run string) holder {
	host, err := os.Hostname()
	if err != nil || strings.ContainsAny(host, " \t\n") || host == "" {
		host = "unknown"
	}
	return holder{run: run, host: host, pid: os.Getpid(), born: bornAt(os.Getpid()), until: time.Now().Add(leaseFor)}
}

// bornAt is when a process started, in clock ticks, as /proc says; it tells a process from
// a later one with the same number. It is "-" where the process is gone.
func bornAt(pid int) string {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return "-"
	}
	// The name in parentheses may hold blanks; the start time is the 20th field after it.
	f := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	if len(f) < 20 {
		return "-"
	}
	return f[19]
}

// dead reports whether the holder cannot come back: its time is over, or it was a process
// of this machine that is gone.
func (h holder) dead() bool {
	if h.run == "" || time.Now().After(h.until) {
		return true
	}
	me := self("")
	return h.host == me.host && me.born != "-" && bornAt(h.pid) != h.born
}

// Lease implements connectors.Keeper. It is renewed until it is released; a process that
// dies loses it when its time is over, or at once to another on the same machine.
func (s *Store) Lease(ctx context.Context, run, feed string) (func(), error) {
	table := "ops.lease_" + feed
	for try := 0; ; try++ {
		err := s.conn.Exec(ctx, fmt.Sprintf("CREATE TABLE %s (unused UInt8) ENGINE = Memory COMMENT %s", table, schemas.Quote(self(run).String())))
		if err == nil {
			break
		}
		if code := Code(redact(err)); code != tableExists || try == 5 {
			return nil, fmt.Errorf("lease %s: %w", feed, redact(err))
		}
		h, found, err := s.leaseHolder(ctx, feed)
		if err != nil {
			return nil, err
		}
		if found && !h.dead() {
			return nil, &connectors.Error{Op: "lease", Feed: feed, Code: connectors.Denied,
				Err:  fmt.Errorf("run %s (process %d on %s) is loading it", h.run, h.pid, h.host),
				Hint: "wait for that run to end, or run other feeds with --feed"}
		}
		// Renaming succeeds for one of those who see a dead lease; all then try again.
		grave := fmt.Sprintf("ops.expired_%s_%s", feed, run)
		if s.conn.Exec(ctx, "RENAME TABLE "+table+" TO "+grave) == nil {
			_ = s.conn.Exec(ctx, "DROP TABLE IF EXISTS "+grave+" SYNC")
		}
	}
	renewing, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go s.renew(renewing, feed, run, done)
	return func() {
		stop()
		<-done
		if s.holds(context.WithoutCancel(ctx), run, feed) {
			_ = s.conn.Exec(context.WithoutCancel(ctx), "DROP TABLE IF EXISTS "+table+" SYNC")
		}
	}, nil
}

const tableExists = 57

func (s *Store) leaseHolder(ctx context.Context, feed string) (holder, bool, error) {
	var found []struct {
		Comment string `ch:"comment"`
	}
	err := s.conn.Select(ctx, &found, "SELECT comment FROM system.tables WHERE database = 'ops' AND name = ?", "lease_"+feed)
	if err != nil {
		return holder{}, false, fmt.Errorf("read lease of %s: %w", feed, redact(err))
	}
	if len(found) == 0 {
		return holder{}, false, nil
	}
	return parseHolder(found[0].Comment), true, nil
}

// holds reports whether the lease of a feed is still the run's own.
func (s *Store) holds(ctx context.Context, run, feed string) bool {
	h, found, err := s.leaseHolder(ctx, feed)
	return err == nil && found && h.run == run
}

// renew prolongs a lease that is still the run's own.
func (s *Store) renew(ctx context.Context, feed, run string, done chan<- struct{}) {
	defer close(done)
	tick := time.NewTicker(leaseRenew)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if s.holds(ctx, run, feed) {
				_ = s.conn.Exec(ctx, "ALTER TABLE ops.lease_"+feed+" MODIFY COMMENT "+schemas.Quote(self(run).String()))
			}
		}
	}
}
