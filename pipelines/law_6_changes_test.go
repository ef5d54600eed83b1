package pipelines_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/pipelines"
)

// TestUnfinishedChange: a run with other declarations, or on another day, that did not finish
// may have published, so the next run computes everything; one with the same did not change
// what is computed. A day before the last one is refused.
func TestUnfinishedChange(t *testing.T) {
	c := readCase(t, "../testdata/cases/first_slot.txtar")
	store, landing := connectors.NewMemory(), t.TempDir()
	conf := config(t, c.cat, store, landing)
	c.deliver(t, "1@20261101", landing, conf)
	done := mustRun(t, conf)
	all := func() bool {
		t.Helper()
		p, err := pipelines.DryRun(context.Background(), conf)
		if err != nil {
			t.Fatal(err)
		}
		return p.Bases[0].Touched.All
	}
	fail := func(ordinal uint16, day uint32) {
		e := connectors.RunEvent{Run: "x", Event: connectors.RunFailed, At: time.Now(), Ordinal: ordinal, Day: day}
		if err := store.RecordRun(context.Background(), e); err != nil {
			t.Fatal(err)
		}
	}
	if all() {
		t.Error("nothing has changed, and all keys are touched")
	}
	fail(done.Ordinal, conf.Day)
	if all() {
		t.Error("a failed run of the same declarations and day touches all keys")
	}
	fail(done.Ordinal+1, conf.Day)
	if !all() {
		t.Error("a failed run of other declarations leaves its rows")
	}
	fail(done.Ordinal, conf.Day+1)
	if _, err := pipelines.DryRun(context.Background(), conf); err == nil || !strings.Contains(err.Error(), "is before") {
		t.Errorf("a day before the last run's: %v", err)
	}
}

// TestLostStage: a stage that has lost rows is not published as whole.
func TestLostStage(t *testing.T) {
	c := readCase(t, "../testdata/cases/first_slot.txtar")
	for name, store := range map[string]connectors.Store{"memory": connectors.NewMemory(), "ClickHouse": openStore(t)} {
		conf := config(t, c.cat, store, t.TempDir())
		mustRun(t, conf)
		if err := store.Publish(t.Context(), "none", c.cat.Bases[0], 1); err == nil || !strings.Contains(err.Error(), "run again") {
			t.Errorf("%s: publish of a lost stage: %v", name, err)
		}
		if err := store.Publish(t.Context(), "none", c.cat.Bases[0], 0); err != nil {
			t.Errorf("%s: publish of nothing: %v", name, err)
		}
	}
}
