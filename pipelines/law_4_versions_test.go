package pipelines_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"jiku/connectors"
	"jiku/schemas"
)

// watched is a store in memory that notes every golden row that is staged by its version.
type watched struct {
	*connectors.Memory
	mu    sync.Mutex
	rows  map[string]string
	clash string
}

type watchedWriter struct {
	connectors.GoldenWriter
	w *watched
}

// Stage implements connectors.GoldenStore.
func (w *watched) Stage(ctx context.Context, run string, base *schemas.Base) (connectors.GoldenWriter, error) {
	inner, err := w.Memory.Stage(ctx, run, base)
	return &watchedWriter{inner, w}, err
}

// Write implements connectors.GoldenWriter.
func (ww *watchedWriter) Write(g *schemas.GoldenBlock) error {
	ww.w.mu.Lock()
	defer ww.w.mu.Unlock()
	for i := range g.Len() {
		at := fmt.Sprintf("%s version %d", g.Key.At(i), g.Version[i])
		line := fmt.Sprintf("gone %v %s", g.Gone[i], goldenLine(g, i, nil))
		if old, ok := ww.w.rows[at]; ok && old != line && ww.w.clash == "" {
			ww.w.clash = at + ":\n" + old + "\n" + line
		}
		ww.w.rows[at] = line
	}
	return ww.GoldenWriter.Write(g)
}

// TestVersionsOrder checks what publication rests on: two computations of a golden row
// with one version are equal, whatever runs the facts came in.
func TestVersionsOrder(t *testing.T) {
	c := config(t, shops(t, 64<<20), nil, "")
	rapid.Check(t, func(rt *rapid.T) {
		a := history(rt)
		w := &watched{Memory: connectors.NewMemory(), rows: map[string]string{}}
		c := c
		c.Store = w
		steps := drawCut(rt, a)
		if _, err := play(t, c, steps); err != nil {
			rt.Fatal(err)
		}
		if w.clash != "" {
			rt.Fatalf("two rows have one version: %s\n%s", w.clash, describe(steps))
		}
	})
}
