package pipelines

import (
	"context"
	"fmt"
	"slices"

	"jiku/connectors"
	"jiku/schemas"
)

// sums are the claims of deliveries by the string of item states and by finding, each delivery
// by itself. Those of all feeds of a base are asked at once: a city has dozens of feeds, and a
// statement for each costs more than counting their rows of a day.
type sums struct {
	base    *schemas.Base
	sql     connectors.Querier
	repeats *repeats
	// wanted are deliveries that are likely to be asked for.
	wanted []schemas.DeliveryID
	states map[schemas.DeliveryID]map[string]int64
	failed map[schemas.DeliveryID]map[string]int64
}

// want adds deliveries that the next statement counts, too.
func (s *sums) want(ids []schemas.DeliveryID) { s.wanted = append(s.wanted, ids...) }

// of gives the sums of a delivery.
func (s *sums) of(ctx context.Context, id schemas.DeliveryID, column string) (map[string]int64, error) {
	if s.states[id] == nil {
		s.wanted = append(s.wanted, id)
		for ids := range slices.Chunk(s.wanted, namedDeliveries) {
			if err := s.count(ctx, ids); err != nil {
				return nil, err
			}
		}
		s.wanted = nil
	}
	if column == "failed" {
		return s.failed[id], nil
	}
	return s.states[id], nil
}

func (s *sums) count(ctx context.Context, ids []schemas.DeliveryID) error {
	if err := s.repeats.look(ctx, ids); err != nil {
		return err
	}
	var rows []struct {
		Delivery uint64   `ch:"delivery"`
		States   string   `ch:"s"`
		Failed   []string `ch:"f"`
		N        uint64   `ch:"n"`
	}
	err := s.sql.Select(ctx, &rows, fmt.Sprintf(`SELECT delivery, states AS s, CAST(failed, 'Array(String)') AS f, count() AS n
FROM (SELECT delivery, states, failed FROM claim.%s WHERE delivery IN (%s) AND gone = 0%s) GROUP BY delivery, states, failed`,
		s.base.Name, idList(ids), s.repeats.limit(ids)))
	if err != nil {
		return err
	}
	for _, id := range ids {
		s.states[id], s.failed[id] = map[string]int64{}, map[string]int64{}
	}
	for _, r := range rows {
		id := schemas.DeliveryID(r.Delivery)
		s.states[id][r.States] += int64(r.N)
		for _, f := range r.Failed {
			s.failed[id][f] += int64(r.N)
		}
	}
	return nil
}

// namedDeliveries is how many deliveries a statement names: it may have 256 KiB.
const namedDeliveries = 5000

// rejectSums are the rejects of deliveries by code, asked for all feeds of a base at once.
type rejectSums struct {
	sql    connectors.Querier
	wanted []schemas.DeliveryID
	codes  map[schemas.DeliveryID]map[string]int64
}

func (r *rejectSums) want(ids []schemas.DeliveryID) { r.wanted = append(r.wanted, ids...) }

// of gives the sums of a delivery that was wanted.
func (r *rejectSums) of(ctx context.Context, id schemas.DeliveryID) (map[string]int64, error) {
	if r.codes != nil {
		return r.codes[id], nil
	}
	r.codes = map[schemas.DeliveryID]map[string]int64{}
	for ids := range slices.Chunk(r.wanted, namedDeliveries) {
		var rows []struct {
			Delivery uint64 `ch:"delivery"`
			Code     string `ch:"code"`
			N        uint64 `ch:"n"`
		}
		err := r.sql.Select(ctx, &rows, fmt.Sprintf(`SELECT delivery, splitByChar(':', r)[1] AS code, uniqExact(position) AS n
FROM quality.reject ARRAY JOIN reasons AS r WHERE delivery IN (%s) GROUP BY delivery, code`, idList(ids)))
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			d := schemas.DeliveryID(row.Delivery)
			if r.codes[d] == nil {
				r.codes[d] = map[string]int64{}
			}
			r.codes[d][row.Code] = int64(row.N)
		}
	}
	return r.codes[id], nil
}
