package clickhouse

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"

	"github.com/ClickHouse/ch-go/proto"

	"jiku/schemas"
)

// external is a column that travels beside a query, as a table of that name: what says who
// somebody is must not stand in a query, and what there may be thousands of does not fit.
type external struct {
	table string
	named
}

func externalIDs(table string, ids []schemas.DeliveryID) external {
	return external{table, named{"delivery", wordColumn[schemas.DeliveryID]{&ids, proto.ColumnTypeUInt64}}}
}

func externalHashes(table string, hashes []uint64) external {
	return external{table, named{"key_hash", wordColumn[uint64]{&hashes, proto.ColumnTypeUInt64}}}
}

// in is a condition that a column's value is in the external one.
func (e external) in() string {
	return fmt.Sprintf("%[1]s IN (SELECT %[1]s FROM %[2]s)", e.name, e.table)
}

// question is a query with what travels beside it.
type question struct {
	sql  string
	with []external
}

// scan asks a question and calls next after each block that was decoded into cols.
func (b *bulk) scan(ctx context.Context, q question, cols []named, next func(rows int) error) error {
	var form bytes.Buffer
	w, settings := multipart.NewWriter(&form), map[string]string{"max_threads": "1", "max_block_size": "65409", "preferred_block_size_bytes": "0"}
	for _, e := range q.with {
		part, err := w.CreateFormFile(e.table, e.table)
		if err != nil {
			return err
		}
		var raw proto.Buffer
		e.EncodeColumn(&raw)
		if _, err := part.Write(raw.Buf); err != nil {
			return err
		}
		settings[e.table+"_structure"], settings[e.table+"_format"] = e.name+" "+string(e.Type()), "RowBinary"
	}
	if err := w.Close(); err != nil {
		return err
	}
	if len(q.with) == 0 {
		form.Reset() // The engine takes a form without parts for a broken one.
	}
	req, err := b.request(ctx, q.sql+" FORMAT Native", settings, &form)
	if err != nil {
		return err
	}
	if len(q.with) > 0 {
		req.Header.Set("Content-Type", w.FormDataContentType())
	}
	resp, err := b.do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return decodeBlocks(resp.Body, cols, next)
}
