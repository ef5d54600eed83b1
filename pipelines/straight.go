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
		acks[t.Base] = append(acks[t.Base], list...)
	}
	touched := map[string][]schemas.Touched{}
	for _, b := range p.Bases {
		touched[b.Base] = append(touched[b.Base], b.Touched)
	}
	byBase := p.ByBase()
	for _, name := range slices.Sorted(maps.Keys(byBase)) {
		ids, err := s.accept(ctx, s.Catalogue.Base(name), byBase[name], acks[name])
		if err != nil {
			return nil, err
		}
		touched[name] = append(touched[name], schemas.Touched{Deliveries: ids})
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
