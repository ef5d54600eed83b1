package pipelines

import (
	"context"
	"fmt"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/normalize"
	"jiku/quality"
	"jiku/schemas"
)

// Ack says that the rows of a split are stored.
type Ack struct {
	Delivery schemas.DeliveryID `json:"delivery"`
	Index    int                `json:"index"`
	Counts   schemas.Counts     `json:"counts"`
	// Rejects counts the rejected rows by reason.
	Rejects []quality.RejectCount `json:"rejects,omitempty"`
	// Fault says why the split cannot be read: the delivery is held.
	Fault string `json:"fault,omitempty"`
}

const (
	// blockRows is the size of a Native block; 65,409 is what the engine itself uses.
	blockRows  = 65_409
	blockBytes = 16 << 20 // of raw cells: rows of wide feeds make smaller blocks
	rejectRows = 4096
	sampleRows = 1024 // show how large the rows of a block are
)

// ingest reads the splits of a task: read → normalize → check → key, in blocks, into the
// store. It sees bytes and declarations and never the store, so it can run again anywhere: when
// the store breaks off, all of them are read again.
func (s *Session) ingest(ctx context.Context, t IngestTask) ([]Ack, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var (
		acks []Ack
		to   = t.specs(s.Catalogue)
	)
	err = s.Store.Again(ctx, func(ctx context.Context) error {
		if to[0].Again { // What the first try wrote is removed.
			if err := s.Store.Holds(ctx, s.Run, t.feeds()...); err != nil {
				return err
			}
		}
		var err error
		acks, err = s.ingestOnce(ctx, t, to)
		for i := range to {
			to[i].Again = true
		}
		return err
	})
	return acks, err
}

func (s *Session) ingestOnce(ctx context.Context, t IngestTask, to []connectors.AppendSpec) ([]Ack, error) {
	app, err := s.Store.Append(ctx, to...)
	if err != nil {
		return nil, err
	}
	w := &ingester{readers: map[string]*reader{}, s: s, app: app, block: s.block(s.Catalogue.Base(t.Base)), bytes: t.bytes()}
	defer s.release(w.block)
	acks, whole, err := w.read(ctx, t.Splits)
	if err == nil && whole {
		err = w.flush()
	}
	if err == nil && whole {
		err = w.flushRejects()
	}
	if err != nil || !whole {
		_ = app.Close(false)
		return acks, err
	}
	return acks, app.Close(true)
}

// unread tells operators, in their words, of a delivery that cannot be read.
func (s *Session) unread(d schemas.Delivery, err error) {
	s.Log.WithFields(map[string]any{"run": s.Run, "feed": d.Feed, "delivery": d.Slot.String(), "stage": "ingest", "hint": connectors.HintOf(err)}).
		WithError(err).Warn("delivery cannot be read")
}

// ingester is the state of reading the splits of a task.
type ingester struct {
	// reader is that of the feed of the current split.
	*reader
	readers map[string]*reader
	s       *Session
	task    SplitTask
	app     connectors.Appender
	block   *schemas.ClaimBlock
	// bytes are those of all splits, as they are stored: compressed ones hold more rows.
	bytes   int64
	rejects []schemas.Reject
	// rejectBytes are the raw bytes of these: a reject may be as large as a row may be.
	rejectBytes int
	// counts are those of the current split, why counts its rejects by reason.
	counts schemas.Counts
	why    []quality.RejectCount
	// unreported counts rows that the progress was not told of yet.
	unreported int64
}

// reader is a program of a feed with what changes from row to row.
type reader struct {
	program
	rec *schemas.Record
}

func (s *Session) reader(feed string) (*reader, error) {
	p := s.programs[feed]
	keys, err := key.Compile(p.base, p.feed, s.Catalogue.Forms)
	if err != nil {
		return nil, err
	}
	checks := *p.checks
	return &reader{program{feed: p.feed, base: p.base, normal: p.normal.Clone(), keys: keys, checks: &checks}, schemas.NewRecord(p.base, len(p.feed.Key))}, nil
}

// read reads splits; whole is false where none of them could be read to its end. What is stored
// of one that could not goes when its delivery is judged.
func (w *ingester) read(ctx context.Context, splits []SplitTask) (acks []Ack, whole bool, err error) {
	for _, t := range splits {
		if err := w.begin(t); err != nil {
			return nil, false, err
		}
		ack := Ack{Delivery: t.Delivery.ID, Index: t.Split.Index}
		switch err := w.split(ctx); {
		case err == nil:
			ack.Counts, ack.Rejects, whole = w.counts, w.why, true
		case unreadable(err) == "":
			return nil, false, fmt.Errorf("read %s: delivery %s: %w", w.feed.Name, t.Delivery.Slot, err)
		default:
			w.s.unread(t.Delivery, err)
			ack.Fault = unreadable(err)
		}
		acks = append(acks, ack)
	}
	return acks, whole, nil
}

func (w *ingester) begin(t SplitTask) error {
	if w.reader = w.readers[t.Split.Feed]; w.reader == nil {
		var err error
		if w.reader, err = w.s.reader(t.Split.Feed); err != nil {
			return err
		}
		w.readers[t.Split.Feed] = w.reader
	}
	w.task, w.counts, w.why = t, schemas.Counts{}, nil
	w.normal.Begin(t.Delivery)
	w.checks.Begin(t.Delivery)
	return nil
}

// block is an empty block of a base, with the memory of a former split if there is one;
// release takes it back.
func (s *Session) block(b *schemas.Base) *schemas.ClaimBlock {
	select {
	case block := <-s.blocks[b.Name]:
		block.Reset()
		return block
	default:
		return schemas.NewClaimBlock(b)
	}
}

func (s *Session) release(b *schemas.ClaimBlock) {
	select {
	case s.blocks[b.Base.Name] <- b:
	default:
	}
}

func (w *ingester) split(ctx context.Context) error {
	for row, err := range w.s.source(w.feed.Name).Rows(ctx, w.task.Split, w.normal.Columns()) {
		if err != nil {
			return connectors.Final(err) // The source has tried again itself.
		}
		w.row(row)
		if w.block.Len() >= blockRows || len(w.block.Raw.Bytes) >= blockBytes {
			if err := w.flush(); err != nil {
				return err
			}
		}
		if len(w.rejects) >= rejectRows || w.rejectBytes >= blockBytes {
			if err := w.flushRejects(); err != nil {
				return err
			}
		}
	}
	return nil
}

// row makes one row a claim or a reject, never both and never neither.
func (w *ingester) row(row *schemas.Row) {
	w.counts.Rows++
	w.unreported++
	if len(row.Bad) > 0 {
		w.reject(row, row.Bad)
		return
	}
	w.normal.Row(row, w.rec)
	w.keys.Resolve(w.rec)
	w.checks.Check(w.rec)
	if w.rec.Rejected() {
		reasons := make([]schemas.Reason, len(w.rec.Findings))
		for i, f := range w.rec.Findings {
			reasons[i] = f.Reason
		}
		w.reject(row, reasons)
		return
	}
	if w.rec.Event == 0 {
		w.rec.Event = schemas.EventTimeOfDay(w.task.Delivery.Slot.Date)
	}
	ref := schemas.Ref{Delivery: w.task.Delivery.ID, Position: row.Position}
	raw := w.block.Raw.Len()
	w.block.Raw.Bytes = schemas.AppendCells(w.block.Raw.Bytes, row.Cells)
	w.block.Raw.Ends = append(w.block.Raw.Ends, uint32(len(w.block.Raw.Bytes)))
	hash := uint64(0) // The rows of deltas are never compared.
	if w.feed.Kind == schemas.Snapshot {
		hash = normalize.RowHash(w.block.Raw.At(raw), row.Cells)
	}
	w.block.AppendRecord(w.rec, ref, w.s.hash(w.rec.Key), hash)
	w.counts.Claims++
	if w.block.Len() == sampleRows {
		size := int64(len(w.block.Raw.Bytes)/sampleRows + 1)
		w.block.Grow(int(min(blockRows, min(w.bytes, blockBytes)/size)) - sampleRows)
	}
}

func (w *ingester) reject(row *schemas.Row, reasons []schemas.Reason) {
	w.counts.Rejects++
	w.why = quality.CountReject(w.why, row, reasons)
	w.rejectBytes += len(row.Raw)
	w.rejects = append(w.rejects, schemas.Reject{Ref: schemas.Ref{Delivery: w.task.Delivery.ID, Position: row.Position}, Feed: w.feed.Name,
		Line: row.Line, Raw: append([]byte(nil), row.Raw...), Reasons: append([]schemas.Reason(nil), reasons...)})
}

func (w *ingester) flush() error {
	if w.block.Len() > 0 {
		if err := w.app.Claims(w.block); err != nil {
			return err
		}
		w.block.Reset()
	}
	w.s.progress("ingest", w.s.rows.Add(w.unreported), 0)
	w.unreported = 0
	return nil
}

func (w *ingester) flushRejects() error {
	if len(w.rejects) == 0 {
		return nil
	}
	err := w.app.Rejects(w.rejects)
	clear(w.rejects)
	w.rejects, w.rejectBytes = w.rejects[:0], 0
	return err
}
