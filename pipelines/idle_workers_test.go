package pipelines

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiku/pipelines/reconcile"
	"jiku/schemas"
)

// TestIdleWorkers: as many ranges as there are slots take workers of any bases and give them back.
// There are never more workers than slots, since each may hold a hundred megabytes, and one of
// the same base is taken again.
func TestIdleWorkers(t *testing.T) {
	s := &Session{Catalogue: builtInWith(t, "", ""), Location: time.UTC}
	if err := s.prepareBases(); err != nil {
		t.Fatal(err)
	}
	v := view{facts: &reconcile.Facts{Deliveries: map[schemas.DeliveryID]reconcile.Delivery{}, LastSlot: map[string]schemas.Slot{}}}
	rapid.Check(t, func(t *rapid.T) {
		s.dismiss()
		var busy []idleWorker
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			if len(busy) == cap(s.slots) || len(busy) > 0 && rapid.Bool().Draw(t, "rest") {
				at := rapid.IntRange(0, len(busy)-1).Draw(t, "which")
				s.rest(busy[at].base, busy[at].Worker)
				busy = append(busy[:at], busy[at+1:]...)
				continue
			}
			base := rapid.SampledFrom(s.Catalogue.Bases).Draw(t, "base").Name
			var resting []*reconcile.Worker
			for _, w := range s.idle {
				if w.base == base {
					resting = append(resting, w.Worker)
				}
			}
			w := s.worker(base, v)
			if len(resting) > 0 && resting[len(resting)-1] != w {
				t.Fatalf("a worker of %s rests, another is taken", base)
			}
			if busy = append(busy, idleWorker{base, w}); len(busy)+len(s.idle) > cap(s.slots) {
				t.Fatalf("%d workers at work and %d resting, want %d at most", len(busy), len(s.idle), cap(s.slots))
			}
		}
	})
	if s.dismiss(); len(s.idle) > 0 {
		t.Error("workers rest after reconcile")
	}
}
