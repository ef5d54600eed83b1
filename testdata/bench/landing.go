package main

import (
	"bufio"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"text/template"
	"time"
)

// firstSlot is the date of the first delivery; slot n comes n days later.
var firstSlot = time.Date(2026, 11, 1, 8, 0, 0, 0, time.FixedZone("UTC+8", 8*60*60))

// delivery is a file: so many keys of all, by a feed, for a slot.
type delivery struct {
	feed, slot, rows, keys int
}

func (d delivery) name() string {
	return fmt.Sprintf("feed%d_%s.csv", d.feed, firstSlot.AddDate(0, 0, d.slot).Format("20060102"))
}

// everyKey is a delivery of each feed with all keys.
func everyKey(rows int) []delivery {
	var out []delivery
	for f := range feeds {
		out = append(out, delivery{feed: f, rows: rows, keys: rows})
	}
	return out
}

// write writes deliveries beside each other, two at most at a time on two cores, with one
// buffer each. The time of a file, which is when it was received, is that of its slot.
func write(dir string, seed uint64, list []delivery, workers int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	errs, gate := make([]error, len(list)), make(chan struct{}, max(1, workers))
	var done sync.WaitGroup
	for i, d := range list {
		done.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			errs[i] = d.write(dir, seed)
		})
	}
	done.Wait()
	return errors.Join(errs...)
}

func (d delivery) write(dir string, seed uint64) (err error) {
	path := filepath.Join(dir, d.name())
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	if _, err := w.WriteString(header); err != nil {
		return err
	}
	m, at, step := maker{seed: seed, feed: d.feed, slot: d.slot, shares: usual}, d.start(seed), d.step()
	for range d.rows {
		if err := m.row(at); err != nil {
			return err
		}
		if _, err := w.Write(m.buf); err != nil {
			return err
		}
		m.buf, at = m.buf[:0], (at+step)%uint64(d.keys)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	received := firstSlot.AddDate(0, 0, d.slot)
	return os.Chtimes(path, received, received)
}

// start and step walk the keys in an order of the feed's own, each once: the step has no
// factor in common with the number of keys.
func (d delivery) start(seed uint64) uint64 {
	return chance(seed, uint64(d.feed), uint64(d.slot), 400) % uint64(d.keys)
}

func (d delivery) step() uint64 {
	step := uint64(float64(d.keys)*0.6180339887) + uint64(d.feed)*2 + 1
	for gcd(step, uint64(d.keys)) != 1 {
		step++
	}
	return step
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

//go:embed catalogue
var catalogue embed.FS

// departments of the feeds, in order.
var departments = [feeds]string{"d0", "d1", "d1", "d2", "d3"}

// writeCatalogue writes the declarations; feeds differ in number and department, and the
// first ones establish.
func writeCatalogue(dir string, establishing int) error {
	if err := os.CopyFS(dir, mustSub(catalogue, "catalogue")); err != nil {
		return err
	}
	form := filepath.Join(dir, "feed.yaml.tmpl")
	t, err := template.ParseFiles(form)
	if err != nil {
		return err
	}
	if err := errors.Join(os.Remove(form), os.MkdirAll(filepath.Join(dir, "feeds"), 0o755)); err != nil {
		return err
	}
	for f, department := range departments {
		out, err := os.Create(filepath.Join(dir, "feeds", fmt.Sprintf("feed%d.yaml", f)))
		if err != nil {
			return err
		}
		err = t.Execute(out, map[string]any{"Feed": f, "Department": department, "Establishes": f < establishing})
		if err := errors.Join(err, out.Close()); err != nil {
			return err
		}
	}
	return nil
}

func mustSub(from fs.FS, dir string) fs.FS {
	sub, err := fs.Sub(from, dir)
	if err != nil {
		panic(err) // The folder is embedded.
	}
	return sub
}
