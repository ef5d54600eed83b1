package clickhouse

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/ClickHouse/ch-go/proto"
	ch "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"jiku/schemas"
)

// Store is the ClickHouse store.
type Store struct {
	conn   driver.Conn
	bulk   *bulk
	blocks chan *schemas.ClaimBlock
	// token tells what this store makes aside from what others make.
	token string
	// naming is held while what token tells is made.
	naming sync.Mutex
	// renewal is how often leases are prolonged.
	renewal time.Duration
	line    *line
	wake    func(context.Context) (string, error)
}

// Config says which ClickHouse is used and as whom.
type Config struct {
	// URL is the HTTP interface, such as http://127.0.0.1:8123.
	URL      string
	User     string
	Password schemas.Secret
	// Wake, if set, starts the engine where it is down, and gives its URL.
	Wake func(context.Context) (string, error)
	// Silence is how long a connection may neither take nor give a byte; by default ten
	// minutes, since a statement says nothing while it works.
	Silence time.Duration
}

// statementBytes is the size of the largest statement: some names all deliveries of a feed, up
// to four times, at 22 bytes each. The engine would take 256 KiB.
const statementBytes = 32 << 20

// Open connects to a warehouse; it changes nothing there.
func Open(ctx context.Context, c Config) (*Store, error) {
	u, err := url.Parse(c.URL)
	if err != nil {
		return nil, fmt.Errorf("open warehouse: %w", err)
	}
	if c.Silence == 0 {
		c.Silence = 10 * time.Minute
	}
	l := newLine(u, c.Silence)
	opts := &ch.Options{
		Protocol: ch.HTTP, Addr: []string{u.Host}, Auth: ch.Auth{Username: c.User, Password: c.Password.Reveal()},
		DialTimeout: 10 * time.Second, ReadTimeout: c.Silence, MaxOpenConns: 8, MaxIdleConns: 4,
		// Looking a large set of keys up in the index of a table costs more than reading the keys.
		Settings:    ch.Settings{"use_index_for_in_with_subqueries_max_values": 10_000, "max_query_size": statementBytes},
		DialContext: func(ctx context.Context, addr string) (net.Conn, error) { return l.dial(ctx, "tcp", addr) },
	}
	if u.Scheme == "https" {
		opts.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	// It speaks HTTP/1 alone, since HTTP/2 reads a body and cuts it into small frames. Go would
	// ask for gzip by itself, which costs both sides more than a local wire does.
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: l.dial, TLSClientConfig: opts.TLS.Clone(), TLSHandshakeTimeout: 10 * time.Second,
		MaxIdleConnsPerHost: 8, IdleConnTimeout: 90 * time.Second, DisableCompression: true,
		WriteBufferSize: pieceBytes + 64, // A piece and its length are one write.
		ReadBufferSize:  1 << 20,
	}
	s := &Store{bulk: &bulk{base: strings.TrimRight(c.URL, "/"), user: c.User, password: c.Password, client: &http.Client{Transport: transport},
		buffers: make(chan *proto.Buffer, 4), idle: idleInsert}, blocks: make(chan *schemas.ClaimBlock, 4), token: strings.ToLower(rand.Text()), line: l, wake: c.Wake, renewal: leaseRenew}
	if s.conn, err = ch.Open(opts); err != nil {
		return nil, fmt.Errorf("open warehouse: %w", redact(err))
	}
	if err := s.conn.Ping(ctx); err != nil {
		return nil, fmt.Errorf("open warehouse at %s: %w", u.Host, redact(err))
	}
	return s, nil
}

// Close drops the connections.
func (s *Store) Close() error {
	s.bulk.client.CloseIdleConnections()
	return s.conn.Close()
}

// mark makes an empty table of database vault with a text as its comment: making a table is
// the engine's one atomic "first wins". Code tableExists says that somebody was faster.
func (s *Store) mark(ctx context.Context, name, text string) error {
	if err := s.conn.Exec(ctx, "CREATE DATABASE IF NOT EXISTS vault"); err != nil {
		return err
	}
	return s.conn.Exec(ctx, "CREATE TABLE vault."+name+" (unused UInt8) ENGINE = Memory COMMENT "+schemas.Quote(text))
}

// HashKey is the warehouse's own key for key hashes; it is made when the warehouse is. It
// is a mark, so two runs that start together agree.
func (s *Store) HashKey(ctx context.Context) (k0, k1 uint64, err error) {
	raw := make([]byte, 16)
	if _, err := rand.Read(raw); err != nil {
		return 0, 0, fmt.Errorf("make hash key: %w", err)
	}
	if err := s.mark(ctx, "hash_key", hex.EncodeToString(raw)); err != nil && Code(redact(err)) != tableExists {
		return 0, 0, fmt.Errorf("make hash key: %w", redact(err))
	}
	var text string
	if err := s.conn.QueryRow(ctx, "SELECT comment FROM system.tables WHERE database = 'vault' AND name = 'hash_key'").Scan(&text); err != nil {
		return 0, 0, fmt.Errorf("read hash key: %w", redact(err))
	}
	if raw, err = hex.DecodeString(text); err != nil || len(raw) != 16 {
		return 0, 0, fmt.Errorf("read hash key: the comment of vault.hash_key is damaged: restore the table from a backup")
	}
	return binary.LittleEndian.Uint64(raw), binary.LittleEndian.Uint64(raw[8:]), nil
}
