package pipelines

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/link"
	"jiku/pipelines/reconcile"
	"jiku/schemas"
)

// linking is what the ranges of a run share of the links of a base: the families of all keys
// that claims have ever stated to belong together, and which of them are touched.
type linking struct {
	mu       sync.Mutex
	families *link.Families
	of       schemas.Touched
	touched  [][]uint64 // the hashes of each touched family
}

// compileLinks gives the links of a base to what reconciles it.
func (s *Session) compileLinks(b *schemas.Base) {
	if p := link.Compile(b, func(k []byte) bool { return key.Sound(b, k) }); p != nil {
		s.merges[b.Name].Link(p, s.hash)
		s.links[b.Name] = &linking{}
	}
}

// linksOf are the links of a base for what is touched; nil where nothing can be linked. They
// are found once a run, and again if something else is touched.
func (s *Session) linksOf(ctx context.Context, base *schemas.Base, v view, t schemas.Touched) (*linking, error) {
	l := s.links[base.Name]
	if l == nil {
		return nil, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.families == nil {
		f, err := s.families(ctx, base, v, nil)
		if err != nil {
			return nil, fmt.Errorf("link keys of %s: %w", base.Name, err)
		}
		l.families, l.touched = f, nil
	}
	if l.touched == nil || !reflect.DeepEqual(l.of, t) {
		touched, err := s.touchedFamilies(ctx, base, l.families, t)
		if err != nil {
			return nil, fmt.Errorf("link keys of %s: %w", base.Name, err)
		}
		l.of, l.touched = t, touched
	}
	return l, nil
}

// families joins all keys of a base that claims have ever stated to belong together: claims
// that are not in force any more too, so that a family never becomes smaller. Claims of
// deliveries that were never accepted are no facts.
func (s *Session) families(ctx context.Context, base *schemas.Base, v view, asked [][]byte) (*link.Families, error) {
	q := connectors.LinkSpec{Base: base, Asked: asked}
	for id, d := range v.facts.Deliveries {
		if d.Waiting || d.Feed.Base != base.Name {
			continue
		}
		if d.Feed.StatesLinks(base) {
			q.Stating = append(q.Stating, id)
		}
		if d.Feed.OtherKinds(base) {
			q.Keyed = append(q.Keyed, id)
		}
	}
	f := &link.Families{}
	for block, err := range s.Store.Stated(ctx, q) {
		if err != nil {
			return nil, err
		}
		for i, h := range block.KeyHash {
			if other := s.hash(block.Alias.At(i)); other != h {
				f.Join(h, other)
			}
		}
	}
	f.Seal()
	return f, nil
}

// touchedFamilies are the families with a touched key.
func (s *Session) touchedFamilies(ctx context.Context, base *schemas.Base, f *link.Families, t schemas.Touched) ([][]uint64, error) {
	out := [][]uint64{}
	if f.Len() == 0 {
		return out, nil
	}
	hashes := f.Hashes()
	if !t.All {
		var err error
		if hashes, err = s.Store.Among(ctx, connectors.ScanSpec{Base: base, Range: schemas.AllBuckets(), Touched: t}, hashes); err != nil {
			return nil, err
		}
	}
	seen := make([]bool, f.Len())
	for _, h := range hashes {
		if id, _ := f.Of(h); !seen[id] {
			seen[id] = true
			out = append(out, f.Append(nil, id))
		}
	}
	return out, nil
}

// aside has a worker leave the keys of families out.
func (l *linking) aside(w *reconcile.Worker) {
	if l != nil && l.families.Len() > 0 {
		w.Aside(l.families)
	}
}

// in are the keys of the touched families that have a row in a range.
func (l *linking) in(r schemas.Range) []uint64 {
	var out []uint64
	for _, family := range l.touched {
		if slices.ContainsFunc(family, r.Holds) {
			out = append(out, family...)
		}
	}
	return out
}

// rangeWork is a range of buckets of a base at work.
type rangeWork struct {
	base   *schemas.Base
	span   schemas.Range
	links  *linking
	worker *reconcile.Worker
}

// drain reconciles what was added to the worker, but for the keys of families, and then the
// touched families that have a row in the range, whose claims may be in any bucket.
func (s *Session) drain(ctx context.Context, r rangeWork, emit func(*schemas.GoldenBlock) error) error {
	if err := r.worker.Drain(emit); err != nil || r.links == nil {
		return err
	}
	r.worker.Aside(nil)
	hashes := r.links.in(r.span)
	if len(hashes) == 0 {
		return nil
	}
	q := connectors.ScanSpec{Base: r.base, Range: schemas.AllBuckets(), Touched: schemas.Touched{Hashes: hashes}}
	for block, err := range s.Store.Scan(ctx, q) {
		if err != nil {
			return err
		}
		r.worker.Add(block)
	}
	return r.worker.DrainFamilies(r.links.families, r.span, emit)
}
