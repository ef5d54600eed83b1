package pipelines

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jiku/connectors"
	"jiku/schemas"
)

// rebuilding is the name under which a rebuild takes its lease. No feed has such a name.
const rebuilding = "_rebuild"

// Rebuild computes every golden row of the bases again from the stored claims and publishes
// them as a run does, then what follows from them; all bases if none is named. It looks at
// no delivery, and throws nothing away. What is pending in the other bases, such as a
// changed register, is computed too: the log of runs has one catalogue and one day for all.
//
// It takes no lease of a feed, since it judges no delivery, so runs may work beside it:
//
//   - A run appends claims before it accepts their delivery, and a rebuild reads the ledger
//     before it scans. So the rows of a rebuild know all claims of every delivery that its
//     view of the ledger has as accepted; claims of others are in no row and count as no
//     facts.
//   - A row's version is (declaration ordinal, facts, day), and facts about a key only grow.
//     If the run's row of a key knows a fact that the rebuild's does not, its version is
//     greater and it stands, whichever is published last; if neither knows more, they are
//     equal rows.
//   - With another catalogue one of the two has a smaller ordinal. It stops before it
//     publishes, and what it may have published just before has smaller versions.
//   - That a delivery is published is recorded with the events that the rows know of: what
//     happens to it meanwhile leaves it unpublished, and the next run goes on with it.
//
// Its own lease keeps its stage from being swept as that of a dead run, and a second rebuild
// from doing the same work.
func Rebuild(ctx context.Context, c Config, bases ...string) (*Report, error) {
	chosen, err := chooseBases(c.Catalogue, bases)
	if err != nil {
		return nil, err
	}
	s := newSession(c)
	if err := s.prepareBases(); err != nil {
		return nil, err
	}
	if s.HashKey[0], s.HashKey[1], err = s.Store.HashKey(ctx); err != nil {
		return nil, err
	}
	return s.perform(ctx, c.Runner, work{
		lease: s.leaseRebuild,
		plan:  func(ctx context.Context) (*Plan, error) { return s.planRebuild(ctx, chosen) },
	})
}

// chooseBases are the bases with these names, in the order of the catalogue; all if there
// are no names.
func chooseBases(c *schemas.Catalogue, names []string) ([]*schemas.Base, error) {
	var all []string
	var out []*schemas.Base
	for _, b := range c.Bases {
		all = append(all, b.Name)
		if len(names) == 0 || slices.Contains(names, b.Name) {
			out = append(out, b)
		}
	}
	for _, name := range names {
		if c.Base(name) == nil {
			return nil, fmt.Errorf("rebuild %s: base is unknown, known are %s", name, strings.Join(all, ", "))
		}
	}
	return out, nil
}

func (s *Session) leaseRebuild(ctx context.Context) (held context.Context, release func(), err error) {
	held, release, err = s.Store.Lease(ctx, s.Run, rebuilding)
	if connectors.CodeOf(err) == connectors.Denied {
		err = &connectors.Error{Op: "rebuild", Feed: "bases", Code: connectors.Denied,
			Err: errors.New("another rebuild is at work"), Hint: "wait for it to end: jiku runs lists it"}
	}
	return held, release, err
}

// planRebuild is the plan of a run that finds no deliveries, with all keys of the bases.
func (s *Session) planRebuild(ctx context.Context, bases []*schemas.Base) (*Plan, error) {
	p := &Plan{Run: s.Run, Day: s.Day, Ordinal: s.Ordinal}
	for _, b := range bases {
		p.Rebuild = append(p.Rebuild, b.Name)
	}
	known, err := s.Store.Deliveries(ctx, "")
	if err != nil {
		return nil, err
	}
	if err := s.planBases(ctx, p, known); err != nil {
		return nil, err
	}
	for i := range p.Bases {
		if b := &p.Bases[i]; slices.Contains(p.Rebuild, b.Base) {
			b.Touched.All, b.Why = true, append([]string{"重新计算"}, b.Why...)
		}
	}
	return p, nil
}
