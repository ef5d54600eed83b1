package pipelines

import (
	"context"
	"slices"
	"time"

	"jiku/connectors"
)

// lease takes the leases of the feeds in name order. The context is cancelled when one of
// them is lost.
func (s *Session) lease(ctx context.Context, feeds []string) (held context.Context, release func(), err error) {
	var taken []func()
	release = func() {
		for _, r := range slices.Backward(taken) {
			r()
		}
	}
	for _, f := range s.Catalogue.Feeds {
		if len(feeds) > 0 && !slices.Contains(feeds, f.Name) {
			continue
		}
		next, r, err := s.Store.Lease(ctx, s.Run, f.Name)
		if err != nil {
			release()
			return nil, nil, err
		}
		ctx, taken = next, append(taken, r)
	}
	return ctx, release, nil
}

// turn waits until nobody else has a lease that all runs take in turn.
func (s *Session) turn(ctx context.Context, name string) (held context.Context, release func(), err error) {
	for waits := false; ; waits = true {
		held, release, err = s.Store.Lease(ctx, s.Run, name)
		if connectors.CodeOf(err) != connectors.Denied {
			return held, release, err
		}
		if !waits {
			s.Log.WithField("run", s.Run).WithError(err).Info("waits for its turn")
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		}
	}
}
