package pipelines

import (
	"context"
	"fmt"

	"jiku/connectors"
	"jiku/schemas"
)

// repeated are the deliveries that have more rows in the store than claims in the ledger:
// what an INSERT that was broken off had stored beside the one that took its place. Claims
// are a set by ref, and so they must be counted.
func repeated(ctx context.Context, sql connectors.Querier, b *schemas.Base, known []schemas.DeliveryState) (map[schemas.DeliveryID]bool, error) {
	var rows []struct {
		Delivery uint64 `ch:"delivery"`
		N        uint64 `ch:"n"`
	}
	if err := sql.Select(ctx, &rows, fmt.Sprintf("SELECT delivery, count() AS n FROM claim.%s GROUP BY delivery", b.Name)); err != nil {
		return nil, err
	}
	stored, out := map[schemas.DeliveryID]int64{}, map[schemas.DeliveryID]bool{}
	for _, r := range rows {
		stored[schemas.DeliveryID(r.Delivery)] = int64(r.N)
	}
	for _, d := range known {
		if n := stored[d.ID]; n > 0 && n != d.Counts.Claims+d.Counts.Withdrawals {
			out[d.ID] = true
		}
	}
	return out, nil
}
