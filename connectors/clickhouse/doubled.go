package clickhouse

import (
	"context"
	"fmt"

	"jiku/connectors"
)

// Doubled implements connectors.Auditor. Hardly a snapshot has doubled keys, so the hashes
// are counted first, which costs a tenth of counting keys and positions.
func (s *Store) Doubled(ctx context.Context, of connectors.AppendSpec) (int64, error) {
	table := "claim." + of.Base.Name
	if of.Staged {
		table += "_staged"
	}
	count := func(rows, keys string) (int64, error) {
		var n, m uint64
		err := s.conn.QueryRow(ctx, fmt.Sprintf("SELECT toUInt64(%s), toUInt64(%s) FROM %s WHERE delivery = %d AND position < bitShiftLeft(toUInt64(1), 63)",
			rows, keys, table, uint64(of.Delivery))).Scan(&n, &m)
		if err != nil {
			return 0, fmt.Errorf("count doubled keys: %w", redact(err))
		}
		return int64(n - m), nil
	}
	if n, err := count("count()", "uniqExact(key_hash)"); err != nil || n == 0 {
		return 0, err
	}
	return count("uniqExact(position)", "uniqExact(key_hash, key)")
}
