package pipelines

import (
	"context"
	"slices"
	"time"

	"jiku/connectors"
)

// lease takes the leases of the feeds. The context is cancelled when one of them is lost.
func (s *Session) lease(ctx context.Context, feeds []string) (held context.Context, release func(), err error) {
	var names []string
	for _, f := range s.Catalogue.Feeds {
		if len(feeds) == 0 || slices.Contains(feeds, f.Name) {
			names = append(names, f.Name)
		}
	}
	return s.Store.Lease(ctx, s.Run, names...)
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
