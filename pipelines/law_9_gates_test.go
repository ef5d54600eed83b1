package pipelines_test

import (
	"context"
	"testing"

	"jiku/connectors"
	"jiku/pipelines"
	"jiku/schemas"
)

// TestHeldAgain: a held delivery is judged again when the gates of its feed have changed,
// and not before; a slot that comes too late is refused, which a scheduler must notice.
func TestHeldAgain(t *testing.T) {
	c := readCase(t, "../testdata/cases/first_slot.txtar")
	store, landing := connectors.NewMemory(), t.TempDir()
	var last *pipelines.Report
	run := func(step string) schemas.DeliveryState {
		conf := config(t, c.cat, store, landing)
		c.deliver(t, step, landing, conf)
		last = mustRun(t, conf)
		states, err := store.Deliveries(context.Background(), "market_shop")
		if err != nil {
			t.Fatal(err)
		}
		return states[len(states)-1]
	}
	run("1@20261101")
	if d := run("2@20261102"); d.Last != schemas.Held || d.Revision != 1 || !last.Stopped() {
		t.Fatalf("shrunken revision is %s (revision %d), stopped %v", d.Last, d.Revision, last.Stopped())
	}
	if d := run("none"); d.Last != schemas.Held || d.Events != 1 {
		t.Errorf("unchanged gates: %s after %d events", d.Last, d.Events)
	}
	c.cat.Feed("market_shop").Gates.Shrink.Strong = 0.9
	if d := run("none"); d.Last != schemas.Accepted || d.Revision != 1 {
		t.Errorf("loosened gates: %s", d.Last)
	}
}
