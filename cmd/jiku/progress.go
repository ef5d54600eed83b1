package main

import (
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"jiku/pipelines"
)

// meter shows progress on standard error, one bar a stage, where a person reads. It may be
// told from several goroutines.
type meter struct {
	out   io.Writer // nil shows nothing
	mu    sync.Mutex
	stage string
	done  int64
	bar   *progressbar.ProgressBar
}

// meter makes a meter; it is silent with --quiet, with --json and when nobody looks.
func (a *app) meter(wanted bool) *meter {
	if !wanted || a.quiet || !isTerminal(a.err) {
		return &meter{}
	}
	return &meter{out: a.err}
}

// watch takes the progress of a run.
func (m *meter) watch(p pipelines.Progress) { m.show(p.Stage, p.Done, p.Total) }

// bytes takes the progress of something that is measured in bytes.
func (m *meter) bytes(what string) func(done, total int64) {
	return func(done, total int64) { m.show(what, done, total, progressbar.OptionShowBytes(true)) }
}

func (m *meter) show(stage string, done, total int64, more ...progressbar.Option) {
	if m.out == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if total <= 0 {
		total = -1 // Not known: a spinner with the count.
	}
	if m.bar == nil || m.stage != stage {
		m.finish()
		m.stage, m.done = stage, 0
		if total < 0 {
			more = append(more, progressbar.OptionShowIts(), progressbar.OptionSetItsString("rows"))
		}
		m.bar = progressbar.NewOptions64(total, append([]progressbar.Option{
			progressbar.OptionSetWriter(m.out), progressbar.OptionSetDescription(stage), progressbar.OptionShowCount(),
			progressbar.OptionSetWidth(30), progressbar.OptionSpinnerType(14),
			progressbar.OptionThrottle(100 * time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(total > 0),
		}, more...)...)
	}
	if done > m.done { // Reports of several workers may overtake each other.
		m.done = done
		_ = m.bar.Set64(done)
	}
}

// close takes the bar away.
func (m *meter) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.finish()
}

func (m *meter) finish() {
	if m.bar != nil {
		_ = m.bar.Finish()
		m.bar = nil
	}
}
