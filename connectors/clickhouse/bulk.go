package clickhouse

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/ClickHouse/ch-go/proto"
	ch "github.com/ClickHouse/clickhouse-go/v2"

	"jiku/schemas"
)

// bulk moves Native blocks over HTTP.
type bulk struct {
	base     string
	user     string
	password schemas.Secret
	client   *http.Client
	// buffers are the memory of encoded blocks, some ten megabytes each. They outlive
	// garbage collections, which empty a sync.Pool several times a split.
	buffers chan *proto.Buffer
	// idle is how long an INSERT may wait for a block.
	idle time.Duration
}

func (b *bulk) buffer() *proto.Buffer {
	select {
	case buf := <-b.buffers:
		buf.Reset()
		return buf
	default:
		return new(proto.Buffer)
	}
}

func (b *bulk) release(buf *proto.Buffer) {
	select {
	case b.buffers <- buf:
	default:
	}
}

func (b *bulk) request(ctx context.Context, query string, settings map[string]string, body io.Reader) (*http.Request, error) {
	q := url.Values{"query": {query}}
	for k, v := range settings {
		q.Set(k, v)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.base+"/?"+q.Encode(), body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("X-ClickHouse-User", b.user)
	req.Header.Set("X-ClickHouse-Key", b.password.Reveal())
	return req, nil
}

// do sends a request and turns an answer other than 200 into an error.
func (b *bulk) do(req *http.Request) (*http.Response, error) {
	resp, err := b.client.Do(req)
	if err != nil {
		return nil, redact(err)
	}
	if resp.StatusCode == http.StatusOK && resp.Header.Get("X-ClickHouse-Exception-Code") == "" {
		return resp, nil
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return nil, redact(err)
	}
	return nil, redact(answer(resp, string(text)))
}

// answer is an answer other than 200: the engine's, or that of a balancer before it.
func answer(resp *http.Response, text string) error {
	code := resp.Header.Get("X-ClickHouse-Exception-Code")
	if code == "" && !codePattern.MatchString(text) {
		return &ch.HTTPError{StatusCode: resp.StatusCode}
	}
	return newServerError(code, text)
}

// post sends a statement with its data and waits for the end.
func (b *bulk) post(ctx context.Context, sql string, body io.Reader) error {
	req, err := b.request(ctx, sql, map[string]string{"async_insert": "0"}, body)
	if err != nil {
		return err
	}
	resp, err := b.do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// parts are the settings that make one streaming INSERT end as parts of a million rows.
func partSettings() map[string]string {
	return map[string]string{"min_insert_block_size_rows": "1048449", "min_insert_block_size_bytes": "0",
		"max_insert_block_size": "1048449", "async_insert": "0", "max_insert_threads": "1", "optimize_on_insert": "0"}
}

// inserter streams blocks into one INSERT, or several where blocks come seldom: an engine
// breaks an INSERT off that gives nothing for http_receive_timeout, by default 30 seconds,
// as that of rejects may while claims fill a slow disk. Blocks are durable when close returns
// nil.
type inserter struct {
	b   *bulk
	ctx context.Context
	sql string

	mu   sync.Mutex // The timer's goroutine is the second one here.
	body *body
	done chan error
	// last is when a block was written, rest ends the INSERT some time later.
	last time.Time
	rest *time.Timer
	// failed is what an INSERT said that was ended between blocks.
	failed error
}

// idleInsert is how long an INSERT may wait for a block.
const idleInsert = 10 * time.Second

func (b *bulk) insert(ctx context.Context, table string, cols []string) *inserter {
	sql := "INSERT INTO " + table + " (" + strings.Join(cols, ", ") + ") FORMAT Native"
	return &inserter{b: b, ctx: ctx, sql: sql}
}

// pause ends an INSERT that has waited too long; the next block begins another.
func (i *inserter) pause() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.body == nil || time.Since(i.last) < i.b.idle {
		return
	}
	i.failed = i.end()
}

// end ends the INSERT and waits for what the engine says.
func (i *inserter) end() error {
	i.body.end(nil)
	err := <-i.done
	i.body = nil
	return err
}

// start opens the request with the first block: an INSERT without rows is an error of the
// engine, so one that has none is never sent.
func (i *inserter) start() error {
	body := newBody()
	req, err := i.b.request(i.ctx, i.sql, partSettings(), body)
	if err != nil {
		return err
	}
	i.body, i.done = body, make(chan error, 1)
	go func() {
		resp, err := i.b.do(req)
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			err = redact(err)
			resp.Body.Close()
		}
		_ = body.Close()
		i.done <- err
	}()
	return nil
}

func (i *inserter) write(rows int, cols []proto.InputColumn) error {
	if rows == 0 {
		return nil
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.failed != nil {
		return i.failed
	}
	if i.body == nil {
		if err := i.start(); err != nil {
			return err
		}
	}
	buf := i.b.buffer()
	defer i.b.release(buf)
	if err := (proto.Block{Columns: len(cols), Rows: rows}).EncodeRawBlock(buf, 0, cols); err != nil {
		return err
	}
	if err := i.body.write(buf.Buf); err != nil {
		err = redact(err)
		if answer := <-i.done; answer != nil {
			err = answer
		}
		i.body, i.failed = nil, err
		return err
	}
	i.last = time.Now()
	if i.rest == nil {
		i.rest = time.AfterFunc(i.b.idle, i.pause)
	} else {
		i.rest.Reset(i.b.idle)
	}
	return nil
}

// close ends the INSERT; with commit false the request is broken off, and rows that the
// engine already has stay as repeats of refs that a later try writes again.
func (i *inserter) close(commit bool) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.rest != nil {
		i.rest.Stop()
	}
	if i.body == nil {
		if commit {
			return i.failed
		}
		return nil
	}
	if !commit {
		i.body.end(context.Canceled)
		_ = <-i.done // The rows that the engine has stay as repeats.
		i.body = nil
		return nil
	}
	return i.end()
}
