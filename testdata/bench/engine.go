package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"jiku/connectors/warehouse"
)

// engine is a warehouse that is asked over HTTP, as its user who may write.
type engine struct{ warehouse.Endpoint }

// openEngine starts the engine of a home, or attaches to the one that runs. With files it
// may read any file; that is set where it starts.
func (b *bench) openEngine(ctx context.Context, files bool) (engine, error) {
	o := warehouse.Environment(b.home())
	o.DSN, o.Child, o.Files = "", filepath.Join(filepath.Dir(b.Binary), "jiku-warehouse"), files
	ep, err := warehouse.Open(ctx, o)
	return engine{ep}, err
}

// exec runs a statement and gives its answer as text.
func (e engine) exec(ctx context.Context, sql string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL+"/?wait_end_of_query=1", strings.NewReader(sql))
	if err != nil {
		return "", err
	}
	req.Header.Set("X-ClickHouse-User", e.User)
	req.Header.Set("X-ClickHouse-Key", e.Password.Reveal())
	req.Close = true // An engine that is stopped waits for connections that are kept.
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("ask engine: %s", strings.TrimSpace(string(text[:min(len(text), 2000)])))
	}
	return string(text), err
}

// row asks for one row with numbers by name.
func (e engine) row(ctx context.Context, sql string, into any) error {
	text, err := e.exec(ctx, sql+" FORMAT JSONEachRow SETTINGS output_format_json_quote_64bit_integers = 0")
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("read answer of engine: %w", err)
	}
	return nil
}

// counters are the engine's own, since it started.
func (e engine) counters(ctx context.Context) (map[string]int64, error) {
	var row struct {
		Events map[string]int64 `json:"events"`
	}
	err := e.row(ctx, "SELECT mapFromArrays(groupArray(event), groupArray(toInt64(value))) AS events FROM system.events", &row)
	return row.Events, err
}

// settle waits until no merge has run for a while, and gives the processor time meanwhile.
func (e engine) settle(ctx context.Context, most time.Duration) (float64, error) {
	before, err := cpuSeconds(e.PID)
	if err != nil {
		return 0, err
	}
	const pause, calm = 250 * time.Millisecond, 6
	for quiet, end := 0, time.Now().Add(most); quiet < calm && time.Now().Before(end); time.Sleep(pause) {
		var row struct {
			Merges int `json:"merges"`
		}
		if err := e.row(ctx, "SELECT count() AS merges FROM system.merges", &row); err != nil {
			return 0, err
		}
		quiet++
		if row.Merges > 0 {
			quiet = 0
		}
	}
	after, err := cpuSeconds(e.PID)
	return after - before, err
}
