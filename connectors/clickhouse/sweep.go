package clickhouse

import (
	"context"
	"fmt"
)

// sweep drops the tables aside of runs that died: staged golden rows, findings and themes.
// Their names end with the run. A run that works holds a lease, which is looked up after
// the tables, so that a run which begins meanwhile loses nothing. Names of feeds are written
// aside before there is a lease, within a second; an hour later nobody does.
func (s *Store) sweep(ctx context.Context) error {
	if err := s.sweepNames(ctx); err != nil {
		return err
	}
	var aside []struct {
		Database string `ch:"database"`
		Name     string `ch:"name"`
		Run      string `ch:"run"`
	}
	err := s.conn.Select(ctx, &aside, `SELECT t.database AS database, t.name AS name, r.run AS run
FROM (SELECT database, name FROM system.tables WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA', 'ops')) AS t
CROSS JOIN (SELECT DISTINCT toString(run) AS run FROM ops.run_event) AS r WHERE endsWith(t.name, concat('_', r.run))`)
	if err != nil {
		return fmt.Errorf("find tables of dead runs: %w", redact(err))
	}
	if len(aside) == 0 {
		return nil
	}
	alive, err := s.working(ctx)
	if err != nil {
		return err
	}
	for _, t := range aside {
		if alive[t.Run] {
			continue
		}
		if err := s.Exec(ctx, fmt.Sprintf("DROP TABLE IF EXISTS %s.%s SYNC", t.Database, t.Name)); err != nil {
			return fmt.Errorf("drop %s of dead run %s: %w", t.Name, t.Run, err)
		}
	}
	return nil
}

func (s *Store) sweepNames(ctx context.Context) error {
	var aside []struct {
		Name string `ch:"name"`
	}
	err := s.conn.Select(ctx, &aside, `SELECT name FROM system.tables
WHERE database = 'ops' AND startsWith(name, 'feed_') AND metadata_modification_time < now() - INTERVAL 1 HOUR`)
	if err != nil {
		return fmt.Errorf("find names of feeds aside: %w", redact(err))
	}
	for _, t := range aside {
		if err := s.Exec(ctx, "DROP TABLE IF EXISTS ops."+t.Name+" SYNC"); err != nil {
			return fmt.Errorf("drop ops.%s: %w", t.Name, err)
		}
	}
	return nil
}

// working are the runs that hold a lease and are not dead.
func (s *Store) working(ctx context.Context) (map[string]bool, error) {
	var leases []struct {
		Comment string `ch:"comment"`
	}
	if err := s.conn.Select(ctx, &leases, "SELECT comment FROM system.tables WHERE database = 'ops' AND startsWith(name, 'lease_')"); err != nil {
		return nil, fmt.Errorf("read leases: %w", redact(err))
	}
	out := map[string]bool{}
	for _, l := range leases {
		if h := parseHolder(l.Comment); !h.dead() {
			out[h.run] = true
		}
	}
	return out, nil
}
