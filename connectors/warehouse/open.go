package warehouse

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// starts is how often a start is tried on another port, while a dead engine still holds its
// files, or where the engine is killed as it starts.
const (
	starts    = 5
	dyingWait = 500 * time.Millisecond
)

// Open gives a warehouse that answers: the server of Options.DSN, or the engine of
// Options.Home, which is attached to if it runs, and healed and started if it does not.
// Calls of several processes for one home queue up; the later ones attach.
func Open(ctx context.Context, o Options) (Endpoint, error) {
	if o.DSN != "" {
		return openDSN(ctx, o.DSN)
	}
	return open(ctx, o, freePort)
}

// Revive is Open for a run whose engine does not answer any more: it starts an engine that
// died, and leaves one down that somebody has stopped. An engine that lives and does not
// answer yet is a temporary error. The server of a DSN is left to those whose it is.
func Revive(ctx context.Context, o Options) (Endpoint, error) {
	if o.DSN != "" {
		return Endpoint{}, nil
	}
	h, err := homeOf(o.Home)
	if err != nil {
		return Endpoint{}, err
	}
	if s := h.readState(); s.Stopped {
		return Endpoint{}, hinted(errors.New("start engine again: it was stopped while this run worked"),
			"start it with `jiku up`, then run again; nothing is lost")
	}
	return open(ctx, o, freePort)
}

// open takes the choice of port as a parameter, since a race for a port cannot be staged
// otherwise.
func open(ctx context.Context, o Options, port func(prefer int) (int, error)) (Endpoint, error) {
	if runtime.GOOS != "linux" {
		return Endpoint{}, hinted(fmt.Errorf("open warehouse: no engine runs as a child on %s", runtime.GOOS), threeWays)
	}
	h, err := homeOf(o.Home)
	if err != nil {
		return Endpoint{}, err
	}
	if err := h.create(); err != nil {
		return Endpoint{}, err
	}
	if h, err = homeOf(o.Home); err != nil { // Once more: its links resolve now that it exists.
		return Endpoint{}, err
	}
	unlock, err := h.lock(ctx)
	if err != nil {
		return Endpoint{}, err
	}
	defer unlock()
	p, err := h.passwords()
	if err != nil {
		return Endpoint{}, err
	}
	ep := Endpoint{User: engineUser, Password: p.engine, Reader: readerUser, ReaderPassword: p.reader, Embedded: true}
	last, alive := h.running()
	if alive {
		found, err := h.attach(ctx, last, ep)
		switch {
		case errors.Is(err, errDied):
		case !errors.Is(err, errDenied):
			return found, err
		default:
			// The passwords were lost and made anew: the engine must read them.
			o.log().WithField("pid", last.PID).Warn("restart engine: its passwords are gone")
			if err := end(ctx, last.PID, last.Birth); err != nil {
				return Endpoint{}, err
			}
		}
	}
	return h.start(ctx, o, ep, func(attempt int) (int, error) {
		if attempt > 0 {
			return port(0)
		}
		return port(last.Port)
	})
}

// lock serializes starting and stopping. It is the kernel's and falls with its process.
func (h home) lock(ctx context.Context) (unlock func(), err error) {
	l := flock.New(h.path("lock"), flock.SetPermissions(0o600))
	if _, err := l.TryLockContext(ctx, pollEvery); err != nil {
		return nil, onDisk(fmt.Errorf("lock warehouse: %w", err), h.dir)
	}
	return func() { _ = l.Close() }, nil
}

// errDied says that an engine ended while it was asked: one that aborts takes some seconds.
var errDied = errors.New("it ended")

// attach asks a living engine whether it answers; a busy one gets some time.
func (h home) attach(ctx context.Context, s state, ep Endpoint) (Endpoint, error) {
	ep.URL, ep.PID = s.url(), s.PID
	var err error
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline) && ctx.Err() == nil; time.Sleep(pollEvery) {
		if birth(s.PID) != s.Birth {
			return Endpoint{}, errDied
		}
		if !listens(s.PID, s.Port) {
			err = fmt.Errorf("it does not listen: %w", os.ErrDeadlineExceeded)
			continue
		}
		if ep.Version, err = version(ctx, ep); err == nil || errors.Is(err, errDenied) {
			break
		}
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return Endpoint{}, hintedUnlessDenied(fmt.Errorf("attach to engine: process %d: %w", s.PID, err), s.PID)
	}
	if s.Version != ep.Version {
		s.Version = ep.Version
		return ep, h.writeState(s) // The state was found on the process; keep it.
	}
	return ep, nil
}

func hintedUnlessDenied(err error, pid int) error {
	if errors.Is(err, errDenied) {
		return err
	}
	return hinted(err, fmt.Sprintf("end it with `kill %d` and run the command again", pid))
}

func (h home) start(ctx context.Context, o Options, ep Endpoint, port func(attempt int) (int, error)) (Endpoint, error) {
	var library string
	if o.Binary == "" {
		var err error
		if library, err = installed(ctx, o); err != nil {
			return Endpoint{}, err
		}
	}
	if err := h.writeConfig(o, passwords{ep.Password, ep.ReaderPassword}); err != nil {
		return Endpoint{}, err
	}
	var last error
	taken := 0
	for range starts {
		n, err := port(taken)
		if err != nil {
			return Endpoint{}, err
		}
		child, err := h.launch(o, library, n)
		if err != nil {
			return Endpoint{}, err
		}
		s := state{PID: child.pid, Port: n, Birth: birth(child.pid), Started: time.Now().UTC()}
		ep.URL, ep.PID = s.url(), s.PID
		ready, err := h.ready(ctx, child, ep)
		if errors.Is(err, errPortTaken) {
			last = err
			taken++
			continue
		}
		if errors.Is(err, errDying) || errors.Is(err, errKilled) {
			last = err
			time.Sleep(dyingWait)
			continue
		}
		if err != nil {
			return Endpoint{}, err
		}
		s.Version = ready.Version
		o.log().WithField("pid", s.PID).WithField("port", s.Port).Info("engine started")
		return ready, h.writeState(s)
	}
	if errors.Is(last, errDying) {
		return Endpoint{}, hinted(last, "run the command again in a minute; if it stays, look who holds the files: `fuser -v "+h.path("data/status")+"`")
	}
	if errors.Is(last, errKilled) {
		return Endpoint{}, hinted(last, "look who kills it: the kernel does for want of memory (`dmesg | grep -i killed`); JIKU_ENGINE_MEMORY gives the engine less")
	}
	return Endpoint{}, hinted(last, "every port that was tried is taken by another program: `ss -ltn`")
}
