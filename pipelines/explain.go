package pipelines

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/link"
	"jiku/pipelines/reconcile"
	"jiku/schemas"
	"jiku/schemas/ident"
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
	// Via is the asked number, where it is not the entity's key; redacted in JSON.
	Via schemas.Key `json:"via,omitempty"`
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
	asked := readings(b, q.Key, s.Catalogue.Forms)
	var (
		of     *link.Families
		hashes []uint64
		err    error
	)
	if len(b.Links) > 0 {
		numbers := make([][]byte, len(asked))
		for i, k := range asked {
			numbers[i] = []byte(k.Reveal())
		}
		if of, err = s.families(ctx, b, v, numbers); err != nil {
			return nil, err
		}
	}
	for _, k := range asked {
		h := s.hash([]byte(k.Reveal()))
		if family, ok := of.Of(h); ok {
			hashes = of.Append(hashes, family)
		} else {
			hashes = append(hashes, h)
		}
	}
	found, err := s.explainHashes(ctx, b, v, of, hashes)
	if err != nil {
		return nil, err
	}
	return s.answers(b, q, asked, found)
}

// explainHashes explains the keys with these hashes: those of families together.
func (s *Session) explainHashes(ctx context.Context, b *schemas.Base, v view, of *link.Families, hashes []uint64) ([]reconcile.Explanation, error) {
	alone, kin := schemas.NewClaimBlock(b), schemas.NewClaimBlock(b)
	spec := connectors.ScanSpec{Base: b, Range: schemas.AllBuckets(), Touched: schemas.Touched{Hashes: hashes}, Whole: true}
	if len(hashes) == 1 {
		spec.Range = schemas.Range{First: schemas.Bucket(hashes[0]), Last: schemas.Bucket(hashes[0])}
	}
	for blk, err := range s.Store.Scan(ctx, spec) {
		if err != nil {
			return nil, err
		}
		for i := range blk.Len() {
			if _, ok := of.Of(blk.KeyHash[i]); ok {
				kin.AppendRow(blk, i)
			} else {
				alone.AppendRow(blk, i)
			}
		}
	}
	out := s.merges[b.Name].Explain(v.facts, alone)
	if of != nil {
		out = append(out, s.merges[b.Name].ExplainFamilies(v.facts, of, kin)...)
	}
	return out, nil
}

// answers are the explanations of the asked keys: of a number that is linked, that of its
// entity; of one that nobody uses as a key, that of the entity that states it.
func (s *Session) answers(b *schemas.Base, q Question, asked []schemas.Key, found []reconcile.Explanation) ([]Answer, error) {
	var out []Answer
	for _, e := range found {
		via := schemas.Key("")
		switch {
		case slices.Contains(asked, e.Key):
			if e.LinkedTo != "" {
				continue
			}
		default:
			at := slices.IndexFunc(asked, func(k schemas.Key) bool { return belongs(k, e, found) })
			if at < 0 {
				continue
			}
			via = asked[at]
		}
		if q.Item != "" {
			items, err := onlyItem(b, e.Items, q.Item)
			if err != nil {
				return nil, err
			}
			e.Items = items
		}
		out = append(out, Answer{Base: b.Name, Title: b.Title, Entity: b.Entity, Via: via, Explanation: e})
	}
	return out, nil
}

// belongs reports whether a number leads to an entity.
func belongs(k schemas.Key, e reconcile.Explanation, found []reconcile.Explanation) bool {
	for _, other := range found {
		if other.Key == k {
			return other.LinkedTo == e.Key
		}
	}
	return slices.ContainsFunc(e.Aliases, func(a reconcile.AliasExplanation) bool { return a.Number == k })
}

func onlyItem(b *schemas.Base, items []reconcile.ItemExplanation, name string) ([]reconcile.ItemExplanation, error) {
	for _, it := range items {
		if it.Item == name {
			return []reconcile.ItemExplanation{it}, nil
		}
	}
	return nil, fmt.Errorf("explain: base %s has no item %s: see jiku schema base, or ask without --item", b.Name, name)
}

// readings are the keys that the asked one may mean, as ingest would have folded them.
func readings(b *schemas.Base, k schemas.Key, forms *ident.Forms) []schemas.Key {
	if b.Key.Kind == schemas.KeyComposite {
		return []schemas.Key{k}
	}
	if out := key.Readings(b, []byte(k.Reveal()), forms); len(out) > 0 {
		return out
	}
	// A code that fails its check digit may be an issued exception: ask for it as it is.
	return []schemas.Key{k}
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
