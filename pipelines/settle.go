package pipelines

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jiku/schemas"
)

// settleAfter is how long judgements wait for others.
const settleAfter = time.Second

// judgement is what was decided of a delivery and is not yet recorded.
type judgement struct {
	event schemas.DeliveryEvent
	slot  schemas.Slot
}

// settle records judgements, once the store has what they say it has.
func (s *Session) settle(ctx context.Context, base *schemas.Base, list []judgement) error {
	if err := s.audit(ctx, base, list); err != nil {
		return err
	}
	events := make([]schemas.DeliveryEvent, len(list))
	for i, j := range list {
		events[i] = j.event
	}
	if err := s.Store.Record(ctx, events...); err != nil {
		return fmt.Errorf("accept %s: %w", base.Name, err)
	}
	for _, j := range list {
		s.Log.WithFields(map[string]any{"run": s.Run, "feed": j.event.Feed, "delivery": j.slot.String(), "stage": "accept",
			"event": string(j.event.Event), "rows": j.event.Counts.Rows, "rejects": j.event.Counts.Rejects}).Info("delivery judged")
	}
	return nil
}

func balanced(c schemas.Counts) error {
	if !c.Balanced() {
		return fmt.Errorf("rows %d are not claims %d + rejects %d + unchanged %d", c.Rows, c.Claims, c.Rejects, c.Unchanged)
	}
	return nil
}

// audit holds the store to law 1 before deliveries count.
func (s *Session) audit(ctx context.Context, base *schemas.Base, list []judgement) error {
	var open []judgement
	for _, j := range list {
		if j.event.Event != schemas.Accepted {
			continue
		}
		if err := balanced(j.event.Counts); err != nil {
			return fmt.Errorf("accept %s: delivery %s: %w", j.event.Feed, j.slot, err)
		}
		open = append(open, j)
	}
	for _, exact := range []bool{false, true} {
		if len(open) == 0 {
			return nil
		}
		ids := make([]schemas.DeliveryID, len(open))
		for i, j := range open {
			ids[i] = j.event.Delivery
		}
		stored, err := s.Store.Stored(ctx, base, exact, ids...)
		if err != nil {
			return fmt.Errorf("accept %s: %w", base.Name, err)
		}
		open = slices.DeleteFunc(open, func(j judgement) bool {
			got, want := stored[j.event.Delivery], j.event.Counts
			return got.Claims == want.Claims && got.Rejects == want.Rejects && got.Withdrawals == want.Withdrawals
		})
		if exact && len(open) > 0 {
			got, want := stored[open[0].event.Delivery], open[0].event.Counts
			return fmt.Errorf("accept %s: delivery %s: the store has %d claims, %d withdrawals and %d rejects, the splits wrote %d, %d and %d: run again, and report this if it stays",
				open[0].event.Feed, open[0].slot, got.Claims, got.Withdrawals, got.Rejects, want.Claims, want.Withdrawals, want.Rejects)
		}
	}
	return nil
}
