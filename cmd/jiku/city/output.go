package city

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"
)

// output is the folder that is written.
type output struct {
	world    *world
	dir      string
	feeds    []*feed
	files    [][]*file // by feed and slot
	bases    []*truth
	truths   []*table // one a base, then aliases, then labels
	closers  []io.Closer
	messages *messages
	cells    sync.Pool // memory for cells of truth
	spare    sync.Pool // of sheets, with the memory of a block
	labels   int64
}

// made is what one block adds to everything.
type made struct {
	err    error
	sheets [][]*chunk // by feed and slot
	truths []cells    // by file of truth
	stream []message
}

// cells are rows of a table: each cell behind its length.
type cells struct {
	bytes []byte
	rows  int
}

// chunk is what a block adds to a file.
type chunk struct {
	bytes  []byte // as they stand in the file; of Parquet the cells
	length int64  // before compression
	rows   int64
	labels []label
}

func create(o Options, w *world, feeds []*feed) (*output, error) {
	out := &output{world: w, dir: o.Out, feeds: feeds, bases: bases(w)}
	for _, f := range sending() { // A feed whose folder is not there cannot be read at all.
		if err := os.MkdirAll(filepath.Join(o.Out, "landing", filepath.Dir(f.path)), 0o755); err != nil {
			return nil, err
		}
	}
	for _, f := range feeds {
		var files []*file
		for i := range f.slots {
			file, err := out.open(f, &f.slots[i])
			if err != nil {
				return nil, err
			}
			files = append(files, file)
		}
		out.files = append(out.files, files)
	}
	for _, b := range out.bases {
		if err := out.table(b.base, b.columns(), "state_from", "state_until"); err != nil {
			return nil, err
		}
	}
	if err := out.table("alias", aliasColumns); err != nil {
		return nil, err
	}
	if err := out.table("labels", labelColumns, "slot", "seq", "position"); err != nil {
		return nil, err
	}
	// The folder is that of a city from now on, though of one that is not complete.
	if err := writeSummary(o.Out, &Summary{}); err != nil {
		return nil, err
	}
	if err := writeCatalogue(filepath.Join(o.Out, "catalog")); err != nil {
		return nil, err
	}
	if err := writeRegions(filepath.Join(o.Out, "truth", "regions.tsv")); err != nil {
		return nil, err
	}
	if o.Stream {
		out.messages = &messages{dir: filepath.Join(o.Out, "stream"), files: map[day]*os.File{}}
	}
	return out, nil
}

// table opens a file of truth.
func (out *output) table(name string, columns []string, whole ...string) error {
	to, err := createFile(filepath.Join(out.dir, "truth", name+".parquet"))
	if err != nil {
		return err
	}
	out.closers = append(out.closers, to)
	out.truths = append(out.truths, newTable(to, columns, whole...))
	return nil
}

// make makes what block i adds: it may run beside others.
func (out *output) make(i int) (m made) {
	s, ok := out.spare.Get().(*sheet)
	if ok {
		s.block.become(out.world, i)
	} else {
		s = &sheet{block: out.world.block(i)}
	}
	defer out.spare.Put(s)
	b := s.block
	for _, f := range out.feeds {
		var chunks []*chunk
		for j := range f.slots {
			s.start(f, &f.slots[j])
			s.saying = out.messages != nil && j > 0 && !f.snapshot
			f.write(b, s)
			c, err := out.chunk(s)
			if err != nil {
				return made{err: err}
			}
			if s.saying {
				m.stream = append(m.stream, message{f.slots[j].of, append([]byte(nil), s.said...)})
			}
			chunks = append(chunks, c)
		}
		m.sheets = append(m.sheets, chunks)
	}
	for _, base := range out.bases {
		m.truths = append(m.truths, out.truth(b, base.rows))
	}
	m.truths = append(m.truths, out.truth(b, aliases))
	return m
}

// truth collects rows of truth.
func (out *output) truth(b *block, rows func(*block, *truths)) cells {
	t := &truths{world: b.world}
	if spare, ok := out.cells.Get().(*[]byte); ok {
		t.cells = (*spare)[:0]
	}
	rows(b, t)
	return cells{t.cells, t.rows}
}

// chunk takes over what a sheet has, compressed or encoded as its file wants it.
func (out *output) chunk(s *sheet) (*chunk, error) {
	c := &chunk{length: int64(len(s.out)), rows: int64(s.rows), labels: append([]label(nil), s.labels...)}
	var err error
	switch {
	case s.rows == 0:
	case s.feed.form.gzip:
		c.bytes, err = member(s.out)
	default:
		c.bytes = append([]byte(nil), s.out...)
	}
	return c, err
}

// write puts what a block made into the files: in the order of blocks.
func (out *output) write(m *made) error {
	var t truths
	for i, chunks := range m.sheets {
		for j, c := range chunks {
			d := out.files[i][j]
			for k := range c.labels {
				out.label(&t, d, &c.labels[k])
			}
			d.count(c)
		}
	}
	out.labels += int64(t.rows)
	var all errgroup.Group // Each file is written by one.
	for i, chunks := range m.sheets {
		for j, c := range chunks {
			if d := out.files[i][j]; d.table != nil {
				all.Go(func() error { return d.table.add(c.bytes, int(c.rows)) })
			}
		}
	}
	for i, c := range append(m.truths, cells{t.cells, t.rows}) {
		all.Go(func() error {
			defer out.cells.Put(&c.bytes)
			return out.truths[i].add(c.bytes, c.rows)
		})
	}
	for i, chunks := range m.sheets {
		for j, c := range chunks {
			if d := out.files[i][j]; d.table == nil {
				if _, err := d.Write(c.bytes); err != nil {
					return errors.Join(err, all.Wait())
				}
			}
		}
	}
	if out.messages != nil {
		if err := out.messages.write(m.stream); err != nil {
			return errors.Join(err, all.Wait())
		}
	}
	return all.Wait()
}

func (out *output) label(t *truths, d *file, l *label) {
	t.row.reset()
	r := &t.row
	r.str(d.feed.name)
	r.str(d.path)
	r.integer(int(d.slot.of.civil()))
	r.integer(0) // No feed sends twice for a day.
	r.integer(int(d.at + l.position))
	item := ""
	if l.column >= 0 {
		item = d.feed.columns[l.column].item
	}
	r.str(item)
	r.str(l.kind.ID)
	r.str(l.truth)
	t.end()
}

// abandon closes what is open after a fault.
func (out *output) abandon() {
	for _, c := range out.closers {
		_ = c.Close() // The fault that is reported came before.
	}
}

// finish ends all files, stamps deliveries with the time at which they arrive, and writes what is said of the city.
func (out *output) finish(o Options) (*Summary, error) {
	sum := &Summary{Persons: o.Persons, Seed: o.Seed, Days: o.Days, First: out.world.first.civil(), Last: (out.world.first + day(o.Days)).civil(),
		Kinds: Kinds(), Shares: Shares()}
	for _, f := range out.feeds {
		sum.Feeds = append(sum.Feeds, f.name)
	}
	for i := range out.world.blocks() {
		sum.Organizations += out.world.orgsOf(i)
	}
	var t truths
	for _, files := range out.files {
		for _, d := range files {
			f, err := out.end(d)
			if err != nil {
				return nil, err
			}
			sum.Rows, sum.Bytes, sum.Files = sum.Rows+f.Rows, sum.Bytes+f.Bytes, append(sum.Files, f)
			if d.slot.fault != nil {
				out.label(&t, d, &label{position: -1 - d.at, column: -1, kind: d.slot.fault.kind})
			}
		}
	}
	if err := out.truths[len(out.truths)-1].add(t.cells, t.rows); err != nil {
		return nil, err
	}
	sum.Labels = out.labels + int64(t.rows)
	if out.messages != nil {
		if err := out.messages.close(); err != nil {
			return nil, err
		}
	}
	for _, table := range out.truths {
		if err := table.close(); err != nil {
			return nil, err
		}
	}
	for _, c := range out.closers {
		if err := c.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
			return nil, err
		}
	}
	sum.Complete = true
	return sum, writeSummary(out.dir, sum)
}

func writeSummary(dir string, sum *Summary) error {
	text, err := json.MarshalIndent(sum, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, SummaryFile), append(text, '\n'), 0o644)
}
