package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// report is what the bench reads of `jiku run --json`.
type report struct {
	Rows       int64 `json:"rows"`
	Deliveries []struct {
		Name   string `json:"name"`
		Action string `json:"action"`
		State  string `json:"state"`
		Counts struct {
			Rows, Claims, Rejects int64
		} `json:"counts"`
	} `json:"deliveries"`
	Bases []struct {
		Golden int64 `json:"golden"`
	} `json:"bases"`
	Stages []stage `json:"stages"`
	Use    struct {
		Jiku struct {
			PeakBytes int64 `json:"peak_bytes"`
		} `json:"jiku"`
	} `json:"use"`
}

// jiku runs the program on the bench's home and gives what it prints.
func (b *bench) jiku(ctx context.Context, args ...string) ([]byte, *os.ProcessState, error) {
	cmd := exec.CommandContext(ctx, b.Binary, args...)
	for _, v := range os.Environ() {
		// A home or warehouse of the person who measures must not be touched.
		if !strings.HasPrefix(v, "JIKU_") || strings.HasPrefix(v, "JIKU_ENGINE_MEMORY=") || strings.HasPrefix(v, "JIKU_CLICKHOUSE=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(cmd.Env, "JIKU_HOME="+b.home(), "JIKU_CATALOG="+b.declarations(), "JIKU_LANDING="+b.landing())
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, nil, fmt.Errorf("jiku %s: %w\n%s%s", strings.Join(args, " "), err, errs.String(), out.String())
	}
	return out.Bytes(), cmd.ProcessState, nil
}

// up starts the engine as a user would and gives it.
func (b *bench) up(ctx context.Context) (engine, error) {
	if _, _, err := b.jiku(ctx, "up"); err != nil {
		return engine{}, err
	}
	return b.openEngine(ctx, false)
}

func (b *bench) down(ctx context.Context) error {
	_, _, err := b.jiku(context.WithoutCancel(ctx), "down")
	return err
}

// runJiku measures one `jiku run` over what lies in the landing folder.
func (b *bench) runJiku(ctx context.Context, e engine, step, runner string) (sample, error) {
	args := []string{"run", "--quiet", "--json", "--date", b.day(), "--runner", runner}
	if b.Profile != "" {
		args = append(args, "--profile", filepath.Join(b.Profile, step))
	}
	return b.measure(ctx, e, step, func(s *sample) error {
		out, state, err := b.jiku(ctx, args...)
		if err != nil {
			return err
		}
		var r report
		if err := json.Unmarshal(out, &r); err != nil {
			return fmt.Errorf("read report of jiku: %w", err)
		}
		for _, d := range r.Deliveries {
			if d.State != "accepted" && d.State != "published" {
				return fmt.Errorf("run jiku: delivery %s is %s", d.Name, d.State)
			}
		}
		for _, base := range r.Bases {
			s.Golden += base.Golden
		}
		s.Rows, s.Stages, s.JikuPeak = r.Rows, r.Stages, r.Use.Jiku.PeakBytes
		s.Jiku = (state.UserTime() + state.SystemTime()).Seconds()
		return nil
	})
}
