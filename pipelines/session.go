package pipelines

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dchest/siphash"
	"github.com/sirupsen/logrus"

	"jiku/connectors"
	"jiku/pipelines/key"
	"jiku/pipelines/normalize"
	"jiku/pipelines/reconcile"
	"jiku/quality"
	"jiku/schemas"
	"jiku/schemas/codes"
)

// Session is what the stages of one run share within a process. It is read-only once the
// run has begun, apart from its counters.
type Session struct {
	Run       string
	Day       uint32
	Ordinal   uint16
	Catalogue *schemas.Catalogue
	// Store repeats what failed for a while.
	Store *connectors.Patient
	// HashKey makes key hashes; it is the warehouse's own.
	HashKey  [2]uint64
	Location *time.Location
	Log      logrus.FieldLogger
	// Watch, if set, is told how far the run is; it may be called from several goroutines.
	Watch func(Progress)

	sources  map[string]connectors.Source
	programs map[string]*program // by feed
	merges   map[string]*reconcile.Program
	links    map[string]*linking // by base, of those that declare links
	// slots bound how many splits and ranges are at work at once: a runner that starts more
	// only holds more memory.
	slots chan struct{}
	// blocks are the memory of claim blocks by base, which splits use in turn.
	blocks map[string]chan *schemas.ClaimBlock
	// seen is the ledger as the ranges of this run see it.
	seen view
	// ledger is the log of deliveries as it was when the run had its leases.
	ledger []schemas.DeliveryState
	// digests are those of the registered files, by location and stamp.
	digests map[[2]string]string
	// idle are reconcile workers with their memory, the one that rests longest first. With those
	// at work there are no more than slots, whatever their bases.
	idle []idleWorker
	// plan is what the run executes.
	plan    *Plan
	rows    atomic.Int64
	golden  atomic.Int64
	mu      sync.Mutex
	failure error
	acks    []RangeAck
	// totals are the golden rows and conflicts of the bases that finish has counted.
	totals map[string]totals
}

// totals are how many golden rows and conflicts a base has.
type totals struct{ golden, conflicts int64 }

// Progress is how far a run is.
type Progress struct {
	Stage string // ingest, accept, reconcile, publish, finish; compare
	Done  int64
	Total int64
}

// program is what ingest needs of one feed; normalize is cloned for each split.
type program struct {
	feed   *schemas.Feed
	base   *schemas.Base
	normal *normalize.Program
	keys   *key.Resolver
	checks *quality.RowChecks
	// contract is the digest of all that reading a delivery depends on: the declarations and the code tables.
	contract string
}

// Prepare compiles the declarations and opens the sources.
func (s *Session) Prepare(env connectors.Env) error {
	env.Known = func(location, stamp string) (string, bool) {
		digest, known := s.digests[[2]string{location, stamp}]
		return digest, known
	}
	s.sources, s.programs = map[string]connectors.Source{}, map[string]*program{}
	for _, f := range s.Catalogue.Feeds {
		p, err := compileFeed(s.Catalogue, f, s.Location)
		if err != nil {
			return err
		}
		s.programs[f.Name] = p
		if s.sources[f.Name], err = connectors.OpenSource(env, f); err != nil {
			return err
		}
	}
	return s.prepareBases()
}

// prepareBases compiles what reconcile needs: all of it where no delivery is read.
func (s *Session) prepareBases() error {
	s.merges, s.totals = map[string]*reconcile.Program{}, map[string]totals{}
	s.links, s.blocks = map[string]*linking{}, map[string]chan *schemas.ClaimBlock{}
	s.idle, s.slots = nil, make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, b := range s.Catalogue.Bases {
		checks, err := quality.CompileEntity(b.Rules, b, quality.Env{Table: s.Catalogue.Codes.Table, Location: s.Location, Catalogue: s.Catalogue})
		if err != nil {
			return fmt.Errorf("compile %s: %w", b.Name, err)
		}
		if s.merges[b.Name], err = reconcile.Compile(s.Catalogue, b, checks.Check); err != nil {
			return fmt.Errorf("compile %s: %w", b.Name, err)
		}
		s.compileLinks(b)
		s.blocks[b.Name] = make(chan *schemas.ClaimBlock, cap(s.slots))
	}
	return nil
}

// enter waits for a slot; leave gives it back.
func (s *Session) enter(ctx context.Context) (leave func(), err error) {
	select {
	case s.slots <- struct{}{}:
		return func() { <-s.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func compileFeed(c *schemas.Catalogue, f *schemas.Feed, loc *time.Location) (*program, error) {
	b := c.Base(f.Base)
	p := &program{feed: f, base: b}
	used := usedTables{set: c.Codes}
	var err error
	if p.normal, err = normalize.Compile(f, b, normalize.Env{Table: used.table, Regions: used.regions, Forms: c.Forms, Location: loc}); err != nil {
		return nil, fmt.Errorf("compile %s: %w", f.Name, err)
	}
	if p.keys, err = key.Compile(b, f, c.Forms); err != nil {
		return nil, fmt.Errorf("compile %s: %w", f.Name, err)
	}
	if p.checks, err = quality.CompileRow(f.Rules, b, quality.Env{Table: used.table, Regions: used.regions, Forms: c.Forms, Location: loc}); err != nil {
		return nil, fmt.Errorf("compile %s: %w", f.Name, err)
	}
	p.contract = f.IngestDigest(b) + used.digest() + c.City.NumbersDigest()
	return p, nil
}

// usedTables notes the code tables that the parts of a feed ask for.
type usedTables struct {
	set   *codes.Set
	names []string
}

func (u *usedTables) table(name string) (*codes.Table, error) {
	u.names = append(u.names, name)
	return u.set.Table(name)
}

func (u *usedTables) regions() (*codes.Regions, error) {
	u.names = append(u.names, "region")
	return u.set.Regions()
}

// digest is a fingerprint of the tables: when one changes, what was read with it may read otherwise. It is empty for
// a feed that uses none.
func (u *usedTables) digest() string {
	slices.Sort(u.names)
	out := ""
	for _, name := range slices.Compact(u.names) {
		out += "+" + name + ":" + u.set.Digest(name)
	}
	return out
}

// hash is the keyed hash of a key: what Beam, logs and metrics may carry.
func (s *Session) hash(key []byte) uint64 { return siphash.Hash(s.HashKey[0], s.HashKey[1], key) }

// source is the source of a feed.
func (s *Session) source(feed string) connectors.Source { return s.sources[feed] }

// fail keeps the first error of the run as it is: a runner hands back only its text.
func (s *Session) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failure == nil {
		s.failure = err
	}
	return err
}

// Failure is the first error of a stage, or nil.
func (s *Session) Failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failure
}

// tally keeps the acks of what was published.
func (s *Session) tally(list []RangeAck) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acks = append(s.acks[:0], list...)
}

func (s *Session) progress(stage string, done, total int64) {
	if s.Watch != nil {
		s.Watch(Progress{Stage: stage, Done: done, Total: total})
	}
}

// idleWorker is a worker of a base that rests.
type idleWorker struct {
	base string
	*reconcile.Worker
}

// worker is an idle worker of a base, or a new one in the place of one of another base, which may
// hold a hundred megabytes; rest takes it back.
func (s *Session) worker(base string, v view) *reconcile.Worker {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.idle) - 1; i >= 0; i-- {
		if w := s.idle[i]; w.base == base {
			s.idle = slices.Delete(s.idle, i, i+1)
			return w.Worker
		}
	}
	if len(s.idle) > 0 {
		s.idle = slices.Delete(s.idle, 0, 1)
	}
	return s.merges[base].Worker(v.facts)
}

func (s *Session) rest(base string, w *reconcile.Worker) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = append(s.idle, idleWorker{base, w})
}

// dismiss gives back the memory of reconcile, which is over.
func (s *Session) dismiss() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = nil
}
