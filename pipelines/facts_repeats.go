package pipelines

import (
	"context"
	"fmt"
	"slices"

	"jiku/connectors"
	"jiku/schemas"
)

// repeats tells which deliveries have more rows in the store than claims in the ledger: what
// an INSERT that was broken off had stored beside the one that took its place. Claims are a
// set by ref, and so they must be counted.
type repeats struct {
	base  *schemas.Base
	sql   connectors.Querier
	known []schemas.DeliveryState
	seen  map[schemas.DeliveryID]bool
	// wanted are deliveries that are likely to be asked about: those of all feeds are found at
	// once.
	wanted []schemas.DeliveryID
}

func (r *repeats) want(ids []schemas.DeliveryID) { r.wanted = append(r.wanted, ids...) }

// look finds out about deliveries that it has not seen yet.
func (r *repeats) look(ctx context.Context, ids []schemas.DeliveryID) error {
	unseen := func(list []schemas.DeliveryID) []schemas.DeliveryID {
		return slices.DeleteFunc(slices.Clone(list), func(id schemas.DeliveryID) bool { _, seen := r.seen[id]; return seen })
	}
	if ids = unseen(ids); len(ids) == 0 {
		return nil
	}
	ids, r.wanted = append(ids, unseen(r.wanted)...), nil
	found, err := r.find(ctx, ids)
	for _, id := range ids {
		r.seen[id] = found[id]
	}
	return err
}

// limit is what a query of claims of deliveries ends with, so that none counts twice.
func (r *repeats) limit(ids []schemas.DeliveryID) string {
	if slices.ContainsFunc(ids, func(id schemas.DeliveryID) bool { return r.seen[id] }) {
		return " LIMIT 1 BY delivery, position"
	}
	return ""
}

func (r *repeats) find(ctx context.Context, ids []schemas.DeliveryID) (map[schemas.DeliveryID]bool, error) {
	stored, out := map[schemas.DeliveryID]int64{}, map[schemas.DeliveryID]bool{}
	var rows []struct {
		Delivery uint64 `ch:"delivery"`
		N        uint64 `ch:"n"`
	}
	err := r.sql.Select(ctx, &rows, fmt.Sprintf("SELECT delivery, count() AS n FROM claim.%s WHERE delivery IN (%s) GROUP BY delivery", r.base.Name, idList(ids)))
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		stored[schemas.DeliveryID(row.Delivery)] = int64(row.N)
	}
	for _, d := range r.known {
		if n := stored[d.ID]; n > 0 && n != d.Counts.Claims+d.Counts.Withdrawals {
			out[d.ID] = true
		}
	}
	return out, nil
}

// same reports whether all is as it was looked at: a block that the engine stored meanwhile,
// unasked, may have been counted twice.
func (r *repeats) same(ctx context.Context) (bool, error) {
	var ids []schemas.DeliveryID
	for _, d := range r.known {
		if seen, ok := r.seen[d.ID]; ok && !seen {
			ids = append(ids, d.ID)
		}
	}
	if len(ids) == 0 {
		return true, nil
	}
	found, err := r.find(ctx, ids)
	return len(found) == 0, err
}
