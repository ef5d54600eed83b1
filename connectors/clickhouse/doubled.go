package clickhouse

import (
	"context"
	"fmt"

	"jiku/schemas"
)

// Doubled implements connectors.Auditor. Hardly a snapshot has doubled keys, so the hashes
// are counted first, which costs a tenth of counting keys and positions.
func (s *Store) Doubled(ctx context.Context, base *schemas.Base, d schemas.DeliveryID) (int64, error) {
	count := func(rows, keys string) (int64, error) {
		var n, m uint64
		err := s.conn.QueryRow(ctx, fmt.Sprintf("SELECT toUInt64(%s), toUInt64(%s) FROM claim.%s WHERE delivery = %d AND position < bitShiftLeft(toUInt64(1), 63)",
			rows, keys, base.Name, uint64(d))).Scan(&n, &m)
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
