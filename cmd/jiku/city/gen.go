package city

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
)

// Generate writes a city. It stops at the first fault or when the context ends; what it wrote until then stays.
func Generate(ctx context.Context, o Options, progress func(done, blocks int)) (*Summary, error) {
	w, err := newWorld(o)
	if err != nil {
		return nil, fmt.Errorf("generate city: %w", err)
	}
	feeds, err := named(o.Feeds)
	if err != nil {
		return nil, fmt.Errorf("generate city: %w", err)
	}
	for _, f := range feeds {
		f.prepare(w)
		if f.copies != nil {
			f.copies.prepare(w) // It may not be written itself.
		}
	}
	out, err := create(o, w, feeds)
	if err != nil {
		return nil, fmt.Errorf("generate city: %w", err)
	}
	if err := fill(ctx, o, w, out, progress); err != nil {
		out.abandon()
		return nil, fmt.Errorf("generate city: %w", err)
	}
	if o.Registrations != "" {
		if err := out.registrations(o.Registrations); err != nil {
			out.abandon()
			return nil, fmt.Errorf("generate city: %w", err)
		}
	}
	sum, err := out.finish(o)
	if err != nil {
		return nil, fmt.Errorf("generate city: %w", err)
	}
	return sum, nil
}

// named are the feeds of these names.
func named(names []string) ([]*feed, error) {
	all := sending()
	if len(names) == 0 {
		return all, nil
	}
	for _, name := range names {
		if !slices.ContainsFunc(all, func(f *feed) bool { return f.name == name }) {
			return nil, fmt.Errorf("no feed %s", name)
		}
	}
	return slices.DeleteFunc(all, func(f *feed) bool { return !slices.Contains(names, f.name) }), nil
}

// Feeds names the feeds of the city.
func Feeds() []string {
	var names []string
	for _, f := range sending() {
		names = append(names, f.name)
	}
	return names
}

// fill makes the blocks, several at once, and writes them in order.
func fill(ctx context.Context, o Options, w *world, out *output, progress func(done, blocks int)) error {
	ctx, cancel := context.WithCancel(ctx)
	workers := o.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	// A place in the queue is taken in the order of blocks and before a block is made, so that no more blocks are held
	// than there are places.
	queue := make(chan chan made, workers)
	var busy sync.WaitGroup
	defer func() { // Nothing goes on after a fault: no block is begun, and those that are end.
		cancel()
		for range queue {
			continue
		}
		busy.Wait()
	}()
	go func() {
		defer close(queue)
		for i := range w.blocks() {
			ready := make(chan made, 1)
			select {
			case queue <- ready:
			case <-ctx.Done():
				return
			}
			busy.Add(1)
			go func() {
				defer busy.Done()
				ready <- out.make(i)
			}()
		}
	}()
	done := 0
	for ready := range queue {
		m := <-ready
		if m.err != nil {
			return m.err
		}
		if err := out.write(&m); err != nil {
			return err
		}
		done++
		if progress != nil {
			progress(done, w.blocks())
		}
	}
	return context.Cause(ctx)
}
