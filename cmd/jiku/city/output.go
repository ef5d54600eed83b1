package city

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
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

// file is one delivery while it is written.
type file struct {
	feed  *feed
	slot  *slot
	path  string // under landing
	to    *os.File
	sum   hash.Hash
	bytes int64 // as delivered
	at    int64 // position of the next row
	rows  int64
	table *table // of Parquet
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

func createFile(path string) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	return os.Create(path)
}

// open opens a delivery and writes what stands before its rows.
func (out *output) open(f *feed, s *slot) (*file, error) {
	name := fmt.Sprintf(f.path, string(appendDay(nil, s.of, compact)))
	d := &file{feed: f, slot: s, path: name, sum: sha256.New()}
	var err error
	if d.to, err = createFile(filepath.Join(out.dir, "landing", filepath.FromSlash(name))); err != nil {
		return nil, err
	}
	out.closers = append(out.closers, d.to)
	if f.form.format == formatParquet {
		names := make([]string, len(f.columns))
		for i, c := range f.columns {
			names[i] = c.name
		}
		d.table = newTable(d, names)
		return d, nil
	}
	header := f.header(s)
	d.at = int64(len(header))
	if f.form.gzip {
		if header, err = member(header); err != nil {
			return nil, err
		}
	}
	_, err = d.Write(header)
	return d, err
}

// Write implements io.Writer.
func (d *file) Write(p []byte) (int, error) {
	n, err := d.to.Write(p)
	d.bytes += int64(n)
	d.sum.Write(p[:n])
	return n, err
}

// member compresses bytes as one member of a gzip file; members one behind another are one file.
func member(p []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(p); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
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

// count moves the position of the next row behind those of a chunk.
func (d *file) count(c *chunk) {
	if d.table != nil {
		d.at += c.rows
	} else {
		d.at += c.length
	}
	d.rows += c.rows
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

// end closes one delivery.
func (out *output) end(d *file) (File, error) {
	if d.table != nil {
		if err := d.table.close(); err != nil {
			return File{}, err
		}
	}
	if err := d.to.Close(); err != nil {
		return File{}, err
	}
	f := File{Feed: d.feed.name, Path: d.path, Slot: d.slot.of.civil(), Rows: d.rows, Bytes: d.bytes, SHA256: hex.EncodeToString(d.sum.Sum(nil))}
	if d.slot.fault != nil {
		f.Fault = d.slot.fault.kind.ID
	}
	path := filepath.Join(out.dir, "landing", filepath.FromSlash(d.path))
	if d.feed.manifest {
		if err := out.manifest(path, d, f); err != nil {
			return f, err
		}
	}
	return f, os.Chtimes(path, d.arrives(), d.arrives())
}

// manifest writes the control totals beside a delivery.
func (out *output) manifest(path string, d *file, f File) error {
	text, err := json.MarshalIndent(struct {
		Date     string `json:"date"`
		Rows     int64  `json:"rows"`
		SHA256   string `json:"sha256"`
		Complete bool   `json:"complete"`
	}{string(appendDay(nil, d.slot.of, dashed)), f.Rows, f.SHA256, true}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".manifest.json", append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.Chtimes(path+".manifest.json", d.arrives(), d.arrives())
}

// arrives is when the delivery is received: in the morning of its slot, or two days later.
func (d *file) arrives() time.Time {
	if d.slot.fault != nil && d.slot.fault.kind == kindLateFile {
		return (d.slot.of + 2).time()
	}
	return d.slot.of.time()
}
