package clickhouse

import (
	"context"
	"fmt"
	"strings"
)

// Exec implements connectors.Querier.
func (s *Store) Exec(ctx context.Context, sql string) error { return redact(s.conn.Exec(ctx, sql)) }

// Select implements connectors.Querier.
func (s *Store) Select(ctx context.Context, into any, sql string) error {
	return redact(s.conn.Select(ctx, into, sql))
}

// Insert implements connectors.Querier.
func (s *Store) Insert(ctx context.Context, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	batch, err := s.conn.PrepareBatch(ctx, fmt.Sprintf("INSERT INTO %s (%s)", table, strings.Join(columns, ", ")))
	if err != nil {
		return fmt.Errorf("insert into %s: %w", table, redact(err))
	}
	for _, r := range rows {
		if err := batch.Append(r...); err != nil {
			return fmt.Errorf("insert into %s: %w", table, redact(err))
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("insert into %s: %w", table, redact(err))
	}
	return nil
}
