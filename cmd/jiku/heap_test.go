package main

import (
	"runtime"
	"testing"
	"time"
)

// TestGrowth: the next collection is at the floor, or where the heap has doubled.
func TestGrowth(t *testing.T) {
	for _, c := range []struct {
		live uint64
		next uint64
	}{{1 << 20, firstCollection}, {30 << 20, firstCollection}, {firstCollection / 2, firstCollection}, {100 << 20, 200 << 20}, {1 << 30, 2 << 30}} {
		next := c.live + c.live*uint64(growth(c.live))/100
		if next > c.next || next < c.next-c.live/50 {
			t.Errorf("after a collection that left %d MiB the next is at %d MiB, want %d", c.live>>20, next>>20, c.next>>20)
		}
	}
	if g := growth(0); g != 100 {
		t.Errorf("growth of nothing is %d", g)
	}
}

// TestAfterCollection: the function is called after each collection, not after the first alone.
func TestAfterCollection(t *testing.T) {
	called := make(chan bool, 1)
	afterCollection(func() {
		select {
		case called <- true:
		default:
		}
	})
	for n := range 4 {
		runtime.GC()
		select {
		case <-called:
		case <-time.After(10 * time.Second):
			t.Fatalf("not called after collection %d", n+1)
		}
	}
}
