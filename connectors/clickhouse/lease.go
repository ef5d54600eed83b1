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
	leaseRenew = leaseFor / 3
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

// Lease implements connectors.Keeper. Leases are renewed until they are released; a process that
// dies loses them when their time is over, or at once to another on the same machine.
func (s *Store) Lease(ctx context.Context, run string, feeds ...string) (context.Context, func(), error) {
	for i, f := range feeds {
		if err := s.take(ctx, run, f); err != nil {
			s.letGo(context.WithoutCancel(ctx), run, feeds[:i])
			return nil, nil, err
		}
	}
	held, lose := context.WithCancelCause(ctx)
	renewing, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.renew(renewing, run, feeds, lose)
	}()
	return held, func() {
		stop()
		<-done
		lose(context.Canceled)
		s.letGo(context.WithoutCancel(ctx), run, feeds)
	}, nil
}

func leaseTable(feed string) string { return "ops.lease_" + feed }

// take makes the table of the lease, or takes over that of a dead holder.
func (s *Store) take(ctx context.Context, run, feed string) error {
	for try := 0; ; try++ {
		err := s.conn.Exec(ctx, fmt.Sprintf("CREATE TABLE %s (unused UInt8) ENGINE = Memory COMMENT %s", leaseTable(feed), schemas.Quote(self(run).String())))
		if err == nil {
			return nil
		}
		if Code(redact(err)) != tableExists || try == 5 {
			return fmt.Errorf("lease %s: %w", feed, redact(err))
		}
		h, found, err := s.leaseHolder(ctx, feed)
		if err != nil {
			return err
		}
		if me := self(run); found && h.run == run && h.host == me.host && h.pid == me.pid && h.born == me.born {
			return nil // Ours: the answer to an earlier call was lost.
		}
		if found && !h.dead() {
			return &connectors.Error{Op: "lease", Feed: feed, Code: connectors.Denied,
				Err:  fmt.Errorf("run %s (process %d on %s) is loading it", h.run, h.pid, h.host),
				Hint: "wait for that run to end, or run other feeds with --feed"}
		}
		// Renaming succeeds for one of those who see a dead lease; all then try again.
		grave := fmt.Sprintf("ops.expired_%s_%s", feed, run)
		if s.conn.Exec(ctx, "RENAME TABLE "+leaseTable(feed)+" TO "+grave) == nil {
			_ = s.conn.Exec(ctx, "DROP TABLE IF EXISTS "+grave+" SYNC")
		}
	}
}

// letGo drops the leases that are still the run's own. It does not give up at the first lost
// answer: a lease that stays blocks others until its time is over.
func (s *Store) letGo(ctx context.Context, run string, feeds []string) {
	for wait := 50 * time.Millisecond; wait < time.Second; wait *= 2 {
		have, err := s.holders(ctx, feeds)
		var own []string
		for _, f := range feeds {
			if have[f].run == run {
				own = append(own, leaseTable(f))
			}
		}
		if err == nil && len(own) == 0 {
			return
		}
		if err == nil && s.conn.Exec(ctx, "DROP TABLE IF EXISTS "+strings.Join(own, ", ")+" SYNC") == nil {
			return
		}
		time.Sleep(wait)
	}
}

const tableExists = 57

// holders are who has the leases of feeds.
func (s *Store) holders(ctx context.Context, feeds []string) (map[string]holder, error) {
	out := map[string]holder{}
	if len(feeds) == 0 {
		return out, nil
	}
	var found []struct {
		Name    string `ch:"name"`
		Comment string `ch:"comment"`
	}
	err := s.conn.Select(ctx, &found, "SELECT name, comment FROM system.tables WHERE database = 'ops' AND name IN ("+leaseNames(feeds)+")")
	if err != nil {
		return nil, fmt.Errorf("read leases: %w", redact(err))
	}
	for _, f := range found {
		out[strings.TrimPrefix(f.Name, "lease_")] = parseHolder(f.Comment)
	}
	return out, nil
}

func (s *Store) leaseHolder(ctx context.Context, feed string) (holder, bool, error) {
	have, err := s.holders(ctx, []string{feed})
	h, found := have[feed]
	return h, found, err
}

// lost says that a run slept for longer than its lease.
func lost(run, feed string) error {
	return &connectors.Error{Op: "lease", Feed: feed, Code: connectors.Denied,
		Err:  fmt.Errorf("run %s was out of touch for longer than %s, and its lease is over", run, leaseFor),
		Hint: "run again: nothing is lost; look for what stopped the process or the connection"}
}

// Holds implements connectors.Keeper.
func (s *Store) Holds(ctx context.Context, run string, feeds ...string) error {
	feed, err := s.missing(ctx, run, feeds)
	if err == nil && feed != "" {
		err = lost(run, feed)
	}
	return err
}

// missing is the first feed whose lease the run does not have, empty where it has all.
func (s *Store) missing(ctx context.Context, run string, feeds []string) (string, error) {
	have, err := s.holders(ctx, feeds)
	if err != nil {
		return "", err
	}
	for _, f := range feeds {
		if have[f].run != run {
			return f, nil
		}
	}
	return "", nil
}

// renew prolongs leases that are still the run's own, until one is lost or ctx is done.
func (s *Store) renew(ctx context.Context, run string, feeds []string, lose context.CancelCauseFunc) {
	tick := time.NewTicker(s.renewal)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			asked := time.Now()
			feed, err := s.missing(ctx, run, feeds)
			if err != nil {
				continue // Whether they are lost is known when the warehouse answers again.
			}
			if feed != "" {
				lose(lost(run, feed))
				return
			}
			for _, f := range feeds {
				if time.Since(asked) > leaseRenew {
					break // It slept in between: what it saw may be over.
				}
				_ = s.conn.Exec(ctx, "ALTER TABLE "+leaseTable(f)+" MODIFY COMMENT "+schemas.Quote(self(run).String()))
			}
		}
	}
}

// underLease is a condition on an INSERT: the engine refuses it where the run does not have
// the leases of the feeds, however long the run slept before it asked.
func underLease(run string, feeds []string) string {
	return fmt.Sprintf("throwIf((SELECT count() FROM system.tables WHERE database = 'ops' AND name IN (%s) AND startsWith(comment, %s)) < %d) = 0",
		leaseNames(feeds), schemas.Quote(run+" "), len(feeds))
}

// leaseNames are the quoted names of the tables of leases.
func leaseNames(feeds []string) string {
	names := make([]string, len(feeds))
	for i, f := range feeds {
		names[i] = schemas.Quote("lease_" + f)
	}
	return strings.Join(names, ", ")
}
