package pipelines

import (
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

// IngestTask are splits of one feed that a worker reads one after the other, into the same
// INSERTs: a split of a large delivery, or small deliveries together. It travels between
// workers as JSON. A feed whose deliveries have no split to read has a task without any.
type IngestTask struct {
	Feed   string      `json:"feed"`
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
	var (
		out  []IngestTask
		room int64 // In the last task.
	)
	for _, d := range p.Deliveries {
		size := d.Delivery.Bytes
		if len(d.Splits) > 1 {
			size = taskBytes + 1
		}
		for _, t := range d.Splits {
			if n := len(out) - 1; n >= 0 && size <= room && out[n].takes(t) {
				out[n].Splits = append(out[n].Splits, t)
				room -= size
				continue
			}
			out = append(out, IngestTask{Feed: t.Split.Feed, Splits: []SplitTask{t}})
			room = taskBytes - size
		}
	}
	return out
}

func (t *IngestTask) takes(s SplitTask) bool {
	return t.Feed == s.Split.Feed && t.Splits[0].Staged == s.Staged && len(t.Splits) < taskSplits
}

// specs say where the rows of the splits go.
func (t *IngestTask) specs(p *program) []connectors.AppendSpec {
	out := make([]connectors.AppendSpec, len(t.Splits))
	for i, s := range t.Splits {
		out[i] = connectors.AppendSpec{Base: p.base, Feed: p.feed, Delivery: s.Delivery.ID, Staged: s.Staged, First: s.Split.Start}
		if s.Split.End > 0 {
			out[i].Last = s.Split.End - 1
		}
	}
	return out
}
