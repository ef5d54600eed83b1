package clickhouse

import (
	"context"
	"fmt"
	"io"
	"net/http"
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
			return fmt.Errorf("insert into %s: %w", table, err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("insert into %s: %w", table, redact(err))
	}
	return nil
}

// Ask runs a person's query as it is and copies the answer in a format of ClickHouse, such
// as TSVWithNames. Its errors keep the engine's text, which the person needs to see.
func Ask(ctx context.Context, c Config, sql, format string, out io.Writer) error {
	b := &bulk{base: strings.TrimRight(c.URL, "/"), user: c.User, password: c.Password, client: &http.Client{}}
	req, err := b.request(ctx, "", map[string]string{"default_format": format, "wait_end_of_query": "1", "log_queries": "0"}, strings.NewReader(sql))
	if err != nil {
		return err
	}
	resp, err := b.client.Do(req)
	if err != nil {
		return fmt.Errorf("ask warehouse: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
		return fmt.Errorf("ask warehouse: %s", strings.TrimSpace(string(text)))
	}
	_, err = io.Copy(out, resp.Body)
	return err
}
