package main

import (
	"sync"
	"time"

	"jiku/pipelines"
	"jiku/quality/report"
)

// stageClock measures the stages of a run by the moments at which they are first heard of.
// It may be told from several goroutines.
type stageClock struct {
	mu     sync.Mutex
	begun  time.Time
	stages []stageTime
}

// stageTime is one stage with its wall time.
type stageTime struct {
	Stage   string  `json:"stage"`
	Seconds float64 `json:"seconds"`
}

// note takes the progress of a run. Stages that overlap count for the later one.
func (c *stageClock) note(p pipelines.Progress) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.stages {
		if s.Stage == p.Stage {
			return
		}
	}
	c.lap()
	c.stages = append(c.stages, stageTime{Stage: p.Stage})
}

// lap ends the stage that is going on.
func (c *stageClock) lap() {
	now := time.Now()
	if n := len(c.stages); n > 0 {
		c.stages[n-1].Seconds = now.Sub(c.begun).Seconds()
	}
	c.begun = now
}

// stop gives the stages in order.
func (c *stageClock) stop() []stageTime {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lap()
	return append([]stageTime{}, c.stages...)
}

// titled are the stages as the HTML page names them.
func titled(list []stageTime) []report.Stage {
	titles := map[string]string{"ingest": "读取", "accept": "验收", "reconcile": "归并", "publish": "发布", "finish": "主题与评分"}
	var out []report.Stage
	for _, s := range list {
		title := titles[s.Stage]
		if title == "" {
			title = s.Stage
		}
		out = append(out, report.Stage{Title: title, Seconds: s.Seconds})
	}
	return out
}
