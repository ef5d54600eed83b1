package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Status describes the engine of a home. It holds no password.
type Status struct {
	Running bool          `json:"running"`
	PID     int           `json:"pid,omitempty"`
	URL     string        `json:"url,omitempty"`
	Version string        `json:"version,omitempty"`
	Uptime  time.Duration `json:"uptime,omitempty"`
	// Disk is the size of the tables in bytes, known also when the engine does not run.
	Disk int64  `json:"disk"`
	Data string `json:"data"`
}

// Inspect describes the engine of a home without starting it or waiting for it.
func Inspect(ctx context.Context, dir string) (Status, error) {
	h, err := homeOf(dir)
	if err != nil {
		return Status{}, err
	}
	st := Status{Data: h.path("data")}
	if st.Disk, err = h.diskBytes(); err != nil {
		return Status{}, onDisk(fmt.Errorf("inspect warehouse: %w", err), h.dir)
	}
	s, alive := h.running()
	if !alive {
		return st, ctx.Err()
	}
	st.Running, st.PID, st.URL, st.Version = true, s.PID, s.url(), s.Version
	if !s.Started.IsZero() {
		st.Uptime = time.Since(s.Started).Round(time.Second)
	}
	return st, ctx.Err()
}

// Stop ends the engine of a home in order: running queries get a few seconds. A home
// without a running engine is no error.
func Stop(ctx context.Context, dir string) error {
	h, err := homeOf(dir)
	if err != nil {
		return err
	}
	if _, err := os.Stat(h.dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	unlock, err := h.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	s, alive := h.running()
	if !alive {
		return nil
	}
	// Before the end, so that a run which loses its engine by it sees why. A full disk must
	// not keep an engine up.
	s.Stopped = true
	_ = h.writeState(s)
	return end(ctx, s.PID, s.Birth)
}
