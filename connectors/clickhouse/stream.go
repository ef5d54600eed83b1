package clickhouse

import (
	"context"
	"fmt"
	"io"
)

// Load sends an INSERT with its rows in the format that the statement names, as they are
// read. Rows travel in the body, never in the address.
func (s *Store) Load(ctx context.Context, insert string, rows io.Reader) error {
	return redact(s.bulk.post(ctx, insert, rows))
}

// Each runs a query and calls row for every row of the answer, block by block as the engine
// gives them; scan takes the row apart.
func (s *Store) Each(ctx context.Context, sql string, row func(scan func(into ...any) error) error) error {
	rows, err := s.conn.Query(ctx, sql)
	if err != nil {
		return redact(err)
	}
	defer rows.Close()
	scan := func(into ...any) error {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("read answer: %w", redact(err))
		}
		return nil
	}
	for rows.Next() {
		if err := row(scan); err != nil {
			return err
		}
	}
	return redact(rows.Err())
}
