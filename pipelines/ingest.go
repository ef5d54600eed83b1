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

// SplitTask is one split to ingest. It travels between workers as JSON.
type SplitTask struct {
	Split    connectors.Split `json:"split"`
	Delivery schemas.Delivery `json:"delivery"`
	// Staged rows wait for the comparison with the predecessor slot.
	Staged bool `json:"staged,omitempty"`
}

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
)

// ingest reads one split: read → normalize → check → key, in blocks, into the store. It
// sees bytes and declarations and never the store, so it can run again anywhere: when the
// store breaks off, the split is read again as a whole.
func (s *Session) ingest(ctx context.Context, t SplitTask) (Ack, error) {
	leave, err := s.enter(ctx)
	if err != nil {
		return Ack{}, err
	}
	defer leave()
	p := s.programs[t.Split.Feed]
	to := connectors.AppendSpec{Base: p.base, Feed: p.feed, Delivery: t.Delivery.ID, Staged: t.Staged, First: t.Split.Start}
	if t.Split.End > 0 {
		to.Last = t.Split.End - 1
	}
	var ack Ack
	err = s.Store.Again(ctx, func(ctx context.Context) error {
		if to.Again { // What the first try wrote is removed.
			if err := s.Store.Holds(ctx, s.Run, p.feed.Name); err != nil {
				return err
			}
		}
		var err error
		ack, err = s.ingestOnce(ctx, t, to)
		to.Again = true
		return err
	})
	return ack, err
}

func (s *Session) ingestOnce(ctx context.Context, t SplitTask, to connectors.AppendSpec) (Ack, error) {
	p := s.programs[t.Split.Feed]
	app, err := s.Store.Append(ctx, to)
	if err != nil {
		return Ack{}, err
	}
	w, err := newIngester(s, p, t, app)
	if err != nil {
		return Ack{}, err
	}
	defer s.release(w.block)
	if err := w.run(ctx); err != nil {
		_ = app.Close(false)
		if fault := unreadable(err); fault != "" {
			s.unread(t.Delivery, err)
			return Ack{Delivery: t.Delivery.ID, Index: t.Split.Index, Fault: fault}, nil
		}
		return Ack{}, fmt.Errorf("read %s: delivery %s: %w", p.feed.Name, t.Delivery.Slot, err)
	}
	if err := app.Close(true); err != nil {
		return Ack{}, err
	}
	return Ack{Delivery: t.Delivery.ID, Index: t.Split.Index, Counts: w.counts, Rejects: w.why}, nil
}

// unread tells operators, in their words, of a delivery that cannot be read.
func (s *Session) unread(d schemas.Delivery, err error) {
	s.Log.WithFields(map[string]any{"run": s.Run, "feed": d.Feed, "delivery": d.Slot.String(), "stage": "ingest", "hint": connectors.HintOf(err)}).
		WithError(err).Warn("delivery cannot be read")
}

// ingester is the state of reading one split.
type ingester struct {
	*program
	s       *Session
	task    SplitTask
	app     connectors.Appender
	block   *schemas.ClaimBlock
	rec     *schemas.Record
	rejects []schemas.Reject
	// rejectBytes are the raw bytes of these: a reject may be as large as a row may be.
	rejectBytes int
	counts      schemas.Counts
	// why counts the rejects by reason.
	why []quality.RejectCount
	// unreported counts rows that the progress was not told of yet.
	unreported int64
}

func newIngester(s *Session, p *program, t SplitTask, app connectors.Appender) (*ingester, error) {
	own, checks := program{feed: p.feed, base: p.base}, *p.checks
	keys, err := key.Compile(p.base, p.feed, s.Catalogue.Forms)
	if err != nil {
		return nil, err
	}
	own.normal, own.keys, own.checks = p.normal.Clone(), keys, &checks
	own.normal.Begin(t.Delivery)
	own.checks.Begin(t.Delivery)
	return &ingester{program: &own, s: s, task: t, app: app, block: s.block(p.base), rec: schemas.NewRecord(p.base, len(p.feed.Key))}, nil
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

func (w *ingester) run(ctx context.Context) error {
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
	if err := w.flush(); err != nil {
		return err
	}
	return w.flushRejects()
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
