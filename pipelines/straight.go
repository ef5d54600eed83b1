package pipelines

import (
	"context"
	"maps"
	"slices"

	"jiku/schemas"
)

// straight is the plain loop over the stages, in one goroutine: the oracle of the graph.
func (s *Session) straight(ctx context.Context, p *Plan) ([]RangeAck, error) {
	acks := map[string][]Ack{}
	for _, t := range p.IngestTasks() {
		list, err := s.ingest(ctx, t)
		if err != nil {
			return nil, err
		}
		acks[t.Feed] = append(acks[t.Feed], list...)
	}
	touched := map[string][]schemas.Touched{}
	for _, b := range p.Bases {
		touched[b.Base] = append(touched[b.Base], b.Touched)
	}
	byFeed := p.ByFeed()
	for _, name := range slices.Sorted(maps.Keys(byFeed)) {
		feed := s.Catalogue.Feed(name)
		ids, err := s.accept(ctx, feed, byFeed[name], acks[name])
		if err != nil {
			return nil, err
		}
		touched[feed.Base] = append(touched[feed.Base], schemas.Touched{Deliveries: ids})
	}
	var rows []RangeAck
	for _, b := range p.Bases {
		for _, t := range s.tasks(p, b.Base, merge(touched[b.Base]...)) {
			ack, err := s.reconcile(ctx, t)
			if err != nil {
				return nil, err
			}
			rows = append(rows, ack)
		}
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return rows, s.publish(ctx, rows)
}
