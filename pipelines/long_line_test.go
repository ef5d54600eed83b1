package pipelines_test

import (
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"jiku/connectors"
	"jiku/schemas"
)

// TestLongLineMemory reads a line of 100 MB, and one of 100 MB more in quotes: the rejects hold
// their first 64 KiB, and what a run takes of the machine does not grow with the line.
func TestLongLineMemory(t *testing.T) {
	landing := t.TempDir()
	bake(t, landing+"/tax_20261101.csv", "text \"code,op,name,staff\\nS1,,\"\nrows 1 10000000 \"0123456789\"\n"+
		"text \"\\nS2,,甲店,1\\nS3,,\\\"\"\nrows 1 5000000 \"0123456789\\n,\\\"\\\",,,,,,\"\ntext \"\\\",2\\n\"\n")
	store := connectors.NewMemory()
	c := config(t, shopsWith(t, 1<<30, "operation: {column: op, delete: [注销]}\n", "operation: {column: op, delete: [注销]}\ngates: {rejects: {strong: 1}}\n"), store, landing)
	debug.FreeOSMemory()
	before := heap()
	peak := watchHeap()
	mustRun(t, c)
	if grown := peak() - before; grown > 96<<20 {
		t.Errorf("the heap grew by %d MiB, want at most 96", grown>>20)
	}
	d := statesOf(t, store)["tax 20261101 r0"]
	want := schemas.Counts{Rows: 3, Claims: 1, Rejects: 2}
	if d.Last != schemas.Accepted || d.Counts != want {
		t.Errorf("the delivery is %s with %+v", d.Last, d.Counts)
	}
	for _, r := range store.AllRejects() {
		if len(r.Raw) != 64<<10 || r.Reasons[0].Code != connectors.RowTooLong {
			t.Errorf("reject at %d: %d bytes, %v", r.Position, len(r.Raw), r.Reasons)
		}
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse)
}

// watchHeap looks at the heap until it is asked for the peak.
func watchHeap() (peak func() int64) {
	var (
		top  int64
		stop = make(chan struct{})
		wg   sync.WaitGroup
	)
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				top = max(top, heap())
			}
		}
	})
	return func() int64 {
		close(stop)
		wg.Wait()
		return top
	}
}
