package pipelines

import (
	"context"
	"fmt"

	"jiku/connectors"
	"jiku/schemas"
)

// sums are the claims of deliveries by what they say, each delivery by itself. Those of all
// feeds of a base are asked at once: a city has dozens of feeds, and a statement for each costs
// more than counting their rows of a day.
type sums struct {
	base    *schemas.Base
	sql     connectors.Querier
	repeats *repeats
	// wanted are deliveries that are likely to be asked for.
	wanted []schemas.DeliveryID
	known  map[schemas.DeliveryID]map[string]int64
}

// want adds deliveries that the next statement counts, too.
func (s *sums) want(ids []schemas.DeliveryID) { s.wanted = append(s.wanted, ids...) }

// of gives the sums of a delivery.
func (s *sums) of(ctx context.Context, id schemas.DeliveryID) (map[string]int64, error) {
	if s.known[id] == nil {
		s.wanted = append(s.wanted, id)
		if err := s.count(ctx, s.wanted); err != nil {
			return nil, err
		}
		s.wanted = nil
	}
	return s.known[id], nil
}

func (s *sums) count(ctx context.Context, ids []schemas.DeliveryID) error {
	if err := s.repeats.look(ctx, ids); err != nil {
		return err
	}
	var rows []struct {
		Delivery uint64 `ch:"delivery"`
		Says     string `ch:"v"`
		N        uint64 `ch:"n"`
	}
	err := s.sql.Select(ctx, &rows, fmt.Sprintf(`SELECT delivery, v, count() AS n
FROM (SELECT delivery, %s AS v FROM claim.%s WHERE delivery IN (%s) AND gone = 0%s) GROUP BY delivery, v`,
		says, s.base.Name, idList(ids), s.repeats.limit(ids)))
	if err != nil {
		return err
	}
	for _, id := range ids {
		s.known[id] = map[string]int64{}
	}
	for _, r := range rows {
		s.known[schemas.DeliveryID(r.Delivery)][r.Says] = int64(r.N)
	}
	return nil
}

// rejectCodes are the rejects of the deliveries of all counters by code, asked at once.
func rejectCodes(ctx context.Context, sql connectors.Querier, feeds []*counter) (map[schemas.DeliveryID]map[string]int64, error) {
	var ids []schemas.DeliveryID
	out := map[schemas.DeliveryID]map[string]int64{}
	for _, c := range feeds {
		ids = append(ids, c.period.rejects...)
	}
	if len(ids) == 0 {
		return out, nil
	}
	var rows []struct {
		Delivery uint64 `ch:"delivery"`
		Code     string `ch:"code"`
		N        uint64 `ch:"n"`
	}
	err := sql.Select(ctx, &rows, fmt.Sprintf(`SELECT delivery, splitByChar(':', r)[1] AS code, uniqExact(position) AS n
FROM quality.reject ARRAY JOIN reasons AS r WHERE delivery IN (%s) GROUP BY delivery, code`, idList(ids)))
	for _, r := range rows {
		id := schemas.DeliveryID(r.Delivery)
		if out[id] == nil {
			out[id] = map[string]int64{}
		}
		out[id][r.Code] = int64(r.N)
	}
	return out, err
}
