package pipelines

import (
	"slices"

	"jiku/connectors"
	"jiku/schemas"
)

// SplitTask is one split to ingest.
type SplitTask struct {
	Split    connectors.Split `json:"split"`
	Delivery schemas.Delivery `json:"delivery"`
	// Staged rows wait for the comparison with the predecessor slot.
	Staged bool `json:"staged,omitempty"`
}

// IngestTask are splits for one base that a worker reads one after the other, into the same
// INSERTs: a split of a large delivery, or small deliveries of whatever feeds together. It
// travels between workers as JSON. A base none of whose deliveries has a split to read has a
// task without any.
type IngestTask struct {
	Base   string      `json:"base"`
	Splits []SplitTask `json:"splits,omitempty"`
}

// What a task has at most where it has several splits. The INSERTs of a small delivery cost the
// engine more than its rows do; the engine takes a hundred staged deliveries in one.
const (
	taskBytes  = 8 << 20
	taskSplits = 64
)

// IngestTasks are the splits of all deliveries to ingest.
func (p *Plan) IngestTasks() []IngestTask {
	type into struct {
		base   string
		staged bool
	}
	type last struct {
		task int
		room int64
	}
	var (
		out  []IngestTask
		open = map[into]last{}
	)
	for _, d := range p.Deliveries {
		size := d.Delivery.Bytes
		if len(d.Splits) > 1 {
			size = taskBytes + 1
		}
		for _, t := range d.Splits {
			if size > taskBytes {
				out = append(out, IngestTask{Base: d.Base, Splits: []SplitTask{t}})
				continue
			}
			to := into{d.Base, t.Staged}
			l, found := open[to]
			if !found || size > l.room || len(out[l.task].Splits) == taskSplits {
				out = append(out, IngestTask{Base: d.Base})
				l = last{len(out) - 1, taskBytes}
			}
			out[l.task].Splits = append(out[l.task].Splits, t)
			l.room -= size
			open[to] = l
		}
	}
	return out
}

// specs say where the rows of the splits go.
func (t *IngestTask) specs(c *schemas.Catalogue) []connectors.AppendSpec {
	out := make([]connectors.AppendSpec, len(t.Splits))
	for i, s := range t.Splits {
		out[i] = connectors.AppendSpec{Base: c.Base(t.Base), Feed: c.Feed(s.Split.Feed), Delivery: s.Delivery.ID, Staged: s.Staged, First: s.Split.Start}
		if s.Split.End > 0 {
			out[i].Last = s.Split.End - 1
		}
	}
	return out
}

// feeds are those whose splits the task has.
func (t *IngestTask) feeds() []string {
	var out []string
	for _, s := range t.Splits {
		if !slices.Contains(out, s.Split.Feed) {
			out = append(out, s.Split.Feed)
		}
	}
	return out
}

// bytes is how large the splits are together.
func (t *IngestTask) bytes() int64 {
	var n int64
	for _, s := range t.Splits {
		if s.Split.End > 0 {
			n += int64(s.Split.End - s.Split.Start)
		} else {
			n += s.Delivery.Bytes
		}
	}
	return n
}
