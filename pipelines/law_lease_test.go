package pipelines_test

import (
	"context"
	"sync"
	"testing"

	"jiku/connectors"
	"jiku/pipelines"
)

// paused starts a run of some feeds that stops in the middle of ingesting until it is let go.
func paused(t *testing.T, c pipelines.Config, feeds ...string) (letGo func() error) {
	t.Helper()
	reached, release, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	var once sync.Once
	c.Feeds = feeds
	c.Watch = func(p pipelines.Progress) {
		if p.Stage == "ingest" {
			once.Do(func() { close(reached); <-release })
		}
	}
	go func() {
		_, err := pipelines.Run(context.Background(), c)
		done <- err
	}()
	select {
	case <-reached:
	case err := <-done:
		t.Fatalf("the first run ends before it ingests: %v", err)
	}
	return func() error { close(release); return <-done }
}

// TestLease runs two runs at once: on one feed the second is refused with a message that
// says who has it and what to do; other feeds can be loaded meanwhile; after the first has
// ended its feed can be loaded again. The content is that of one run.
func TestLease(t *testing.T) {
	cat, landing := shops(t, 64<<20), t.TempDir()
	files(t, landing, map[string]string{
		"market_20261101.csv": "code,name,phone\nS1,甲店,11\nS2,乙店,12\n",
		"tax_20261101.csv":    "code,op,name,staff\nS1,,甲店,1\nS3,,丙店,3\n",
		"visit_20261101.csv":  "code,at,name,phone,staff\nS1,2026-11-01,丁店,13,2\n"})
	reference := connectors.NewMemory()
	mustRun(t, config(t, cat, reference, landing))
	want := content(t, cat, reference)
	onEach(t, func(t *testing.T, store connectors.Store, runner pipelines.Runner) {
		c := config(t, cat, store, landing)
		c.Runner = runner
		letGo := paused(t, c, "market")

		second := c
		second.Feeds = []string{"market"}
		_, err := pipelines.Run(context.Background(), second)
		if connectors.CodeOf(err) != connectors.Denied || connectors.HintOf(err) == "" {
			t.Errorf("a second run on the feed gives %v with hint %q, want an error with code denied and a hint", err, connectors.HintOf(err))
		}
		second.Feeds = nil
		if _, err := pipelines.Run(context.Background(), second); connectors.CodeOf(err) != connectors.Denied {
			t.Errorf("a second run on all feeds gives %v, want an error with code denied", err)
		}
		second.Feeds = []string{"tax"}
		mustRun(t, second)
		second.Feeds = []string{"visit"}
		mustRun(t, second)

		if err := letGo(); err != nil {
			t.Fatalf("the first run: %v", err)
		}
		second.Feeds = []string{"market"}
		idle := mustRun(t, second)
		if len(idle.Deliveries) != 1 || idle.Deliveries[0].Action != pipelines.Repeat {
			t.Errorf("after the first run ended: %+v, want one repeat", idle.Deliveries)
		}
		same(t, "two runs at once", want, content(t, cat, store))
	})
}
