package pipelines

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sirupsen/logrus"

	"jiku/connectors"
	"jiku/schemas"
)

// Runner names what executes the graph.
type Runner string

// The runners.
const (
	Prism    Runner = "prism"    // Apache Beam's local runner, in this process.
	Straight Runner = "straight" // The plain loop over the same stages.
)

// Config says what a run works on.
type Config struct {
	Catalogue *schemas.Catalogue
	Store     connectors.Store
	// Env is what sources need: where deliveries land, the city's time zone, the log.
	Env connectors.Env
	// Day is the day of the run as yyyymmdd.
	Day    uint32
	Feeds  []string
	Runner Runner
	Log    logrus.FieldLogger
	Watch  func(Progress)
	// Retry says how temporary errors of the store are tried again: by default as
	// connectors.DefaultPatience.
	Retry connectors.RetryPolicy
	// RunID names the run; a new one is made if it is empty.
	RunID string
}

// open makes a session and gets the warehouse's hash key, which is made once.
func open(ctx context.Context, c Config) (*Session, error) {
	s, err := compile(c)
	if err != nil {
		return nil, err
	}
	s.HashKey[0], s.HashKey[1], err = s.Store.HashKey(ctx)
	return s, err
}

// compile makes a session that has not touched the store.
func compile(c Config) (*Session, error) {
	s := newSession(c)
	if err := s.Prepare(c.Env); err != nil {
		return nil, err
	}
	return s, nil
}

// newRunID names a run: the time, so that names sort, and eight random letters and digits,
// since two runs may start in the same moment. Leases, sessions and tables aside are told
// apart by it.
func newRunID() string {
	at := strings.Replace(time.Now().UTC().Format("r20060102t150405.000000"), ".", "", 1)
	return at + strings.ToLower(rand.Text()[:8])
}

// newSession is a session in which nothing is compiled yet.
func newSession(c Config) *Session {
	if c.RunID == "" {
		c.RunID = newRunID()
	}
	return &Session{Run: c.RunID, Day: c.Day, Catalogue: c.Catalogue, Store: connectors.NewPatient(c.Store, c.Retry, c.Log), Location: c.Env.Location, Log: c.Log, Watch: c.Watch}
}

// DryRun is the plan of a run, unexecuted: it changes nothing in the store.
func DryRun(ctx context.Context, c Config) (*Plan, error) {
	s, err := compile(c)
	if err != nil {
		return nil, err
	}
	changes, err := s.Store.Changes(ctx, c.Catalogue)
	if err != nil {
		return nil, err
	}
	if s.Ordinal, err = s.Store.Ordinal(ctx, s.Run, ""); err != nil {
		return nil, err
	}
	p, err := s.MakePlan(ctx, c.Feeds)
	if err == nil {
		p.Changes = changes
	}
	return p, err
}

// Run takes the leases of its feeds, plans, executes the plan and finishes what is
// computed from the published state. Killed anywhere and started again, it ends in the
// same content.
func Run(ctx context.Context, c Config) (*Report, error) {
	s, err := open(ctx, c)
	if err != nil {
		return nil, err
	}
	return s.perform(ctx, c.Runner, work{
		lease: func(ctx context.Context) (context.Context, func(), error) { return s.lease(ctx, c.Feeds) },
		plan:  func(ctx context.Context) (*Plan, error) { return s.MakePlan(ctx, c.Feeds) },
	})
}

// work is what runs of several kinds differ in: the leases that they take, and their plan.
type work struct {
	lease func(ctx context.Context) (held context.Context, release func(), err error)
	plan  func(ctx context.Context) (*Plan, error)
}

// perform takes the leases, executes the plan and keeps the log of the run.
func (s *Session) perform(ctx context.Context, runner Runner, w work) (*Report, error) {
	if err := s.Store.Migrate(ctx, s.Catalogue); err != nil {
		return nil, err
	}
	held, release, err := w.lease(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	if s.Ordinal, err = s.Store.Ordinal(ctx, s.Run, s.Catalogue.Digest); err != nil {
		return nil, err
	}
	report := newReport(s)
	if err := s.record(ctx, connectors.RunStarted, nil); err != nil {
		return nil, err
	}
	if err := s.execute(held, runner, w, report); err != nil {
		if ctx.Err() == nil && held.Err() != nil {
			err = context.Cause(held)
		}
		s.recordFailure(ctx)
		return report, err
	}
	return report, nil
}

func (s *Session) execute(ctx context.Context, runner Runner, w work, report *Report) error {
	plan, err := w.plan(ctx)
	if err != nil {
		return err
	}
	s.plan = plan
	report.planned(plan)
	if err := s.Store.Register(ctx, s.Run, newReceipts(plan)...); err != nil {
		return err
	}
	if err := s.readLedger(ctx, plan); err != nil {
		return err
	}
	if err := s.discardStale(ctx, plan); err != nil {
		return err
	}
	if plan.Pending() {
		if err := s.stages(ctx, runner, plan); err != nil {
			return err
		}
	}
	report.staged(s.acks)
	if err := s.followUp(ctx, plan, report); err != nil {
		return err
	}
	known, err := s.Store.Deliveries(ctx, "")
	if err != nil {
		return err
	}
	summary := s.summary(known)
	summary.Held = slices.ContainsFunc(report.Themes, func(t ThemeReport) bool { return t.Held != "" })
	if err := report.complete(ctx, s, known); err != nil {
		return err
	}
	return s.record(ctx, connectors.RunFinished, summary)
}

// followUp computes what follows from the published state, or shows what stands where
// nothing has changed.
func (s *Session) followUp(ctx context.Context, plan *Plan, report *Report) error {
	sql, ok := s.Store.Store.(connectors.Querier)
	if !ok {
		return nil
	}
	settled, err := s.settled(ctx)
	if err != nil {
		return err
	}
	if settled && !plan.Pending() {
		return s.Store.Again(ctx, func(ctx context.Context) error { return s.recall(ctx, sql, report) })
	}
	return s.finish(ctx, sql, report)
}

func (s *Session) stages(ctx context.Context, runner Runner, plan *Plan) error {
	switch runner {
	case Straight:
		acks, err := s.straight(ctx, plan)
		s.tally(acks)
		return err
	case Prism, "":
		sessions.Store(s.Run, s)
		defer sessions.Delete(s.Run)
		return onPrism(ctx, s, plan)
	default:
		return fmt.Errorf("run: runner %q is not known: use %s or %s", runner, Prism, Straight)
	}
}

// newReceipts are the deliveries to ingest that the ledger may not know.
func newReceipts(p *Plan) []schemas.Delivery {
	var out []schemas.Delivery
	for _, d := range p.Deliveries {
		if d.Action == Ingest {
			out = append(out, d.Delivery)
		}
	}
	return out
}

// readLedger reads the ledger where deliveries are to be judged: once, since under the leases of
// the run nobody else judges its feeds.
func (s *Session) readLedger(ctx context.Context, p *Plan) error {
	if len(p.ByBase()) == 0 {
		return nil
	}
	var err error
	s.ledger, err = s.Store.Deliveries(ctx, "")
	return err
}

// discardStale empties what a former run left of deliveries that are ingested again: after
// a change of declarations the same ref may be a claim where it was a reject.
func (s *Session) discardStale(ctx context.Context, p *Plan) error {
	for _, d := range p.Deliveries {
		if d.Action != Ingest || !d.Again {
			continue
		}
		feed := s.Catalogue.Feed(d.Delivery.Feed)
		if slices.ContainsFunc(s.ledger, func(k schemas.DeliveryState) bool { return k.ID == d.Delivery.ID && k.Last == schemas.Accepted }) {
			return fmt.Errorf("read %s: delivery %s was accepted by another run meanwhile: run again", feed.Name, d.Delivery.Slot)
		}
		if err := s.Store.Holds(ctx, s.Run, feed.Name); err != nil {
			return err
		}
		to := connectors.AppendSpec{Base: s.Catalogue.Base(feed.Base), Feed: feed, Delivery: d.Delivery.ID}
		if err := s.Store.Discard(ctx, to); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) record(ctx context.Context, event string, summary any) error {
	raw, err := json.Marshal(summary)
	if err != nil {
		return err
	}
	return s.Store.RecordRun(ctx, s.event(event, raw))
}

func (s *Session) event(event string, summary []byte) connectors.RunEvent {
	return connectors.RunEvent{Run: s.Run, Event: event, Day: s.Day, Ordinal: s.Ordinal, Summary: summary}
}

// recordFailure notes that the run failed, if the store takes it: often it is the store that
// has failed, and patience has run out.
func (s *Session) recordFailure(ctx context.Context) {
	raw, err := json.Marshal(map[string]string{"run": s.Run})
	if err == nil {
		err = s.Store.Store.RecordRun(context.WithoutCancel(ctx), s.event(connectors.RunFailed, raw))
	}
	if err != nil {
		s.Log.WithField("run", s.Run).WithError(err).Warn("the failure is not recorded")
	}
}

// summary is what the next run needs to know of this one.
func (s *Session) summary(known []schemas.DeliveryState) runSummary {
	out := runSummary{Run: s.Run, Day: s.Day, Ordinal: s.Ordinal, Bases: map[string]string{}, Slots: map[string]uint32{}, Rebuilt: s.plan.Rebuild}
	for _, b := range s.Catalogue.Bases {
		out.Bases[b.Name] = s.Catalogue.BaseDigest(b.Name)
	}
	for _, f := range s.Catalogue.Feeds {
		if f.Kind == schemas.Snapshot {
			out.Slots[f.Name] = lastSlot(ofFeed(known, f.Name)).Date
		}
	}
	return out
}
