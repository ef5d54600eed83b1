package pipelines

import (
	"context"
	"fmt"
	"time"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/reconcile"
	"jiku/schemas"
)

// Question asks how the golden row of a key came about.
type Question struct {
	// Base limits the question to one base; all bases that can have such a key if empty.
	Base string
	Key  schemas.Key
	// Item limits the answer to one item; all if empty.
	Item string
}

// Answer is the explanation of a key in one base.
type Answer struct {
	Base   string `json:"base"`
	Title  string `json:"title"`
	Entity string `json:"entity"`
	reconcile.Explanation
}

// Explain reads the claims of a key and reconciles them as a run would, on the day of the
// configuration, and says how each item came about. It changes nothing. No answer means
// that no base has a claim about the key.
func Explain(ctx context.Context, c Config, q Question) ([]Answer, error) {
	s, err := open(ctx, c)
	if err != nil {
		return nil, err
	}
	if s.Ordinal, err = c.Store.Ordinal(ctx, s.Run, ""); err != nil {
		return nil, err
	}
	v, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	var out []Answer
	for _, b := range s.Catalogue.Bases {
		if q.Base != "" && q.Base != b.Name {
			continue
		}
		list, err := s.explain(ctx, b, v, q)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func (s *Session) explain(ctx context.Context, b *schemas.Base, v view, q Question) ([]Answer, error) {
	folded, err := foldKey(b, q.Key)
	if err != nil || folded == "" {
		return nil, err
	}
	hash := s.hash([]byte(folded.Reveal()))
	bucket := schemas.Bucket(hash)
	claims := schemas.NewClaimBlock(b)
	spec := connectors.ScanSpec{Base: b, Range: schemas.Range{First: bucket, Last: bucket}, Touched: schemas.Touched{Hashes: []uint64{hash}}, Whole: true}
	for blk, err := range s.Store.Scan(ctx, spec) {
		if err != nil {
			return nil, err
		}
		for i := range blk.Len() {
			if string(blk.Key.At(i)) == folded.Reveal() {
				claims.AppendRow(blk, i)
			}
		}
	}
	if claims.Len() == 0 {
		return nil, nil
	}
	var out []Answer
	for _, e := range s.merges[b.Name].Explain(v.facts, claims) {
		if q.Item != "" {
			e.Items, err = onlyItem(b, e.Items, q.Item)
			if err != nil {
				return nil, err
			}
		}
		out = append(out, Answer{Base: b.Name, Title: b.Title, Entity: b.Entity, Explanation: e})
	}
	return out, nil
}

func onlyItem(b *schemas.Base, items []reconcile.ItemExplanation, name string) ([]reconcile.ItemExplanation, error) {
	for _, it := range items {
		if it.Item == name {
			return []reconcile.ItemExplanation{it}, nil
		}
	}
	return nil, fmt.Errorf("explain: base %s has no item %s: see jiku schema base, or ask without --item", b.Name, name)
}

// foldKey is the key as ingest would have folded it; it is empty where the base cannot have
// such a key.
func foldKey(b *schemas.Base, k schemas.Key) (schemas.Key, error) {
	if b.Key.Kind == schemas.KeyComposite {
		return k, nil
	}
	r, err := key.Compile(b, nil)
	if err != nil {
		return "", err
	}
	rec := schemas.NewRecord(b, 1)
	rec.Begin()
	rec.KeyParts[0] = rec.Keep([]byte(k.Reveal()))
	r.Resolve(rec)
	if len(rec.Key) == 0 {
		// A code that fails its check digit may be an issued exception: ask for it as it is.
		return k, nil
	}
	return schemas.Key(rec.Key), nil
}

// Revoke takes a delivery back: none of its claims counts any more. What it touched is
// reconciled by the next run. A snapshot can be revoked only while no later slot of its
// feed counts, since the later ones were compared with it.
func Revoke(ctx context.Context, c Config, id schemas.DeliveryID, reason string) (schemas.DeliveryState, error) {
	s, err := open(ctx, c)
	if err != nil {
		return schemas.DeliveryState{}, err
	}
	d, err := Revocable(ctx, c, id)
	if err != nil {
		return d, err
	}
	ctx, release, err := s.Store.Lease(ctx, s.Run, d.Feed)
	if err != nil {
		return d, err
	}
	defer release()
	// What was looked at before the lease may have changed.
	if d, err = Revocable(ctx, c, id); err != nil {
		return d, err
	}
	event := schemas.DeliveryEvent{Delivery: id, Feed: d.Feed, Event: schemas.Revoked, Seq: d.Events + 1, At: time.Now(), Run: s.Run, Counts: d.Counts, Contract: d.Contract, Note: reason}
	if err := s.Store.Record(ctx, event); err != nil {
		return d, err
	}
	d.Last, d.Note = schemas.Revoked, reason
	return d, nil
}

// Revocable finds a delivery and says why it cannot be revoked, if it cannot.
func Revocable(ctx context.Context, c Config, id schemas.DeliveryID) (schemas.DeliveryState, error) {
	known, err := c.Store.Deliveries(ctx, "")
	if err != nil {
		return schemas.DeliveryState{}, err
	}
	for _, d := range known {
		if d.ID != id {
			continue
		}
		if d.Last == schemas.Revoked {
			return d, fmt.Errorf("revoke delivery %s: it is revoked already", id)
		}
		f := c.Catalogue.Feed(d.Feed)
		if f != nil && f.Kind == schemas.Snapshot {
			if last := lastSlot(ofFeed(known, d.Feed)); d.Slot.Before(last) {
				return d, fmt.Errorf("revoke delivery %s: slot %s of snapshot feed %s was compared with it: revoke the later slots first, newest first, then send them again", id, last, d.Feed)
			}
		}
		return d, nil
	}
	return schemas.DeliveryState{}, fmt.Errorf("revoke delivery %s: not registered: see jiku delivery list", id)
}
